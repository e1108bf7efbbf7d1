"""A fact base as a SQLite file: the same answers as from memory, no whole-base scans, and nothing trusted."""

from __future__ import annotations

import contextlib
import gc
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import psfacts
from conftest import CALLS, spoil, together
from psfacts.answers.answer import Wanted
from psfacts.answers.checks import coverage
from psfacts.answers.fact import cite
from psfacts.article import text as article
from psfacts.article.text import Copy
from psfacts.errors import InvalidError, NotFoundError, OutputError, PsfactsError
from psfacts.exporting import json as base_lines
from psfacts.exporting.sqlite import export_database
from psfacts.loading.json import Lines
from psfacts.model import LISTS, FactBase, Record
from psfacts.store import open as bases
from psfacts.store.file import APPLICATION
from psfacts.store.store import Store

if TYPE_CHECKING:
    from conftest import Call, Cli


@pytest.fixture(scope="module")
def database(file: Path) -> Store:
    """Return the file opened."""
    return psfacts.load(file)


def test_lists_are_those_of_the_base(database: Store, fiction_base: FactBase) -> None:
    for name in LISTS:
        listed = database.lists[name]
        assert tuple(listed) == getattr(fiction_base, name)
        assert len(listed) == len(getattr(fiction_base, name))
    assert database.data_version == fiction_base.data_version
    assert database.facts[0] == fiction_base.facts[0]
    assert database.facts[-1] == fiction_base.facts[-1]
    assert tuple(database.facts[2:4]) == fiction_base.facts[2:4]
    with pytest.raises(IndexError):
        database.facts[len(fiction_base.facts)]


NAMES = st.sampled_from(
    [
        *("belmara", "BX", "corvia", "oake-bay", "amber-coast", "amber-league", "ilsa-moren", "skell-isles"),
        *("grain", "ship-ban-vote", "league-membership", "food-prices", "great-tarsk", "Halmar", "nobody", "belmaro"),
    ]
)
QUESTIONS: dict[str, Callable[[Store, list[str]], Record]] = {
    "country": lambda store, names: psfacts.country(names[0], store=store),
    "about": lambda store, names: psfacts.about(names[0], store=store),
    "compare": lambda store, names: psfacts.compare(*names, store=store),
    "timeline": lambda store, names: psfacts.timeline(*names, store=store),
    "whole timeline": lambda store, _: psfacts.timeline(store=store),
    "countries": lambda store, names: psfacts.countries(*names, store=store),
    "all countries": lambda store, _: psfacts.countries(store=store),
    "errata": lambda store, names: psfacts.errata(*names, store=store),
    "all errata": lambda store, _: psfacts.errata(store=store),
    "fact": lambda store, names: psfacts.fact(*names, store=store),
    "indicators": lambda store, _: psfacts.indicators(store=store),
    "cite": lambda store, names: cite(names[0], store=store),
    "coverage": lambda store, _: coverage(store=store),
}


def outcome(question: Callable[[Store, list[str]], Record], store: Store, names: list[str]) -> object:
    """Return an answer, or all that is said instead."""
    try:
        return question(store, names)
    except PsfactsError as error:
        return type(error), error.message, error.hint, getattr(error, "suggestions", None)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.lists(NAMES, min_size=1, max_size=3), question=st.sampled_from(sorted(QUESTIONS)))
def test_every_answer_is_the_one_from_memory(store: Store, database: Store, names: list[str], question: str) -> None:
    assert outcome(QUESTIONS[question], database, names) == outcome(QUESTIONS[question], store, names)


def test_every_record_gives_the_same_answer(store: Store, database: Store, fiction_article: Path) -> None:
    copy = Copy(article.read(fiction_article))
    for fact in store.facts:
        assert psfacts.fact(fact.id, copy=copy, store=database) == psfacts.fact(fact.id, copy=copy, store=store)
        assert cite(fact.id, store=database) == cite(fact.id, store=store)
    for entity in store.entities:
        assert psfacts.about(entity.id, store=database) == psfacts.about(entity.id, store=store)


@pytest.mark.parametrize("call", [call for call in CALLS if call.takes_data], ids=str)
@pytest.mark.parametrize("options", [[], ["--json"]], ids=["table", "json"])
def test_every_command_says_the_same(cli: Cli, file: Path, call: Call, options: list[str]) -> None:
    given = (*call.arguments, *options)
    assert cli(*given, "--data", str(file), code=call.code).stdout == cli(*given, code=call.code).stdout


