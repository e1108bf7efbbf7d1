"""Validation of a fact base."""

from __future__ import annotations

import os
from pathlib import Path

from psfacts.answers.answer import Answer
from psfacts.errors import InvalidError
from psfacts.files import UnreadableError
from psfacts.loading.problems import Problems
from psfacts.model import Frozen, Text
from psfacts.store.open import is_database, read


class Validation(Answer):
    """Answer to: is this file a fact base?"""

    ok: bool
    """Whether there are no problems."""

    file: str
    """The file as it was given; bytes of its name that are not UTF-8 as backslash escapes."""

    problems: tuple[str, ...]
    """Problems, each with its place and what to do; of very many, the first ones."""

    counts: Frozen[Text, int]
    """Number of records by list; empty if there are problems."""

    total: int = 0
    """Total number of problems."""


def validate(path: str | os.PathLike[str]) -> Validation:
    """Read the file ``path`` as an untrusted fact base and return all its problems.

    Raises InvalidError if there is no file to read.
    """
    path = Path(path)
    name = str(path).encode(errors="backslashreplace").decode()
    try:
        counts = _audited(path) if is_database(path) else {key: len(found) for key, found in read(path).lists.items()}
    except UnreadableError:
        raise
    except InvalidError as error:
        return Validation(ok=False, file=name, problems=error.problems, total=error.total, counts={})
    return Validation(ok=True, file=name, problems=(), counts=counts)


def _audited(path: Path) -> dict[str, int]:
    """Check a whole database, including its index tables."""
    from psfacts.finding import index
    from psfacts.store.file import audit, open_file

    file = open_file(path)
    problems = Problems(file.name)
    try:
        counts = audit(file, problems)
        if not problems.total:
            problems.tell(index.problems(file))
    except InvalidError as error:
        problems.add_from(error)
    problems.check()
    return counts
