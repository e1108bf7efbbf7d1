"""Problems of a file in words, each with its place: a dotted JSON position."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from psfacts.errors import InvalidError
from psfacts.text.phrases import first_of, quoted

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails


Location = tuple[int | str, ...]
"""Keys and indexes that lead to a place in a JSON document."""


_WORDS = {
    "missing": "is missing",
    "extra_forbidden": "is not a known key; take it out",
    "value_error": "{error}",
    "literal_error": "must be {expected}, not {input}",
    "union_tag_not_found": "has no kind, by which facts are told apart",
    "union_tag_invalid": "kind must be one of {expected_tags}, not {tag}",
    "string_pattern_mismatch": "{input} does not have the form {pattern}",
    "date_from_datetime_parsing": "must be a date such as '2022-06-20', not {input}",
    "date_parsing": "must be a date such as '2022-06-20', not {input}",
    "date_type": "must be a date such as '2022-06-20', not {input}",
    "model_type": "must be an object, not {input}",
    "model_attributes_type": "must be an object, not {input}",
    "too_short": "must not be empty",
    "tuple_type": "must be a list, not {input}",
}
"""What is said for a type of pydantic's errors, with what pydantic tells about the case."""


_ID = re.compile(r"(?=.{1,100}$)[a-z0-9]+(-[a-z0-9]+)*")


_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,59}")


def invalid(name: str, found: Sequence[str], hint: str = "") -> InvalidError:
    """Return the error that tells the first of the problems ``found`` in the file ``name``, and has them all."""
    return InvalidError(f"{name}: {first_of(found)}", hint, tuple(found))


def told(details: Sequence[ErrorDetails], document: object) -> list[str]:
    """Put errors of pydantic's in our words, each with its place in ``document``."""
    # pydantic counts only the items of a list that are right, and calls one of wrong items too short as well.
    counted = [one for one in details if one["type"] != "too_short" or not one["input"]]
    return [_type_problem(detail, document) for detail in counted]


def _type_problem(detail: ErrorDetails, document: object) -> str:
    """Put an error of pydantic's in our words, with its place in ``document`` rather than in the models."""
    location, what = detail["loc"], _what(detail)
    if location[:1] == ("facts",):
        location = (*location[:2], *location[3:])
        if location[2:3] == ("value",) and len(location) > 3:
            location, what = location[:3], "must be a finite number, or one of the indicator's categories"
    return problem_at(location, what, document)


def _what(detail: ErrorDetails) -> str:
    words = _WORDS.get(detail["type"])
    if words is None:
        return f"must {detail['msg'].split(' should ', 1)[-1]}, not {shown(detail['input'])}"
    context = detail.get("ctx", {})
    given = {"input": shown(detail["input"])} if "{input}" in words else {}
    return words.format_map({**context, "tag": quoted(str(context.get("tag"))), **given})


def shown(value: object) -> str:
    """Return a value of a document as a message shows it."""
    if isinstance(value, str):
        return quoted(value)
    return quoted(json.dumps(value, default=str)).strip("'")


def problem_at(location: Location, what: str, document: object) -> str:
    """Return a problem with its place in ``document``: ``facts[3] (karabakh-ceasefire-2020).when: is missing``."""
    place = _place(location, document)
    return f"{place}: {what}" if place else what


def _place(location: Location, document: object) -> str:
    """Write a position as ``facts[3] (karabakh-ceasefire-2020).when.earliest``; the whole document is empty."""
    words, node = "", document
    for step in location:
        if isinstance(step, int):
            words += f"[{step}]"
            node = node[step] if isinstance(node, list) and step < len(node) else None
            key = node.get("id") if isinstance(node, dict) else None
            words += f" ({key})" if isinstance(key, str) and _ID.fullmatch(key) else ""
        else:
            words += f".{step}" if _KEY.fullmatch(step) else f"[{quoted(step)}]"
            node = node.get(step) if isinstance(node, dict) else None
    return words.removeprefix(".")
