"""Files that nobody should have to trust: nothing false is shown of them, and all that is wrong is found."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import struct
import time
from collections.abc import Callable
from contextlib import closing
from functools import cache
from pathlib import Path

import pytest

import psfacts
from conftest import Cli, spoil
from psfacts.answers.checks import validate
from psfacts.errors import InvalidError, NotFoundError
from psfacts.exporting.sqlite import export_database
from psfacts.model import Record
from psfacts.store.store import Store
from psfacts.store.tables import LAYOUT

QUESTIONS: dict[str, Callable[[Store], Record]] = {
    "country": lambda store: psfacts.country("belmara", store=store),
    "country by code": lambda store: psfacts.country("BX", store=store),
    "another country": lambda store: psfacts.country("corvia", store=store),
    "countries": lambda store: psfacts.countries(store=store),
    "members": lambda store: psfacts.countries("amber-league", "oake-bay", store=store),
    "about": lambda store: psfacts.about("great-tarsk", store=store),
    "compare": lambda store: psfacts.compare("grain", store=store),
    "compare countries": lambda store: psfacts.compare("belmara", "corvia", store=store),
    "timeline": lambda store: psfacts.timeline(store=store),
    "timeline of": lambda store: psfacts.timeline("great-tarsk", store=store),
    "errata": lambda store: psfacts.errata("corvia", store=store),
    "search": lambda store: psfacts.search("harbour", store=store),
    "search for a name": lambda store: psfacts.search("belmara grain", store=store),
    "search for a misspelt word": lambda store: psfacts.search("harbuor ships", store=store),
    "search in a year": lambda store: psfacts.search("what happened in 2031", store=store),
    "fact": lambda store: psfacts.fact("vote-corvia", store=store),
    "unknown": lambda store: psfacts.fact("vote-corvio", store=store),
    "cite": lambda store: psfacts.cite("vote-corvia", store=store),
}


def outcomes(load: Callable[[], Store]) -> dict[str, object]:
    """Return each question's answer, and InvalidError itself where the file is refused for it."""
    found: dict[str, object] = {}
    for name, ask in QUESTIONS.items():
        try:
            found[name] = ask(load())
        except NotFoundError as error:
            found[name] = (error.message, error.suggestions)
        except InvalidError as error:
            found[name] = error.message if "\n" in error.message else InvalidError
    return found


FALSE = {
    "a name of another": ["UPDATE names SET id = 'corvia' WHERE folded = 'bx'"],
    "a name that nobody has": ["INSERT INTO names VALUES ('corviaa', 'belmara')"],
    "a name of nobody": ["UPDATE names SET id = 'nobody' WHERE folded = 'bx'"],
    "a fact about another": ["INSERT INTO fact_entities VALUES ('belmara', 'vote-corvia')"],
    "a fact that is not there": ["INSERT INTO fact_entities VALUES ('belmara', 'nothing')"],
    "a member of another region": ["INSERT INTO members VALUES ('great-tarsk', 'oake-bay')"],
    "an erratum of another": ["INSERT INTO errata_entities VALUES ('corvia', 'moran-moren')"],
    "an organization's other indicator": ["UPDATE indicators SET membership_of = 'amber-league' WHERE id = 'grain'"],
    "a country that is none": ["UPDATE entities SET type = 'country' WHERE id = 'amber-league'"],
    "another one who says so": ["""UPDATE facts SET asserted_by = '["corvia"]' WHERE kind = 'observation'"""],
    "other words to find a fact by": ["UPDATE facts SET keywords = '[]'"],
    "another value": ["UPDATE facts SET value = 99 WHERE id = 'grain-corvia-2030'"],
    "another time": ["UPDATE facts SET earliest = '1900-01-01' WHERE kind = 'event'"],
    "another paragraph": ["UPDATE facts SET paragraph = 9"],
    "a key twice": ['UPDATE facts SET record = replace(record, \'{"id"\', \'{"id":"x","id"\')'],
    "another subject for whom there is none": ["UPDATE facts SET subject = 'corvia' WHERE subject = 'great-tarsk'"],
    "full text of another": ["UPDATE fact_text_content SET c6 = 'vote-belmara' WHERE c6 = 'moren-harbours'"],
    "full text of nobody": ["UPDATE fact_text_content SET c6 = 'nobody'"],
    "full text of nothing": ["UPDATE fact_text_content SET c6 = NULL"],
    "full text of a number": ["UPDATE fact_text_content SET c6 = 7"],
    "indexes that changed places": [
        """UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'facts_by_time')
        WHERE name = 'events_by_time'"""
    ],
}
"""What says something that the records do not."""

