"""What is wrong with a file that is meant to be a fact base, told whole."""

from __future__ import annotations

from pathlib import Path

from psfacts import loading
from psfacts.errors import InvalidError
from psfacts.model import Text
from psfacts.results import Answer


class Validation(Answer):
    """Answer to: is this file a fact base?"""

    ok: bool
    """Whether nothing is wrong."""

    file: Text
    """The file as it was given."""

    problems: tuple[Text, ...]
    """What is wrong, each with its place and what to do."""

    counts: dict[Text, int]
    """How many records it has, by list; empty where something is wrong."""


def validate(path: Path) -> Validation:
    """Read the file ``path`` as an untrusted fact base and tell all that is wrong with it.

    Raises InvalidError where there is no file to read.
    """
    data = loading.content(path)
    try:
        base = loading.parse(data, str(path))
    except InvalidError as error:
        return Validation(ok=False, file=str(path), problems=error.problems, counts={})
    lists = ("sources", "entities", "indicators", "facts", "errata", "uncited")
    return Validation(ok=True, file=str(path), problems=(), counts={one: len(getattr(base, one)) for one in lists})
