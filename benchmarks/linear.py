"""Time over size, for all that reads texts of any length: ``python benchmarks/linear.py [FACTOR]``.

Each line is one kind of odd input, at a size and at FACTOR times (by default 4) the size, and how much
longer the larger one takes. About FACTOR is proportion; its square is what must not be.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable

from psfacts.article.alignment import Alignment
from psfacts.article.text import normalise, passage
from psfacts.authoring.build import Article
from psfacts.model import Passage
from psfacts.text.dates import Dates
from psfacts.text.names import fold
from psfacts.text.numbers import counted, percentages

SIZE = 40_000
"""Characters of the smaller text."""


def sentences(count: int) -> str:
    """Return a text of so many sentences."""
    return "".join(f"Sentence {number} says that {number * 7919 % 997} ships came. " for number in range(count))


def passages(text: str) -> list[Passage]:
    """Return the sentences of a text as passages."""
    return [passage(text, "s", match.start(), match.end()) for match in re.finditer(r"S[^.]*\. ", text)]


SOURCE = sentences(400)
PASSAGES = passages(SOURCE)


def aligned(copy: str) -> None:
    """Find the passages of SOURCE in a copy, and what was changed."""
    assert Alignment(copy, PASSAGES, len(SOURCE)).stretches is not None  # noqa: S101 -- the work is the point


def aligned_with_itself(text: str) -> None:
    """Find the sentences of a text in a copy in which every tenth is denied."""
    copy = re.sub(r"(Sentence \d*0 says) that", r"\1 not that", text)
    assert Alignment(copy, passages(text), len(text)).stretches is not None  # noqa: S101 -- the work is the point


KINDS: dict[str, tuple[Callable[[str], object], Callable[[int], str]]] = {
    "numbers: a list": (percentages, lambda size: "1, 2, " * (size // 6)),
    "numbers: groups of digits": (counted, lambda size: "1,111," * (size // 6) + "x"),
    "numbers: words": (counted, lambda size: "one hundred and " * (size // 16)),
    "dates: months and blanks": (Dates.of, lambda size: "May" + " " * size + "May"),
    "names: marks out of order": (fold, lambda size: "a" + "\u0315" * (size // 2) + "\u0300" * (size // 2)),
    "article: marks out of order": (
        lambda text: normalise(text.encode()),
        lambda size: "a" + "\u0315" * (size // 2) + "\u0300" * (size // 2),
    ),
    "verify: other words behind": (aligned, lambda size: SOURCE + "lorem ipsum dolor " * (size // 18)),
    "verify: other words in between": (
        aligned,
        lambda size: SOURCE[:5000] + "lorem ipsum dolor " * (size // 18) + SOURCE[5000:],
    ),
    "verify: a tenth, and other words": (aligned, lambda size: SOURCE[:1500] + "lorem ipsum dolor " * (size // 18)),
    "verify: a run of blanks": (aligned, lambda size: SOURCE + " " * size + "x"),
    "verify: quotation marks": (aligned, lambda size: SOURCE + "“" * size),
    "verify: ellipses": (aligned, lambda size: SOURCE[:5000] + "… " * (size // 2) + SOURCE[5000:]),
    "verify: one letter": (aligned, lambda size: SOURCE[:5000] + "a" * size + SOURCE[5000:]),
    "verify: a list of numbers": (aligned, lambda size: SOURCE[:5000] + "1, 2, " * (size // 6) + SOURCE[5000:]),
    "verify: every tenth denied": (aligned_with_itself, lambda size: sentences(size // 40)),
    "verify: edges of words": (aligned, lambda size: "a.b." * (size // 4)),
    "author: an ellipsis": (lambda text: [*Article(text).find("word … end")], lambda size: "word " * (size // 5)),
    "author: words that are alike": (lambda text: [*Article(text).find("a " * 999 + "b")], lambda size: "a " * size),
}


def seconds(work: Callable[[str], object], text: str) -> float:
    """Return the least time of three that ``work`` takes."""
    times = []
    for _ in range(3):
        started = time.process_time()
        work(text)
        times.append(time.process_time() - started)
    return min(times)


def main() -> None:
    """Print a line a kind."""
    factor = int(sys.argv[1]) if len(sys.argv) > 1 else 4
    print(f"{'':34}{SIZE:>10,}{factor * SIZE:>12,}   {factor} times the size takes")
    for name, (work, made) in KINDS.items():
        small, large = (seconds(work, made(size)) for size in (SIZE, factor * SIZE))
        print(f"{name:34}{small:>9.3f}s{large:>11.3f}s   {large / max(small, 1e-4):.1f} times the time")


if __name__ == "__main__":
    main()
