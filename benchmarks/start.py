"""Measure what one answer costs from a cold start, beside floors below it and other programs beside it.

The floors are programs of one command on the same three packages (``floors/``), which print a constant or an empty
table. The other programs look up what is said of Moldova in the same data.
"""

from __future__ import annotations

import sys
from pathlib import Path
from shutil import which

from timing import Command, Cost

HERE = Path(__file__).parent
DATA = HERE.parent / "data" / "facts.json"
BIN = Path(sys.executable).parent

_SQL = "SELECT fact, kind, statement, time FROM entity_facts WHERE entity_id = 'moldova'"
_ROWS = "SELECT id, kind, statement FROM facts WHERE '; ' || entities || '; ' LIKE '%; moldova; %'"
_DUCKDB = """
import sys, duckdb
facts = f"(SELECT unnest(facts) AS fact FROM read_json('{sys.argv[1]}', maximum_object_size = 100000000))"
print(duckdb.sql(f"SELECT fact FROM {facts} WHERE list_contains(fact.entities, 'moldova')").fetchall())
"""
_PANDAS = """
import sys, pandas
facts = pandas.read_csv(sys.argv[1])
about = facts[facts.entities.str.split("; ").map(lambda ids: "moldova" in ids)]
print(about.to_json(orient="records"))
"""

TARGETS = {"country moldova --json": 1.10, "country moldova": 1.10, "--help": 1.05, "TAB": 1.10}


def starts(runs: int) -> None:
    """Print what psfacts costs, and what the floor below each of its commands does."""
    floors = {
        "constant": _floor("answer.py", "moldova"),
        "empty table": _floor("page.py", "moldova"),
        "help": _floor("answer.py", "--help"),
        "completion": _completing(_floor("answer.py"), "floor mol"),
    }
    asked = {
        "country moldova --json": (_psfacts("country", "moldova", "--json"), "constant"),
        "compare remittances --json": (_psfacts("compare", "remittances", "--json"), "constant"),
        "search kazakhstan inflation --json": (_psfacts("search", "kazakhstan", "inflation", "--json"), "constant"),
        "country moldova": (_psfacts("country", "moldova"), "empty table"),
        "compare remittances": (_psfacts("compare", "remittances"), "empty table"),
        "search kazakhstan inflation": (_psfacts("search", "kazakhstan", "inflation"), "empty table"),
        "--help": (_psfacts("--help"), "help"),
        "TAB": (_completing(_psfacts(), "psfacts country mol"), "completion"),
    }
    bare = Command([sys.executable, "-c", "pass"])
    costs = Cost.of_turns([bare, *floors.values(), *(command for command, _ in asked.values())], runs)
    nothing, below, ours = costs[0], costs[1 : 1 + len(floors)], costs[1 + len(floors) :]
    floor = dict(zip(floors, below, strict=True))
    print("| `psfacts …` | ms | floor | ms | ratio | target | `python -c pass` |")
    print("|---|---:|---|---:|---:|---:|---:|")
    for (name, (_, under)), cost in zip(asked.items(), ours, strict=True):
        ratio = f"{cost.seconds / floor[under].seconds:.2f}"
        target = f"{TARGETS[name]:.2f}" if name in TARGETS else ""
        times = f"{cost.seconds / nothing.seconds:.1f} ×"
        told = f"`{name}`" if name != "TAB" else "`country mol` TAB"
        print(f"| {told} | {_ms(cost)} | {under} | {_ms(floor[under])} | **{ratio}** | {target} | {times} |")


def peers(runs: int, folder: Path, others: Path) -> None:
    """Print what other programs, installed in ``others``, take for the facts about Moldova."""
    database, rows = folder / "facts.db", folder / "facts.csv"
    for path in (database, rows):
        Cost.of(_psfacts("export", str(path), "--force"))
    python = str(others / "python")
    told = {
        "`psfacts country moldova --json`": _psfacts("country", "moldova", "--json"),
        "`psfacts country moldova --json --data facts.db`": _psfacts(
            "country", "moldova", "--json", "--data", str(database)
        ),
        "jq on facts.json": Command(["jq", '[.facts[] | select(.entities | index("moldova"))]', str(DATA)]),
        "sqlite-utils query on facts.db": Command([str(others / "sqlite-utils"), "query", str(database), _SQL]),
        "sqlite-utils memory on facts.csv": Command([str(others / "sqlite-utils"), "memory", str(rows), _ROWS]),
        "datasette --get on facts.db": Command(
            [str(others / "datasette"), str(database), "--get", "/facts/entity_facts.json?entity_id=moldova"]
        ),
        "visidata, a batch from facts.csv to JSON": Command(
            [str(others / "vd"), "--batch", str(rows), "--output", str(folder / "visidata.json")]
        ),
        "DuckDB in Python on facts.json": Command([python, "-c", _DUCKDB, str(DATA)]),
        "pandas on facts.csv": Command([python, "-c", _PANDAS, str(rows)]),
    }
    told = {name: command for name, command in told.items() if which(command.words[0])}
    costs = Cost.of_turns(list(told.values()), runs)
    print("| program | ms | to psfacts |")
    print("|---|---:|---:|")
    for name, cost in zip(told, costs, strict=True):
        print(f"| {name} | {_ms(cost)} | {cost.seconds / costs[0].seconds:.2f} |")


def _psfacts(*words: str) -> Command:
    return Command([str(BIN / "psfacts"), *words])


def _floor(name: str, *words: str) -> Command:
    return Command([sys.executable, str(HERE / "floors" / name), *words])


def _completing(command: Command, typed: str) -> Command:
    """Have the last word of ``typed`` completed, as bash does when TAB is pressed."""
    program, *words = typed.split()
    variable = f"_{program.upper()}_COMPLETE"
    return Command(command.words, {variable: "complete_bash", "COMP_WORDS": typed, "COMP_CWORD": str(len(words))})


def _ms(cost: Cost) -> str:
    return f"{1000 * cost.seconds:.1f}"
