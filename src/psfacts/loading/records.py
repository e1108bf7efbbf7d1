"""Reading a record from its JSON: strict and of the right types, or with every problem and its place.

Strict means, beyond pydantic's checks, that there are no duplicate keys, and no NaN or Infinity.
"""

from __future__ import annotations

import codecs
import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple, get_args

from pydantic import TypeAdapter, ValidationError

from psfacts.loading.messages import TOO_DEEP, Location, Problem, Problems, invalid, shown, type_problems
from psfacts.model import SCHEMA_VERSION, FactBase, Meta, Record, Source
from psfacts.text.phrases import quoted

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


class WrongRecordError(Exception):
    """A record, or its JSON, is invalid; has all its problems."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        super().__init__()
        self.problems = problems


def _object(pairs: list[tuple[str, object]]) -> dict[str | _Flaw, object]:
    keyed: dict[Any, object] = dict(pairs)
    if len(keyed) < len(pairs):
        repeated = [key for key, times in Counter(key for key, _ in pairs).items() if times > 1]
        keyed |= {_Flaw(f"duplicate key {quoted(key)}; keep one"): None for key in repeated}
    if len(keyed) > _MOST_KEYS:
        what = _Flaw(f"has {len(keyed)} keys, more than anything in a fact base")
        return {"id": keyed.get("id"), what: None}
    return keyed


def _integer(digits: str) -> int | float:
    return int(digits) if len(digits.lstrip("-")) <= MAX_DIGITS else math.inf


_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_int=_integer)


def parsed(data: bytes, *, is_line: bool = False) -> object:
    """Return the value of JSON, of a file or a line of it, in UTF-8. Raises WrongRecordError if it cannot be parsed.

    What can be parsed, but is not strict, is for :func:`flaws` to find; :func:`read` refuses it.
    """
    try:
        return _DECODER.decode(data.removeprefix(codecs.BOM_UTF8).decode())
    except UnicodeDecodeError as error:
        what = f"not UTF-8: byte {error.start} cannot be decoded; save it as UTF-8"
    except RecursionError:
        what = TOO_DEEP
    except json.JSONDecodeError as error:
        line = "" if is_line else f"line {error.lineno}"
        if not error.doc.strip():
            what = "empty"
        elif error.pos >= len(error.doc.rstrip()) or error.msg.startswith("Unterminated string"):
            what = f"ends too early{line and f', in {line}'}; it may have been cut off"
        else:
            what = f"not JSON: {line and f'{line}, '}column {error.colno}: {error.msg[0].lower()}{error.msg[1:]}"
    raise WrongRecordError([Problem((), what)])


def flaws(node: object, location: Location = ()) -> Iterator[Problem]:
    """Return the parts of a parsed document that are not strict, or nested too deeply for a fact base."""
    if len(location) > _DEEPEST:
        yield Problem((), TOO_DEEP)
    elif isinstance(node, float) and not math.isfinite(node):
        what = "NaN is not JSON" if math.isnan(node) else "Infinity is not JSON, nor is a number that is too large"
        yield Problem(location, f"{what}; give a number or null")
    elif isinstance(node, str) and _SURROGATE.search(node):
        yield Problem(location, "has half of a character (a lone surrogate)")
    elif isinstance(node, list):
        for index, item in enumerate(node):
            yield from flaws(item, (*location, index))
    elif isinstance(node, dict):
        for key, value in node.items():
            if isinstance(key, _Flaw):
                yield Problem(location, key.what)
            elif _SURROGATE.search(key):
                yield Problem(location, "has a key with half of a character (a lone surrogate)")
            else:
                yield from flaws(value, (*location, key))


def read(kind: str | type[Record], document: object) -> Any:  # noqa: ANN401 -- a record of the kind
    """Make a record of a type, or of a list, of its parsed JSON. Raises WrongRecordError if that is wrong."""
    try:
        return _adapter(kind).validate_python(document)
    except ValidationError as error:
        problems = [*flaws(document)] or [*type_problems(error, document)]
    raise WrongRecordError(problems)


def read_meta(kind: type[Meta], document: object, problems: Problems, place: str = "") -> Meta:
    """Return what a base says of itself, as :func:`read` does. Raises InvalidError with all ``problems`` so far.

    Another version is refused before all that follows from it; ``true`` and ``1.0`` equal 1, but are none either.
    """
    version = document.get("schema_version", SCHEMA_VERSION) if isinstance(document, dict) else SCHEMA_VERSION
    if version != SCHEMA_VERSION or type(version) is not int:
        what = f"this psfacts knows version {SCHEMA_VERSION}, and the file has version {shown(version)}"
        at = f"{place}: schema_version" if place else "schema_version"
        raise invalid(problems.name, f"{at}: {what}", "use the psfacts that the file was made for")
    try:
        meta: Meta = read(kind, document)
    except WrongRecordError as error:
        problems.add(place, error.problems, document)
        raise problems.error() from None
    return meta


@cache
def _adapter(kind: str | type[Record]) -> TypeAdapter[Any]:
    """Return what validates a type of records, or those of a list."""
    return TypeAdapter(get_args(FactBase.model_fields[kind].annotation)[0] if isinstance(kind, str) else kind)
