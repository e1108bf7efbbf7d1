"""Several files taken as one base."""

from __future__ import annotations

import json
import os
from itertools import permutations
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import JsonValue

import psfacts
from conftest import problems_of
from psfacts.answers.checks import validate
from psfacts.errors import InvalidError, NotFoundError
from psfacts.exporting.export import export
from psfacts.exporting.sqlite import export_database
from psfacts.loading.json import parse
from psfacts.model import LISTS
from psfacts.store.store import Store

if TYPE_CHECKING:
    from conftest import Cli

OTHER = "gulls-2033"


@pytest.fixture
def other(fiction_path: Path, tmp_path: Path) -> Path:
    """Write a second base: the same ids, from another source and with other words and figures."""
    text = fiction_path.read_text(encoding="utf-8").replace("coast-2031", OTHER)
    document: Any = json.loads(text)
    document["sources"][0]["author"] = "B. Else"
    for fact in document["facts"]:
        fact["statement"] += " So another says."
    path = tmp_path / "other.json"
    return written(path, document)


def written(path: Path, document: JsonValue) -> Path:
    """Write a base that has to be sound."""
    path.write_text(json.dumps(document), encoding="utf-8")
    parse(path.read_bytes(), str(path))
    return path


def changed(path: Path, list_name: str, key: str, **changes: object) -> Path:
    """Change one record of a base in a file."""
    document = json.loads(path.read_bytes())
    for record in document[list_name]:
        if record["id"] == key:
            record.update(changes)
    return written(path, document)


def problems(store: Store) -> tuple[str, ...]:
    """Return what is wrong between the records of a store."""
    return problems_of(store.meta, {name: store.lists[name] for name in LISTS})


def test_the_same_file_twice_is_one_base(fiction_path: Path) -> None:
    once, twice = psfacts.load(fiction_path), psfacts.load([fiction_path, fiction_path])
    for name in LISTS:
        assert once.lists[name] == twice.lists[name]


def test_a_file_given_twice_beside_another_is_one(fiction_path: Path, other: Path) -> None:
    once, twice = psfacts.load([fiction_path, other]), psfacts.load([other, fiction_path, other])
    for name in LISTS:
        assert once.lists[name] == twice.lists[name]


def test_ids_that_clash_get_that_of_their_source(fiction_path: Path, other: Path) -> None:
    store = psfacts.load([fiction_path, other])
    assert problems(store) == ()
    assert len(store.facts) == 2 * len(psfacts.load(fiction_path).facts)
    assert store.fact("vote-corvia").evidence[0].source == "coast-2031"
    fact = store.fact(f"{OTHER}-vote-corvia")
    assert fact.evidence[0].source == OTHER
    assert set(fact.errata) <= {one.id for one in store.errata if one.evidence[0].source == OTHER}
    assert [one.id for one in store.entities] == [one.id for one in psfacts.load(fiction_path).entities]


def test_figures_of_two_sources_stand_side_by_side(fiction_path: Path, other: Path) -> None:
    comparison = psfacts.compare("grain", "food-prices", "belmara", store=psfacts.load([fiction_path, other]))
    assert {row.source for row in comparison.rows} == {"coast-2031", OTHER}
    for row in comparison.rows:
        assert {one.evidence[0].source for one in row.values.values() if one} == {row.source}


def test_the_table_tells_the_source_of_each_row(cli: Cli, fiction_path: Path, other: Path) -> None:
    files = ("--data", str(fiction_path), "--data", str(other))
    table = cli("compare", "grain", *files).stdout
    assert f"Corvia {OTHER}" in table
    assert "Corvia coast-2031" in table
    assert "coast-2031" not in cli("compare", "grain").stdout.split("─")[0]
    rows = json.loads(cli("compare", "grain", "--json", *files).stdout)["rows"]
    assert {row["source"] for row in rows} == {"coast-2031", OTHER}


def test_the_environment_may_name_several_files(cli: Cli, fiction_path: Path, other: Path) -> None:
    env = {"PSFACTS_DATA": f"{fiction_path}{os.pathsep}{other}"}
    assert len(json.loads(cli("fact", f"{OTHER}-vote-corvia", "--json", env=env).stdout)["facts"]) == 1


def test_files_of_different_forms_are_one_base(fiction_path: Path, other: Path, tmp_path: Path) -> None:
    database = tmp_path / "other.db"
    export_database(psfacts.load(other), database)
    assert psfacts.load([fiction_path, database]).facts == psfacts.load([fiction_path, other]).facts
    both = tmp_path / "both.db"
    export_database(psfacts.load([fiction_path, other]), both)
    assert tuple(psfacts.load(both).facts) == psfacts.load([fiction_path, other]).facts


