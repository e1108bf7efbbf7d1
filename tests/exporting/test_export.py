"""Whole fact bases written to files, and read back."""

from __future__ import annotations

import csv
import errno
import json
import os
import re
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from pydantic import JsonValue

import psfacts
from conftest import Cli
from psfacts.errors import NotFoundError, OutputError, UsageError
from psfacts.exporting import Kind, sheets
from psfacts.exporting.export import ENDINGS, export, kind_of
from psfacts.hooks import unreported
from psfacts.model import LISTS, FactBase
from psfacts.render.charts import dates
from psfacts.render.flat import escaped
from psfacts.render.rows.answers import FACT
from psfacts.store.store import Store
from psfacts.text.phrases import either

HOSTILE = "<script>alert(1)</script>&lt;b&gt;|*x*|"
KINDS = [kind for kind in Kind if kind is not Kind.PARQUET]

kinds = pytest.mark.parametrize("kind", KINDS)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


@pytest.fixture
def hostile(fiction_path: Path) -> Store:
    """Return a fact base whose titles, statements, times and sources hold markup."""

    def changed(node: JsonValue) -> JsonValue:
        if isinstance(node, list):
            return list(map(changed, node))
        if not isinstance(node, dict):
            return node
        named = {"title", "statement", "text", "author", "publisher", "reading", "printed", "name"}
        return {key: HOSTILE if key in named else changed(value) for key, value in node.items()}

    return Store.of(FactBase.model_validate_json(json.dumps(changed(json.loads(fiction_path.read_bytes())))))


def test_csv_holds_a_row_a_fact(store: Store, out: Path) -> None:
    export(out, format=Kind.CSV, store=store)
    data = out.read_bytes()
    assert not data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\n") == data.count(b"\r\n")
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, strict=True))
    assert [row["id"] for row in rows] == [fact.id for fact in store.facts]
    assert set(rows[0]) == set(FACT)
    grain = next(row for row in rows if row["id"] == "grain-corvia-2030")
    fact = store.fact("grain-corvia-2030")
    assert fact.kind == "observation"
    assert (grain["value"], grain["unit"], grain["earliest"]) == (
        str(fact.value),
        store.indicator("grain").unit,
        fact.when.earliest.isoformat(),
    )


def test_the_base_can_be_made_again_of_its_lines(fiction_base: FactBase, store: Store, out: Path) -> None:
    export(out, format=Kind.JSONL, store=store)
    head, *lines = map(json.loads, out.read_text(encoding="utf-8").splitlines())
    assert head == {"list": "meta", "record": {"schema_version": 1, "data_version": fiction_base.data_version}}
    assert {key for line in lines for key in line} == {"list", "record"}
    base: dict[str, JsonValue] = dict(head["record"])
    for name in ("sources", "entities", "indicators", "facts", "errata", "uncited"):
        base[name] = [line["record"] for line in lines if line["list"] == name]
    assert FactBase.model_validate_json(json.dumps(base)) == fiction_base


def test_the_base_is_written_as_the_file_that_it_is_read_from(fiction_base: FactBase, store: Store, out: Path) -> None:
    export(out, format=Kind.JSON, store=store)
    made = FactBase.model_validate_json(out.read_bytes())
    for name in LISTS:
        assert {record.id: record for record in getattr(made, name)} == {
            record.id: record for record in getattr(fiction_base, name)
        }
    again = out.with_name("again")
    export(again, format=Kind.JSON, store=Store.of(made))
    assert again.read_bytes() == out.read_bytes()


def test_merged_bases_become_one_file_that_is_valid(cli: Cli, fiction_path: Path, tmp_path: Path) -> None:
    text = fiction_path.read_text(encoding="utf-8").replace("coast-2031", "coast-2032")
    (tmp_path / "other.json").write_text(text.replace("Orm Gazette", "Orm Post"), encoding="utf-8")
    both = ["--data", str(fiction_path), "--data", str(tmp_path / "other.json")]
    cli("export", str(tmp_path / "both.json"), *both)
    cli("validate", str(tmp_path / "both.json"))
    answers = [cli("compare", "grain", *data).stdout for data in (both, ["--data", str(tmp_path / "both.json")])]
    assert answers[0] == answers[1]
    assert "Orm Post" in (tmp_path / "both.json").read_text(encoding="utf-8")


