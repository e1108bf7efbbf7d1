"""Finding passages by their digests, and the longest chain of places that keeps their order."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256

from psfacts.model import Passage

_EDGE = re.compile(r"(?<!\w)\w|(?<![^\w\s])[^\w\s]|(?<!\s)\s|\n")
"""Where words, punctuation and blanks begin: passages begin and end there."""

_LINE = re.compile(r"(?m)^[^\S\n]*+(?=\S)")
"""Pattern of text before the first word of a line."""

_LONG = 600
"""Length above which passages are looked for at the beginnings of lines only."""

_READ_AGAIN = 64
"""Maximum number of passes over a text in search of such long ones."""

_PLACES = 16
"""Maximum number of places considered for a passage whose words are frequent."""

_NONE = -1
"""The number of no candidate."""

Places = dict[Passage, Sequence[int]]
"""Places where passages begin in a text."""


def look(text: str, start: int, end: int, passages: Iterable[Passage]) -> Places:
    """Return the places of each of ``passages`` in ``text``, from ``start`` to ``end``.

    The time this takes is in proportion to the text: it grows with the number of different lengths of passages, up to
    a bound, not with the number of passages.
    """
    wanted: dict[tuple[int, bytes], list[Passage]] = defaultdict(list)
    for passage in passages:
        wanted[passage.end - passage.start, bytes.fromhex(passage.sha256)].append(passage)
    found: dict[tuple[int, bytes], list[int]] = defaultdict(list)
    for place, fitting in _candidates(text, start, end, sorted({length for length, _ in wanted})):
        state, reached = sha256(), place
        for length in fitting:
            state.update(text[reached : place + length].encode())
            reached = place + length
            key = length, state.digest()
            if key in wanted:
                found[key].append(place)
    return {passage: places for key in found for passage, places in _shared(wanted[key], found[key])}


def _shared(passages: Sequence[Passage], places: Sequence[int]) -> Iterator[tuple[Passage, Sequence[int]]]:
    """Return for each of some passages with the same words the places that it may have by its number among them."""
    for number, passage in enumerate(sorted(passages, key=lambda passage: passage.start)):
        middle = (2 * number + 1) * len(places) // (2 * len(passages))
        first = max(0, min(middle - _PLACES // 2, len(places) - _PLACES))
        yield passage, places[first : first + _PLACES]


def _candidates(text: str, start: int, end: int, lengths: Sequence[int]) -> Iterator[tuple[int, list[int]]]:
    """Return the edges of words in ``text``, each with those of ``lengths``, rising, that lead from it to another."""
    longest = max(lengths, default=0)
    usual = lengths[: bisect_right(lengths, _LONG)]
    lines = {line.end() for line in _LINE.finditer(text, start, end)} if longest > _LONG else ()
    edges = [match.start() for match in _EDGE.finditer(text, start, end)]
    is_edge = bytearray(end - start + longest + 1)
    for edge in (*edges, end):
        is_edge[edge - start] = 1
    budget = _READ_AGAIN * (end - start)
    for place in edges:
        if text[place] == "\n" or not text[place].isspace():
            is_line = place in lines and budget > 0
            fitting = [length for length in (lengths if is_line else usual) if is_edge[place - start + length]]
            budget -= fitting[-1] if is_line and fitting else 0
            yield place, fitting


def chain(places: Places, before: int, after: int) -> list[tuple[Passage, int]]:
    """Return one place each of as many passages, weighed by length, as go forward in the source and the text alike."""
    found = [
        (passage, place) for passage in sorted(places, key=lambda passage: passage.start) for place in places[passage]
    ]
    events = sorted(
        event
        for number, (passage, _) in enumerate(found)
        for event in ((passage.end, False, number), (passage.start, True, number))
    )
    chains: list[tuple[int, int]] = [(0, _NONE)] * len(found)
    latest: dict[int, int] = {}
    # Where chains that have ended do so in the text, rising, each with the highest score up to there, rising too.
    ends, highest = [0], [(0, _NONE)]
    for _, begins, number in events:
        passage, place = found[number]
        length, shift = passage.end - passage.start, place - passage.start
        if begins:
            score, previous = highest[bisect_right(ends, place) - 1]
            options = [(score - (previous != _NONE or shift != before), previous)]
            if shift in latest:
                options.append((chains[latest[shift]][0], latest[shift]))
            score, previous = max(options)
            chains[number] = score + length, previous
            continue
        latest[shift] = number
        score, _ = chains[number]
        first = last = bisect_right(ends, place + length)
        if score >= highest[first - 1][0]:
            while last < len(ends) and highest[last][0] < score:
                last += 1
            ends[first:last], highest[first:last] = [place + length], [(score, number)]
    kept: list[tuple[Passage, int]] = []
    at = max(range(len(found)), default=_NONE, key=lambda n: chains[n][0] - (found[n][1] - found[n][0].start != after))
    while at != _NONE:
        kept.append(found[at])
        at = chains[at][1]
    return kept[::-1]
