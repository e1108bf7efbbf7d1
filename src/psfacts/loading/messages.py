"""Problems of a file: structured while they are collected, and converted to text at the end."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator
from functools import reduce
from typing import NamedTuple, get_args

from pydantic_core import ErrorDetails, ValidationError

from psfacts.errors import InvalidError
from psfacts.model import Id, Kind, Record, is_id
from psfacts.text.phrases import SHOWN, quoted, shortened

MOST_TOLD = 300
"""Maximum number of problems kept as text; more are only counted."""

TOO_DEEP = "nested too deeply"

_LONGEST = 1000
"""Maximum length of a problem in characters."""

Location = tuple[int | str, ...]
"""Path of keys and indexes to a place."""


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
            record = _inner(record, step)
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


_WORDS = {
    "missing": "is missing",
    "extra_forbidden": "is not a known key; take it out, unless the file is of a newer psfacts",
    "value_error": "{error}",
    "union_tag_not_found": "has no kind, by which facts are told apart",
    "union_tag_invalid": "kind must be one of {expected_tags}, not {tag}",
    "string_pattern_mismatch": "{input} does not have the form {pattern}",
    "model_type": "must be an object, not {input}",
    "model_attributes_type": "must be an object, not {input}",
    "too_short": "must not be empty",
    "tuple_type": "must be a list, not {input}",
}
"""Messages for types of pydantic's errors, with placeholders for pydantic's details."""

_A_VALUE = "must be a finite number, or one of the indicator's categories"
_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,59}")


def type_problems(error: ValidationError, document: object) -> Iterator[Problem]:
    """Convert pydantic's errors about a ``document`` to problems, without duplicates."""
    seen = set()
    # The input in an error of pydantic may be all of a long record, as often as there are errors.
    for detail in error.errors(include_url=False, include_input=False):
        location = detail["loc"]
        if location and location[0] in get_args(Kind):  # the kind of a fact comes first
            location = location[1:]
        is_value = "value" in location[:-1]  # a union, with an error of each member
        location = location[:1] if is_value else location
        value = reduce(_inner, location, document)
        # pydantic counts only the items of a list that are right, and calls one of wrong items too short as well.
        is_counted = detail["type"] != "too_short" or not value
        if is_counted and location not in seen:
            seen.add(location)
            yield Problem(location, _A_VALUE if is_value else _what(detail, value))


def _what(detail: ErrorDetails, value: object) -> str:
    words = _WORDS.get(detail["type"])
    if words is None:  # as plain as pydantic's own
        return f"must {detail['msg'].split(' should ', 1)[-1]}, not {shown(value)}"
    context = detail.get("ctx", {})
    return words.format_map({**context, "tag": quoted(str(context.get("tag"))), "input": shown(value)})


def shown(value: object) -> str:
    """Return a value of a document as a message shows it: of a list or an object, only whether it is empty."""
    if isinstance(value, str):
        return quoted(value)
    if value and isinstance(value, list | dict):
        return "[…]" if isinstance(value, list) else "{…}"
    return shortened(json.dumps(value), SHOWN)


def labelled(place: str, node: object) -> str:
    """Return ``place`` with the id of the record there, or of its JSON, if it has one."""
    key = _inner(node, "id")
    return f"{place} ({key})" if is_id(key) else place


def _inner(node: object, step: str | int) -> object:
    """Return what a record, or its JSON, has under a key, or at an index; ``None`` if there is nothing."""
    if isinstance(node, Record):
        return getattr(node, str(step), None)
    if isinstance(node, dict):
        return node.get(step)
    return node[step] if isinstance(node, list | tuple) and isinstance(step, int) and step < len(node) else None