def test_the_lines_stand_in_the_order_of_the_lists(store: Store, out: Path) -> None:
    export(out, format=Kind.JSONL, store=store)
    lists = [json.loads(line)["list"] for line in out.read_text(encoding="utf-8").splitlines()]
    assert [*dict.fromkeys(lists)] == ["meta", "sources", "entities", "indicators", "facts", "errata", "uncited"]


def test_the_dossier_holds_every_fact_and_erratum(store: Store, out: Path) -> None:
    export(out, format=Kind.MARKDOWN, store=store)
    text = out.read_text(encoding="utf-8")
    parts = ["Countries", "Timeline", "Indicators", "Relations", "Claims by topic", "Errata"]
    assert re.findall(r"(?m)^## (.+)$", text) == parts
    ids = [one.id for one in (*store.facts, *store.errata)]
    assert [key for key in ids if text.count(f"`{key}`") != 1] == []


def test_the_dossier_shows_markup_as_text(hostile: Store, out: Path) -> None:
    export(out, format=Kind.MARKDOWN, store=hostile)
    text = out.read_text(encoding="utf-8")
    assert "\\<script\\>alert(1)\\</script\\>\\&lt;b\\&gt;\\|\\*x\\*\\|" in text
    assert re.search(r"(?<!\\)<script", text) is None


DATE = {
    "type": "object",
    "properties": {
        "year": {"type": "integer"},
        "month": {"type": "integer", "minimum": 1, "maximum": 12},
        "day": {"type": "integer", "minimum": 1, "maximum": 31},
    },
    "required": ["year"],
    "dependentRequired": {"day": ["month"]},
    "additionalProperties": False,
}
TEXT = {
    "type": "object",
    "properties": {"headline": {"type": "string"}, "text": {"type": "string"}},
    "required": ["headline", "text"],
    "additionalProperties": False,
}
SLIDE = {
    "type": "object",
    "properties": {
        "unique_id": {"type": "string", "pattern": "^[a-z0-9-]+$"},
        "start_date": DATE,
        "end_date": DATE,
        "display_date": {"type": "string"},
        "group": {"type": "string"},
        "text": TEXT,
    },
    "required": ["unique_id", "start_date", "display_date", "group", "text"],
    "additionalProperties": False,
}
TIMELINEJS = {
    "type": "object",
    "properties": {
        "title": {"type": "object", "properties": {"text": TEXT}, "required": ["text"], "additionalProperties": False},
        "events": {"type": "array", "items": SLIDE, "minItems": 1},
    },
    "required": ["title", "events"],
    "additionalProperties": False,
}
"""What timeline.knightlab.com/docs/json-format.html says, as far as it is used here."""


def timeline_of(store: Store, out: Path) -> dict[str, JsonValue]:
    export(out, format=Kind.TIMELINEJS, store=store)
    made = json.loads(out.read_text(encoding="utf-8"))
    Draft202012Validator(TIMELINEJS).validate(made)
    assert isinstance(made, dict)
    return made


def test_timelinejs_gets_every_event_in_order(store: Store, out: Path) -> None:
    made = timeline_of(store, out)
    assert isinstance(made["events"], list)
    found = [(slide["unique_id"], slide["display_date"]) for slide in made["events"] if isinstance(slide, dict)]
    concluded = " (in part concluded)"
    events = store.events()
    assert found == [(one.id, one.when.text + (concluded if one.when.inferred else "")) for one in events]


class Reader(HTMLParser):
    """Collects the text and the tags of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the tag."""
        del attrs
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        """Keep the text."""
        self.text += data


def strings(node: JsonValue, key: str = "") -> Iterator[tuple[str, str]]:
    """Return every string with its key."""
    if isinstance(node, str):
        yield key, node
    for name, item in node.items() if isinstance(node, dict) else ():
        yield from strings(item, name)
    for item in node if isinstance(node, list) else ():
        yield from strings(item, key)


def test_timelinejs_shows_markup_as_text(hostile: Store, out: Path) -> None:
    made = timeline_of(hostile, out)
    seen: dict[str, list[Reader]] = {}
    for key, text in strings(made):
        # TimelineJS takes the text of display_date, and shows that as HTML.
        html = Reader(text).text if key == "display_date" else text
        seen.setdefault(key, []).append(Reader(html))
    assert {tag for readers in seen.values() for reader in readers for tag in reader.tags} == {"a", "p"}
    assert all(reader.text.startswith(HOSTILE) for key in ("headline", "display_date") for reader in seen[key])
    assert all(HOSTILE in reader.text for reader in seen["text"])


