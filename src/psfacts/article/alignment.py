"""Alignment of a source's known passages with a copy of it: each has its own place, in order.

A few passages are looked for everywhere, and of the places where they stand the longest chain is kept that goes forward
in the source and in the copy alike. From these places one goes on: what stands beside a passage is expected beside it
in the copy, and what is not there is looked for between the passages around it. So no passage is taken for another with
the same words, and the work is in proportion to the copy and the passages.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import groupby, islice, pairwise
from operator import itemgetter
from typing import Literal, NamedTuple

from psfacts.article.readings import LINE_ENDS, READINGS, Reading, Window, differences, readings
from psfacts.article.text import Places, chain, digest, is_blank, look
from psfacts.model import Offset, Passage

_FEW = 16
"""Number of passages to look for at once in a stretch of any length."""

_WORK = 300_000
"""Characters of a stretch, times the passages looked for in it, up to which there may be more."""

_SEARCHED = 40
"""Maximum length of all stretches that are searched for passages, in lengths of the copy."""

_ROUNDS = 8
"""Maximum number of searches of the readings, each between the places found before."""

_TELLING = 16
"""Minimum length of words that identify their place; shorter passages are looked for last."""

_LONGER = 4
"""Maximum length of words that are shown in place of a passage, in lengths of the passage."""

_PAGE = 2000
"""Characters allowed in addition."""

_NEAR = 16
"""Maximum length of an unknown part of the source that is taken for blanks."""

_PATIENCE = 500_000
"""Number of spots to write in other forms, without success, before giving up."""

_PATIENCE_AT_ONCE = 150_000
"""Maximum number of them for one passage in one place."""

_REFILL = 50_000
"""Number of spots added for each passage that was found in another form."""

_READINGS = 13
"""Maximum number of readings of the whole copy, including those learned from passages in another form."""

_MOST_BLANKS = 100
"""Maximum number of blanks between passages to skip."""

_STRAYS = 16
"""Maximum number of places out of order to consider for a passage."""

_UNKNOWN = 3
"""Characters from which a gap in what is known of the source may hold words of it."""

_LINE_END = re.compile(f"[{LINE_ENDS}]")
_WORDS = re.compile(r"\S(?:.*\S)?", re.DOTALL)


class Found(NamedTuple):
    """The place of a passage in a copy."""

    start: Offset
    """Offset of its first character in the copy."""

    end: Offset
    """Offset just after its last character."""

    text: str
    """Its words in the form of the source."""

    reading: str
    """Differences of the copy from that form, such as ``quotation marks``; ``exact`` if there are none."""


class Stretch(NamedTuple):
    """A part of the source, the copy, or both, between found passages."""

    kind: Literal["added", "taken out", "changed", "head", "foot"]
    """Kind of the change; ``head`` and ``foot`` are lines before the first and after the last passage."""

    source: tuple[Offset, Offset]
    """Span that is missing from the source, or where words were added."""

    copy: tuple[Offset, Offset]
    """Span in the copy, without blanks around it."""


class _Place(NamedTuple):
    """A place of a passage, whose words are at ``at`` in ``reading``."""

    passage: Passage
    reading: Reading
    at: int

    def reach(self, offset: int) -> int:
        """Return the offset in the copy of the source's character at ``offset``, if all around is alike."""
        within = min(max(offset, self.passage.start), self.passage.end)
        return self.reading.to_copy(self.at + within - self.passage.start) + offset - within

    @property
    def start(self) -> int:
        """Start in the copy."""
        return self.reach(self.passage.start)

    @property
    def end(self) -> int:
        """End in the copy."""
        return self.reach(self.passage.end)

    @property
    def text(self) -> str:
        """Its words in the form of the source."""
        return self.reading.text[self.at : self.at + self.passage.end - self.passage.start]


