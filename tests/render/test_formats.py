"""Every answer in every format: the same content, read back by a reader of each format."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
from collections.abc import Callable, Iterator
from datetime import date
from io import StringIO
from itertools import cycle
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pydantic import JsonValue

import psfacts
from conftest import ASCII, FICTION, Call, Cli, environment, program
from psfacts.answers import QUESTIONS
from psfacts.answers.answer import Answer
from psfacts.answers.checks import Validation, coverage, verify
from psfacts.answers.fact import cite
from psfacts.answers.search import search as answers_to
from psfacts.article.text import Copy, read
from psfacts.model import FactBase
from psfacts.render import EVERYTHING, flat
from psfacts.render.rows import Cell, Scalar, Table, joined, tables
from psfacts.store.store import Store
from psfacts.text.visible import visible

FLAT = ("jsonl", "csv", "tsv", "markdown")

DOCUMENT: dict[str, JsonValue] = json.loads((FICTION / "facts.json").read_bytes())
PROSE = {"author", "capital", "description", "name", "predicate", "printed", "publisher", "reading", "reason", "role"}
PROSE |= {"statement", "text", "title", "unit", "url"}
LISTS = {"aliases", "keywords"}
FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

HOSTILE = [
    *(
        "=1+1",
        "+1",
        "-2",
        "@SUM(A1)",
        "'=x",
        "＝1",
        "a\tb",
        "a\nb\r\nc",
        "a\rb",
        'say "hi", he said',
        ";; a",
        ";=1+1;",
        'x,"=1+1',
        '"quoted" first',
        '"',
        "051",
        "a|b",
        "\\|",
    ),
    *("\\", "a\\", "| --- |", "**b** _i_ `c` ~~s~~", "<b>x</b><br>", "&amp; &lt;", "[x](http://e.x)", "![x](y)", "$x$"),
    *("# h", "## Facts", "@name #12 :smile:", "<!-- -->", "\x1b[31m[bold]x[/nope]\u202e\u200b\x9b1m\x7f\0", "x\u2028y"),
    *("Chișinău 基希讷乌", "٣", "1e5", "true", "null", "-", "x" * 300),
]


def words(texts: Iterator[str], node: JsonValue, key: str = "") -> JsonValue:
    """Return a fact base with the next of ``texts`` for every piece of prose."""
    if isinstance(node, dict):
        return {key: words(texts, value, key) for key, value in node.items()}
    if isinstance(node, list):
        return [words(texts, item, key if key in LISTS else "") for item in node]
    return next(texts) if isinstance(node, str) and key in PROSE | LISTS else node


def everything(store: Store) -> Iterator[Answer]:
    """Return an answer of every type."""
    yield from (
        psfacts.countries(store=store),
        psfacts.indicators(store=store),
        psfacts.timeline(store=store),
        psfacts.errata(store=store),
        psfacts.facts(store=store),
        psfacts.entities(store=store),
        psfacts.topics(store=store),
        psfacts.sources(store=store),
    )
    yield from (psfacts.country("corvia", store=store), psfacts.about("ilsa-moren", store=store))
    yield from (
        psfacts.compare(*[one.id for one in store.indicators], store=store),
        psfacts.compare("grain", store=store),
    )
    copy = Copy(read(FICTION / "article.txt"))
    yield from (
        psfacts.fact(*[one.id for one in store.facts], store=store),
        psfacts.fact("grain-corvia-2030", copy=copy, store=store),
    )
    yield from (coverage(store=store), cite("grain-corvia-2030", store=store), cite(store.sources[0].id, store=store))
    yield verify(copy, store=store)
    yield from (
        answers_to("grain of Corvia", store=store),
        answers_to("Ilsa Moren", store=store),
        answers_to("pears", store=store),
    )
    yield Validation(ok=False, file=store.sources[0].title, problems=(store.sources[0].author,), counts={})


def written(cell: Cell, text: Callable[[str], str]) -> str:
    """Return what a format without types holds for ``cell``, with strings made into ``text``."""

    def one(value: Scalar) -> str:
        match value:
            case None:
                return ""
            case bool():
                return str(value).lower()
            case date():
                return value.isoformat()
            case str():
                return text(value)
            case _:
                return repr(value)

    return "; ".join(map(one, cell)) if isinstance(cell, tuple) else one(cell)


def shown(text: str, kept: str = "") -> str:
    return "".join(one if one in kept else visible(one) for one in text)


def check_jsonl(answer: Answer) -> None:
    parts = tables(answer)
    lines = [json.loads(line) for line in flat.jsonl(answer, EVERYTHING).splitlines()]
    expected = [
        ({"record": part.record} if len(parts) > 1 else {}) | dict(zip(part.columns, map(plain, row), strict=True))
        for part in parts
        for row in part.rows
    ]
    assert lines == expected


def plain(cell: Cell) -> object:
    if isinstance(cell, tuple):
        return list(map(plain, cell))
    return cell.isoformat() if isinstance(cell, date) else cell


def check_csv(answer: Answer) -> None:
    table, text = joined(tables(answer)), flat.csv(answer)
    head, *rows = csv.reader(StringIO(text, newline=""), strict=True)
    assert text.endswith("\r\n")
    check_cells(table, head, rows, kept="\n\t")


def check_tsv(answer: Answer) -> None:
    table, text = joined(tables(answer)), flat.tsv(answer)
    lines = text.removesuffix("\n").split("\n")
    head, *rows = csv.reader(lines, delimiter="\t", strict=True)
    assert len(rows) == len(lines) - 1
    check_cells(table, head, rows, kept="")
    for line, row in zip(lines, [head, *rows], strict=True):
        for found, cell in zip(line.split("\t"), row, strict=True):
            assert found == cell or found == '"' + cell.replace('"', '""') + '"'


def check_cells(table: Table, head: list[str], rows: list[list[str]], kept: str) -> None:
    assert head == [*table.columns]
    assert len(rows) == len(table.rows)
    for read_row, row in zip(rows, table.rows, strict=True):
        for found, cell in zip(read_row, row, strict=True):
            text = written(cell, lambda text: shown(text, kept))
            is_text = isinstance(cell, str | tuple)
            assert found == (f"'{text}" if is_text and text.startswith(FORMULAS) else text)


def check_markdown(answer: Answer) -> None:
    parts, found = tables(answer), list(markdown_tables(flat.markdown(answer)))
    several = len(parts) > 1
    assert [title for title, _, _ in found] == [
        part.title if several else "" for part in parts if part.rows or not several
    ]
    for part, (_, head, rows) in zip([part for part in parts if part.rows or not several], found, strict=True):
        assert set(head) <= set(part.columns)
        for row, cells in zip(part.rows, rows, strict=True):
            read_row = dict(zip(head, cells, strict=True))
            for column, cell in zip(part.columns, row, strict=True):
                assert read_row.get(column, "") == written(cell, lambda text: shown(text, "\n")).strip(" ")


def markdown_tables(text: str) -> Iterator[tuple[str, list[str], list[list[str]]]]:
    """Read the tables of GitHub Flavored Markdown: heading, names of columns, rows."""
    blocks = [block.split("\n") for block in re.split(r"\n\n|(?<=[^|])\n(?=\|)", text.removesuffix("\n"))]
    title = ""
    for block in blocks:
        if block[0].startswith("## "):
            title = block[0].removeprefix("## ")
            continue
        head, rule, *rows = [markdown_cells(line) for line in block]
        assert all(re.fullmatch(r"---:?", cell) for cell in rule)
        yield title, head, rows


def markdown_cells(line: str) -> list[str]:
    """Read a line of a table: escapes undone, breaks made line feeds, comments dropped."""
    assert line.startswith("| ")
    assert line.endswith(" |")
    cells = [""]
    for piece in re.findall(r"\\[!-/:-@\[-`{-~]|<br>|<!-- -->|[^\n]", line[1:-1]):
        if piece == "|":
            cells.append("")
        elif piece == "<br>":
            cells[-1] += "\n"
        elif piece != "<!-- -->":
            cells[-1] += piece[1:] if len(piece) > 1 else piece
    return [cell.removeprefix(" ").removesuffix(" ").strip(" ") for cell in cells]


def test_the_answers_under_test_are_of_every_type(store: Store) -> None:
    untried = sorted(set(QUESTIONS) - {answer.command for answer in everything(store)})
    assert not untried, f"everything() gives no answer of {', '.join(untried)}"


texts = st.text(st.characters(codec="utf-8"), min_size=1, max_size=30).filter(lambda text: not text[0].isspace())


@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from(HOSTILE) | texts, min_size=1, max_size=20))
@example(HOSTILE[::-1])
@pytest.mark.slow
def test_all_formats_carry_the_same_content_whatever_it_is(data: list[str]) -> None:
    carried(data)


def test_all_formats_carry_the_same_content() -> None:
    carried(HOSTILE)


def carried(data: list[str]) -> None:
    """Check that every format has all that is in ``data``."""
    base = FactBase.model_validate_json(json.dumps(words(cycle(data), DOCUMENT)))
    for answer in everything(Store.of(base)):
        check_jsonl(answer)
        check_csv(answer)
        check_tsv(answer)
        check_markdown(answer)


def items(cell: Cell) -> tuple[Scalar, ...]:
    assert isinstance(cell, tuple)
    return cell


def test_a_row_of_a_fact_holds_the_fact(store: Store) -> None:
    answer = psfacts.fact(*[one.id for one in store.facts], store=store)
    (table,) = tables(answer)
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    for fact, row in zip(answer.facts, rows, strict=True):
        same = (
            "id",
            "kind",
            "statement",
            "entities",
            "context",
            "topics",
            "standing",
            "asserted_by",
            "errata",
            "keywords",
        )
        assert {key: row[key] for key in same} == {key: getattr(fact, key) for key in same}
        own = ("title", "subject", "predicate", "object", "indicator", "value")
        assert {key: row[key] for key in own} == {key: getattr(fact, key, None) for key in own}
        when = (fact.when.text, fact.when.earliest, fact.when.latest, fact.when.inferred) if fact.when else (None,) * 4
        assert tuple(row[key] for key in ("when", "earliest", "latest", "inferred")) == when
        places = zip(*(items(row[key]) for key in ("source", "section", "section_title", "paragraph")), strict=True)
        assert [*places] == [(one.source, one.section, one.title, one.paragraph) for one in answer.locators[fact.id]]
        assert row["evidence"] == tuple(f"{one.source}#char={one.start},{one.end}" for one in fact.evidence)
        assert row["sha256"] == tuple(one.sha256 for one in fact.evidence)


def test_no_number_goes_without_its_unit_period_standing_section_and_id(store: Store) -> None:
    for answer in everything(store):
        for table in tables(answer):
            for row in (dict(zip(table.columns, row, strict=True)) for row in table.rows):
                if isinstance(row.get("value"), int | float):
                    needed = ("unit", "when", "earliest", "latest", "standing", "section", "id")
                    assert [key for key in needed if row[key] in (None, ())] == []


def test_a_country_on_which_the_source_is_silent_has_a_row_without_a_value(store: Store) -> None:
    comparison = psfacts.compare("grain", store=store)
    (table,) = tables(comparison)
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    assert {row["country"] for row in rows if row["value"] is None} == set(comparison.silent)
    assert {row["indicator"] for row in rows} == {"grain"}


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (-3, "-3"),
        (-2.5, "-2.5"),
        (10**400, str(10**400)),
        ("-3", "'-3"),
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        (("@a", "b"), "'@a; b"),
        (("a", "=b"), "a; =b"),
        (("a", None), "a; "),
        (True, "true"),
        (None, ""),
        ((), ""),
        (date(2030, 1, 2), "2030-01-02"),
    ],
)
def test_formulas_are_defused_and_numbers_never(cell: Cell, text: str) -> None:
    assert flat.defused(cell) == text


PARTS = re.compile(r'"((?:[^"]|"")*)"(?=[,;\t]|\r\n)|([^,;\t\r\n]*)')
"""A cell as LibreOffice reads it, which parts cells at commas, semicolons and tabs unless told otherwise."""


def parted(text: str) -> list[list[str]]:
    """Read CSV as LibreOffice does."""
    records: list[list[str]] = [[]]
    place = 0
    while place < len(text):
        found = PARTS.match(text, place)
        assert found
        records[-1].append((found[1] or found[2] or "").replace('""', '"'))
        place = found.end()
        if text.startswith("\r\n", place):
            records.append([])
            place += 1
        place += 1
    return records[:-1]


@pytest.mark.parametrize("text", [*HOSTILE, "a;=1+41;b", "a\t=1+41\tb", 'a";"=1+41', 'a,"=1+41"', "\t=1", "a;b", "1;2"])
def test_a_text_stays_one_cell_where_commas_semicolons_and_tabs_part_cells(text: str) -> None:
    made = "".join(flat.csv_lines(("a", "b", "c"), [(1, text, ("x", text)), (None, 2.5, text)]))
    assert parted(made) == list(csv.reader(StringIO(made, newline=""), strict=True))


@pytest.mark.parametrize("text", ["a;=1+41;b", "a,@SUM(A1)", 'a;"=1+41', "a;＝1", "a;-1+2"])
def test_a_spreadsheet_finds_no_formula_in_tab_separated_values(text: str) -> None:
    made = "".join(flat.tsv_lines(("a", "b"), [(text, text)]))
    assert parted(made.replace("\n", "\r\n")) == [["a", "b"], [text, text]]


def test_tab_separated_values_are_plain_unless_that_would_mislead() -> None:
    texts = ("a; b", "x, y", 'say "hi"', '"The Fall" of Cland', '"', "")
    made = "".join(flat.tsv_lines(("a", "b", "c", "d", "e", "f"), [texts]))
    assert made == 'a\tb\tc\td\te\tf\na; b\tx, y\tsay "hi"\t"""The Fall"" of Cland"\t""""\t\n'


def test_a_record_of_one_empty_cell_is_a_record() -> None:
    for made in (flat.csv_lines(("a",), [(None,), ("x",)]), flat.tsv_lines(("a",), [(None,), ("x",)])):
        text = "".join(made)
        assert list(csv.reader(StringIO(text, newline=""))) == [["a"], [""], ["x"]]


def test_csv_is_quoted_by_rfc_4180() -> None:
    made = flat.csv_lines(("a", "b"), [('say "hi"', "x,\ny"), (1, None)])
    assert "".join(made) == 'a,b\r\n"say ""hi""","x,\ny"\r\n1,\r\n'


