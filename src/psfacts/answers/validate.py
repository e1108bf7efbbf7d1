"""What is wrong with a file that is meant to be a fact base, told whole."""

from __future__ import annotations

import os
from pathlib import Path

from psfacts.answers.answer import Answer
from psfacts.errors import InvalidError
from psfacts.files import UnreadableError
from psfacts.loading.messages import Problems
from psfacts.model import LISTS, FactBase, Frozen, Text
from psfacts.store.open import is_database, read


class Validation(Answer):
    """Answer to: is this file a fact base?"""

    ok: bool
    """Whether nothing is wrong."""

    file: str
    """The file as it was given; bytes of its name that are not UTF-8 as backslash escapes."""

    problems: tuple[str, ...]
    """What is wrong, each with its place and what to do; where that is much, the first of ``total``."""

    counts: Frozen[Text, int]
    """How many records it has, by list; empty where something is wrong."""

    total: int = 0
    """How many problems there are."""


def validate(path: str | os.PathLike[str]) -> Validation:
    """Read the file ``path`` as an untrusted fact base and tell all that is wrong with it.

    Raises InvalidError where there is no file to read.
    """
    path = Path(path)
    name = str(path).encode(errors="backslashreplace").decode()
    try:
        counts = _audited(path) if is_database(path) else _counted(read(path))
    except UnreadableError:
        raise
    except InvalidError as error:
        return Validation(ok=False, file=name, problems=error.problems, total=error.total, counts={})
    return Validation(ok=True, file=name, problems=(), counts=counts)


def _counted(base: FactBase) -> dict[str, int]:
    return {name: len(getattr(base, name)) for name in LISTS}


def _audited(path: Path) -> dict[str, int]:
    """Look at all of a database, what leads to its records included."""
    from psfacts.finding import index
    from psfacts.store.audit import audit
    from psfacts.store.file import File

    file = File(path)
    problems = Problems(file.name)
    try:
        counts = audit(file, problems)
        if not problems.total:
            problems.tell(index.problems(file.store()))
    except InvalidError as error:
        problems.add_from(error)
    problems.check()
    return counts