LEFT_OUT = {
    "another subject": ["UPDATE facts SET subject = 'corvia' WHERE subject = 'belmara'"],
    "an id that acts on a screen": ["UPDATE facts SET id = id || char(27) || ']0;x' || char(7)"],
    "an id that is no text": ["UPDATE facts SET id = NULL"],
    "an id that is a number": ["UPDATE facts SET id = rowid"],
    "an id that is bytes": ["UPDATE facts SET id = CAST(id AS BLOB)"],
    "names": ["DELETE FROM names WHERE folded = 'bx'"],
    "facts of an entity": ["DELETE FROM fact_entities WHERE entity = 'belmara'"],
    "members": ["DELETE FROM members"],
    "errata of a fact": ["DELETE FROM fact_errata"],
    "errata of an entity": ["DELETE FROM errata_entities"],
    "places of errata": ["DELETE FROM errata_passages"],
    "topics of a fact": ["DELETE FROM fact_topics"],
    "sections": ["DELETE FROM sections"],
    "words": ["DELETE FROM fact_words_data WHERE id > 10"],
    "full text": ["DELETE FROM fact_text_data WHERE id > 10"],
    "rows of full text": ["DELETE FROM fact_text_content WHERE id = 3"],
    "a word of full text": ["UPDATE fact_text_content SET c0 = 'other words' WHERE id = 3"],
    "how others rank": ["INSERT INTO facts_fts (facts_fts, rank) VALUES ('rank', 'bm25(0.0, 0.0, 0.0, 0.0, 9.0)')"],
    "what others search": ["DELETE FROM facts_fts_data WHERE id > 10"],
    "what others search of a row": [
        "INSERT INTO entities_fts (entities_fts, rowid, name) SELECT 'delete', rowid, name FROM entities LIMIT 1"
    ],
    "what others search beside the rows": ["INSERT INTO entities_fts (rowid, name) VALUES (1, 'Belmara the Great')"],
    "how long is what others search": ["DELETE FROM entities_fts_docsize WHERE id > 3"],
    "how long a text is": ["UPDATE fact_text_docsize SET sz = x'01010101010101' WHERE id = 3"],
    "how many words there are": ["UPDATE fact_text_data SET block = x'' WHERE id = 1"],
    "what others search of nothing": ["INSERT INTO facts_fts (rowid, title) VALUES (999, 'nothing')"],
    "words of another in a row": ["UPDATE entities SET aliases = '[\"BX\"]' WHERE id = 'great-tarsk'"],
    "what the file tells": ["UPDATE _psfacts SET value = 'mine' WHERE key = 'license'"],
    "a licence that the base does not tell": ["INSERT INTO _psfacts VALUES ('license_id', 'MIT')"],
    "what the file says of names": ["UPDATE _psfacts SET value = 'maybe' WHERE key = 'shared_names'"],
    "an entity of no type": ["UPDATE entities SET type = '' WHERE id = 'corvia'"],
    "an entity whose type is no text": ["UPDATE entities SET type = x'ff' WHERE id = 'corvia'"],
    "another id that is no text": [
        "UPDATE facts SET id = x'ff' WHERE id = 'vote-corvia'",
        "INSERT INTO successors VALUES (x'ff', 'vote-belmara')",
    ],
    "names that are no text": ["INSERT INTO names VALUES (x'ff', 'corvia'), (x'ff', 'belmara')"],
    "a source's section": ["UPDATE sections SET title = 'x'"],
    "successors": ["INSERT INTO successors VALUES ('old', 'vote-corvia')"],
    "a row of facts": ["DELETE FROM facts WHERE id = 'moren-harbours'"],
}
"""What is not there, or what nobody asks."""


@pytest.fixture(scope="module")
def sound(file: Path) -> dict[str, object]:
    """Return what a sound file answers."""
    return outcomes(lambda: psfacts.load(file))


@pytest.mark.parametrize("what", FALSE)
def test_nothing_false_is_shown(copy: Path, sound: dict[str, object], what: str) -> None:
    spoil(copy, *FALSE[what])
    for question, outcome in outcomes(lambda: psfacts.load(copy)).items():
        assert outcome is InvalidError or outcome == sound[question], question
    assert not validate(copy).ok