def test_markdown_shows_markup_as_text() -> None:
    made = flat.markdown_lines(("a", "n", "none"), [("x|y\n**z** @me #1 <i>", 1, None), ("\x1b", 20, ())])
    assert "".join(made) == (
        "| a | n |\n| --- | ---: |\n| x\\|y<br>\\*\\*z\\*\\* @<!-- -->me #<!-- -->1 \\<i\\> | 1 |\n| \\\\x1b | 20 |\n"
    )


@pytest.mark.parametrize("form", FLAT)
def test_every_command_answers_in_every_format(cli: Cli, call: Call, form: str) -> None:
    done = cli(*call.arguments, "--format", form, code=call.code)
    assert (done.stdout[-1:], done.stderr) == ("\n", "")
    assert len(done.stdout.splitlines()) > (0 if form == "jsonl" else 1)


def test_json_is_short_for_the_format(cli: Cli, call: Call) -> None:
    options = (["--json"], ["--format", "json"], ["--format=json", "--json"])
    said = [cli(*call.arguments, *given, code=call.code).stdout for given in options]
    assert said[0] == said[1] == said[2]


@pytest.mark.parametrize("options", [["--json", "--format", "csv"], ["--format", "csv", "--json"]])
def test_formats_that_contradict_each_other_are_refused_before_anything_is_read(
    cli: Cli, call: Call, options: list[str], tmp_path: Path
) -> None:
    done = cli(*call.arguments, *options, code=2, env={"PSFACTS_DATA": str(tmp_path / "missing.json")})
    message = "--json and --format csv contradict each other"
    assert (done.stdout, json.loads(done.stderr)["error"]["message"]) == ("", message)


