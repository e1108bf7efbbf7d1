"""One record read from its JSON, by every door alike: strict and of the right types, or every problem with its place.

Strict is what pydantic alone would not ask for: no key stands twice, and nowhere is NaN or Infinity.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, get_args

from pydantic import TypeAdapter, ValidationError
from pydantic_core import SchemaValidator

from psfacts.loading.messages import Location, Problem, location_of, type_problems
from psfacts.model import AnyRecord, FactBase, Kind
from psfacts.text.phrases import quoted

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

MAX_DIGITS = 4300
"""Digits above which an integer is refused; Python's own limit."""

TOO_DEEP = "nested too deeply"

_LONG = 2**16
"""Characters above which a record is told one wrong item a list: pydantic makes an error of each, however many."""

_DEEPEST = 20
"""Levels of lists and objects that a document may have."""

_MOST_KEYS = 100
"""Keys that an object may have."""

_KINDS: tuple[str, ...] = get_args(Kind)


class Scanner:
    """Finds where a value of JSON ends, and keeps nothing of it."""

    def __init__(self) -> None:
        self.is_strict = True
        """Whether the value that was scanned last is strict JSON."""
        # Numbers stay words: they may be longer than Python reads, and nobody asks for them here.
        self._decoder = json.JSONDecoder(
            object_pairs_hook=self._check_keys, parse_int=str, parse_float=str, parse_constant=self._refuse
        )
        self._scan: Callable[[str, int], tuple[object, int]] = self._decoder.scan_once  # type: ignore[attr-defined]

    def check(self, text: str) -> None:
        """Raise ValueError where ``text`` is not the JSON of one value, and RecursionError as :meth:`end` does."""
        self._decoder.decode(text)

    def end(self, text: str, start: int) -> int:
        """Return where the value ends that starts at ``start``.

        Raises ValueError where ``text`` has none there, and RecursionError where it is nested too deeply.
        """
        self.is_strict = True
        try:
            _, end = self._scan(text, start)
        except StopIteration as error:
            raise json.JSONDecodeError("Expecting value", text, error.value) from None
        return end

    def _check_keys(self, pairs: list[tuple[str, object]]) -> None:
        if len(dict(pairs)) < len(pairs) or len(pairs) > _MOST_KEYS:
            self.is_strict = False

    def _refuse(self, _: str) -> None:
        self.is_strict = False


class WrongRecordError(Exception):
    """A record that cannot be used. What is wrong is put in words only if it is asked for."""

    def __init__(self, text: str = "null", error: ValidationError | None = None, what: str = "") -> None:
        super().__init__()
        self._text = text
        self._error = error
        self._what = what

    @cached_property
    def document(self) -> object:
        """The JSON of the record, as far as it can be read."""
        return parse_value(self._text)

    @property
    def key(self) -> object:
        """What stands as the id of the record, if anything does."""
        return self.document.get("id") if self._text.startswith("{") and isinstance(self.document, dict) else None

    def problems(self) -> Iterator[Problem]:
        """Return what is wrong: what is not JSON as it has to be, else what is not of the right type."""
        if self._what:
            yield Problem((), self._what)
        elif next(flaws(self.document), None):
            yield from flaws(self.document)
        elif self._error:
            # What pydantic tells as the input may be all of a long record, as often as there are errors.
            details = self._error.errors(include_url=False, include_input=False)
            if details[0]["type"] != "json_invalid":
                yield from type_problems(_untagged(details), self.document)
            else:  # pydantic's own parser counts levels, and digits of what should be an object
                yield Problem((), TOO_DEEP if self._text[0] in "{[" else "must be an object")

    def count(self) -> int:
        """Count what is wrong, sooner than it can be told."""
        if not self._error:
            return sum(1 for _ in self.problems())
        details = self._error.errors(include_url=False, include_context=False, include_input=False)
        return len(set(map(location_of, details)))


def read(name: str, text: str, is_strict: bool) -> AnyRecord:
    """Make a record of the list ``name`` of its JSON, which a Scanner found to be strict or not.

    Raises WrongRecordError with all that is wrong with it.
    """
    if not is_strict:
        raise WrongRecordError(text)
    is_long = len(text) > _LONG
    if is_long:
        _check_keys(name, text)
    try:
        record: AnyRecord = _validator(name, is_long).validate_json(text)
    except ValidationError as error:
        raise WrongRecordError(text, error) from None
    return record