def test_timelinejs_links_to_the_source_and_groups_by_topic(store: Store, out: Path) -> None:
    slides = timeline_of(store, out)["events"]
    assert isinstance(slides, list)
    for slide in slides:
        assert isinstance(slide, dict)
        assert f'<a href="{store.sources[0].url}">' in str(slide["text"])
    topics = {topic.id: topic.name for topic in store.topics}
    expected = [topics.get(event.topics[0], event.topics[0]) for event in psfacts.timeline(store=store).events]
    assert [slide["group"] for slide in slides if isinstance(slide, dict)] == expected


def test_a_timeline_of_one_country_is_written_for_timelinejs(cli: Cli, tmp_path: Path) -> None:
    cli("timeline", "corvia", "--format", "timelinejs", "-o", str(tmp_path / "x.json"))
    slides = json.loads((tmp_path / "x.json").read_text(encoding="utf-8"))["events"]
    asked = json.loads(cli("timeline", "corvia", "--json").stdout)["events"]
    assert [slide["unique_id"] for slide in slides] == [event["id"] for event in asked]
    assert "is no timeline" in cli("errata", "--format", "timelinejs", code=2).stderr


def test_a_timeline_of_one_topic_is_written_for_timelinejs(cli: Cli, store: Store, tmp_path: Path) -> None:
    topics = {key for event in store.events() for key in event.topics}
    for topic in topics:
        cli("timeline", "--topic", topic, "--format", "timelinejs", "-o", str(tmp_path / f"{topic}.json"))
        slides = json.loads((tmp_path / f"{topic}.json").read_text(encoding="utf-8"))["events"]
        assert [slide["unique_id"] for slide in slides] == [
            event.id for event in store.events() if topic in event.topics
        ]
    told = json.loads(cli("timeline", "corvia", "--topic", min(topics), "--json").stdout)
    assert (told["about"], told["topics"]) == (["corvia"], [min(topics)])


def test_addresses_that_are_not_of_the_web_are_no_links(fiction_base: FactBase, out: Path) -> None:
    source = fiction_base.sources[0].model_copy(update={"url": "javascript:alert(1)"})
    store = Store.of(fiction_base.model_copy(update={"sources": (source,)}))
    export(out, format=Kind.MARKDOWN, store=store)
    assert "<javascript:" not in out.read_text(encoding="utf-8")
    export(out, format=Kind.TIMELINEJS, force=True, store=store)
    assert "href" not in out.read_text(encoding="utf-8")


def test_the_dossier_leads_from_facts_to_errata_and_back(store: Store, out: Path) -> None:
    export(out, format=Kind.MARKDOWN, store=store)
    text = out.read_text(encoding="utf-8")
    anchors, links = re.findall(r'<a id="([^"]+)">', text), re.findall(r"\]\(#([^)]+)\)", text)
    assert len(anchors) == len(set(anchors))
    assert set(links) <= set(anchors)
    assert set(links) >= {key for fact in store.facts for key in (*fact.errata, *([fact.id] if fact.errata else []))}


def test_the_dossier_has_a_profile_of_every_country(store: Store, out: Path) -> None:
    export(out, format=Kind.MARKDOWN, store=store)
    profiles = out.read_text(encoding="utf-8").split("## Countries")[1].split("\n## ")[0]
    for part in profiles.split("### ")[1:]:
        profile = psfacts.country(part.partition("\n")[0], store=store)
        facts = [fact.id for fact in (*profile.observations, *profile.events, *profile.relations, *profile.claims)]
        assert re.findall(r"\]\(#([^)]+)\)", part) == [*facts, *(erratum.id for erratum in profile.errata)]
    assert profiles.count("### ") == len(psfacts.countries(store=store).countries)


@pytest.mark.parametrize("text", ["# h", "- x", "+ y", "1. a", "12) b", "===", "---"])
def test_words_at_the_beginning_make_no_list_and_no_heading(text: str) -> None:
    assert re.fullmatch(r"\d*\\\W.*", escaped(text))


