"""What other programs make of our files. They come with the extra ``clients``; without it these tests are left out.

    pip install -e '.[dev,clients]' && pytest tests/test_clients.py

Each program runs in a process of its own, so that its warnings are its own too.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from csv import reader as rows_of
from html import unescape
from importlib.util import find_spec
from pathlib import Path
from typing import cast

import pytest

import psfacts
from psfacts.exporting import Kind
from psfacts.exporting.export import export
from psfacts.model import FactBase
from psfacts.render import flat
from psfacts.render.json import answer as as_json
from psfacts.store.store import Store

pytestmark = pytest.mark.slow


SCHEMAS = Path(__file__).parents[2] / "docs" / "schema"


def needs(package: str, extra: str = "clients") -> pytest.MarkDecorator:
    """Leave a test out where a package is not installed."""
    reason = f"{package} is not installed; it comes with the extra {extra!r}"
    return pytest.mark.skipif(find_spec(package) is None, reason=reason)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, store: Store) -> Path:
    """Write the fictional base for other programs."""
    made = tmp_path_factory.mktemp("clients")
    export(made / "base.db", format=Kind.DB, store=store)
    export(made / "base.jsonl", format=Kind.JSONL, store=store)
    export(made / "facts.csv", format=Kind.CSV, store=store)
    (made / "country.json").write_text(as_json(psfacts.country("corvia", store=store)), encoding="utf-8")
    (made / "search.json").write_text(as_json(psfacts.search("harbour", store=store)), encoding="utf-8")
    if find_spec("pyarrow"):
        export(made / "facts.parquet", format=Kind.PARQUET, store=store)
    return made


def run(folder: Path, *command: str) -> str:
    """Run a program in the folder of the files and give what it prints."""
    env = {**os.environ, "PYTHONWARNINGS": "ignore", "PYSPARK_PYTHON": sys.executable}
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def python(folder: Path, code: str) -> object:
    """Run ``code`` and read the JSON that it prints last."""
    return json.loads(run(folder, sys.executable, "-c", code).splitlines()[-1])


@needs("duckdb")
@needs("pyarrow")
def test_duckdb_reads_parquet(folder: Path) -> None:
    code = """
import duckdb, json
sql = "SELECT subject, number FROM 'facts.parquet' WHERE indicator = 'grain' ORDER BY number DESC"
print(json.dumps(duckdb.sql(sql).fetchall()))
"""
    assert python(folder, code) == [["belmara", 40.0], ["belmara", 35.0], ["corvia", 25.5]]


@needs("duckdb")
def test_duckdb_reads_json_lines(folder: Path) -> None:
    code = """
import duckdb, json
sql = '''SELECT record.kind, count(*) FROM read_json('base.jsonl', union_by_name = true)
    WHERE list = 'facts' GROUP BY 1 ORDER BY 1'''
print(json.dumps(duckdb.sql(sql).fetchall()))
"""
    assert python(folder, code) == [["claim", 3], ["event", 4], ["observation", 10], ["relation", 1]]


@needs("duckdb")
@needs("duckdb_extensions")
def test_duckdb_reads_the_database(folder: Path, store: Store) -> None:
    code = """
import duckdb, json
from duckdb_extensions import import_extension
base = duckdb.connect()
import_extension("sqlite_scanner", con=base)
base.execute("LOAD sqlite_scanner")
base.execute("ATTACH 'base.db' AS base (TYPE sqlite)")
sql = (
    "SELECT count(id) FROM base.facts",
    "SELECT subject, avg(number) FROM base.observations WHERE indicator LIKE 'Grain%' GROUP BY 1 ORDER BY 1",
    "SELECT subject, category FROM base.facts WHERE indicator = 'ship-ban-vote' ORDER BY 1",
    "SELECT count(*) FROM base.timeline",
)
print(json.dumps([base.execute(one).fetchall() for one in sql]))
"""
    votes = [[fact.subject, fact.value] for fact in store.observations(indicators=["ship-ban-vote"])]
    grain = [["Belmara", 37.5], ["Corvia", 25.5]]
    assert python(folder, code) == [[[18]], grain, sorted(votes), [[4]]]


@needs("pyspark", "spark")
def test_spark_reads_json_lines(folder: Path) -> None:
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java, which is not installed")
    code = """
