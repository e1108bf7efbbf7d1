"""Measure what bases of 1 k to 1 M facts cost. The bases are kept in a folder, and made where they are not there."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from statistics import median

from timing import Command, Cost

import psfacts
from generate import write
from psfacts.model import LISTS
from psfacts.store.tables import FILE_INDEXES, LOOKUPS, TABLES

COUNTRY = "w000003-country-05"
PSFACTS = str(Path(sys.executable).with_name("psfacts"))
LARGEST_JSON = 100_000

EXPORTS = 3
"""How often an export is run; one of more than LARGEST_JSON facts only once."""


def base(work: Path, count: int, ending: str) -> Path:
    """Return the file of a base, made if it is not there."""
    path = work / f"base-{count}.{ending}"
    if not path.exists():
        if ending == "db":
            command = [PSFACTS, "export", str(path), "--data", str(base(work, count, "jsonl"))]
            subprocess.run(command, check=True, stdout=sys.stderr)  # noqa: S603 -- our own command
        else:
            write(count, path)
    return path


def lookups(work: Path, sizes: Sequence[int], runs: int) -> None:
    """Print what one answer costs in a fresh process."""
    print(
        "| facts | file | `country X --json`, s | of the built-in | peak, MiB | `json.load`, s | answer / `json.load` |"
    )
    print("|---:|---|---:|---:|---:|---:|---:|")
    for count in sizes:
        ask = [PSFACTS, "country", COUNTRY, "--json", "--data"]
        built_in = [PSFACTS, "country", "moldova", "--json"]
        files = [base(work, count, "db"), *([base(work, count, "json")] if count <= LARGEST_JSON else [])]
        for path in files:
            load = [sys.executable, "-c", f"import json; json.load(open({str(path)!r}, encoding='utf-8'))"]
            is_json = path.suffix == ".json"
            often = max(3, runs // 4) if count >= LARGEST_JSON and is_json else runs
            commands = [built_in, [*ask, str(path)], *([load] if is_json else [])]
            plain, asked, *loaded = Cost.of_turns([Command(one) for one in commands], often)
            seconds = f"{loaded[0].seconds:.3f} | {asked.seconds / loaded[0].seconds:.2f}" if loaded else "– | –"
            times = asked.seconds / plain.seconds
            mib = path.stat().st_size / 2**20
            cells = f"{asked.seconds:.3f} | {times:.2f} | {asked.mib:.0f} | {seconds}"
            print(f"| {count:,} | {path.suffix}, {mib:,.0f} MiB | {cells} |", flush=True)


QUESTIONS = (
    ("harbour",),
    ("the", "harbour", "and", "the", "grain", "of", "the", "coast", "after", "months", "of", "quarrels"),
    ("spring", "2024"),
    ("amber", "league", "embargo"),
    ("how", "many", "tourists", "in", "2023"),
)
"""Searches of a generated base, its commonest words among them."""


def searches(work: Path, sizes: Sequence[int], runs: int) -> None:
    """Print what a search costs in a fresh process, beside one in the built-in base."""
    print("| facts | search of a .db, s | of the built-in |")
    print("|---:|---:|---:|")
    built_in = [PSFACTS, "search", "kazakhstan", "inflation", "--json"]
    for count in sizes:
        path = base(work, count, "db")
        asked = [[PSFACTS, "search", *words, "--json", "--data", str(path)] for words in QUESTIONS]
        plain, *costs = Cost.of_turns([Command(words) for words in (built_in, *asked)], runs)
        slowest = max(cost.seconds for cost in costs)
        print(f"| {count:,} | {slowest:.3f} | {slowest / plain.seconds:.2f} |", flush=True)


def within(work: Path, sizes: Sequence[int]) -> None:
    """Print what loading and further answers cost within one process."""
    print("| facts | file | `load`, ms | `country`, ms | `fact`, ms | `timeline X`, ms | `compare X INDICATOR`, ms |")
    print("|---:|---|---:|---:|---:|---:|---:|")
    for count in sizes:
        for ending in ("db", "json") if count <= LARGEST_JSON else ("db",):
            path, store = base(work, count, ending), None  # what was loaded before goes before the clock starts
            started = time.perf_counter()
            store = psfacts.load(path)
            loaded = time.perf_counter() - started
            keys = [f"w{world:06}" for world in range(min(6, count // 150))]
            ask = _questions(store)
            cells = " | ".join(f"{1000 * _median(one, keys):.1f}" for one in ask)
            print(f"| {count:,} | .{ending} | {1000 * loaded:,.1f} | {cells} |", flush=True)


def _questions(store: psfacts.Store) -> list[Callable[[str], object]]:
    """Return the questions that are timed, each about one world."""
    return [
        lambda world: psfacts.country(f"{world}-country-05", store=store),
        lambda world: psfacts.fact(f"{world}-fact-007", store=store),
        lambda world: psfacts.timeline(f"{world}-country-04", store=store),
        lambda world: psfacts.compare("inflation", f"{world}-region-1", store=store),
    ]


def _median(ask: Callable[[str], object], keys: Sequence[str]) -> float:
    """Return the median of how long ``ask`` takes, asked once about each of ``keys``."""
    times = []
    for key in keys:
        started = time.perf_counter()
        ask(key)
        times.append(time.perf_counter() - started)
    return median(times)


def exports(work: Path, sizes: Sequence[int], others: Path) -> None:
    """Print what making a .db costs, and what sqlite-utils takes for the same rows, indexes and full text."""
    print("| facts | `psfacts export`, s | peak, MiB | sqlite-utils, s | sqlite-utils / psfacts |")
    print("|---:|---:|---:|---:|---:|")
    for count in sizes:
        with tempfile.TemporaryDirectory(dir=work) as folder:
            made, theirs = Path(folder) / "made.db", Path(folder) / "theirs.db"
            rows = _rows(base(work, count, "db"), Path(folder))
            ours: list[Cost] = []
            other: list[float] = []
            for _ in range(1 if count > LARGEST_JSON else EXPORTS):
                made.unlink(missing_ok=True)
                export = [PSFACTS, "export", str(made), "--data", str(base(work, count, "jsonl"))]
                ours.append(Cost.of(Command(export)))
                theirs.unlink(missing_ok=True)
                other.append(
                    sum(Cost.of(Command([str(others / "sqlite-utils"), *one])).seconds for one in _like(theirs, rows))
                )
            seconds, mib, likewise = median(one.seconds for one in ours), max(one.mib for one in ours), median(other)
            print(f"| {count:,} | {seconds:.1f} | {mib:.0f} | {likewise:.1f} | {likewise / seconds:.1f} |", flush=True)


def _rows(path: Path, folder: Path) -> dict[str, Path]:
    """Write the rows of each table of a .db as JSON lines, which is what sqlite-utils starts from."""
    files = {}
    with closing(sqlite3.connect(path)) as database:
        database.row_factory = sqlite3.Row
        for table in (*TABLES, *LOOKUPS):
            files[table] = folder / f"{table}.jsonl"
            with files[table].open("w", encoding="utf-8") as file:
                for row in database.execute(f"SELECT * FROM {table}"):  # noqa: S608 -- our own names
                    file.write(json.dumps(dict(row), ensure_ascii=False) + "\n")
    return files


def _like(path: Path, rows: dict[str, Path]) -> list[list[str]]:
    """Return the calls of sqlite-utils that make the same tables, indexes and full text, checking nothing."""
    keys = {name: ["--pk", "id"] for name in LISTS}
    keys["fact_entities"] = ["--pk", "entity", "--pk", "fact"]
    calls = [["insert", str(path), name, str(file), "--nl", *keys.get(name, [])] for name, file in rows.items()]
    for sql in FILE_INDEXES:
        table, columns = sql.split(" ON ")[1].split(")")[0].split(" (")
        calls.append(["create-index", str(path), table, *columns.split(", "), "--if-not-exists"])
    calls.append(
        [
            "enable-fts",
            str(path),
            "facts",
            "statement",
            "title",
            "topics",
            "time",
            "asserted_by",
            "--fts5",
            "--tokenize",
            "porter",
        ]
    )
    calls.append(["enable-fts", str(path), "entities", "name", "role", "--fts5", "--tokenize", "porter"])
    return calls