def test_an_unknown_format_is_said_in_one_line(cli: Cli) -> None:
    formats = "table, json, jsonl, csv, tsv, markdown, svg, vega-lite or timelinejs"
    said = f"psfacts: --format cannot be 'xml' (give {formats})\n"
    assert cli("countries", "--format", "xml", code=2).stderr == said


@pytest.mark.parametrize("options", [["--format", "json"], ["--format=jsonl"], ["--json"]])
def test_errors_are_json_where_answers_are(cli: Cli, options: list[str]) -> None:
    done = cli("country", "belmarra", *options, code=3)
    assert json.loads(done.stderr)["error"]["code"] == "not-found"


def test_errors_are_a_line_where_answers_are_csv(cli: Cli) -> None:
    assert cli("country", "belmarra", "--format", "csv", code=3).stderr.startswith("psfacts: no country")


def test_a_style_of_citation_is_no_table(cli: Cli) -> None:
    done = cli("cite", "grain-corvia-2030", "--style", "bibtex", "--format", "csv", code=2)
    said = "psfacts: --style bibtex is a format of its own (leave out --style or --format csv)\n"
    assert (done.stdout, done.stderr) == ("", said)


@pytest.mark.parametrize("form", ["csv", "tsv", "markdown", "jsonl"])
def test_a_stream_without_unicode_gets_escapes_that_mean_nothing(cli: Cli, form: str) -> None:
    said = cli("country", "corvia", "--format", form, env=ASCII).stdout
    full = cli("country", "corvia", "--format", form).stdout
    assert said.isascii()
    if form == "jsonl":
        assert list(map(json.loads, said.splitlines())) == list(map(json.loads, full.splitlines()))
    else:
        assert said == full.encode("ascii", "backslashreplace").decode()


def test_a_file_of_any_name_is_named(cli: Cli, tmp_path: Path) -> None:
    file = os.fsencode(tmp_path) + b"/ \xff\n.json"
    Path(os.fsdecode(file)).write_text("{}", encoding="utf-8")
    for form in ("table", "json", *FLAT):
        assert r"\udcff" in cli("validate", file, "--format", form, code=4).stdout.replace("\\\\", "\\").replace(
            "\n", ""
        )


def test_csv_reaches_a_file_with_its_line_ends(fiction_path: Path) -> None:
    asked = [*program(), "countries", "--format", "csv"]
    done = subprocess.run(asked, env=environment(fiction_path), capture_output=True, check=True)
    head, *_ = done.stdout.split(b"\r\n")
    assert head == b"id,name,alpha2,alpha3,numeric,capital,regions,memberships,membership_facts,facts"
    assert done.stdout.count(b"\n") == done.stdout.count(b"\r\n")