class Alignment:
    """The known ``passages`` of a source with a ``length``, aligned with the text of a ``copy``.

    In an ``identical`` copy, each passage is at its own place or missing.
    """

    def __init__(self, copy: str, passages: Iterable[Passage], length: int, *, is_identical: bool = False) -> None:
        self.copy = copy
        self.is_identical = is_identical
        known = (passage for passage in set(passages) if not is_blank(passage))
        self._passages = sorted(known, key=lambda passage: (passage.start, passage.end))
        self._readings: list[Reading] = []
        self._printed = next(readings(copy))
        self._searched: Counter[tuple[Reading, int, _Place, _Place]] = Counter()
        self._room = _SEARCHED * (len(copy) + _PAGE)
        self._patience = _PATIENCE
        self._places: dict[Passage, _Place] = {}
        # Places in their order, without those within another; the first and the last stand for the ends of the texts.
        first, last = (Passage.model_construct(start=start, end=end) for start, end in ((-1, 0), (length, sys.maxsize)))
        self._spine = [_Place(first, self._printed, -1), _Place(last, self._printed, len(copy))]
        if not is_identical:  # else a passage is tried at its own place when it is asked for
            self._align()

    def find(self, passage: Passage) -> Found | None:
        """Return the place of a known ``passage`` in its order, in an identical copy of any; None if there is none."""
        if self.is_identical:
            self._try(passage, self._printed, passage.start)
        place = self._places.get(passage)
        if place is None:
            return self.instead(passage) if is_blank(passage) else None
        return Found(place.start, place.end, place.text, differences(self.copy[place.start : place.end], place.text))

    def instead(self, passage: Passage) -> Found:
        """Return the words in the place of ``passage``, by the places of its neighbours."""
        left, right = self._beside(passage)
        length = _length(passage)
        first, last = left.reach(passage.start), right.reach(passage.end)
        if right is self._spine[-1]:
            last = first + length
        elif left is self._spine[0]:
            first = max(0, last - length)
        first = min(first, right.start if right.passage.start >= passage.end else len(self.copy))
        last = max(first, min(last, first + _LONGER * length + _PAGE, len(self.copy)))
        return Found(first, last, self.copy[first:last], "exact")

    def elsewhere(self, passage: Passage) -> int | None:
        """Return the offset of the words of a passage without a place: out of its order, and outside of all places."""
        for place in self._strays.get(passage, ())[:_STRAYS] if passage not in self._places else ():
            before = self._spine[bisect_right(self._spine, place, key=lambda other: other.start) - 1]
            if self.is_identical or before.end <= place:
                return place
        return None

    @property
    def share(self) -> float:
        """The share of the known source that was found, from 0 to 1."""
        return sum(map(_length, self._places)) / max(1, sum(map(_length, self._passages)))

    @cached_property
    def stretches(self) -> tuple[Stretch, ...]:
        """The parts of the copy between and beside passages, and the missing parts of the source, in order."""
        return () if self.is_identical else tuple(self._stretches())

    # How it is found.

    def _align(self) -> None:
        for reading in readings(self.copy):
            self._readings.append(reading)
            self._place()
            if len(self._places) == len(self._passages):
                return
        self._go_on(in_all_forms=True)
        self._place()
        self._search(self._printed, shortest=1)

    def _unplaced(self) -> list[Passage]:
        return [passage for passage in self._passages if passage not in self._places]

    def _beside(self, passage: Passage) -> tuple[_Place, _Place]:
        """Return the last place that starts before ``passage`` does and the first that ends after it.

        They are one where it is part of another passage.
        """
        left = bisect_right(self._spine, passage.start, key=lambda place: place.passage.start) - 1
        right = bisect_left(self._spine, passage.end, key=lambda place: place.passage.end)
        return self._spine[left], self._spine[right]

    def _place(self) -> None:
        """Search all readings, and continue from what is found until nothing more is."""
        for _ in range(_ROUNDS):
            before = len(self._places)
            for reading in self._readings:
                self._search(reading)
            self._go_on()
            if len(self._places) == before:
                return

    def _search(self, reading: Reading, shortest: int = _TELLING) -> None:
        """Look for what has no place yet between the places around it, the longest first, each time for some more."""
        wanted = [passage for passage in self._unplaced() if _length(passage) >= shortest]
        for (left, right), passages in [(beside, [*some]) for beside, some in groupby(wanted, self._beside)]:
            start = reading.from_copy(left.end)
            end = max(start, reading.from_copy(right.start))
            apart = [p for p in passages if left.passage.end <= p.start and p.end <= right.passage.start]
            gap = reading, shortest, left, right
            most = max(_FEW, _WORK // max(1, end - start))
            first = self._searched[gap] * most
            batch = sorted(apart, key=_length, reverse=True)[first : first + most]
            if not batch or end - start > self._room:
                continue
            self._searched[gap] += 1
            self._room -= end - start
            for passage, place in chain(look(reading.text, start, end, batch), 1 if self._places else 2):
                self._put(_Place(passage, reading, place))

    def _go_on(self, *, in_all_forms: bool = False) -> None:
        """Try for each passage the places that those beside it lead one to expect, from the left, then the right."""
        for forwards in (True, False):
            for passage in self._unplaced()[:: 1 if forwards else -1]:
                left, right = self._beside(passage)
                is_placed = any(
                    self._try(passage, reading, edge if forwards else edge - _length(passage))
                    for reading in ([left.reading] if left is right else self._readings)
                    for edge in self._edges(passage, reading, forwards=forwards)
                )
                if in_all_forms and not is_placed:
                    self._rewrite(passage, forwards=forwards)

    def _edges(self, passage: Passage, reading: Reading, *, forwards: bool) -> Iterable[int]:
        """Return where in ``reading`` a passage may begin, by a place just before it, or end, by one just behind it."""
        left, right = self._beside(passage)
        if (passage.start - left.passage.end if forwards else right.passage.start - passage.end) > _NEAR:
            return ()
        exact = reading.from_copy(left.reach(passage.start) if forwards else right.reach(passage.end))
        if forwards:
            place = reading.from_copy(left.end)
            blanks = reading.text[place : place + _MOST_BLANKS]
            return dict.fromkeys([exact, place + len(blanks) - len(blanks.lstrip())])
        place = reading.from_copy(right.start)
        blanks = reading.text[max(0, place - _MOST_BLANKS) : place]
        bare = place - len(blanks) + len(blanks.rstrip())
        return dict.fromkeys([exact, bare, bare + 1])

    def _try(self, passage: Passage, reading: Reading, at: int) -> bool:
        """Put ``passage`` at a place, if its words are there and its neighbours leave room for it."""
        end = at + _length(passage)
        if at < 0 or end > len(reading.text) or digest(reading.text[at:end]) != passage.sha256:
            return False
        return self._put(_Place(passage, reading, at))

    def _rewrite(self, passage: Passage, *, forwards: bool) -> None:
        """Try the words that begin, or end, where ``passage`` must in all forms that they may have."""
        length = _length(passage)
        width = length + length // 4 + _NEAR
        likes = [self._beside(passage)[not forwards].reading.recipe]
        likes += [reading.recipe for reading in self._readings if reading.recipe not in READINGS]
        for edge in self._edges(passage, self._printed, forwards=forwards):
            start, end = (edge, min(edge + width, len(self.copy))) if forwards else (max(0, edge - width), edge)
            window = Window(self.copy, start, end)
            most = min(self._patience, _PATIENCE_AT_ONCE) // (1 + len(window.spots))
            for reading in islice(window.variants([*likes, READINGS[0]]), most):
                self._patience -= 1 + len(window.spots)
                if self._try(passage, reading, 0 if forwards else len(reading.text) - length):
                    self._patience = min(_PATIENCE, self._patience + _REFILL)
                    if reading.recipe not in likes and len(self._readings) < _READINGS:
                        self._readings.append(Window(self.copy, 0, len(self.copy)).reading(reading.recipe))
                    return

    def _put(self, place: _Place) -> bool:
        """Set the place of a passage, if it keeps the order of all others."""
        start, end = place.passage.start, place.passage.end
        first = bisect_left(self._spine, start, key=lambda other: other.passage.start)
        last = max(first, bisect_right(self._spine, end, key=lambda other: other.passage.end))
        left, *within, right = self._spine[first - 1 : last + 1]
        if not self._in_order(left, place) or not all(self._in_order(place, other) for other in (*within, right)):
            return False
        self._places[place.passage] = place
        if not any(other.passage.start <= start and end <= other.passage.end for other in (left, right)):
            self._spine[first:last] = [place]
        return True

    def _in_order(self, left: _Place, right: _Place) -> bool:
        """Return whether two places, the first of which starts no later in the source, keep their order in the copy."""
        start = right.passage.start
        if left.passage.end <= start:
            return left.end <= right.start
        first, last = sorted((left.reach(start), right.start))
        return not self.copy[first:last].strip()

    @cached_property
    def _strays(self) -> Places:
        """Offsets of the words of passages without a place, in copies that are not much too long."""
        is_long = len(self.copy) > _LONGER * self._spine[-1].passage.start + _PAGE
        return {} if is_long else look(self.copy, 0, len(self.copy), self._unplaced())

    def _stretches(self) -> Iterator[Stretch]:
        lost: list[tuple[int, int]] = []
        for passage in self._unplaced():
            if lost and passage.start <= lost[-1][1]:
                lost[-1] = lost[-1][0], max(lost[-1][1], passage.end)
            else:
                lost.append((passage.start, passage.end))
        telling = [place for place in self._spine if _length(place.passage) >= _TELLING or not _within(place, lost)]
        for left, right in pairwise(telling):
            start, end, first, last = left.passage.end, right.passage.start, left.end, right.start
            missing = lost[bisect_right(lost, start, key=itemgetter(1)) : bisect_left(lost, end, key=itemgetter(0))]
            added: list[tuple[Literal["added", "head", "foot"], int, int]] = []
            if missing and start < end:
                source = max(start, missing[0][0]), min(end, missing[-1][1])
                words = _WORDS.search(self.copy, first, last)
                yield Stretch("changed" if words else "taken out", source, words.span() if words else (first, first))
            elif left is self._spine[0]:
                cut = max(self.copy.rfind(line_end, first, last) for line_end in LINE_ENDS) + 1
                added = [("head", first, cut), ("added", cut, last)]
                start = end
            elif right is self._spine[-1]:
                found = _LINE_END.search(self.copy, first - 1)
                cut = max(first, found.end()) if found else last
                added = [("added", first, cut), ("foot", cut, last)]
            elif not _UNKNOWN < end - start == last - first:
                added = [("added", first, last)]
            for kind, *span in added:
                if words := _WORDS.search(self.copy, *span):
                    yield Stretch(kind, (start, start), words.span())


def _length(passage: Passage) -> int:
    return passage.end - passage.start


def _within(place: _Place, spans: Sequence[tuple[int, int]]) -> bool:
    """Return whether one of the ordered ``spans`` of the source contains the passage of a place."""
    at = bisect_right(spans, place.passage.start, key=itemgetter(0)) - 1
    return at >= 0 and place.passage.end <= spans[at][1]
