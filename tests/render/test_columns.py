"""Columns chosen by the user, and those that Markdown has for readers."""

from __future__ import annotations

import csv
import json
import re
from io import StringIO
from itertools import pairwise
from pathlib import Path

import pytest

import psfacts
from conftest import Call, Cli
from psfacts.answers.country import profiles
from psfacts.render import View
from psfacts.render.flat import markdown
from psfacts.render.rows import brief, tables
from psfacts.store.store import Store

TAKES_ROWS = ("csv", "tsv", "jsonl", "markdown")


def read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(text, newline="")))


CHOSEN = [["country_name", "value", "unit"], *(["Belmara", value, "% of food supply"] for value in ("40", "35"))]
CHOSEN += [["Corvia", "25.5", "% of food supply"]]


@pytest.mark.parametrize(("form", "between", "end"), [("csv", ",", "\r\n"), ("tsv", "\t", "\n")])
def test_columns_are_chosen_and_ordered(cli: Cli, form: str, between: str, end: str) -> None:
    said = "".join(between.join(row) + end for row in CHOSEN)
    assert cli("compare", "grain", "-f", form, "--columns", "country_name,value,unit").stdout == said
    assert cli("--columns= country_name , value,,unit ", "compare", "grain", "-f", form).stdout == said


def test_columns_keep_their_types_in_jsonl(cli: Cli) -> None:
    said = cli(
        "compare", "grain", "-f", "jsonl", "--columns", "value,when.earliest,asserted_by,asserted_by_names"
    ).stdout
    first, *_ = map(json.loads, said.splitlines())
    assert list(first) == ["value", "when.earliest", "asserted_by", "asserted_by_names"]
    assert (first["value"], first["when.earliest"]) == (40, "2030-01-01")
    assert isinstance(first["asserted_by_names"], list)


def test_a_name_stands_for_every_id(cli: Cli, store: Store) -> None:
    names = ("subject_name", "indicator_name", "asserted_by_names", "source_name", "entities_names")
    columns = ",".join([*names, "subject", "indicator", "asserted_by", "source"])
    said = cli("fact", *[fact.id for fact in store.facts], "-f", "jsonl", "--columns", columns).stdout
    for row in map(json.loads, said.splitlines()):
        assert row["subject_name"] == (store.entity(row["subject"]).name if row["subject"] else None)
        assert row["indicator_name"] == (store.indicator(row["indicator"]).name if row["indicator"] else None)
        assert row["asserted_by_names"] == [store.entity(key).name for key in row["asserted_by"]]
        assert row["source_name"] == [store.source(key).title for key in row["source"]]
        assert row["entities_names"]


def test_values_within_are_chosen_by_dotted_names(cli: Cli, store: Store) -> None:
    fact = store.facts[0]
    asked = (
        "fact",
        fact.id,
        "-f",
        "jsonl",
        "--columns",
        "when.text,when,evidence.start,evidence.sha256,locators.title",
    )
    row = json.loads(cli(*asked).stdout)
    assert row["when.text"] == row["when"] == (fact.when.text if fact.when else None)
    assert row["evidence.start"] == [passage.start for passage in fact.evidence]
    assert row["evidence.sha256"] == [passage.sha256 for passage in fact.evidence]
    assert "\r\nBX,BX\r\n" in cli("countries", "-f", "csv", "--columns", "iso.alpha2,alpha2").stdout


def test_an_answer_of_several_tables_has_the_chosen_columns_of_all(cli: Cli) -> None:
    rows = read(cli("country", "corvia", "-f", "csv", "--columns", "record,id,statement").stdout)
    every = read(cli("country", "corvia", "-f", "csv").stdout)
    assert [(row["record"], row["id"], row["statement"]) for row in rows] == [
        (row["record"], row["id"], row["statement"]) for row in every
    ]


def test_a_table_that_has_none_of_the_columns_is_left_out(cli: Cli) -> None:
    rows = read(cli("country", "corvia", "-f", "csv", "--columns", "record,statement").stdout)
    statements = read(cli("country", "corvia", "-f", "csv", "--columns", "statement").stdout)
    assert [row["statement"] for row in statements] == [row["statement"] for row in rows if row["statement"]]
    markdown = cli("country", "corvia", "-f", "md", "--columns", "statement").stdout
    assert "## Errata" not in markdown
    assert "## Events" in markdown


def test_an_unknown_column_lists_those_there_are_and_each_is_one(cli: Cli, call: Call) -> None:
    done = cli(*call.arguments, "-f", "csv", "--columns", "id,nope", code=2)
    assert done.stdout == ""
    assert done.stderr.startswith("psfacts: there is no column ")
    columns = re.findall(r"there are: (.*)\)$", done.stderr.strip())[0].split(", ")
    assert len(columns) == len(set(columns))
    for form in TAKES_ROWS:
        said = cli(*call.arguments, "-f", form, "--columns", ",".join(columns), code=call.code).stdout
        assert all(column in said.replace("\\", "") for column in columns) or form == "markdown"


