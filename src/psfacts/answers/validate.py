"""What is wrong with a file that is meant to be a fact base, told whole."""

from __future__ import annotations

from pathlib import Path

from psfacts.answers.answer import Answer
from psfacts.errors import InvalidError
from psfacts.loading.files import size
from psfacts.model import Frozen, Text
from psfacts.store import open as bases


class Validation(Answer):
    """Answer to: is this file a fact base?"""

    ok: bool
    """Whether nothing is wrong."""

    file: str
    """The file as it was given; bytes of its name that are not UTF-8 as backslash escapes."""

    problems: tuple[Text, ...]
    """What is wrong, each with its place and what to do."""

    counts: Frozen[Text, int]
    """How many records it has, by list; empty where something is wrong."""


def validate(path: Path) -> Validation:
    """Read the file ``path`` as an untrusted fact base and tell all that is wrong with it.

    Raises InvalidError where there is no file to read.
    """
    size(path)
    name = str(path).encode(errors="backslashreplace").decode()
    try:
        base = bases.read(path)
    except InvalidError as error:
        return Validation(ok=False, file=name, problems=error.problems, counts={})
    lists = ("sources", "entities", "indicators", "facts", "errata", "uncited")
    return Validation(ok=True, file=name, problems=(), counts={one: len(getattr(base, one)) for one in lists})
