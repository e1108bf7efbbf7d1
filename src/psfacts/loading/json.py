"""From bytes to a validated fact base: the one door that data comes in by.

:func:`read` and :func:`parse` end in a fact base or in one InvalidError that lists every problem with its place, a
dotted JSON position such as ``facts[3] (karabakh-ceasefire-2020).when.earliest``.
"""

from __future__ import annotations

import codecs
import gc
import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import JsonValue, ValidationError

from psfacts.loading.files import MAX_BYTES, content, packaged
from psfacts.loading.messages import Location, invalid, problem_at, shown, told
from psfacts.loading.strictness import is_plain, keys_in
from psfacts.model import SCHEMA_VERSION, FactBase
from psfacts.text.phrases import quoted

if TYPE_CHECKING:
    pass

__all__ = ["MAX_DIGITS", "builtin_path", "parse", "problems", "read"]


MAX_DIGITS = 4300
"""Digits above which an integer is refused; Python's own limit."""


_VERSION = re.compile(rb'"schema_version":\s*1\s*[,}]')


def problems(base: FactBase) -> list[str]:
    """Return all that is wrong between the records of ``base``, as :func:`psfacts.loading.rules.problems` does.

    The rules are loaded only here: the built-in fact base is held to them by a test, not at every start.
    """
    from psfacts.loading.rules import problems as found

    return found(base)


def builtin_path() -> Path:
    """Return the path of the built-in fact base."""
    return packaged("data/facts.json")


def read(path: Path | None = None) -> FactBase:
    """Read the fact base in the file ``path``, or the built-in one.

    Of the built-in one only the types are checked, so that every start is quick: that its JSON is strict and that it
    has no :func:`problems` is checked by the project's tests. Of any other file all is checked.

    Raises InvalidError where there is no usable fact base.
    """
    if path is not None:
        return parse(content(path), str(path))
    path = builtin_path()
    return _validated(content(path), str(path))


def parse(data: bytes, name: str) -> FactBase:
    """Make a fact base of ``data``, which came from the file ``name`` and is not trusted.

    Raises InvalidError with all problems: those of the JSON text; else those of the types, and between the records.
    """
    with uncollected():
        return _parsed(data, name)