@pytest.mark.parametrize("what", LEFT_OUT)
def test_what_was_left_out_is_found_by_validate(copy: Path, what: str) -> None:
    spoil(copy, *LEFT_OUT[what])
    outcomes(cache(lambda: psfacts.load(copy)))
    assert not validate(copy).ok


def test_words_that_are_there_and_not_found_are_found_by_validate(tmp_path: Path, unasked: Path) -> None:
    # Of more than a page of words, as those of one are looked through; and none that is known what people ask about.
    path = tmp_path / "base.db"
    sound = psfacts.load(unasked)
    export_database(sound, path)
    spoil(path, "DELETE FROM fact_text_idx")
    assert psfacts.search("migrants", store=psfacts.load(path)) != psfacts.search("migrants", store=sound)
    assert not validate(path).ok


def test_a_sound_file_is_valid(file: Path) -> None:
    found = validate(file)
    assert (found.ok, found.problems, found.counts["facts"]) == (True, (), 18)


ENDLESS = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT x AS value FROM c"
FOREIGN = {
    "a view in the place of a table": ["DROP TABLE fact_spellings", f"CREATE VIEW fact_spellings AS {ENDLESS}"],
    "a table that hides a function": ["CREATE TABLE json_each (value)"],
    "a view that hides a function": [f"CREATE VIEW json_each AS {ENDLESS}"],
    "a view that hides a pragma": ["CREATE VIEW pragma_table_xinfo AS SELECT 1"],
    "a trigger": ["CREATE TRIGGER t AFTER INSERT ON facts BEGIN SELECT 1; END"],
    "a table of ANALYZE": ["ANALYZE"],
    "a further index": ["CREATE INDEX more ON facts (title)"],
    "a further full text": ["CREATE VIRTUAL TABLE more USING fts5(x)"],
    "a table less": ["DROP TABLE uncited"],
    "a view less": ["DROP VIEW timeline"],
    "a full text less": ["DROP TABLE fact_text"],
    "full text of another table": [
        """UPDATE sqlite_schema SET sql = replace(sql, '="facts"', '="errata"') WHERE name = 'facts_fts'""",
    ],
    "content beside that of another table": ["CREATE TABLE facts_fts_content (id INTEGER PRIMARY KEY, c0)"],
    "another table as its index": ["DROP TABLE entities_fts", "CREATE TABLE entities_fts_idx (segid, term, pgno)"],
    "another tokenizer": [
        "UPDATE sqlite_schema SET sql = replace(sql, 'porter ', '') WHERE name = 'fact_text'",
    ],
    "a column that is computed": [
        """UPDATE sqlite_schema SET sql = replace(sql, 'block BLOB', 'block AS (zeroblob(1000000000))')
        WHERE name = 'fact_text_data'""",
    ],
    "another owner": ["UPDATE sqlite_schema SET tbl_name = 'errata' WHERE name = 'facts_by_time'"],
    "a view as a shadow": ["DROP TABLE fact_words", "CREATE VIEW fact_words_data AS SELECT 1 AS id, 2 AS block"],
    "a part twice": [
        "INSERT INTO sqlite_schema SELECT * FROM sqlite_schema WHERE name = 'facts_by_time'",
    ],
}
"""Schemas that psfacts does not make."""


@pytest.mark.parametrize("what", FOREIGN)
def test_a_schema_that_psfacts_does_not_make_is_refused(copy: Path, what: str) -> None:
    spoil(copy, *FOREIGN[what])
    assert set(outcomes(lambda: psfacts.load(copy)).values()) == {InvalidError}
    assert not validate(copy).ok


def test_another_layout_is_to_be_exported_again(copy: Path) -> None:
    spoil(copy, "PRAGMA user_version = 1")
    with pytest.raises(InvalidError, match=f"its tables are of layout 1, and this psfacts reads {LAYOUT}") as caught:
        psfacts.load(copy)
    assert caught.value.hint == "export it again: psfacts export"


