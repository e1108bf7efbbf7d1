"""From bytes to a validated fact base: the one door that data comes in by.

:func:`read` and :func:`parse` end in a fact base or in one InvalidError that lists every problem with its place, a
dotted JSON position such as ``facts[3] (karabakh-ceasefire-2020).when.earliest``.
"""

from __future__ import annotations

import codecs
import gc
import json
import math
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import JsonValue, ValidationError

from psfacts.errors import InvalidError
from psfacts.loading.strictness import is_plain, keys_in
from psfacts.model import SCHEMA_VERSION, FactBase
from psfacts.text.phrases import quoted

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

__all__ = ["MAX_BYTES", "MAX_DIGITS", "builtin_path", "parse", "problems", "read"]

MAX_BYTES = 512 * 2**20
"""Size above which a file is not taken for a fact base."""

MAX_DIGITS = 4300
"""Digits above which an integer is refused; Python's own limit."""

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

_VERSION = re.compile(rb'"schema_version":\s*1\s*[,}]')
_ID = re.compile(r"(?=.{1,100}$)[a-z0-9]+(-[a-z0-9]+)*")
_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,59}")


def problems(base: FactBase) -> list[str]:
    """Give all that is wrong between the records of ``base``, as :func:`psfacts.loading.rules.problems` does.

    The rules are loaded only here: the built-in fact base is held to them by a test, not at every start.
    """
    from psfacts.loading.rules import problems as found

    return found(base)


def builtin_path() -> Path:
    """Give the path of the built-in fact base: in the package, or in the checkout that the package runs from."""
    packaged = Path(__file__).parents[1] / "data" / "facts.json"
    return packaged if packaged.exists() else Path(__file__).parents[3] / "data" / "facts.json"


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


def size(path: Path) -> int:
    """Tell how many bytes a file has. Raises InvalidError where there is no regular file, as :func:`content` does."""
    with _regular(path) as file:
        return os.fstat(file.fileno()).st_size


def content(path: Path) -> bytes:
    """Read a file, or as much of it as shows that it is too large. A pipe is refused, since opening it would wait.

    Raises InvalidError where there is no regular file that can be read.
    """
    with _regular(path) as file:
        return file.read(MAX_BYTES + 1)


@contextmanager
def _regular(path: Path) -> Iterator[BufferedReader]:
    hint = "give the path of a fact base, a JSON file"
    try:
        if path.exists() and not path.is_file():
            raise InvalidError(f"{path}: not a regular file", hint, ("not a regular file",))
        with path.open("rb") as file:
            yield file
    except (OSError, ValueError) as error:
        what = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise InvalidError(f"{path}: {what}", hint, (what,)) from None


def invalid(name: str, found: Sequence[str], hint: str = "") -> InvalidError:
    """Give the error that tells the first of the problems ``found`` in the file ``name``, and has them all."""
    more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
    return InvalidError(f"{name}: {found[0]}{more}", hint, tuple(found))


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
        found = [_problem(location, what, document) for location, what in _flaws(document, ())]
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
        what = f"this psfacts knows version {SCHEMA_VERSION}, and the file has version {_shown(version)}"
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
            yield location, f"the key {quoted(key)} stands twice; keep one"
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


def told(details: Sequence[ErrorDetails], document: object) -> list[str]:
    """Put errors of pydantic's in our words, each with its place in ``document``."""
    # pydantic counts only the items of a list that are right, and calls one of wrong items too short as well.
    counted = [one for one in details if one["type"] != "too_short" or not one["input"]]
    return [_type_problem(detail, document) for detail in counted]


def _problems_of_the_rest(document: object, wrong: Iterable[Location]) -> list[str]:
    """Give the problems between those records of ``document`` that nothing is ``wrong`` with by themselves.

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
    """Tell whether ``problem`` is that there is no record with one of the quoted ids ``fallen``."""
    return any(re.search(rf": there is no [a-z ]+ {re.escape(key)};", problem) for key in fallen)


def _type_problem(detail: ErrorDetails, document: object) -> str:
    """Put an error of pydantic's in our words, with its place in ``document`` rather than in the models."""
    location, what = detail["loc"], _what(detail)
    if location[:1] == ("facts",):
        location = (*location[:2], *location[3:])
        if location[2:3] == ("value",) and len(location) > 3:
            location, what = location[:3], "must be a finite number, or one of the indicator's categories"
    return _problem(location, what, document)


def _what(detail: ErrorDetails) -> str:
    words = _WORDS.get(detail["type"])
    if words is None:
        return f"must {detail['msg'].split(' should ', 1)[-1]}, not {_shown(detail['input'])}"
    context = detail.get("ctx", {})
    shown = {"input": _shown(detail["input"])} if "{input}" in words else {}
    return words.format_map({**context, "tag": quoted(str(context.get("tag"))), **shown})


def _shown(value: object) -> str:
    if isinstance(value, str):
        return quoted(value)
    return quoted(json.dumps(value, default=str)).strip("'")


def _problem(location: Location, what: str, document: object) -> str:
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
