"""The words of questions that ``finding/asked.txt`` holds, counted from ``benchmarks/search/training``."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import chain
from math import log
from pathlib import Path

import psfacts
from psfacts.finding.asked import FILE, STATED
from psfacts.finding.stemming import Stemmer
from psfacts.finding.words import STOP
from psfacts.text.names import fold, without_possessives

ROOT = Path(__file__).parents[1]
TRAINING = ROOT / "benchmarks/search/training"

QUERIES = 58
"""Queries for a fact that counts are scaled to, however many are written for it."""

KEYWORD = 3
"""How many queries a keyword counts as."""

SELDOM = 3
"""Queries that are added to those that have a word, answered or not: what few of them have tells little."""


def files() -> dict[Path, str | None]:
    """Return the file of words and what has to stand in it."""
    answered, unanswered = _queries("answered"), _queries("unanswered")
    facts = [fact for fact in psfacts.load().facts if fact.id in answered]
    told = [f"{fact.statement} {fact.headline}" for fact in facts]
    keywords = [" ".join(fact.keywords) for fact in facts]
    texts = chain(told, keywords, *answered.values(), *unanswered.values())
    every = sorted({word for text in texts for word in _words(text)})
    stems = dict(zip(every, Stemmer().stems(every), strict=True))
    common = {stems[word] for word in STOP.intersection(stems)}
    cells: dict[str, list[str]] = defaultdict(list)
    for at, fact in enumerate(facts):
        counts = _scaled(answered[fact.id], stems)
        for text, worth in ((told[at], STATED), (keywords[at], KEYWORD)):
            for stem in _counted([text], stems):
                counts[stem] = counts.get(stem, 0) + worth
        misses = _scaled(unanswered[fact.id], stems)
        for stem in (counts.keys() | misses.keys()) - common:
            numbers = [round(max(1, counts[stem])) if stem in counts else 0, round(misses.get(stem, 0))]
            cells[stem].append(":".join(map(str, [at, *_short(numbers)])))
    odds = _odds(answered, unanswered, stems)
    lines = (" ".join([stem, str(round(10 * odds.get(stem, 0))), *cells[stem]]) for stem in sorted({*cells, *odds}))
    return {ROOT / "src/psfacts" / FILE: "".join(f"{line}\n" for line in (" ".join(fact.id for fact in facts), *lines))}


def _short(numbers: list[int]) -> list[int]:
    """Return the counts of a cell without those that go without saying."""
    return numbers if numbers[1] else numbers[:1] if numbers[0] != 1 else []


def _scaled(queries: list[str], stems: Mapping[str, str]) -> dict[str, float]:
    return {stem: count * QUERIES / len(queries) for stem, count in _counted(queries, stems).items()}


def _odds(
    answered: Mapping[str, list[str]], unanswered: Mapping[str, list[str]], stems: Mapping[str, str]
) -> dict[str, float]:
    """Return for each stem the logarithm of how much it speaks for a query's being answered."""
    of_answered, of_unanswered = list(chain(*answered.values())), list(chain(*unanswered.values()))
    ratio = len(of_unanswered) / len(of_answered)
    good, bad = _counted(of_answered, stems), _counted(of_unanswered, stems)
    return {stem: log((good[stem] * ratio + SELDOM) / (bad[stem] + SELDOM)) for stem in {*good, *bad}}


def _counted(texts: Iterable[str], stems: Mapping[str, str]) -> Counter[str]:
    """Return in how many of ``texts`` each stem stands."""
    return Counter(stem for text in texts for stem in {stems[word] for word in _words(text)})


def _queries(name: str) -> dict[str, list[str]]:
    queries: dict[str, list[str]] = defaultdict(list)
    for line in (TRAINING / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
        written = json.loads(line)
        queries[written["fact"]] += written["queries"]
    return queries


def _words(text: str) -> list[str]:
    return fold(without_possessives(text)).split()
