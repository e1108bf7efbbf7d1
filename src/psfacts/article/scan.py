"""Passages looked for by their digests, and the longest chain of their places that keeps their order."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import compress

from psfacts.model import Passage

_EDGE = re.compile(r"(?<!\w)\w|(?<![^\w\s])[^\w\s]|(?<!\s)\s|\n")
"""Where words, punctuation and blanks begin: passages begin and end there."""

_LINE = re.compile(r"(?m)^[^\S\n]*+(?=\S)")
"""What stands before the first word of a line."""

_LONG = 600
"""Characters above which passages are looked for at the beginnings of lines only."""

_READ_AGAIN = 64
"""How often a text may be read in search of such long ones."""

_PLACES = 16
"""How many places of a passage are weighed, where its words stand often."""

_NONE = -1
"""The number of no candidate."""

Places = dict[Passage, list[int]]
"""Where passages begin in a text."""


def look(text: str, start: int, end: int, passages: Iterable[Passage]) -> Places:
    """Return where in ``text``, from ``start`` to ``end``, each of ``passages`` stands.

    The time this takes is in proportion to the text: it grows with the number of different lengths of passages, up to
    a bound, not with the number of passages.
    """
    wanted: dict[bytes, list[Passage]] = defaultdict(list)
    for passage in passages:
        wanted[bytes.fromhex(passage.sha256)].append(passage)
    lengths = sorted({passage.end - passage.start for found in wanted.values() for passage in found})
    found: dict[bytes, list[int]] = defaultdict(list)
    for place, fitting in _candidates(text, start, end, lengths):
        state, reached = sha256(), place
        for length in fitting:
            state.update(text[reached : place + length].encode())
            reached = place + length
            key = state.digest()
            if key in wanted:
                found[key].append(place)
    return {passage: places for key, places in found.items() for passage, places in _shared(wanted[key], places)}


def _shared(passages: Sequence[Passage], places: Sequence[int]) -> Iterator[tuple[Passage, list[int]]]:
    """Return for each of some passages with the same words the places that it may have by its number among them."""
    in_order = sorted(passages, key=lambda passage: passage.start)
    for number, passage in enumerate(in_order):
        middle = (2 * number + 1) * len(places) // (2 * len(in_order))
        first = max(0, min(middle - _PLACES // 2, len(places) - _PLACES))
        yield passage, [*places[first : first + _PLACES]]


def _candidates(text: str, start: int, end: int, lengths: Sequence[int]) -> Iterator[tuple[int, Iterable[int]]]:
    """Return the edges of words in ``text``, each with those of ``lengths``, rising, that lead from it to another."""
    edges = [match.start() for match in _EDGE.finditer(text, start, end)]
    usual = [length for length in lengths if length <= _LONG]
    is_edge = bytearray(end - start + _LONG + 1)
    for edge in (*edges, end):
        is_edge[edge - start] = 1
    for place in edges if usual else ():
        if text[place] == "\n" or not text[place].isspace():
            window = is_edge[place - start : place - start + usual[-1] + 1]
            yield place, compress(usual, map(window.__getitem__, usual))
    budget = _READ_AGAIN * (end - start)
    long = lengths[len(usual) :]
    for line in _LINE.finditer(text, start, end) if long else ():
        fitting = [length for length in long if line.end() + length <= end]
        budget -= fitting[-1] if fitting else 0
        if budget < 0:
            return
        yield line.end(), fitting


def chain(places: Mapping[Passage, Sequence[int]], before: int, after: int) -> list[tuple[Passage, int]]:
    """Return one place each of as many passages, weighed by length, as go forward in the source and the text alike.

    Of equal chains the one is kept that is least often shifted against the source. ``before`` and ``after`` are the
    shifts of what stands in front of them and behind.
    """
    found = sorted(
        ((passage, place) for passage in places for place in places[passage]),
        key=lambda candidate: (candidate[0].start, candidate[0].end, candidate[1]),
    )
    ends = [place + passage.end - passage.start for passage, place in found]
    behind = _Highest(ends)
    ended = iter(sorted(range(len(found)), key=lambda number: found[number][0].end))
    next_ended = next(ended, None)
    scores: list[tuple[int, int]] = []
    latest: dict[int, int] = {}
    for number, (passage, place) in enumerate(found):
        while next_ended is not None and found[next_ended][0].end <= passage.start:
            behind.add(ends[next_ended], (scores[next_ended][0], next_ended))
            next_ended = next(ended, None)
        length, shift = passage.end - passage.start, place - passage.start
        score, previous = behind.up_to(place)
        options = [(length - (shift != before), _NONE), (score + length - 1, previous)]
        beside = latest.get(shift)
        reached = found[beside][0].end if beside is not None else passage.start
        if beside is not None and reached < passage.end:
            options.append((scores[beside][0] + passage.end - max(passage.start, reached), beside))
        scores.append(max(options))
        if reached < passage.end:
            latest[shift] = number
    at = max(range(len(found)), default=_NONE, key=lambda n: scores[n][0] - (found[n][1] - found[n][0].start != after))
    kept: list[tuple[Passage, int]] = []
    while at != _NONE:
        kept.append(found[at])
        at = scores[at][1]
    return kept[::-1]


class _Highest:
    """The highest of the scores that were added at places up to one (a Fenwick tree)."""

    def __init__(self, places: Iterable[int]) -> None:
        self._places = sorted(set(places))
        self._highest = [(0, _NONE)] * (len(self._places) + 1)

    def add(self, place: int, score: tuple[int, int]) -> None:
        """Add a score at one of the places."""
        at = bisect_left(self._places, place) + 1
        while at < len(self._highest):
            self._highest[at] = max(self._highest[at], score)
            at += at & -at

    def up_to(self, place: int) -> tuple[int, int]:
        """Return the highest score at ``place`` or before."""
        at, highest = bisect_right(self._places, place), (0, _NONE)
        while at:
            highest = max(highest, self._highest[at])
            at -= at & -at
        return highest