import json
from pyspark.sql import SparkSession
spark = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()
facts = spark.read.json("base.jsonl").where("list = 'facts'")
print()
print(json.dumps(sorted(map(list, facts.groupBy("record.kind").count().collect()))))
"""
    assert python(folder, code) == [["claim", 3], ["event", 4], ["observation", 10], ["relation", 1]]


@needs("sqlite_utils")
def test_sqlite_utils_reads_views_and_searches(folder: Path) -> None:
    utils = (sys.executable, "-m", "sqlite_utils")
    (row,) = json.loads(run(folder, *utils, "base.db", "SELECT * FROM observations WHERE fact = 'grain-corvia-2030'"))
    assert (row["subject"], row["value"], row["unit"], row["section"]) == (
        *("Corvia", 25.5, "% of food supply", "Trade falls"),
    )
    found = json.loads(run(folder, *utils, "base.db", "SELECT id FROM fact_text WHERE fact_text MATCH 'harbour'"))
    assert {"id": "moren-harbours"} in found


@needs("sqlite_utils")
@pytest.mark.parametrize(
    ("table", "words", "key"),
    [("facts", "harbours", "moren-harbours"), ("entities", "BX", "belmara"), ("facts", "vote", "vote-corvia")],
)
def test_sqlite_utils_searches_tables(folder: Path, table: str, words: str, key: str) -> None:
    utils = (sys.executable, "-m", "sqlite_utils")
    assert key in [row["id"] for row in json.loads(run(folder, *utils, "search", "base.db", table, words, "-c", "id"))]


@needs("datasette")
def test_datasette_serves_tables_and_views(folder: Path) -> None:
    datasette = (sys.executable, "-m", "datasette", "base.db", "--get")
    answer = json.loads(run(folder, *datasette, "/base/timeline.json?_shape=array"))
    assert [one["fact"] for one in answer][:2] == ["skell-secession-1998", "strait-closed-2031"]
    (fact,) = json.loads(run(folder, *datasette, "/base/facts.json?_shape=array&id=vote-corvia&_labels=on"))
    assert fact["subject"] == {"value": "corvia", "label": "Corvia"}


@needs("datasette")
def test_datasette_shows_a_base_as_people_look_at_it(folder: Path, fiction_base: FactBase) -> None:
    licensed = Store.of(fiction_base.model_copy(update={"license": "CC-BY-4.0"}))
    export(folder / "metadata.json", format="datasette", store=licensed)
    datasette = (sys.executable, "-m", "datasette", "base.db", "--metadata", "metadata.json", "--get")
    base = json.loads(run(folder, *datasette, "/base.json"))
    shown = {table["name"] for table in base["tables"] if not table["hidden"]}
    assert shown == {"entities", "errata", "facts", "indicators", "sections", "sources", "topics", "uncited"}
    page = run(folder, *datasette, "/base")
    assert f'href="{fiction_base.sources[0].url}"' in page
    assert 'href="https://spdx.org/licenses/CC-BY-4.0.html"' in page
    for query in base["queries"]:
        blanks = "name=moren&indicator=grain&since=2031-01-01&until="
        assert json.loads(run(folder, *datasette, f"/base/{query['name']}.json?{blanks}&_shape=array"))


@needs("datasette")
def test_datasette_searches_and_counts(folder: Path, store: Store) -> None:
    export(folder / "metadata.json", format="datasette", force=True, store=store)
    datasette = (sys.executable, "-m", "datasette", "base.db", "--metadata", "metadata.json", "--get")
    for table, words, key in (("facts", "harbour", "moren-harbours"), ("entities", "BX", "belmara")):
        assert 'name="_search"' in run(folder, *datasette, f"/base/{table}")
        found = json.loads(run(folder, *datasette, f"/base/{table}.json?_shape=array&_search={words}"))
        assert key in [row["id"] for row in found]
    facts = json.loads(run(folder, *datasette, "/base/facts.json"))
    facets = facts["facet_results"]
    assert {"kind", "standing", "topics", "asserted_by", "subject", "indicator"} <= set(facets)
    counted = {row["value"]: row["count"] for row in facets["topics"]["results"]}
    topics = [topic for fact in store.facts for topic in fact.topics]
    assert all(topics.count(topic) == times for topic, times in counted.items())
    assert "Corvia" in [row["label"] for row in facets["subject"]["results"]]


@needs("pandas")
def test_pandas_reads_the_database(folder: Path) -> None:
    code = """
import json, pandas, sqlite3
sql = "SELECT subject, value FROM observations WHERE indicator LIKE 'Grain%'"
frame = pandas.read_sql(sql, sqlite3.connect("base.db"))
print(json.dumps(frame.groupby("subject")["value"].max().to_dict()))
"""
    assert python(folder, code) == {"Belmara": 40.0, "Corvia": 25.5}


@needs("pandas")
def test_pandas_reads_numbers_and_words_of_csv(folder: Path) -> None:
    code = """