def test_completion_offers_what_is_in_the_file(database: Store, store: Store) -> None:
    assert database.facts_beginning("grain-b") == store.facts_beginning("grain-b") != []
    assert [entity.id for entity in database.entities_beginning("Bel", ["country"])] == ["belmara"]


@pytest.mark.parametrize(
    "question",
    [
        lambda store: psfacts.country("belmara", store=store),
        lambda store: psfacts.about("ilsa-moren", store=store),
        lambda store: psfacts.timeline("belmara", store=store),
        lambda store: psfacts.compare("grain", store=store),
        lambda store: psfacts.compare("grain", "belmara", store=store),
        lambda store: psfacts.fact("vote-corvia", store=store),
        lambda store: psfacts.facts(Wanted(by=["ilsa-moren"]), store=store),
        lambda store: store.facts_beginning("vote"),
        lambda store: store.similar_ids("vote"),
    ],
)
def test_no_question_scans_the_facts(
    file: Path, monkeypatch: pytest.MonkeyPatch, question: Callable[[Store], object]
) -> None:
    monkeypatch.setattr("psfacts.store.store.MOST_WEIGHED", 3)
    database = psfacts.load(file)
    asked: list[str] = []
    connection = database.database.connection
    connection.set_trace_callback(asked.append)
    question(database)
    connection.set_trace_callback(None)
    assert asked
    for sql in asked:
        if sql.lstrip().startswith("SELECT") and "LIMIT 1 OFFSET" not in sql:
            for *_, step in connection.execute(f"EXPLAIN QUERY PLAN {sql}"):
                assert not step.startswith(("SCAN facts", "SCAN fact_", "SCAN errata")), sql
                assert "_by_time" not in step, sql


