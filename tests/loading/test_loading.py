"""The door that data comes in by: what is let in, and what each bad file is told."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import psfacts
from conftest import BUILT_IN
from psfacts.authoring import build as authoring
from psfacts.errors import InvalidError
from psfacts.loading import files
from psfacts.loading.json import parse
from psfacts.model import FactBase
from psfacts.store.open import read

Document = dict[str, Any]
"""A fact base as JSON, to be spoilt: here the types are what is tested."""


@pytest.fixture
def document(fiction_path: Path) -> Document:
    return dict(json.loads(fiction_path.read_bytes()))


def refused(data: bytes) -> tuple[str, ...]:
    """Return what is said of a file with ``data`` in it."""
    with pytest.raises(InvalidError) as caught:
        parse(data, "bad.json")
    assert caught.value.message.startswith("bad.json: ")
    assert "\n" not in caught.value.message
    return caught.value.problems


def put(document: Document, path: str, value: object) -> None:
    """Put ``value`` at a dotted path."""
    *steps, last = (int(step) if step.isdecimal() else step for step in path.split("."))
    node: Any = document
    for step in steps:
        node = node[step]
    node[last] = value


def test_a_good_file_gives_its_base(fiction_path: Path, fiction_base: FactBase) -> None:
    assert parse(fiction_path.read_bytes(), "good.json") == fiction_base
    assert len(fiction_base.facts) == 18


def test_a_byte_order_mark_does_no_harm(fiction_path: Path, fiction_base: FactBase) -> None:
    assert parse(b"\xef\xbb\xbf" + fiction_path.read_bytes(), "good.json") == fiction_base


def test_the_fiction_is_what_its_draft_makes(fiction_path: Path, fiction_article: Path, document: Document) -> None:
    draft = json.loads((fiction_path.parent / "draft.json").read_bytes())
    assert authoring.build(draft, {"coast-2031": fiction_article.read_text(encoding="utf-8")}) == document


def test_the_built_in_base_is_read_without_a_path() -> None:
    assert len(psfacts.load().facts) > 130


def test_the_built_in_base_passes_the_checks_that_are_left_out_at_the_start() -> None:
    assert parse(BUILT_IN.read_bytes(), "built-in") == psfacts.load().meta


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(InvalidError, match=r"none\.json: No such file or directory$") as caught:
        read(tmp_path / "none.json")
    assert caught.value.hint == "give the path of a fact base, a JSON file"


def test_a_directory(tmp_path: Path) -> None:
    with pytest.raises(InvalidError, match="not a regular file"):
        read(tmp_path)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file(tmp_path: Path) -> None:
    (tmp_path / "shut.json").touch(mode=0)
    with pytest.raises(InvalidError, match="Permission denied"):
        read(tmp_path / "shut.json")


@pytest.mark.parametrize("name", ["a\0b", "x" * 5000])
def test_an_impossible_name(name: str) -> None:
    with pytest.raises(InvalidError):
        read(Path(name))


def test_a_file_that_is_too_large(fiction_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("psfacts.loading.json.MAX_BYTES", 2**10)
    monkeypatch.setattr(files, "MAX_BYTES", 2**10)
    with pytest.raises(InvalidError, match=r"facts\.json: larger than 0 MiB$"):
        read(fiction_path)


INFINITE = "Infinity is not JSON, nor is a number that is too large; give a number or null"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "empty"),
        (b" \n\t", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b'{"schema_version": "\xff"}', "not UTF-8: byte 20 cannot be decoded; save it as UTF-8"),
        ("{}".encode("utf-16"), "not UTF-8: byte 0 cannot be decoded; save it as UTF-8"),
        (b"{'a': 1}", "not JSON: line 1, column 2: expecting property name enclosed in double quotes"),
        (b'{"a": 1}\n{}', "not JSON: line 2, column 1: extra data"),
        (b'{"a":\n {"b": "c', "ends too early, in line 2; it may have been cut off"),
        (b'{"a":\n [1, ', "ends too early, in line 2; it may have been cut off"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"a":' * 100_000, "nested too deeply"),
        (b'{"facts": [' + b"[" * 300 + b"]" * 300 + b"]}", "facts[0]: nested too deeply"),
        (b'{"a": ' + b"[" * 300 + b"]" * 300 + b"}", "nested too deeply"),
        (b'{"a": [{"b": 1, "c": {"d": 1, "d": 2}}]}', "a[0].c: duplicate key 'd'; keep one"),
        (b'{"a": 1, "a": 1}', "duplicate key 'a'; keep one"),
        (b'{"facts": [{"id": "x", "value": NaN}]}', "facts[0] (x).value: NaN is not JSON; give a number or null"),
        (b'{"a": -Infinity}', f"a: {INFINITE}"),
        (b'{"a": 1e999}', f"a: {INFINITE}"),
        (b'{"a": [0, -' + b"9" * 4301 + b"]}", f"a[1]: {INFINITE}"),
        (b"null", "must be an object, not null"),
        (b"[]", "must be an object, not []"),
        (b'{"schema_version": 2}', "schema_version: this psfacts knows version 1, and the file has version 2"),
        (b'{"schema_version": "1"}', "schema_version: this psfacts knows version 1, and the file has version '1'"),
        (b"{}", "schema_version: is missing"),
        (b'{"a\\nb": {"c d": NaN}}', "['a b']['c d']: NaN is not JSON; give a number or null"),
    ],
)
def test_what_is_no_fact_base_is_told_why(data: bytes, expected: str) -> None:
    assert refused(data)[0] == expected


@pytest.mark.parametrize("cut", range(1, 40))
def test_a_file_cut_off_anywhere_is_refused(fiction_path: Path, cut: int) -> None:
    data = fiction_path.read_bytes().rstrip()
    assert refused(data[: -cut * len(data) // 41])


A_DATE = "must be a date such as '2022-06-20'"
UNKNOWN = "is not a known key; take it out, unless the file is of a newer psfacts"
A_VALUE = "must be a finite number, or one of the indicator's categories"
SHOTS = "facts[12] (garrison-shots-2031)"
GRAIN = "facts[5] (grain-belmara-2029)"


@pytest.mark.parametrize(
    ("path", "value", "place", "what"),
    [
        ("facts.12.colour", 1, f"{SHOTS}.colour", UNKNOWN),
        ("colours", 1, "colours", UNKNOWN),
        ("facts.12.id", "A b", "facts[12].id", "'A b' does not have the form ^[a-z0-9]+(-[a-z0-9]+)*$"),
        (
            "facts.12.kind",
            "rumour",
            SHOTS,
            "kind must be one of 'observation', 'event', 'relation', 'claim', not 'rumour'",
        ),
        (
            "facts.12.kind",
            "a\nb" * 99,
            SHOTS,
            "kind must be one of 'observation', 'event', 'relation', 'claim', not 'a ba b…",
        ),
        ("facts.12.id", "a" * 101, "facts[12].id", "must have at most 100 characters, not 'aaa…"),
        ("facts.12.when", None, f"{SHOTS}.when", "must be an object, not null"),
        ("facts.12.when.earliest", "2031-06-31", f"{SHOTS}.when.earliest", f"{A_DATE}, not '2031-06-31'"),
        ("facts.12.when.earliest", 20310601, f"{SHOTS}.when.earliest", f"{A_DATE}, not 20310601"),
        ("facts.12.when.earliest", "2031-06-01", f"{SHOTS}.when", "earliest (2031-06-01) is after latest (2031-04-30)"),
        ("facts.12.entities", "corvia", f"{SHOTS}.entities", "must be a list, not 'corvia'"),
        ("facts.12.entities", [], f"{SHOTS}.entities", "must not be empty"),
        (
            "facts.12.standing",
            "sworn",
            f"{SHOTS}.standing",
            "must be 'reported', 'attributed' or 'assessed', not 'sworn'",
        ),
        ("facts.12.standing", "attributed", SHOTS, "a fact names who asserts it (asserted_by) if, and only if, …"),
        ("facts.5.value", [1], f"{GRAIN}.value", A_VALUE),
        ("facts.5.value", True, f"{GRAIN}.value", A_VALUE),
        (
            "facts.12.evidence.0.sha256",
            "ab",
            f"{SHOTS}.evidence[0].sha256",
            "'ab' does not have the form ^[0-9a-f]{64}$",
        ),
        ("facts.12.evidence.0.start", -1, f"{SHOTS}.evidence[0].start", "must be greater than or equal to 0, not -1"),
        (
            "facts.12.evidence.0.start",
            9999,
            f"{SHOTS}.evidence[0]",
            "a passage ends after its start, but start is 9999 …",
        ),
        ("facts", {}, "facts", "must be a list, not {}"),
        ("schema_version", True, "schema_version", "this psfacts knows version 1, and the file has version true"),
        ("entities.10.role", "Captain", "entities[10] (strait-of-orm)", "only a person has a role, …"),
    ],
)
def test_a_wrong_type_is_told_with_its_place(
    document: Document, path: str, value: object, place: str, what: str
) -> None:
    put(document, path, value)
    (problem,) = refused(json.dumps(document).encode())
    assert problem.startswith(f"{place}: {what.removesuffix('…')}")
    assert what.endswith("…") or problem == f"{place}: {what}"


@pytest.mark.parametrize(
    ("key", "expected"),
    [("when", f"{SHOTS}.when: is missing"), ("kind", f"{SHOTS}: has no kind, by which facts are told apart")],
)
def test_a_missing_key_is_told_with_its_place(document: Document, key: str, expected: str) -> None:
    del document["facts"][12][key]
    assert refused(json.dumps(document).encode()) == (expected,)


def test_all_problems_are_told_and_the_message_holds_the_first(document: Document) -> None:
    document["facts"][12]["entities"] = ["nowhere"]
    document["facts"][12]["context"] = []
    document["entities"][10]["aliases"] = ["BX"]
    with pytest.raises(InvalidError) as caught:
        parse(json.dumps(document).encode(), "bad.json")
    assert len(caught.value.problems) == 2
    assert caught.value.message == (
        f"bad.json: {SHOTS}.entities: there is no entity 'nowhere'; add it or fix the id (and 1 more)"
    )


def test_problems_of_types_and_between_records_are_told_in_one_run(document: Document) -> None:
    document["facts"][12]["standing"] = "sworn"
    del document["entities"][10]["aliases"]
    document["facts"][3]["indicator"] = "nothing"
    problems = refused(json.dumps(document).encode())
    assert [one.partition(":")[0] for one in problems] == [
        "entities[10] (strait-of-orm).aliases",
        "facts[12] (garrison-shots-2031).standing",
        "facts[3] (grain-belmara-2030).indicator",
    ]


@given(st.binary() | st.text().map(str.encode))
def test_any_bytes_are_a_base_or_refused(data: bytes) -> None:
    with pytest.raises(InvalidError) as caught:
        parse(data, "any.json")
    assert caught.value.problems


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just("corvia"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text() | st.just("id"), inner, max_size=3),
    max_leaves=5,
)


def spoil(document: Document, place: list[int], value: object) -> None:
    """Put ``value`` in a place that is found by taking a child by its number again and again."""
    node: Any = document
    for number in place:
        steps = list(node) if isinstance(node, dict) else range(len(node)) if isinstance(node, list) else []
        if not steps:
            break
        parent, step = node, steps[number % len(steps)]
        node = node[step]
    parent[step] = value


def let_in(data: bytes) -> FactBase | InvalidError:
    try:
        return parse(data, "any.json")
    except InvalidError as error:
        return error


@given(value=JSON, place=st.lists(st.integers(0, 2**16), min_size=1, max_size=6))
def test_any_value_anywhere_is_let_in_or_refused_in_one_line(
    fiction_path: Path, value: object, place: list[int]
) -> None:
    document = json.loads(fiction_path.read_bytes())
    spoil(document, place, value)
    outcome = let_in(json.dumps(document).encode())
    if isinstance(outcome, InvalidError):
        assert outcome.problems
        assert "\n" not in outcome.message
        assert len(outcome.message) < 1000


def test_importing_psfacts_loads_nothing_heavy() -> None:
    code = "import sys, psfacts; print({'pydantic', 'sqlite3', 'json', 'pathlib', 'rich'} & set(sys.modules))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "set()"