def test_an_entity_that_the_world_knows_by_the_same_code_is_one(fiction_path: Path, other: Path) -> None:
    text = other.read_text(encoding="utf-8").replace('"belmara"', '"the-belmara"').replace('"Belmara"', '"Belmarania"')
    document = json.loads(text)
    document["entities"].sort(key=lambda one: one["id"])
    for record in (*document["entities"], *document["facts"], *document["errata"]):
        for key in ("members", "entities", "context", "asserted_by"):
            if key in record:
                record[key].sort()
    store = psfacts.load([fiction_path, written(other, document)])
    assert problems(store) == ()
    assert "the-belmara" not in {one.id for one in store.entities}
    assert psfacts.country("Belmarania", store=store).country.id == "belmara"


def test_entities_that_cannot_be_the_same_stay_apart(fiction_path: Path, other: Path) -> None:
    codes = {"alpha2": "QQ", "alpha3": "QQQ", "numeric": "999"}
    store = psfacts.load([fiction_path, changed(other, "entities", "corvia", iso=codes)])
    assert problems(store) == ()
    assert store.entity(f"{OTHER}-corvia").name == store.entity("corvia").name
    assert psfacts.country("corvia", store=store).country.id == "corvia"
    assert psfacts.country("QQ", store=store).country.id == f"{OTHER}-corvia"
    with pytest.raises(NotFoundError, match="may be") as caught:
        psfacts.country("Corvia", store=store)
    assert caught.value.suggestions == ("corvia", f"{OTHER}-corvia")


def test_what_is_exported_of_several_files_can_be_read_again(cli: Cli, fiction_path: Path, other: Path) -> None:
    codes = {"alpha2": "QQ", "alpha3": "QQQ", "numeric": "999"}
    files = ("--data", str(fiction_path), "--data", str(changed(other, "entities", "corvia", iso=codes)))
    lines = other.with_name("both.jsonl")
    cli("export", str(lines), *files)
    for asked in (("country", "QQ"), ("country", "corvia"), ("timeline",), ("countries",)):
        assert cli(*asked, "--json", "--data", str(lines)).stdout == cli(*asked, "--json", *files).stdout
    database = lines.with_suffix(".db")
    cli("export", str(database), "--data", str(lines))
    assert (
        cli("country", "QQ", "--json", "--data", str(database)).stdout == cli("country", "QQ", "--json", *files).stdout
    )
    said = cli("country", "Corvia", "--data", str(lines), code=3).stderr
    assert said == f"psfacts: 'Corvia' may be corvia or {OTHER}-corvia (give the id of the one you mean)\n"


def test_regions_with_other_members_stay_apart(fiction_path: Path, other: Path) -> None:
    store = psfacts.load([fiction_path, changed(other, "entities", "oake-bay", members=["belmara"])])
    assert problems(store) == ()
    assert store.entity(f"{OTHER}-oake-bay").members == ("belmara",)


def test_indicators_of_another_unit_stay_apart(fiction_path: Path, other: Path) -> None:
    store = psfacts.load([fiction_path, changed(other, "indicators", "grain", unit="tonnes")])
    assert problems(store) == ()
    found = psfacts.compare("grain", f"{OTHER}-grain", store=store)
    assert [one.unit for one in found.indicators] == ["% of food supply", "tonnes"]
    assert all(sum(one is not None for one in row.values.values()) == 1 for row in found.rows)


def test_another_source_of_the_same_id_is_an_error(fiction_path: Path, tmp_path: Path) -> None:
    document = json.loads(fiction_path.read_bytes())
    document["sources"][0]["author"] = "Nobody"
    path = written(tmp_path / "third.json", document)
    with pytest.raises(InvalidError, match=r"the source 'coast-2031' is something else in another file; rename one"):
        psfacts.load([fiction_path, path])


def test_an_id_too_long_to_be_told_apart_is_an_error(fiction_path: Path, other: Path, tmp_path: Path) -> None:
    long = "x" * 95
    for path in (copied := tmp_path / "one.json", other):
        source = fiction_path if path is copied else other
        path.write_text(source.read_text(encoding="utf-8").replace('"heading-trade"', f'"{long}"'), encoding="utf-8")
        document = json.loads(path.read_bytes())
        document["uncited"].sort(key=lambda one: one["id"])
        written(path, document)
    with pytest.raises(InvalidError, match="cannot stand for it; rename it"):
        psfacts.load([copied, other])