def test_of_many_names_those_that_begin_alike_are_weighed(
    database: Store, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("psfacts.store.store.MOST_WEIGHED", 3)
    for one in (database, store):
        with pytest.raises(NotFoundError, match="Belmaro") as caught:
            psfacts.country("Belmaro", store=one)
        assert caught.value.suggestions[0] == "Belmara"
        with pytest.raises(NotFoundError) as caught:
            psfacts.fact("vote-corvio", store=one)
        assert caught.value.suggestions == ("vote-corvia",)


def test_threads_may_share_an_opened_file(database: Store) -> None:
    assert together(lambda: len(database.facts_in_profile(["belmara"]))) == {6}


def test_a_file_is_closed_with_its_store(file: Path) -> None:
    store = psfacts.load(file)
    database = store.database.connection
    del store
    gc.collect()
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        database.execute("SELECT 1")


def test_records_that_are_read_leave_nothing_to_the_collector_of_circles(file: Path) -> None:
    store = psfacts.load(file)  # the collector is off while a command runs
    tuple(store.facts)
    gc.collect()
    gc.disable()
    try:
        for _ in range(5):
            assert len(tuple(store.facts)) == 18
        assert gc.collect() < 18
    finally:
        gc.enable()


def test_nothing_is_written_beside_a_file_that_is_read(copy: Path) -> None:
    before = copy.read_bytes()
    psfacts.country("belmara", store=psfacts.load(copy))
    assert [one.name for one in copy.parent.iterdir()] == ["copy.db"]
    assert copy.read_bytes() == before


def test_people_can_query_the_file(file: Path) -> None:
    with closing(sqlite3.connect(file)) as database:
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA application_id").fetchone() == (APPLICATION,)
        assert database.execute(
            "SELECT subject, value, unit, period, section FROM observations WHERE fact = 'grain-corvia-2030'"
        ).fetchone() == ("Corvia", 25.5, "% of food supply", "2030", "Trade falls")
        assert database.execute("SELECT fact FROM timeline").fetchone() == ("skell-secession-1998",)
        assert database.execute("SELECT count(*) FROM relations").fetchone() > (0,)
        assert database.execute("SELECT count(*) FROM entity_facts WHERE entity = 'Belmara'").fetchone() > (0,)
        found = database.execute("SELECT id FROM fact_text WHERE fact_text MATCH 'harbour'").fetchall()
        assert ("moren-harbours",) in found
        about = dict(database.execute("SELECT key, value FROM _psfacts"))
        assert set(about) == {
            "schema_version",
            "data_version",
            "shared_names",
            "title",
            "description",
            "source",
            "license",
        }


def test_a_file_is_replaced_only_by_force(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "base.db"
    path.write_text("kept")
    with pytest.raises(OutputError, match="exists"):
        export_database(store, path)
    assert path.read_text() == "kept"
    told: list[tuple[int, int]] = []
    export_database(store, path, lambda done, total: told.append((done, total)), force=True)
    assert tuple(psfacts.load(path).facts) == tuple(store.facts)
    assert [one.name for one in tmp_path.iterdir()] == ["base.db"]


def test_a_file_is_made_from_json_lines(store: Store, tmp_path: Path) -> None:
    lines, path = tmp_path / "base.jsonl", tmp_path / "base.db"
    lines.write_text("".join(base_lines.lines(store)), encoding="utf-8")
    export_database(Lines(lines), path)
    assert tuple(psfacts.load(path).facts) == tuple(store.facts)
    whole = bases.read(lines)
    assert all(getattr(whole, name) == getattr(bases.read(path), name) for name in FactBase.model_fields)


HOSTILE = {
    "the table 'facts' is not": [
        "UPDATE sqlite_schema SET sql = replace(sql, 'statement', 'state') WHERE name = 'facts'"
    ],
    "the trigger 't' is not as": ["CREATE TRIGGER t AFTER INSERT ON facts BEGIN SELECT 1; END"],
    "table 'names' is not as": ["DROP TABLE names", "CREATE VIEW names AS SELECT 'belmara' AS folded, 'corvia' AS id"],
    "its tables are of layout 99": ["PRAGMA user_version = 99"],
    "no fact base that psfacts wrote": ["PRAGMA application_id = 5"],
    "schema_version": ["UPDATE _psfacts SET value = '2' WHERE key = 'schema_version'"],
    "index 'facts_by_subject' is not as": ["DROP INDEX facts_by_subject"],
    "in WAL mode": ["PRAGMA journal_mode = WAL"],
    "there is no indicator 'grain'": ["DELETE FROM indicators WHERE id = 'grain'"],
    "there is no entity 'great-tarsk'": ["DELETE FROM entities WHERE id = 'great-tarsk'"],
    "there is no 'corvio', which is referred": ["UPDATE names SET id = 'corvio' WHERE folded = 'bx'"],
    "do not agree": ["UPDATE facts SET indicator = 'food-prices' WHERE indicator = 'grain'"],
    r"entities \(belmara\): ends too early": ["UPDATE entities SET record = '{' WHERE id = 'belmara'"],
    ": empty": ["UPDATE facts SET record = x'ff'"],
    "is missing": ['UPDATE facts SET record = \'{"kind": "event"}\''],
    "cannot be read": ["UPDATE facts SET record = CAST(x'ff' AS TEXT)"],
}


@pytest.mark.parametrize("expected", HOSTILE)
def test_a_hostile_file_ends_in_one_line(copy: Path, cli: Cli, expected: str) -> None:
    spoil(copy, *HOSTILE[expected])
    with pytest.raises(InvalidError, match=expected):
        psfacts.country("bx", store=psfacts.load(copy))
    said = cli("country", "bx", "--data", str(copy), code=4).stderr
    assert said.startswith(f"psfacts: {copy}: ")
    assert said.count("\n") == 1


@pytest.mark.parametrize("kept", [0, 16, 50, 99, 100, 5000, 60_000])
def test_a_file_that_was_cut_off_is_told(copy: Path, cli: Cli, kept: int) -> None:
    copy.write_bytes(copy.read_bytes()[:kept])
    assert cli("country", "bx", "--data", str(copy), code=4).stderr.count("\n") == 1


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(places=st.lists(st.tuples(st.integers(100, 150_000), st.integers(0, 255)), min_size=1, max_size=40))
def test_a_file_with_wrong_bytes_answers_or_is_told(file: Path, tmp_path: Path, places: list[tuple[int, int]]) -> None:
    data = bytearray(file.read_bytes())
    for at, byte in places:
        data[at % len(data)] = byte
    path = tmp_path / "wrong.db"
    path.write_bytes(data)
    with contextlib.suppress(InvalidError, NotFoundError):
        psfacts.country("belmara", store=psfacts.load(path))
    with contextlib.suppress(InvalidError, NotFoundError):
        psfacts.compare("grain", store=psfacts.load(path))
    with contextlib.suppress(InvalidError):
        tuple(psfacts.load(path).facts)


def test_a_locked_file_is_told(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("psfacts.store.connection._PATIENCE", 0.01)
    with closing(sqlite3.connect(copy, isolation_level=None)) as writer:
        writer.execute("BEGIN EXCLUSIVE")
        with pytest.raises(InvalidError, match="locked"):
            psfacts.load(copy)


@pytest.fixture
def written(store: Store) -> list[str]:
    """Return the lines of the fictional base, which a test may change."""
    return list(base_lines.lines(store))


WRONG_LINES: list[tuple[Callable[[list[str]], list[str]], str]] = [
    (lambda lines: lines[:0], "empty"),
    (lambda lines: lines[1:], "line 1: the first line has to be of the list 'meta'"),
    (lambda lines: [*lines, lines[0]], "meta come too late; put the lists in the order meta, sources"),
    (lambda lines: [*lines, lines[2]], "put the lists in the order meta, sources"),
    (lambda lines: [*lines[:3], lines[2], *lines[3:]], "amber-coast"),
    (lambda lines: [lines[0], *lines[2:]], "there is no source 'coast-2031'"),
    (lambda lines: lines[:1], "sources: must not be empty"),
    (lambda lines: [lines[0].replace("1", "2", 1)], "schema_version: this psfacts knows version 1"),
    (lambda lines: [lines[0].replace("1", "true", 1)], "schema_version: this psfacts knows version 1"),
    (lambda lines: [one for one in lines if '"id":"great-tarsk"' not in one], "there is no entity 'great-tarsk'"),
    (lambda lines: [one for one in lines if '"id":"grain"' not in one], "there is no indicator 'grain'"),
    (lambda lines: [one for one in lines if '"id":"crow-corvia"' not in one], "there is no erratum 'crow-corvia'"),
    (lambda lines: [one.replace('"Belmara"', '"Corvia"') for one in lines], "is a name of"),
    (lambda lines: [*lines[:2], '{"list": "facts", "record": {'], "line 3"),
    (lambda lines: [*lines[:2], "[]"], "line 3"),
    (lambda lines: [*lines[:2], lines[2].replace('"id"', '"id":"a","id"', 1)], "duplicate key 'id'"),
    (lambda lines: [*lines[:2], lines[2].replace('"name"', '"nome"', 1)], "line 3"),
    (lambda lines: [one.replace('"value":25.5', '"value":"much"') for one in lines], "must be a number"),
    (lambda lines: [one.replace('"value":25.5', '"value":NaN') for one in lines], "NaN is not JSON"),
    (lambda lines: [one.replace('"end":', '"end":9') for one in lines], "ends at 9"),
]


@pytest.mark.parametrize("number", range(len(WRONG_LINES)))
def test_wrong_lines_are_told_and_leave_nothing_behind(written: list[str], tmp_path: Path, number: int) -> None:
    change, expected = WRONG_LINES[number]
    path = tmp_path / "base.jsonl"
    path.write_text("".join(change(written)), encoding="utf-8")
    with pytest.raises(InvalidError) as caught:
        export_database(Lines(path), tmp_path / "base.db")
    assert expected in " ".join(caught.value.problems)
    assert [one.name for one in tmp_path.iterdir()] == ["base.jsonl"]
    with pytest.raises(InvalidError):
        bases.read(path)


def test_ids_are_unique_across_the_lists_of_lines(written: list[str], tmp_path: Path) -> None:
    path = tmp_path / "base.jsonl"
    changed = [one.replace('"id":"heading-quarrels"', '"id":"grain"') for one in written]
    meta, *records = changed
    uncited = sorted((one for one in records if '"uncited"' in one), key=lambda one: json.loads(one)["record"]["id"])
    rest = [one for one in records if '"uncited"' not in one]
    path.write_text("".join([meta, *rest, *uncited]), encoding="utf-8")
    with pytest.raises(
        InvalidError,
        match=r"uncited passage \(grain\): the id already belongs to another record, of the kind indicator",
    ):
        export_database(Lines(path), tmp_path / "base.db")
