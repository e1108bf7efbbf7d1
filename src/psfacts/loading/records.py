"""Reading a record from its JSON: strict and of the right types, or with every problem and its place.

Strict means, beyond pydantic's checks, that there are no duplicate keys, and no NaN or Infinity.
"""

from __future__ import annotations

import json
import math
import threading
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any, get_args

from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticSerializationError, SchemaValidator, to_json

from psfacts.loading.messages import TOO_DEEP, Location, Problem, Problems, beginning, invalid, shown, type_problems
from psfacts.model import SCHEMA_VERSION, FactBase, Meta, Source
from psfacts.text.phrases import quoted

MAX_DIGITS = 4300
"""Maximum number of digits of an integer, as in Python."""

_LONG = 2**16
"""Characters above which a record is told one wrong item a list: pydantic makes an error of each, however many."""

_DEEPEST = 20
"""Maximum nesting depth of a document."""

_MOST_KEYS = 100
"""Maximum number of keys in an object."""


class Frame(FactBase):
    """A fact base in one document without its records: all lists are empty."""

    sources: tuple[Source, ...]
    """Empty here; that a base has a source is checked after all are read."""


class _Flaw(str):
    """Placeholder in a document for a number that JSON or Python cannot represent, with the problem."""

    __slots__ = ()


class _Repeating(dict[str, object]):
    """An object with duplicate keys."""

    def __init__(self, pairs: list[tuple[str, object]]) -> None:
        super().__init__(pairs)
        self.repeated = [key for key, times in Counter(key for key, _ in pairs).items() if times > 1]


class Scanner:
    """Parses JSON so that :func:`flaws` finds what is not strict."""

    def __init__(self) -> None:
        self.is_strict = True
        """Whether the last parsed value has no flaws except those that pydantic would refuse, too."""
        self._decoder = json.JSONDecoder(
            object_pairs_hook=self._object,
            parse_int=self._integer,
            parse_float=self._number,
            parse_constant=lambda word: self._flaw(f"{word} is not JSON; give a number or null"),
        )

    def parsed(self, text: str) -> object:
        """Return the value of JSON. Raises JSONDecodeError, or RecursionError if it is nested too deeply."""
        self.is_strict = True
        return self._decoder.decode(text)

    def _object(self, pairs: list[tuple[str, object]]) -> dict[str, object]:
        keyed = dict(pairs)
        if len(keyed) == len(pairs) <= _MOST_KEYS:
            return keyed
        self.is_strict = False
        return _Repeating(pairs)

    def _integer(self, digits: str) -> object:
        if len(digits) <= MAX_DIGITS or len(digits.lstrip("-")) <= MAX_DIGITS:
            return int(digits)
        return self._flaw(f"an integer of more than {MAX_DIGITS} digits")

    def _number(self, digits: str) -> object:
        number = float(digits)
        return number if math.isfinite(number) else self._flaw("a number that is too large")

    def _flaw(self, what: str) -> _Flaw:
        self.is_strict = False
        return _Flaw(what)


class _Own(threading.local):
    """A scanner for each thread: one for each record would be left to the collector of circles, which may be off."""

    def __init__(self) -> None:
        self.scanner = Scanner()


_own = _Own()


def flaws(node: object, location: Location = ()) -> Iterator[Problem]:
    """Return the parts of a parsed document that are not strict, or nested too deeply for a fact base."""
    if len(location) > _DEEPEST:
        yield Problem((), TOO_DEEP)
    elif isinstance(node, _Flaw):
        yield Problem(location, node)
    elif isinstance(node, str) and not _is_text(node):
        yield Problem(location, "has half of a character (a lone surrogate)")
    elif isinstance(node, list):
        for index, item in enumerate(node):
            yield from flaws(item, (*location, index))
    elif isinstance(node, dict):
        yield from (Problem(location, what) for what in _flaws_of_keys(node))
        for key, value in node.items():
            yield from flaws(value, (*location, key))


def _flaws_of_keys(node: dict[str, object]) -> Iterator[str]:
    for key in node.repeated if isinstance(node, _Repeating) else ():
        yield f"duplicate key {quoted(key)}; keep one"
    if len(node) > _MOST_KEYS:
        yield f"has {len(node)} keys, more than anything in a fact base"
    if not all(map(_is_text, node)):
        yield "has a key with half of a character (a lone surrogate)"


