"""Finding passages by their digests, and the longest chain of places that keeps their order."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from typing import NamedTuple

from psfacts.model import Passage

_EDGE = re.compile(r"(?<!\w)\w|(?<![^\w\s])[^\w\s]|(?<!\s)\s|\n")
"""Pattern of the beginnings of words, punctuation and blanks, where passages begin and end."""

_LINE = re.compile(r"(?m)^[^\S\n]*+(?=\S)")
"""Pattern of text before the first word of a line."""

_LONG = 600
"""Length above which passages are looked for at the beginnings of lines only."""

_READ_AGAIN = 64
"""Maximum number of passes over a text in search of such long ones."""

Places = dict[Passage, Sequence[int]]
"""Places where passages begin in a text."""


class _Link(NamedTuple):
    """The last passage of a chain, which has a score: the length of all its passages."""

    score: int
    passage: Passage
    place: int
    before: _Link | None


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
    return {passage: found[key] for key in found for passage in wanted[key]}


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


def chain(places: Places, most: int) -> list[tuple[Passage, int]]:
    """Return passages that go forward in the source and the text alike, with their places: of all such, the longest.

    As in a patience diff, they are passages whose words stand in the text as often as there are passages of them; if
    there are none, those whose words stand there twice as often, and so on, up to ``most``.
    """
    times = Counter(passage.sha256 for passage in places)
    shares = {passage: len(found) / times[passage.sha256] for passage, found in places.items()}
    share = min((share for share in shares.values() if share >= 1), default=0)
    numbers = Counter[str]()
    # The chains that no other one excels: of those that end before it in the text, each has the highest score.
    links: list[_Link] = []
    for passage in sorted(places, key=lambda passage: (passage.start, -passage.end)):
        number = numbers[passage.sha256]
        numbers[passage.sha256] += 1
        if shares[passage] == share <= most:
            place = places[passage][number]
            first = last = bisect_right(links, place, key=lambda link: link.place)
            before = links[first - 1] if first else None
            score = passage.end - passage.start + (before.score if before else 0)
            while last < len(links) and links[last].score <= score:
                last += 1
            links[first:last] = [_Link(score, passage, place, before)]
    kept, link = [], links[-1] if links else None
    while link:
        kept.append((link.passage, link.place))
        link = link.before
    return kept[::-1]