@pytest.mark.parametrize(
    ("earliest", "latest", "start", "end"),
    [
        ("2022-06-15", "2022-06-15", (2022, 6, 15), None),
        ("2022-06-01", "2022-06-30", (2022, 6), None),
        ("2024-02-01", "2024-02-29", (2024, 2), None),
        ("2022-01-01", "2022-12-31", (2022,), None),
        ("2022-06-11", "2022-06-20", (2022, 6, 11), (2022, 6, 20)),
        ("2021-01-01", "2022-12-31", (2021, 1, 1), (2022, 12, 31)),
        ("2024-02-01", "2024-02-28", (2024, 2, 1), (2024, 2, 28)),
    ],
)
def test_dates_are_no_more_precise_than_they_are_known(
    earliest: str, latest: str, start: tuple[int, ...], end: tuple[int, ...] | None
) -> None:
    found = dates(date.fromisoformat(earliest), date.fromisoformat(latest))
    assert [tuple(day.values()) for day in found.values()] == [*filter(None, [start, end])]


def test_without_events_there_is_nothing_for_timelinejs(fiction_base: FactBase, out: Path) -> None:
    claims = tuple(one for one in fiction_base.facts if one.kind != "event")
    with pytest.raises(NotFoundError, match="no events"):
        export(out, format=Kind.TIMELINEJS, store=Store.of(fiction_base.model_copy(update={"facts": claims})))
    assert not out.exists()