def _is_text(text: str) -> bool:
    try:
        return bool(text.isascii() or text.encode())
    except UnicodeEncodeError:
        return False


class WrongRecordError(Exception):
    """A record is invalid; has its JSON, as far as it can be read, and all its problems."""

    def __init__(self, document: object, error: ValidationError | None = None) -> None:
        super().__init__()
        self.document = document
        self._error = error

    def problems(self) -> Iterator[Problem]:
        """Return what is not JSON as it has to be, else what is not of the right type."""
        flaw = None
        for flaw in flaws(self.document):
            yield flaw
        if self._error and not flaw:
            yield from type_problems(self._error, self.document)


def read(name: str, document: object, is_strict: bool, text: str | bytes = "") -> Any:  # noqa: ANN401 -- the name tells
    """Make a record of the list ``name``, a Meta or a Frame of what a Scanner made of its JSON, and found to be strict.

    ``text`` is the JSON if available. Raises WrongRecordError with all its problems.
    """
    if not is_strict and any(True for _ in flaws(document)):
        raise WrongRecordError(document)
    try:
        text = text or to_json(document)
        is_long = len(text) > _LONG
        if is_long:
            _check_keys(name, document)
        return _validator(name, is_long).validate_json(text)
    except PydanticSerializationError:  # half of a character, or nested too deeply
        raise WrongRecordError(document) from None
    except ValidationError as error:  # kept by no name that outlives it: nothing looks for circles meanwhile
        raise WrongRecordError(document, error) from None


def read_trusted(name: str, text: str) -> Any:  # noqa: ANN401 -- as that of read
    """Make a record from JSON that psfacts wrote itself and nobody else can have changed."""
    return _validator(name, fails_fast=False).validate_json(text)


def read_alone(name: str, text: str) -> Any:  # noqa: ANN401 -- as that of read
    """Make a record as :func:`read` does, from JSON that has not been scanned."""
    scanner = _own.scanner
    try:
        document = scanner.parsed(text)
    except ValueError:
        raise WrongRecordError(_Flaw("not JSON")) from None
    except RecursionError:
        raise WrongRecordError(_Flaw(TOO_DEEP)) from None
    return read(name, document, scanner.is_strict, text)


def read_meta(name: str, document: object, is_strict: bool, problems: Problems, place: str = "") -> Meta:
    """Return what a base says of itself, as :func:`read` does. Raises InvalidError with all ``problems`` so far.

    Another version is refused before all that follows from it; ``true`` and ``1.0`` equal 1, but are none either.
    """
    version = document.get("schema_version", SCHEMA_VERSION) if isinstance(document, dict) else SCHEMA_VERSION
    if not isinstance(version, _Flaw) and (version != SCHEMA_VERSION or type(version) is not int):
        what = f"this psfacts knows version {SCHEMA_VERSION}, and the file has version {shown(version)}"
        at = f"{place}: schema_version" if place else "schema_version"
        raise invalid(problems.name, f"{at}: {what}", "use the psfacts that the file was made for")
    try:
        meta: Meta = read(name, document, is_strict)
    except WrongRecordError as error:
        problems.add(place, error.problems(), document)
        raise problems.error() from None
    return meta


def _check_keys(name: str, document: object) -> None:
    """Raise ValidationError where a long record lacks a key, for each of which pydantic would copy all of it."""
    try:
        _validator(name, fails_fast=True).validate_json(to_json(beginning(document)))
    except ValidationError as error:
        if any(detail["type"] == "missing" for detail in error.errors(include_url=False, include_input=False)):
            raise


@cache
def _validator(name: str, fails_fast: bool) -> SchemaValidator:
    """Return what validates the records of a list; one that fails fast tells the first wrong item of each list."""
    wholes: dict[str, Any] = {"meta": Meta, "frame": Frame}
    kind = wholes[name] if name in wholes else get_args(FactBase.model_fields[name].annotation)[0]
    schema = TypeAdapter(kind).core_schema
    return SchemaValidator(_failing_fast(schema) if fails_fast else schema)


def _failing_fast(node: Any) -> Any:  # noqa: ANN401 -- the schemas of pydantic's core have no narrower type
    if isinstance(node, list):
        return [*map(_failing_fast, node)]
    if not isinstance(node, dict):
        return node
    inner = {key: _failing_fast(value) for key, value in node.items()}
    return {**inner, "fail_fast": True} if inner.get("type") == "tuple" else inner