import json, pandas
facts = pandas.read_csv("facts.csv").set_index("id")
grain = facts[facts["indicator"] == "grain"]
print(json.dumps([facts["inferred"].dropna().isin([True, False]).all().item(), grain["value"].astype(float).to_dict()]))
"""
    values = {"grain-belmara-2029": 35.0, "grain-belmara-2030": 40.0, "grain-corvia-2030": 25.5}
    assert python(folder, code) == [True, values]


@pytest.fixture(scope="module")
def codes(folder: Path, fiction_base: FactBase) -> Store:
    """Write, as CSV and TSV, codes and words that programs take for numbers, for nothing, or for more than a cell."""
    entities = [
        entity.model_copy(update={"iso": entity.iso.model_copy(update={"alpha2": "NA", "numeric": "051"})})
        if entity.id == "corvia" and entity.iso
        else entity
        for entity in fiction_base.entities
    ]
    indicators = [
        indicator.model_copy(update={"categories": (*indicator.categories, "None")})
        for indicator in fiction_base.indicators
    ]
    texts = iter(['"The Fall" of Corvia', "5 harbours;=1+41;and more", "a,@SUM(A1)", '"One mark only'])
    facts = [
        fact.model_copy(update={"title": next(texts, fact.title)})
        if fact.kind == "event"
        else fact.model_copy(update={"value": "None"} if fact.id == "vote-corvia" else {})
        for fact in fiction_base.facts
    ]
    update = {"entities": tuple(entities), "indicators": tuple(indicators), "facts": tuple(facts)}
    store = Store.of(fiction_base.model_copy(update=update))
    answers = {"countries": psfacts.countries(store=store), "votes": psfacts.compare("ship-ban-vote", store=store)}
    answers["timeline"] = psfacts.timeline(store=store)
    for name, answer in answers.items():
        (folder / f"{name}.csv").write_bytes(flat.csv(answer).encode())
        (folder / f"{name}.tsv").write_bytes(flat.tsv(answer).encode())
    return store


@needs("pandas")
@pytest.mark.usefixtures("codes")
def test_pandas_keeps_codes_and_words_as_they_are(folder: Path) -> None:
    code = """
import json, pandas
countries = pandas.read_csv("countries.csv", dtype={"numeric": str}, keep_default_na=False, na_values=[""])
votes = pandas.read_csv("votes.csv", dtype=str, keep_default_na=False).set_index("country")
corvia = countries.set_index("id").loc["corvia"]
print(json.dumps([corvia["alpha2"], corvia["numeric"], int(corvia["facts"]), votes.loc["corvia", "value"]]))
"""
    alpha2, numeric, facts, vote = cast(list[object], python(folder, code))
    assert (alpha2, numeric, vote) == ("NA", "051", "None")
    assert isinstance(facts, int)


@needs("duckdb")
@pytest.mark.usefixtures("codes")
def test_duckdb_keeps_codes_and_words_as_they_are(folder: Path) -> None:
    code = """
