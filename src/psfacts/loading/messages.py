"""Problems of a file: structured while they are collected, and converted to text at the end."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import NamedTuple

from psfacts.errors import InvalidError
from psfacts.model import Id, Record, is_id
from psfacts.text.phrases import quoted

MOST_TOLD = 300
"""Maximum number of problems kept as text; more are only counted."""

_LONGEST = 1000
"""Maximum length of a problem in characters."""

Location = tuple[int | str, ...]
"""Path of keys and indexes to a place."""

_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,59}")


class Problem(NamedTuple):
    """A problem of a record."""

    location: Location
    """Place in the record."""

    what: str
    """Description of the problem, and what to do about it."""

    missing: Id | None = None
    """Id of a missing record, if that is the problem."""

    wanted: Collection[str] = ()
    """Kinds that the missing record may have."""

    def text(self, place: str, record: object) -> str:
        """Return the problem in words, of a ``record`` at a ``place``: ``facts[3] (grain-2030).when: is missing``."""
        where = self.where(place, record)
        text = f"{where}: {self.what}" if where else self.what
        return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"

    def where(self, place: str, record: object) -> str:
        """Return where it is, in words: the keys and indexes, with the ids of what they lead through."""
        words = labelled(place, record)
        for step in self.location:
            record = inner(record, step)
            if isinstance(step, int):
                words += labelled(f"[{step}]", record)
            else:
                words += f".{step}" if _KEY.fullmatch(step) else f"[{quoted(step)}]"
        return words.removeprefix(".")


class Problems:
    """Problems of a file: the first ones as text, and their number."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.texts: list[str] = []
        self.total = 0

    def add(self, place: str, problems: Iterable[Problem], record: object = None) -> None:
        """Add the problems of a record at a place."""
        for problem in problems:
            self.total += 1
            if self.total <= MOST_TOLD:
                self.texts.append(problem.text(place, record))

    def tell(self, texts: Iterable[str]) -> None:
        """Add problems that are already text."""
        self.add("", (Problem((), text) for text in texts))

    def add_from(self, error: InvalidError) -> None:
        """Add the problems of a part of the file."""
        self.texts += error.problems[: MOST_TOLD - len(self.texts)]
        self.total += error.total

    def error(self) -> InvalidError:
        """Return the error with the first problem as its message, and all others attached."""
        more = f" (and {self.total - 1} more)" if self.total > 1 else ""
        return InvalidError(f"{self.name}: {self.texts[0]}{more}", "", tuple(self.texts), self.total)

    def check(self) -> None:
        """Raise InvalidError if there is any problem."""
        if self.total:
            raise self.error()


def invalid(name: str, what: str, hint: str = "") -> InvalidError:
    """Return the error for a single problem of the file ``name``."""
    return InvalidError(f"{name}: {what}", hint, (what,))


def labelled(place: str, node: object) -> str:
    """Return ``place`` with the id of the record there, or of its JSON, if it has one."""
    key = inner(node, "id")
    return f"{place} ({key})" if is_id(key) else place


def inner(node: object, step: str | int) -> object:
    """Return what a record, or its JSON, has under a key, or at an index; ``None`` if there is nothing."""
    if isinstance(node, Record):
        return getattr(node, str(step), None)
    if isinstance(node, dict):
        return node.get(step)
    return node[step] if isinstance(node, list | tuple) and isinstance(step, int) and step < len(node) else None