def test_parquet_holds_a_row_a_fact_with_its_types(store: Store, out: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    export(out, format=Kind.PARQUET, store=store)
    table = parquet.read_table(out)
    assert table.column_names == [
        name for one in FACT for name in (("number", "category") if one == "value" else (one,))
    ]
    rows = {row["id"]: row for row in table.to_pylist()}
    assert list(rows) == [fact.id for fact in store.facts]
    fact = store.fact("grain-corvia-2030")
    assert fact.kind == "observation"
    row = rows[fact.id]
    assert (row["number"], row["category"], row["earliest"]) == (fact.value, None, fact.when.earliest)
    assert (row["entities"], row["inferred"]) == (list(fact.entities), fact.when.inferred)
    assert row["paragraph"] == [one.paragraph for one in store.locators([fact])[fact.id]]


def test_parquet_knows_which_columns_of_facts_are_lists(store: Store) -> None:
    rows = [dict(zip(FACT, row, strict=True)) for row in sheets.rows(store, FACT, unreported)]
    assert {column for row in rows for column, cell in row.items() if isinstance(cell, tuple)} == sheets.LISTS


def valued(base: FactBase, *values: float) -> Store:
    """Return a base whose first numbers are ``values``."""
    rest = iter(values)
    facts = [
        fact.model_copy(update={"value": next(rest, fact.value)})
        if fact.kind == "observation" and not isinstance(fact.value, str)
        else fact
        for fact in base.facts
    ]
    return Store.of(base.model_copy(update={"facts": tuple(facts)}))


@pytest.mark.parametrize(
    "values",
    [
        (2**53 + 1,),
        (-(2**53) - 1,),
        (2**63, 2**64 + 1),
        (10**30 + 1, 0.1),
        (10**60 + 1, 25.5),
        (2**53 + 1, 1e-12, 12.5),
        (10**74 + 1,),
        (2**60, 1e300),
    ],
)
def test_parquet_has_every_number_as_it_is(fiction_base: FactBase, out: Path, values: tuple[float, ...]) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    store = valued(fiction_base, *values)
    export(out, format=Kind.PARQUET, store=store)
    numbers = [number for number in parquet.read_table(out)["number"].to_pylist() if number is not None]
    expected = [fact.value for fact in store.observations() if not isinstance(fact.value, str)]
    for number, value in zip(sorted(numbers), sorted(expected), strict=True):
        assert float(number) == value if isinstance(value, float) else int(number) == value


def test_parquet_says_where_no_decimal_holds_all_numbers(fiction_base: FactBase, out: Path) -> None:
    pytest.importorskip("pyarrow.parquet")
    with pytest.raises(OutputError, match="the numbers take more digits than Parquet has"):
        export(out, format=Kind.PARQUET, store=valued(fiction_base, 10**77 + 1))
    assert not out.exists()


def test_parquet_says_what_it_needs(store: Store, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    here = "pip install '.[parquet]'"
    with pytest.raises(UsageError) as raised:
        export(out, format=Kind.PARQUET, store=store)
    assert (raised.value.message, raised.value.hint) == (
        "Parquet needs pyarrow, which is not installed",
        f"install psfacts with its extra 'parquet': pip install 'psfacts[parquet]', in a checkout: {here}",
    )
    assert not out.exists()


@pytest.mark.parametrize(
    ("name", "kind"),
    [("a.csv", Kind.CSV), ("A.CSV", Kind.CSV), ("a.md", Kind.MARKDOWN), ("a.b.jsonl", Kind.JSONL), ("a.db", Kind.DB)],
)
def test_the_ending_names_the_kind(name: str, kind: Kind) -> None:
    assert kind_of(Path(name)) is kind


@pytest.mark.parametrize(
    ("name", "said"),
    [("a.yaml", "a.yaml: has the ending '.yaml', which names no format"), ("facts", "facts: has no ending")],
)
def test_an_ending_that_names_no_kind_is_refused(name: str, said: str) -> None:
    with pytest.raises(UsageError) as raised:
        kind_of(Path(name))
    assert raised.value.message == said
    assert raised.value.hint == f"end it in {either(ENDINGS)}, or give --format {'|'.join(Kind)}"


@kinds
def test_a_file_that_is_there_stays_without_force(store: Store, out: Path, kind: Kind) -> None:
    out.write_text("mine", encoding="utf-8")
    if kind is Kind.DATAPACKAGE:
        with pytest.raises(OutputError, match="not a folder"):
            export(out, format=kind, force=True, store=store)
        return
    with pytest.raises(OutputError, match="exists"):
        export(out, format=kind, store=store)
    assert out.read_text(encoding="utf-8") == "mine"
    export(out, format=kind, force=True, store=store)
    assert out.stat().st_size > 1000


@kinds
def test_nothing_is_left_behind_by_a_full_disk(
    store: Store, tmp_path: Path, kind: Kind, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Path) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    for holder, name in ((os, "link"), (Path, "replace"), (Path, "rename")):
        monkeypatch.setattr(holder, name, full)
    with pytest.raises(OutputError, match="No space left on device"):
        export(tmp_path / "out", format=kind, store=store)
    assert list(tmp_path.iterdir()) == []


@kinds
def test_progress_ends_within_the_total(store: Store, out: Path, kind: Kind, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("psfacts.hooks.STEP", 1)
    told: list[tuple[int, int]] = []
    export(out, format=kind, progress=lambda done, total: told.append((done, total)), store=store)
    assert all(0 < done <= total for done, total in told)
    assert told == sorted(told)


@pytest.mark.parametrize("name", ["facts.csv", "facts.db", "facts.jsonl", "facts.md"])
def test_the_command_writes_what_the_ending_names(cli: Cli, tmp_path: Path, name: str) -> None:
    done = cli("export", str(tmp_path / name))
    assert (done.stdout, done.stderr) == (f"wrote {tmp_path / name}\n", "")
    assert (tmp_path / name).stat().st_size > 1000


def test_lines_become_a_database(cli: Cli, store: Store, tmp_path: Path) -> None:
    lines, database = str(tmp_path / "a.jsonl"), str(tmp_path / "a.db")
    cli("export", lines)
    cli("export", database, "--data", lines)
    with closing(sqlite3.connect(database)) as opened:
        ids = [key for (key,) in opened.execute("SELECT id FROM facts ORDER BY id")]
    assert ids == sorted(fact.id for fact in store.facts)


def test_the_command_takes_a_format_over_the_ending(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "timeline.json"
    cli("export", str(file), "--format", "timelinejs")
    assert list(json.loads(file.read_bytes())) == ["title", "events"]


def test_the_command_says_in_one_line_what_is_wrong(cli: Cli, tmp_path: Path) -> None:
    there = tmp_path / "a.csv"
    there.touch()
    said = f"psfacts: {there}: already exists (use --force to replace it)\n"
    assert cli("export", str(there), code=5).stderr == said
    cli("export", str(there), "--force")
    nowhere = tmp_path / "none" / "a.csv"
    said = f"psfacts: {nowhere}: No such file or directory (look at the folder and its disk)\n"
    assert cli("export", str(nowhere), code=5).stderr == said
    assert cli("export", str(nowhere), "--format", "jsonl", code=5).stderr == said
    assert cli("export", str(tmp_path / "a.yaml"), code=2).stderr.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


def test_the_built_in_base_survives_the_round(tmp_path: Path) -> None:
    base = psfacts.load()
    export(tmp_path / "a.jsonl", format=Kind.JSONL, store=base)
    lines = [json.loads(line) for line in (tmp_path / "a.jsonl").read_text(encoding="utf-8").splitlines()]
    facts = [line["record"] for line in lines if line["list"] == "facts"]
    assert facts == [one.model_dump(mode="json") for one in base.facts]
