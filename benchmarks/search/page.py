"""Measure how often the search of the page agrees with ``psfacts search``, in a real Chromium.

``python benchmarks/search/page.py --half dev|test`` prints aggregates only; ``--misses`` lists where they differ, for
dev. It needs the extra ``browser``, and Chromium with its driver.
"""

from __future__ import annotations

import sys
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from run import asked_for

import psfacts
from psfacts.exporting.site.page import page

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parents[1] / "tools")]

import browser  # noqa: E402 -- it stands beside the other tools

FIND = """
const begun = performance.now();
const found = arguments[0].map((words) => find(words).hits.map((fact) => fact.id));
return [found, (performance.now() - begun) / arguments[0].length];
"""


def asked(store: psfacts.Store, queries: Sequence[str]) -> tuple[list[list[str]], float]:
    """Return the ids of what the page finds for each of ``queries``, and the milliseconds that one takes."""
    with tempfile.TemporaryDirectory() as folder, browser.chromium() as chrome:
        path = Path(folder, "facts.html")
        path.write_text(page(store), encoding="utf-8")
        chrome.get(path.as_uri())
        chrome.execute_script("find('warm the indexes upp')")
        found, spent = chrome.execute_script(FIND, list(queries))
    return found, spent


def main() -> None:
    """Print the shares."""
    options, questions = asked_for(__doc__, "where they differ")
    if reason := browser.why_not():
        sys.exit(reason)
    store = psfacts.load()
    found, spent = asked(store, [question["query"] for question in questions])
    same: dict[str, list[bool]] = defaultdict(list)
    for question, hits in zip(questions, found, strict=True):
        ours = [hit.fact.id for hit in psfacts.search(question["query"], store=store).hits]
        if question["answerable"]:
            same["answerable"].append(hits[:1] == ours[:1])
            same[question["style"]].append(hits[:1] == ours[:1])
        elif not ours:
            same["refused by the program"].append(not hits)
        if options.misses and hits[:1] != ours[:1]:
            print(f"{question['query']!r}: the page {hits[:1]}, the program {ours[:1]}")
    print(f"{options.half}: {spent:.1f} ms a query\n\n| | queries | the page agrees |\n|---|--:|--:|")
    for name, agreed in same.items():
        print(f"| {name} | {len(agreed)} | {100 * sum(agreed) / len(agreed):.1f}% |")


if __name__ == "__main__":
    main()
