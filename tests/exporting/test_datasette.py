"""What Datasette is told of a base, and under which licence a base goes out."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from pydantic import JsonValue

import psfacts
from conftest import Cli
from psfacts.model import FactBase
from psfacts.store.open import open_store
from psfacts.store.store import Store


@pytest.fixture
def licensed(fiction_base: FactBase) -> Store:
    """Return the fictional base with a licence of its own."""
    return Store.of(fiction_base.model_copy(update={"license": "CC-BY-4.0"}))


def metadata(cli: Cli, *words: str) -> dict[str, JsonValue]:
    """Return what the command writes for Datasette."""
    told = json.loads(cli("export", "-", "--format", "datasette", *words).stdout)
    assert isinstance(told, dict)
    return told


def database(told: dict[str, JsonValue], name: str = "base") -> dict[str, JsonValue]:
    """Return what is told of one database."""
    databases = told["databases"]
    assert isinstance(databases, dict)
    assert list(databases) == [name]
    found = databases[name]
    assert isinstance(found, dict)
    return found


def test_every_table_and_column_that_is_told_of_is_there(cli: Cli, store: Store, tmp_path: Path) -> None:
    psfacts.export(tmp_path / "base.db", store=store)
    tables = database(metadata(cli))["tables"]
    assert isinstance(tables, dict)
    with closing(sqlite3.connect(tmp_path / "base.db")) as connection:
        there = {
            name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')")
        }
        shadows = {name for name in there for owner in tables if name.startswith(f"{owner}_") and "_fts" in owner}
        shadows |= {name for name in there if name.startswith(("fact_text_", "fact_words_"))}
        assert set(tables) == there - shadows
        for table, about in tables.items():
            columns = {row[1] for row in connection.execute(f"PRAGMA table_xinfo({table})")}
            assert isinstance(about, dict)
            facets, described = about.get("facets", []), about.get("columns", {})
            assert isinstance(facets, list)
            assert isinstance(described, dict)
            named = {facet["array"] if isinstance(facet, dict) else facet for facet in facets}
            assert named | {about.get("label_column", "id")} | described.keys() <= columns | {"id"}, table


@pytest.mark.parametrize("blank", ["", "belmara", "1=1'; --", '"', "grain", "2031-01-01", "*"])
def test_every_query_runs_whatever_its_blanks_hold(cli: Cli, store: Store, tmp_path: Path, blank: str) -> None:
    psfacts.export(tmp_path / "base.db", store=store)
    queries = database(metadata(cli))["queries"]
    assert isinstance(queries, dict)
    with closing(sqlite3.connect(tmp_path / "base.db")) as connection:
        words = " ".join(f'"{word}"' for word in blank.replace('"', " ").split())
        connection.create_function("escape_fts", 1, lambda _: words)  # as Datasette does it
        given = dict.fromkeys(["name", "indicator", "since", "until"], blank)
        found = {}
        for name, query in queries.items():
            assert isinstance(query, dict)
            found[name] = len(connection.execute(str(query["sql"]), given).fetchall())
    assert len(found) >= 5
    if blank == "belmara":
        assert found["facts_about"] == len(store.facts_in_profile(["belmara"]))


def test_the_database_is_called_as_its_file(cli: Cli, store: Store, tmp_path: Path) -> None:
    psfacts.export(tmp_path / "coast.2031.db", store=store)
    assert database(metadata(cli, "--data", str(tmp_path / "coast.2031.db")), "coast.2031")


def test_a_source_is_linked_where_it_can_be_opened(cli: Cli, fiction_base: FactBase, tmp_path: Path) -> None:
    told = metadata(cli)
    assert told["source_url"] == fiction_base.sources[0].url
    source = fiction_base.sources[0].model_copy(update={"url": "javascript:alert(1)"})
    psfacts.export(
        tmp_path / "x.json", format="datasette", store=Store.of(fiction_base.model_copy(update={"sources": (source,)}))
    )
    assert "javascript" not in (tmp_path / "x.json").read_text(encoding="utf-8")


def test_a_licence_goes_wherever_the_base_goes(licensed: Store, tmp_path: Path) -> None:
    psfacts.export(tmp_path / "base.jsonl", store=licensed)
    psfacts.export(tmp_path / "base.db", store=psfacts.load(tmp_path / "base.jsonl"))
    assert psfacts.validate(tmp_path / "base.db").ok
    store = psfacts.load(tmp_path / "base.db")
    assert store.meta.license == "CC-BY-4.0"
    psfacts.export(tmp_path / "metadata.json", format="datasette", store=store)
    told = json.loads((tmp_path / "metadata.json").read_text(encoding="utf-8"))
    assert (told["license"], told["license_url"]) == ("CC-BY-4.0", "https://spdx.org/licenses/CC-BY-4.0.html")
    psfacts.export(f"{tmp_path}/folder/", store=store)
    described = "Facts, each with its place in the source, who asserts it, and when it held."
    package = json.loads((tmp_path / "folder" / "datapackage.json").read_text(encoding="utf-8"))
    assert told["description"] == package["description"] == described
    assert package["licenses"] == [{"name": "CC-BY-4.0", "path": "LICENSE"}]
    assert "CC-BY-4.0" in (tmp_path / "folder" / "LICENSE").read_text(encoding="utf-8")


def test_bases_of_one_licence_keep_it_together(fiction_base: FactBase, licensed: Store, tmp_path: Path) -> None:
    other = json.loads(fiction_base.model_dump_json().replace("coast-2031", "coast-2032"))
    psfacts.export(tmp_path / "one.jsonl", store=licensed)
    for licence, together in (("CC-BY-4.0", "CC-BY-4.0"), ("MIT", None), (None, None)):
        (tmp_path / "other.json").write_text(json.dumps({**other, "license": licence}), encoding="utf-8")
        assert open_store([tmp_path / "one.jsonl", tmp_path / "other.json"]).meta.license == together


def test_no_licence_is_made_up(cli: Cli, tmp_path: Path) -> None:
    assert "license" not in metadata(cli)
    cli("export", f"{tmp_path}/folder/")
    assert "licenses" not in json.loads((tmp_path / "folder" / "datapackage.json").read_text(encoding="utf-8"))
    assert "does not tell its licence" in (tmp_path / "folder" / "LICENSE").read_text(encoding="utf-8")


def test_the_built_in_base_goes_with_its_own_licence(tmp_path: Path) -> None:
    psfacts.export(f"{tmp_path}/folder/")
    written = (tmp_path / "folder" / "LICENSE").read_text(encoding="utf-8")
    assert written == (Path(__file__).parents[2] / "LICENSE").read_text(encoding="utf-8")