@pytest.fixture
def third(fiction_path: Path, tmp_path: Path) -> Path:
    """Write a third base, of the first one's source: other facts of the same ids, and names that stand for others."""
    document: Any = json.loads(fiction_path.read_bytes())
    for fact in document["facts"][:5]:
        fact["statement"] += " So a third says."
    for entity in document["entities"]:
        if entity["id"] == "strait-of-orm":
            entity |= {"id": "orm", "name": "Orm"}
    text = json.dumps(document).replace('"strait-of-orm"', '"orm"')
    document = json.loads(text)
    for record in (*document["facts"], *document["errata"]):
        for key in ("entities", "context"):
            if key in record:
                record[key].sort()
    template = next(one for one in document["entities"] if one["type"] == "place")
    document["entities"].append({**template, "id": "belmara-town", "name": "Belmarra", "aliases": [], "capital": None})
    return written(tmp_path / "third.json", document)


def test_no_order_of_files_makes_another_base(fiction_path: Path, other: Path, third: Path, tmp_path: Path) -> None:
    made = set()
    for number, files in enumerate(permutations([fiction_path, other, third])):
        path = tmp_path / f"{number}.jsonl"
        export(path, store=psfacts.load(files))
        made.add(path.read_bytes())
    assert len(made) == 1


def test_what_is_made_of_several_files_is_sound_and_read_again(
    fiction_path: Path, other: Path, third: Path, tmp_path: Path
) -> None:
    store = psfacts.load([other, third, fiction_path])
    for name in ("all.jsonl", "all.db"):
        export(tmp_path / name, store=store)
        assert validate(tmp_path / name).problems == ()
        again = psfacts.load(tmp_path / name)
        assert all(tuple(again.lists[name]) == tuple(store.lists[name]) for name in LISTS)
    export(tmp_path / "again.db", store=psfacts.load(tmp_path / "all.jsonl"))
    assert (tmp_path / "again.db").read_bytes() == (tmp_path / "all.db").read_bytes()


def test_a_name_may_stand_for_two_records_of_two_files_of_one_source(fiction_path: Path, tmp_path: Path) -> None:
    document = json.loads(fiction_path.read_bytes())
    document["entities"] = [
        {**one, "id": "belmara-town", "type": "place", "iso": None} if one["id"] == "belmara" else one
        for one in document["entities"]
    ]
    text = json.dumps(document).replace('"belmara"', '"belmara-town"')
    document = json.loads(text)
    files = [fiction_path, written(tmp_path / "towns.json", document)]
    for name in ("both.jsonl", "both.db"):
        export(tmp_path / name, store=psfacts.load(files))
        assert validate(tmp_path / name).problems == ()
        with pytest.raises(NotFoundError, match="'Belmara' may be belmara or belmara-town"):
            psfacts.about("Belmara", store=psfacts.load(tmp_path / name))


def test_an_id_that_one_base_gave_up_and_another_uses_leads_to_the_one_that_has_it(
    fiction_path: Path, other: Path
) -> None:
    store = psfacts.load([fiction_path, changed(other, "facts", "vote-belmara", replaces=["gone", "skell-secession"])])
    assert store.fact(f"{OTHER}-vote-belmara").replaces == ("gone", "skell-secession")
    key = "grain-belmara-2029"
    document = json.loads(other.read_bytes())
    document["facts"] = [one for one in document["facts"] if one["id"] != key]
    next(one for one in document["facts"] if one["id"] == "vote-belmara")["replaces"] = [key]
    store = psfacts.load([written(other, document), fiction_path])
    assert store.fact(key).evidence[0].source == "coast-2031"
    assert store.fact(f"{OTHER}-vote-belmara").replaces == ()


def test_topics_that_one_base_declares_are_those_of_all(fiction_path: Path, other: Path) -> None:
    document = json.loads(other.read_bytes())
    topics = sorted({topic for fact in document["facts"] for topic in fact["topics"]})
    document["topics"] = [{"id": key, "name": f"On {key}"} for key in topics]
    document["topics"].append({"id": "sea", "name": "The sea"})
    copy = other.with_name("copy.json")
    copy.write_bytes(fiction_path.read_bytes())
    mine = changed(copy, "facts", "vote-corvia", topics=["law-of-the-sea"])
    store = psfacts.load([mine, written(other, document)])
    named = {topic.id: topic.name for topic in store.topics}
    assert (named["sea"], named["law-of-the-sea"]) == ("The sea", "Law of the sea")
    assert set(named) >= set(topics)