def _check_keys(name: str, text: str) -> None:
    """Raise WrongRecordError where a long record lacks a key, for each of which pydantic would copy all of it."""
    try:
        _validator(name, fails_fast=True).validate_json(json.dumps(_beginning(parse_value(text))))
    except ValidationError as error:
        if any(detail["type"] == "missing" for detail in error.errors(include_url=False, include_input=False)):
            raise WrongRecordError(text, error) from None


def _beginning(node: object) -> object:
    """Return a document with the first items of its lists alone."""
    if isinstance(node, list):
        return [_beginning(item) for item in node[:_MOST_KEYS]]
    return {key: _beginning(value) for key, value in node.items()} if isinstance(node, dict) else node


def read_alone(name: str, text: str) -> AnyRecord:
    """Make a record of JSON that nobody has scanned. Raises WrongRecordError with all that is wrong with it."""
    scanner = Scanner()
    try:
        scanner.check(text)
    except ValueError:
        raise WrongRecordError(what="not JSON") from None
    except RecursionError:
        raise WrongRecordError(what=TOO_DEEP) from None
    return read(name, text, scanner.is_strict)


@cache
def _validator(name: str, fails_fast: bool) -> SchemaValidator:
    """Return what validates the records of a list; one that fails fast tells the first wrong item of each list."""
    (kind, _) = get_args(FactBase.model_fields[name].annotation)
    adapter: TypeAdapter[AnyRecord] = TypeAdapter(kind)
    return SchemaValidator(_failing_fast(adapter.core_schema) if fails_fast else adapter.core_schema)


def _failing_fast(node: Any) -> Any:  # noqa: ANN401 -- the schemas of pydantic's core have no narrower type
    if isinstance(node, list):
        return [*map(_failing_fast, node)]
    if not isinstance(node, dict):
        return node
    inner = {key: _failing_fast(value) for key, value in node.items()}
    return {**inner, "fail_fast": True} if inner.get("type") == "tuple" else inner


def _untagged(details: list[ErrorDetails]) -> list[ErrorDetails]:
    """Return errors without the kind of fact that pydantic puts in front of their places."""
    return [{**one, "loc": one["loc"][1:]} if one["loc"][:1] and one["loc"][0] in _KINDS else one for one in details]


class _Flaw:
    """Stands in a document for a number that JSON or Python cannot hold."""

    def __init__(self, what: str) -> None:
        self.what = what


class _Repeating(dict[str, object]):
    """An object in which keys stand twice."""

    def __init__(self, pairs: list[tuple[str, object]]) -> None:
        super().__init__(pairs)
        self.repeated = [key for key, times in Counter(key for key, _ in pairs).items() if times > 1]


def parse_value(text: str) -> object:
    """Parse JSON so that :func:`flaws` finds what is not strict. Raises ValueError or RecursionError."""
    document: object = _DECODER.decode(text)
    return document


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    keyed = dict(pairs)
    return keyed if len(keyed) == len(pairs) else _Repeating(pairs)


def _integer(digits: str) -> int | _Flaw:
    if len(digits.lstrip("-")) > MAX_DIGITS:
        return _Flaw(f"an integer of more than {MAX_DIGITS} digits")
    return int(digits)


def _number(digits: str) -> float | _Flaw:
    number = float(digits)
    return number if math.isfinite(number) else _Flaw("a number that is too large")


def _constant(word: str) -> _Flaw:
    return _Flaw(f"{word} is not JSON; give a number or null")


_DECODER = json.JSONDecoder(
    object_pairs_hook=_object, parse_int=_integer, parse_float=_number, parse_constant=_constant
)


def flaws(node: object, location: Location = ()) -> Iterator[Problem]:
    """Return what is not strict in a document that was parsed, or deeper than anything of a fact base."""
    if len(location) > _DEEPEST:
        yield Problem((), TOO_DEEP)
    elif isinstance(node, _Flaw):
        yield Problem(location, node.what)
    elif isinstance(node, str) and not _is_text(node):
        yield Problem(location, "has half of a character (a lone surrogate)")
    elif isinstance(node, list):
        for index, item in enumerate(node):
            yield from flaws(item, (*location, index))
    elif isinstance(node, dict):
        for key in node.repeated if isinstance(node, _Repeating) else ():
            yield Problem(location, f"duplicate key {quoted(key)}; keep one")
        if len(node) > _MOST_KEYS:
            yield Problem(location, f"has {len(node)} keys, more than anything in a fact base")
        for key, value in node.items():
            yield from flaws(value, (*location, key))


def _is_text(text: str) -> bool:
    try:
        return bool(text.isascii() or text.encode())
    except UnicodeEncodeError:
        return False