def test_a_misspelt_column_is_told_with_the_nearest(cli: Cli) -> None:
    assert "did you mean statement?" in cli("timeline", "-f", "csv", "--columns", "statment", code=2).stderr


@pytest.mark.parametrize("options", [[], ["-f", "table"], ["--json"], ["-o", "x.json"], ["-o", "x.txt"]])
def test_formats_without_columns_refuse_them_before_anything_is_read(cli: Cli, options: list[str]) -> None:
    done = cli("countries", "--columns", "id", *options, "--data", "/nowhere", code=2)
    assert "--columns goes with jsonl, csv, tsv or markdown" in done.stderr


@pytest.mark.parametrize("columns", ["", " ", ",", ", ,"])
def test_no_columns_are_no_choice(cli: Cli, columns: str) -> None:
    assert "--columns names none" in cli("countries", "-f", "csv", "--columns", columns, code=2).stderr


def test_a_column_asked_twice_comes_once(cli: Cli) -> None:
    assert cli("countries", "-f", "csv", "--columns", "id,name,id").stdout.startswith("id,name\r\n")


def test_columns_are_known_where_there_are_no_rows(cli: Cli) -> None:
    none = ("timeline", "--since", "2999", "-f", "csv")
    assert cli(*none, "--columns", "id,title,when.earliest,asserted_by_names").stdout == (
        "id,title,when.earliest,asserted_by_names\r\n"
    )


def test_markdown_for_readers_is_narrow_and_without_digests(cli: Cli, call: Call) -> None:
    if "--all" in call.arguments:
        return
    said = cli(*call.arguments, "-f", "markdown", code=call.code).stdout.splitlines()
    heads = [line for line, below in pairwise(said) if below.startswith("| ---")]
    assert heads
    assert all(len(head.split(" | ")) <= 10 for head in heads)
    assert not any("sha256" in head or "evidence" in head for head in heads)


def test_markdown_has_every_column_with_full(cli: Cli) -> None:
    assert "| sha256 |" in cli("compare", "grain", "-f", "md", "--full").stdout
    assert cli("compare", "grain", "-f", "csv", "--full").stdout == cli("compare", "grain", "-f", "csv").stdout


def test_no_number_goes_without_unit_period_asserter_and_id_in_markdown(cli: Cli) -> None:
    for words in (["compare", "grain"], ["country", "corvia"], ["about", "belmara"]):
        said = cli(*words, "-f", "md").stdout
        head = next(line for line in said.splitlines() if " value " in line)
        assert [name for name in ("unit", "when", "standing", "section_title", "id") if f" {name} |" not in head] == []


def test_markdown_tells_which_rows_are_doubtful() -> None:
    store = psfacts.load()
    doubts = {erratum.id for erratum in store.errata if erratum.kind == "doubt"}
    doubtful = {fact.id: doubts.intersection(fact.errata) for fact in store.facts}
    for answer in (
        psfacts.compare("remittances", store=store),
        psfacts.compare("central-asia", store=store),
        psfacts.timeline(store=store),
        psfacts.facts(store=store),
        psfacts.country("moldova", store=store),
        profiles("moldova", "russia", store=store),
        psfacts.about("transnistria", store=store),
        psfacts.search("macron", store=store),
    ):
        rows = [line.strip("| ").split(" | ") for line in markdown(answer, View()).splitlines()]
        shown = {row[-1]: " ".join(row) for row in rows if row[-1] in doubtful}
        assert {key: {doubt for doubt in doubts if doubt in row} for key, row in shown.items()} == {
            key: doubtful[key] for key in shown
        }
        assert shown


def test_rows_for_silent_countries_come_when_asked(cli: Cli) -> None:
    answer = json.loads(cli("compare", "grain", "--json").stdout)
    told = read(cli("compare", "grain", "-f", "csv").stdout)
    assert {row["country"] for row in told} == {row["country"] for row in answer["rows"]}
    silent = read(cli("compare", "grain", "-f", "csv", "--silent").stdout)
    assert {row["country"] for row in silent if not row["id"]} == set(answer["silent"])
    assert [row for row in silent if row["id"]] == told
    assert cli("compare", "grain", "--json", "--silent").stdout == cli("compare", "grain", "--json").stdout


def test_columns_go_into_files(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "grain.csv"
    cli("compare", "grain", "-o", str(file), "--columns", "country_name,value")
    assert file.read_bytes().startswith(b"country_name,value\r\nBelmara,40\r\n")


def test_the_columns_for_readers_are_columns_of_their_table(store: Store) -> None:
    for answer in (psfacts.country("corvia", store=store), psfacts.search("grain", store=store)):
        for table in tables(answer):
            assert brief(table, store).columns
