"""Reading a record from its JSON: strict and of the right types, or every problem of it with its place.

Strict means, beyond pydantic's checks, that there are no duplicate keys, and no NaN or Infinity.
"""

from __future__ import annotations

import codecs
import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache, reduce
from typing import Any, NamedTuple, get_args

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from psfacts.loading.problems import Location, Problem, Problems, inner, invalid
from psfacts.model import SCHEMA_VERSION, FactBase, Kind, Meta, Record, Source
from psfacts.text.phrases import SHOWN, quoted, shortened

_TOO_DEEP = "nested too deeply"

MAX_DIGITS = 4300
"""Maximum number of digits of an integer, as in Python."""

_DEEPEST = 20
"""Maximum nesting depth of a document."""

_MOST_KEYS = 100
"""Maximum number of keys in an object."""

_SURROGATE = re.compile("[\ud800-\udfff]")


class Frame(FactBase):
    """A fact base in one document without its records: all lists are empty."""

    sources: tuple[Source, ...]
    """Empty here; that a base has a source is checked after all are read."""


class _Flaw(NamedTuple):
    """A key that an object gets if it is not strict; pydantic refuses it, as it is no string."""

    what: str


class WrongJsonError(Exception):
    """JSON cannot be parsed; its text says why."""


def _object(pairs: list[tuple[str, object]]) -> dict[str | _Flaw, object]:
    keyed: dict[Any, object] = dict(pairs)
    if len(keyed) < len(pairs):
        repeated = [key for key, times in Counter(key for key, _ in pairs).items() if times > 1]
        keyed |= {_Flaw(f"duplicate key {quoted(key)}; keep one"): None for key in repeated}
    if len(keyed) > _MOST_KEYS:
        return {"id": keyed.get("id"), _Flaw(f"has {len(keyed)} keys, more than anything in a fact base"): None}
    return keyed


def _integer(digits: str) -> int | float:
    return int(digits) if len(digits.lstrip("-")) <= MAX_DIGITS else math.inf


_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_int=_integer)


def parsed(data: bytes, *, is_line: bool = False) -> object:
    """Return the value of JSON, of a file or a line of it, in UTF-8. Raises WrongJsonError if it cannot be parsed.

    What can be parsed, but is not strict, is for :func:`flaws` to find; :func:`read` refuses it.
    """
    try:
        return _DECODER.decode(data.removeprefix(codecs.BOM_UTF8).decode())
    except UnicodeDecodeError as error:
        what = f"not UTF-8: byte {error.start} cannot be decoded; save it as UTF-8"
    except RecursionError:
        what = _TOO_DEEP
    except json.JSONDecodeError as error:
        line = "" if is_line else f"line {error.lineno}"
        if not error.doc.strip():
            what = "empty"
        elif error.pos >= len(error.doc.rstrip()) or error.msg.startswith("Unterminated string"):
            what = f"ends too early{line and f', in {line}'}; it may have been cut off"
        else:
            what = f"not JSON: {line and f'{line}, '}column {error.colno}: {error.msg[0].lower()}{error.msg[1:]}"
    raise WrongJsonError(what)


def flaws(node: object, location: Location = ()) -> Iterator[Problem]:
    """Return the parts of a parsed document that are not strict, or nested too deeply for a fact base."""
    if len(location) > _DEEPEST:
        yield Problem((), _TOO_DEEP)
    elif isinstance(node, float) and not math.isfinite(node):
        what = "NaN is not JSON" if math.isnan(node) else "Infinity is not JSON, nor is a number that is too large"
        yield Problem(location, f"{what}; give a number or null")
    elif isinstance(node, str) and _SURROGATE.search(node):
        yield Problem(location, "has half of a character (a lone surrogate)")
    elif isinstance(node, list | dict):
        for key, value in node.items() if isinstance(node, dict) else enumerate(node):
            if isinstance(key, _Flaw):
                yield Problem(location, key.what)
            elif isinstance(key, str) and _SURROGATE.search(key):
                yield Problem(location, "has a key with half of a character (a lone surrogate)")
            else:
                yield from flaws(value, (*location, key))


def read(kind: str | type[Record], document: object, problems: Problems, place: str = "") -> Any:  # noqa: ANN401 -- a record of the kind
    """Return the record of a type, or of a list, that parsed JSON stands for; ``None`` adds its problems at a place."""
    try:
        return _adapter(kind).validate_python(document)
    except ValidationError as error:
        problems.add(place, [*flaws(document)] or _type_problems(error, document), document)
        return None


def read_text(kind: str | type[Record], text: bytes, problems: Problems, place: str, named: object = None) -> Any:  # noqa: ANN401 -- as above
    """Return the record in a line of JSON, as :func:`read` does; ``named`` has the id to call it by if it has none."""
    try:
        document = parsed(text, is_line=True)
    except WrongJsonError as error:
        problems.add(place, [Problem((), str(error))], named)
        return None
    return read(kind, document, problems, place)


def read_meta(kind: type[Meta], document: object, problems: Problems, place: str = "") -> Meta:
    """Return what a base says of itself, as :func:`read` does. Raises InvalidError with all ``problems`` so far.

    Another version is refused before all that follows from it; ``true`` and ``1.0`` equal 1, but are none either.
    """
    version = document.get("schema_version", SCHEMA_VERSION) if isinstance(document, dict) else SCHEMA_VERSION
    if version != SCHEMA_VERSION or type(version) is not int:
        what = f"this psfacts knows version {SCHEMA_VERSION}, and the file has version {shown(version)}"
        at = f"{place}: schema_version" if place else "schema_version"
        raise invalid(problems.name, f"{at}: {what}", "use the psfacts that the file was made for")
    meta: Meta | None = read(kind, document, problems, place)
    if not meta:
        raise problems.error()
    return meta


@cache
def _adapter(kind: str | type[Record]) -> TypeAdapter[Any]:
    """Return what validates a type of records, or those of a list."""
    return TypeAdapter(get_args(FactBase.model_fields[kind].annotation)[0] if isinstance(kind, str) else kind)


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


def _type_problems(error: ValidationError, document: object) -> Iterable[Problem]:
    """Convert pydantic's errors about a ``document`` to problems, one for each place."""
    found: dict[Location, str] = {}
    # The input in an error of pydantic may be all of a long record, as often as there are errors.
    for detail in error.errors(include_url=False, include_input=False):
        location = detail["loc"]
        if location and location[0] in get_args(Kind):  # the kind of a fact comes first
            location = location[1:]
        is_value = "value" in location[:-1]  # a union, with an error of each member
        location = location[:1] if is_value else location
        value = reduce(inner, location, document)
        # pydantic counts only the items of a list that are right, and calls one of wrong items too short as well.
        if detail["type"] != "too_short" or not value:
            found.setdefault(location, _A_VALUE if is_value else _what(detail, value))
    return map(Problem, found, found.values())


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
