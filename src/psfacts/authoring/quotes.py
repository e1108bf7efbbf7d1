"""Finding quotes in an article, and making passages of them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, chain, islice

from psfacts.article.text import passage
from psfacts.errors import InvalidError
from psfacts.model import Passage
from psfacts.text.phrases import quoted
from psfacts.text.visible import visible

ELLIPSIS = "…"
"""Placeholder in a quote, between blanks, for anything between its first and its last words."""

_BLANKS = re.compile(r"[^\S\n]*")

_COUNTED = 20
"""Maximum number of places of a quote to count, so that not all of very many are looked for."""


class Article:
    """An article to find quotes in, regardless of white space between words."""

    def __init__(self, text: str) -> None:
        self.text = text
        words = [*re.finditer(r"\S+", text)]
        self._level = " ".join(word[0] for word in words)
        self._starts = [word.start() for word in words]
        self._places = [0, *accumulate(len(word[0]) + 1 for word in words)]

    def find(self, quote: str) -> Iterator[tuple[int, int]]:
        """Return the start and end of every place that ``quote`` fits, in order, none within another.

        White space in the quote fits any white space. A quote such as ``"In May … Moldova."`` fits from its first
        words to the nearest following last words. The time this takes is in proportion to the article.
        """
        parts = [" ".join(part.split()) for part in _parts(quote)]
        reached = 0
        while True:
            begun = -1
            for number, part in enumerate(parts):
                start = self._next(part, reached, is_first=number == 0, is_last=number == len(parts) - 1)
                if start < 0:
                    return
                begun = start if number == 0 else begun
                reached = start + len(part)
            yield self._offset(begun), self._offset(reached - 1) + 1

    def _next(self, part: str, reached: int, *, is_first: bool, is_last: bool) -> int:
        """Return the next place of ``part``, which neither begins nor ends the quote within a word; -1 for none."""
        start, length = self._level.find(part, reached), len(part)
        while start >= 0 and (
            (is_first and _is_word(self._level[max(0, start - 1) : start + 1]))
            or (is_last and _is_word(self._level[start + length - 1 : start + length + 1]))
        ):
            start = self._level.find(part, start + 1)
        return start

    def _offset(self, place: int) -> int:
        """Convert a place in the words to an offset in the text."""
        word = bisect_right(self._places, place) - 1
        return self._starts[word] + place - self._places[word]


def _parts(quote: str) -> list[str]:
    """Return the parts of a quote between its ellipses."""
    return re.split(rf"(?:^|\s){ELLIPSIS}(?=\s|$)", quote)


def _is_word(pair: str) -> bool:
    """Return whether two neighbouring characters belong to the same word."""
    return len(pair) == 2 and all(letter.isalnum() or letter == "_" for letter in pair)


def locate(article: Article, source: str, quote: str, nth: int | None = None, *, whole: bool = True) -> Passage:
    """Return the passage of ``quote``.

    ``nth`` (from 1) chooses among several places; without it there must be just one. ``whole`` lets the passage run on
    over the blanks that follow in its line, as evidence does; the printed words of an erratum do not.

    Raises InvalidError if the quote has no words, is not found, or is found in several places without ``nth``.
    """
    if nth is not None and nth < 1:
        raise InvalidError(f"nth is at least 1, not {nth}")
    found = [*islice(passages(article, source, quote, whole=whole), nth or _COUNTED + 1)]
    if nth is None and len(found) > 1:
        times = len(found) if len(found) <= _COUNTED else f"more than {_COUNTED}"
        raise InvalidError(f"the article has {quoted(quote)} {times} times", "give more words, or nth")
    if nth is not None and nth > len(found):
        raise InvalidError(f"the article does not have {quoted(quote)} {nth} times")
    return found[-1]


def passages(article: Article, source: str, quote: str, *, whole: bool = True) -> Iterator[Passage]:
    """Yield the passage of every place that ``quote`` fits, as :func:`locate` does.

    There may be as many as the article has words. Raises InvalidError if there is none, or the quote has no words.
    """
    if not all(part.strip() for part in _parts(quote)):
        raise InvalidError(f"{quoted(quote)} has no words, or none on one side of '{ELLIPSIS}'")
    places = article.find(quote)
    first = next(places, None)
    if first is None:
        raise InvalidError(f"the article does not have {quoted(quote)}")
    for start, end in chain([first], places):
        blanks = _BLANKS.match(article.text, end) if whole else None
        yield passage(article.text, source, start, blanks.end() if blanks else end)


def passages_lines(passages: Sequence[Passage], text: str) -> str:
    """Return one line per passage: its start, end and digest, and its words in ``text``."""
    words = [visible(" ".join(text[found.start : found.end].split())) for found in passages]
    return "".join(
        f"{found.start}-{found.end}  {found.sha256}  {shown}\n" for found, shown in zip(passages, words, strict=True)
    )