import duckdb, json
countries = "SELECT alpha2, numeric FROM read_csv('countries.csv', types = {'numeric': 'VARCHAR'}) WHERE id = 'corvia'"
votes = "SELECT value FROM read_csv('votes.csv') WHERE country = 'corvia'"
print(json.dumps([*duckdb.sql(countries).fetchall()[0], *duckdb.sql(votes).fetchall()[0]]))
"""
    assert python(folder, code) == ["NA", "051", "None"]


OFFICE = shutil.which("soffice") or shutil.which("libreoffice")


def opened(folder: Path, name: str, reading: str) -> list[list[str]]:
    """Return the cells that LibreOffice makes of a file; ``reading`` is what its dialogue is told."""
    if not OFFICE:
        pytest.skip("LibreOffice is not on this machine")
    given = [f"-env:UserInstallation=file://{folder}/profile", "--headless", f"--infilter={CALC}:{reading}"]
    run(folder, OFFICE, *given, "--convert-to", f"csv:{CALC}:124,34,76", "--outdir", "opened", name)
    with (folder / "opened" / name).with_suffix(".csv").open(encoding="utf-8", newline="") as file:
        return list(rows_of(file, delimiter="|"))


CALC = "Text - txt - csv (StarCalc)"
DEFAULT = "44/59/9,34,76,1"
"""Cells parted at commas, semicolons and tabs, as LibreOffice does unless told otherwise."""


@pytest.mark.parametrize("name", ["timeline.csv", "timeline.tsv"])
def test_libreoffice_runs_nothing(folder: Path, codes: Store, name: str) -> None:
    cells = {cell for row in opened(folder, name, DEFAULT) for cell in row}
    titles = {event.title for event in codes.facts if event.kind == "event"}
    assert "5 harbours;=1+41;and more" in titles
    assert titles <= cells
    assert not {"42", "#NAME?", "Err:508"} & cells


@pytest.mark.usefixtures("codes")
def test_libreoffice_keeps_codes_where_quoted_fields_are_text(folder: Path) -> None:
    head, *rows = opened(folder, "countries.csv", f"{DEFAULT},,0,true")
    (corvia,) = [dict(zip(head, row, strict=True)) for row in rows if row[0] == "corvia"]
    assert (corvia["alpha2"], corvia["numeric"]) == ("NA", "051")


@pytest.mark.skipif(not shutil.which("sqlite3"), reason="the shell of SQLite is not on this machine")
def test_sqlite_reads_every_line_of_tab_separated_values(folder: Path, codes: Store) -> None:
    (folder / "tsv.db").unlink(missing_ok=True)
    said = run(folder, "sqlite3", "tsv.db", ".mode tabs", ".import timeline.tsv t", "SELECT id || ' ' || title FROM t")
    events = psfacts.timeline(store=codes).events
    assert said.splitlines() == [f"{event.id} {event.title}" for event in events]


def test_cut_and_awk_read_every_line_of_tab_separated_values(folder: Path, codes: Store) -> None:
    ids = [event.id for event in psfacts.timeline(store=codes).events]
    assert run(folder, "cut", "-f1", "timeline.tsv").splitlines()[1:] == ids
    assert run(folder, "awk", "-F\t", "NR > 1 {print $1}", "timeline.tsv").splitlines() == ids


@needs("pyexcel")
def test_a_spreadsheet_takes_cells_for_what_they_are(folder: Path, fiction_base: FactBase) -> None:
    first = fiction_base.facts[0].model_copy(update={"statement": '=HYPERLINK("x"), "twice"\nand a line'})
    changed = fiction_base.model_copy(update={"facts": (first, *fiction_base.facts[1:])})
    export(folder / "formula.csv", format=Kind.CSV, store=Store.of(changed))
    code = """
import json, pyexcel
rows = {row["id"]: row for row in pyexcel.get_records(file_name="formula.csv")}
print(json.dumps([len(rows), rows["KEY"]["statement"], rows["grain-corvia-2030"]["value"]], default=str))
""".replace("KEY", first.id)
    assert python(folder, code) == [len(fiction_base.facts), '\'=HYPERLINK("x"), "twice"\nand a line', 25.5]


@needs("jq")
def test_jq_finds_every_statement_wherever_it_stands(folder: Path, store: Store) -> None:
    code = """
import json, jq
text = open("country.json", encoding="utf-8").read()
print(json.dumps(jq.compile("[.. | .statement? | strings]").input_text(text).first()))
"""
    profile = psfacts.country("corvia", store=store)
    facts = (*profile.observations, *profile.events, *profile.relations, *profile.claims)
    assert python(folder, code) == [fact.statement for fact in facts]


@needs("check_jsonschema")
@pytest.mark.parametrize("command", ["country", "search"])
def test_check_jsonschema_finds_an_answer_as_its_schema_has_it(folder: Path, command: str) -> None:
    check = (sys.executable, "-m", "check_jsonschema")
    run(folder, *check, "--check-metaschema", str(SCHEMAS / f"{command}.json"))
    run(folder, *check, "--schemafile", str(SCHEMAS / f"{command}.json"), f"{command}.json")
    (folder / "wrong.json").write_text("{}", encoding="utf-8")
    with pytest.raises(AssertionError):
        run(folder, *check, "--schemafile", str(SCHEMAS / f"{command}.json"), "wrong.json")


@needs("altair")
@needs("vl_convert")
@pytest.mark.parametrize("asked", ["compare('remittances')", "timeline()", "timeline('moldova')"])
def test_vega_lite_draws_the_charts(folder: Path, asked: str) -> None:
    code = f"""
import altair, json, pathlib, psfacts, vl_convert
from jsonschema import Draft7Validator
from psfacts.render import charts
spec = json.loads(charts.vega_lite(psfacts.{asked}))
(schema,) = pathlib.Path(altair.__file__).parent.glob('vegalite/v*/schema/vega-lite-schema.json')
problems = [problem.message for problem in Draft7Validator(json.loads(schema.read_text())).iter_errors(spec)]
drawn = vl_convert.vegalite_to_svg(spec)
print(json.dumps([problems, drawn, [str(row.get('country') or row['event']) for row in spec['data']['values']]]))
"""
    found = python(folder, code)
    assert isinstance(found, list)
    problems, drawn, told = found
    assert problems == []
    assert all(unescape(drawn).count(words) for words in told)
    assert "undefined" not in drawn
    assert "NaN" not in drawn