@contextmanager
def uncollected() -> Iterator[None]:
    """Keep the garbage collector away, which would go through all records again and again and find nothing."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _parsed(data: bytes, name: str) -> FactBase:
    if len(data) > MAX_BYTES:
        raise invalid(name, [f"larger than {MAX_BYTES // 2**20} MiB"])
    data = data.removeprefix(codecs.BOM_UTF8)
    if not data.strip():
        raise invalid(name, ["empty"])
    base = _quickly(data)
    if base is None:
        strict(data, name)
        base = _validated(data, name)
    found = problems(base)
    if found:
        raise invalid(name, found)
    return base


def _quickly(data: bytes) -> FactBase | None:
    """Make a fact base of ``data`` if it certainly is strict JSON and right in its types; else it has to be looked at.

    What pydantic lets pass is a key that stands twice, and a version such as ``true``. NaN fits no field.
    """
    try:
        base = FactBase.model_validate_json(data)
    except ValidationError:
        return None
    is_strict = _VERSION.search(data) is not None and is_plain(data, keys_in(base))
    is_short = all(source.length.bit_length() < MAX_DIGITS for source in base.sources)
    return base if is_strict and is_short else None


def document(path: Path) -> JsonValue:
    """Read the strict JSON in the file ``path``, whatever it holds. Raises InvalidError where there is none."""
    data = content(path).removeprefix(codecs.BOM_UTF8)
    strict(data, str(path))
    read: JsonValue = json.loads(data)
    return read


class _Flaw:
    """Stands in a document for a number that JSON or Python cannot hold."""

    def __init__(self, what: str) -> None:
        self.what = what


class _Repeating(dict[str, object]):
    """An object in which keys stand twice."""

    def __init__(self, pairs: list[tuple[str, object]]) -> None:
        super().__init__(pairs)
        self.repeated = [key for key, times in Counter(key for key, _ in pairs).items() if times > 1]


def strict(data: bytes, name: str) -> object:
    """Parse strict JSON: pydantic would let repeated keys pass. Raises InvalidError where it is none.

    What it gives may hold numbers and words as they are read here; it is for places in messages.
    """
    try:
        document = _document(data.decode())
        found = [problem_at(location, what, document) for location, what in _flaws(document, ())]
    except UnicodeDecodeError as error:
        raise invalid(name, [f"not UTF-8: byte {error.start} cannot be decoded"], "save it as UTF-8") from None
    except json.JSONDecodeError as error:
        raise invalid(name, [_syntax(error)]) from None
    except RecursionError:
        raise invalid(name, ["nested too deeply"]) from None
    if found:
        raise invalid(name, found)
    if isinstance(document, dict) and "schema_version" in document:
        check_version(document["schema_version"], name)
    return document


def check_version(version: object, name: str) -> None:
    """Refuse another version before all that follows from it; ``true`` and ``1.0`` equal 1, but are none either."""
    if version != SCHEMA_VERSION or type(version) is not int:
        what = f"this psfacts knows version {SCHEMA_VERSION}, and the file has version {shown(version)}"
        raise invalid(name, [f"schema_version: {what}"], "use the psfacts that the file was made for")


def _document(text: str) -> object:
    document: object = json.loads(
        text, object_pairs_hook=_object, parse_int=_integer, parse_float=_number, parse_constant=_constant
    )
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


def _flaws(node: object, location: Location) -> Iterator[tuple[Location, str]]:
    if isinstance(node, _Flaw):
        yield location, node.what
    elif isinstance(node, list):
        for index, item in enumerate(node):
            yield from _flaws(item, (*location, index))
    elif isinstance(node, dict):
        for key in node.repeated if isinstance(node, _Repeating) else ():
            yield location, f"duplicate key {quoted(key)}; keep one"
        for key, value in node.items():
            yield from _flaws(value, (*location, key))


def _syntax(error: json.JSONDecodeError) -> str:
    if error.pos >= len(error.doc.rstrip()) or error.msg.startswith("Unterminated string"):
        return f"ends too early, in line {error.lineno}; it may have been cut off"
    return f"not JSON: line {error.lineno}, column {error.colno}: {error.msg[0].lower()}{error.msg[1:]}"


def _validated(data: bytes, name: str) -> FactBase:
    try:
        return FactBase.model_validate_json(data)
    except ValidationError as error:
        details = error.errors(include_url=False)
    if details[0]["type"] == "json_invalid":
        raise invalid(name, [f"not JSON: {details[0]['ctx']['error']}"])
    document = _document(data.decode())
    found = [*told(details, document), *_problems_of_the_rest(document, [one["loc"] for one in details])]
    raise invalid(name, list(dict.fromkeys(found)))


def _problems_of_the_rest(document: object, wrong: Iterable[Location]) -> list[str]:
    """Return the problems between those records of ``document`` that nothing is ``wrong`` with by themselves.

    Records that fall out are not missed by those that refer to them. Where more than records is wrong, nothing is told.
    """
    if not isinstance(document, dict):
        return []
    out = {place[:2] for place in wrong}
    lists = {key: list(enumerate(value)) for key, value in document.items() if isinstance(value, list)}
    kept = {key: [(index, one) for index, one in value if (key, index) not in out] for key, value in lists.items()}
    fallen = [one for key, value in lists.items() for index, one in value if (key, index) in out]
    missed = {quoted(one["id"]) for one in fallen if isinstance(one, dict) and isinstance(one.get("id"), str)}
    rest = document | {key: [one for _, one in value] for key, value in kept.items()}
    try:
        base = FactBase.model_validate_json(json.dumps(rest))
    except ValidationError:
        return []

    def placed(match: re.Match[str]) -> str:
        return f"{match[1]}[{kept[match[1]][int(match[2])][0]}] ("

    found = (re.sub(rf"\b({'|'.join(kept)})\[(\d+)\] \(", placed, problem) for problem in problems(base))
    return [one for one in found if not _misses(one, missed)]


def _misses(problem: str, fallen: Iterable[str]) -> bool:
    """Return whether ``problem`` is that there is no record with one of the quoted ids ``fallen``."""
    return any(re.search(rf": there is no [a-z ]+ {re.escape(key)};", problem) for key in fallen)