def test_pages_that_lead_in_circles_end(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("psfacts.store.connection._SECONDS", 0.2)
    with closing(sqlite3.connect(copy)) as database:
        (root,) = database.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'facts'").fetchone()
        (size,) = database.execute("PRAGMA page_size").fetchone()
    data = bytearray(copy.read_bytes())
    leaf = len(data) // size  # the last page of the file becomes the leaf of all others
    at = (root - 1) * size
    pages = [data[at : at + size]]
    assert pages[0][0] in (5, 13)
    for depth in range(10):
        below = leaf + 1 + depth
        cells = [struct.pack(">I", below) + bytes([number % 100 + 1]) for number in range(300)]
        page = bytearray(size)
        page[0] = 5
        page[3:5] = struct.pack(">H", len(cells))
        page[8:12] = struct.pack(">I", below)
        place = size
        for number, cell in enumerate(cells):
            place -= len(cell)
            page[place : place + len(cell)] = cell
            page[12 + 2 * number : 14 + 2 * number] = struct.pack(">H", place)
        page[5:7] = struct.pack(">H", place)
        if depth:
            data += page
        else:
            data[at : at + size] = page
    data += pages[0]
    data[28:32] = struct.pack(">I", len(data) // size)
    copy.write_bytes(data)
    started = time.monotonic()
    outcomes(lambda: psfacts.load(copy))
    with pytest.raises(InvalidError):
        psfacts.coverage(store=psfacts.load(copy))
    assert not validate(copy).ok
    assert time.monotonic() - started < 60


def test_an_interrupt_is_no_fault_of_the_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = psfacts.load(file)

    def interrupted() -> float:
        raise KeyboardInterrupt

    monkeypatch.setattr("psfacts.store.connection._STEPS", 1)
    store.database.connection.set_progress_handler(store.database._is_late, 1)
    monkeypatch.setattr("psfacts.store.connection.time.monotonic", interrupted)
    with pytest.raises(KeyboardInterrupt):
        store.database.rows("SELECT * FROM facts")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in this file system")
@pytest.mark.parametrize("ending", ["-journal", "-wal"])
def test_a_pipe_beside_a_file_is_not_waited_for(copy: Path, ending: str) -> None:
    os.mkfifo(f"{copy}{ending}")
    with pytest.raises(InvalidError, match="stands beside it, and is no regular file"):
        psfacts.load(copy)


@pytest.mark.parametrize("key", ["\udcff", "a\udcffb", "\x00", "x" * 100_000])
def test_an_id_that_is_no_text_is_found_nowhere(file: Path, store: Store, key: str) -> None:
    for one in (psfacts.load(file), store):
        for ask in (psfacts.fact, psfacts.cite, psfacts.country):
            with pytest.raises(NotFoundError):
                ask(key, store=one)


def test_a_file_is_opened_from_a_folder_that_is_gone(cli: Cli, file: Path, tmp_path: Path) -> None:
    folder = tmp_path / "gone"
    folder.mkdir()
    shutil.copy(file, tmp_path / "base.db")
    before = Path.cwd()
    os.chdir(folder)
    try:
        folder.rmdir()
        assert cli("countries", "--data", "../base.db", "--json").stdout == cli("countries", "--json").stdout
    finally:
        os.chdir(before)


def test_a_version_of_any_other_form_is_refused(copy: Path) -> None:
    spoil(copy, "UPDATE _psfacts SET value = 'x' || char(27) WHERE key = 'data_version'")
    with pytest.raises(InvalidError, match=r"data_version: .* does not have the form"):
        psfacts.load(copy)


def test_many_wrong_rows_are_counted_and_some_told(copy: Path, monkeypatch: pytest.MonkeyPatch, cli: Cli) -> None:
    monkeypatch.setattr("psfacts.loading.problems.MOST_TOLD", 5)
    spoil(copy, "UPDATE facts SET paragraph = 9")
    found = validate(copy)
    assert (len(found.problems), found.total) == (5, 18)
    said = " ".join(cli("validate", str(copy), code=4).stdout.split())
    assert "18 problems" in said
    assert said.endswith("and 13 more")
    answer = json.loads(cli("validate", str(copy), "--json", code=4).stdout)
    assert (len(answer["problems"]), answer["total"]) == (5, 18)


@pytest.mark.parametrize("number", ["0", "-7"])
def test_a_full_text_whose_numbers_count_nothing_is_asked_or_refused(copy: Path, number: str) -> None:
    numbered = [f"UPDATE {table} SET id = {number}" for table in ("fact_text_content", "fact_text_docsize")]  # noqa: S608 -- our own
    spoil(copy, "DELETE FROM fact_text WHERE rowid > 1", *numbered)
    for words in ("belmara grain", "corvia"):
        try:
            psfacts.search(words, store=psfacts.load(copy))
        except InvalidError:
            continue
