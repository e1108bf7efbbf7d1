"""The known passages of a source found again in a copy of it, each at a place of its own, and in their order.

A few passages are looked for everywhere, and of the places where they stand the longest chain is kept that goes forward
in the source and in the copy alike. From these places one goes on: what stands beside a passage is expected beside it
in the copy, and what is not there is looked for between the passages around it. So no passage is taken for another with
the same words, and the work is in proportion to the copy and the passages.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from operator import itemgetter
from typing import Literal, NamedTuple

from psfacts.article.readings import LINE_ENDS, READINGS, Reading, Recipe, Window, as_printed, differences
from psfacts.article.scan import chain, look
from psfacts.article.text import digest, is_blank
from psfacts.model import Offset, Passage

_FEW = 16
"""How many passages of a gap are looked for first."""

_TELLING = 16
"""Characters from which words tell where they stand; shorter passages are looked for last."""

_LONGER = 4
"""How much longer than its source a stretch may be, to be searched for every passage."""

_PAGE = 2000
"""Characters that it may have beside that."""

_NEAR = 16
"""Characters of the source that are taken for blanks where nothing is known of them."""

_PATIENCE = 200_000
"""How many spots are written otherwise in vain, before no other forms are tried."""

_REFILL = 50_000
"""How many more, for each passage that was found in another form."""

_WRAPPING = 10
"""How much longer it takes to wrap a paragraph than to write its spots."""

_LEARNED = 4
"""How many ways to write all spots are kept in mind."""

_MOST_BLANKS = 100
"""Blanks between passages that are passed over."""

_UNKNOWN = 3
"""Characters from which a gap in what is known of the source may hold words of it."""


@dataclass(frozen=True)
class Found:
    """Where a passage stands in a copy."""

    start: Offset
    """Offset of its first character in the copy."""

    end: Offset
    """Offset just after its last character."""

    text: str
    """Its words, in the form that the source has them."""

    reading: str
    """In what the copy differs from that form, such as ``quotation marks``; ``exact`` where in nothing."""


class Stretch(NamedTuple):
    """A part of the source, of the copy, or of both, between passages that were found."""

    kind: Literal["added", "taken out", "changed", "head", "foot"]
    """What became of it; ``head`` and ``foot`` are lines before the first and after the last passage."""

    source: tuple[Offset, Offset]
    """Where it is missing in the source, or where in it the words were added."""

    copy: tuple[Offset, Offset]
    """What stands there in the copy, blanks around it left out."""


class _Place(NamedTuple):
    """A place of a passage: its words stand at ``at`` in ``reading``."""

    passage: Passage
    reading: Reading
    at: int

    def to_copy(self, offset: int) -> int:
        """Return where in the copy the character stands that has this ``offset`` in the source."""
        return self.reading.to_copy(self.at + offset - self.passage.start)

    @property
    def start(self) -> int:
        """Where it starts in the copy."""
        return self.to_copy(self.passage.start)

    @property
    def end(self) -> int:
        """Where it ends in the copy."""
        return self.to_copy(self.passage.end)

    @property
    def text(self) -> str:
        """Its words, in the form that the source has them."""
        return self.reading.text[self.at : self.at + self.passage.end - self.passage.start]


class Alignment:
    """The known ``passages`` of a source of some ``length``, found again in the text of a ``copy``.

    In an ``identical`` copy each passage stands at its own place, or nowhere.
    """

    def __init__(
        self,
        copy: str,
        passages: Iterable[Passage],
        length: int,
        *,
        is_identical: bool = False,
    ) -> None:
        self.copy = copy
        self.is_identical = is_identical
        self.passages = sorted(set(passages), key=lambda passage: (passage.start, -passage.end))
        self._length = length
        self._places: dict[Passage, _Place] = {}
        self._spine: list[_Place] = []
        self._blank = frozenset(filter(is_blank, self.passages))
        self._words = [passage for passage in self.passages if passage not in self._blank]
        self._times = Counter(passage.sha256 for passage in self.passages)
        self._readings: list[Reading] = []
        self._learned: list[Recipe] = []
        self._patience = _PATIENCE
        self._searched: dict[tuple[int, int, int], Sequence[Passage]] = {}
        self._align()

    def find(self, passage: Passage) -> Found | None:
        """Return where a known ``passage`` stands in its order, in an identical copy any; None where it does not."""
        if self.is_identical and passage not in self._places:
            self._try(passage, self._readings[0], passage.start)
        if passage in self._blank:
            return self.instead(passage)
        place = self._places.get(passage)
        if place is None:
            return None
        return Found(place.start, place.end, place.text, differences(self.copy[place.start : place.end], place.text))

    def instead(self, passage: Passage) -> Found:
        """Return what stands where ``passage`` should, by the places of the passages next to it."""
        left, right = self._beside(passage)
        length = passage.end - passage.start
        first = last = None
        if left:
            first = left.to_copy(min(passage.start, left.passage.end)) + max(0, passage.start - left.passage.end)
        if right:
            last = right.to_copy(max(passage.end, right.passage.start)) - max(0, right.passage.start - passage.end)
        if first is None:
            first = passage.start if last is None else max(0, last - length)
        first = min(first, right.start if right and right.passage.start >= passage.end else len(self.copy))
        last = max(first, min(first + length if last is None else last, len(self.copy)))
        return Found(first, last, self.copy[first:last], "exact")

    def elsewhere(self, passage: Passage) -> int | None:
        """Return where the words of a passage stand that has no place: out of its order, and where no other stands."""
        for place in self._strays.get(passage, ()) if passage not in self._places else ():
            at = bisect_right(self._spine, place, key=lambda other: other.start) - 1
            if self.is_identical or at < 0 or self._spine[at].end <= place:
                return place
        return None

    @property
    def share(self) -> float:
        """How much of what is known of the source was found, from 0 to 1."""
        known, found = (
            sum(end - start for start, end in _merged(passages))
            for passages in (self._words, [passage for passage in self._words if passage in self._places])
        )
        return found / max(1, known)

    @cached_property
    def known(self) -> int:
        """How many characters of the copy are the source's: its passages, and the blanks between them."""
        added = sum(end - start for kind, _, (start, end) in self.stretches if kind != "taken out")
        return len(self.copy) - added

    @cached_property
    def stretches(self) -> tuple[Stretch, ...]:
        """What stands between and beside the passages in the copy, and what is missing of the source, in order."""
        return () if self.is_identical else tuple(self._stretches())

    # How it is found.

    def _align(self) -> None:
        if self.is_identical:
            self._readings.append(Reading(self.copy, 0, len(self.copy), as_printed))
            for passage in self._words:
                self._try(passage, self._readings[0], passage.start)
            return
        for writing in READINGS:
            reading = Reading(self.copy, 0, len(self.copy), writing)
            if any(reading.text == other.text for other in self._readings):
                continue
            self._readings.append(reading)
            before = len(self._places)
            self._look(reading, few=True)
            self._go_on([reading])
            if len(self._readings) == 1 or len(self._places) > before:
                self._look(reading)
                self._go_on([reading])
            if len(self._places) == len(self._words):
                break
        self._go_on(self._readings, in_all_forms=True)
        self._look(self._readings[0], shortest=1)

    def _is_telling(self, passage: Passage) -> bool:
        """Return whether no other passage has the same words."""
        return self._times[passage.sha256] == 1

    def _unplaced(self) -> list[Passage]:
        return [passage for passage in self._words if passage not in self._places]

    def _beside(self, passage: Passage) -> tuple[_Place | None, _Place | None]:
        """Return the last place that starts before ``passage`` does and the first that ends after it.

        They are one where it is part of another passage.
        """
        left = bisect_right(self._spine, passage.start, key=lambda place: place.passage.start) - 1
        right = bisect_left(self._spine, passage.end, key=lambda place: place.passage.end)
        return (
            self._spine[left] if left >= 0 else None,
            self._spine[right] if right < len(self._spine) else None,
        )

    def _look(self, reading: Reading, *, few: bool = False, shortest: int = _TELLING) -> None:
        """Look for what has no place yet between the places around it: a ``few`` passages of many, or all of them.

        All of them are not looked for in what is much longer than their part of the source.
        """
        gaps: dict[tuple[int, int], list[Passage]] = {}
        between: dict[tuple[int, int], tuple[_Place | None, _Place | None]] = {}
        for passage in self._unplaced():
            left, right = self._beside(passage)
            is_apart = not (left and left.passage.end > passage.start) and not (
                right and right.passage.start < passage.end
            )
            if is_apart and passage.end - passage.start >= shortest:
                key = (left.passage.end if left else -1, right.passage.start if right else -1)
                gaps.setdefault(key, []).append(passage)
                between[key] = left, right
        for key, passages in gaps.items():
            left, right = between[key]
            start = reading.from_copy(left.end) if left else 0
            end = reading.from_copy(right.start) if right else len(reading.text)
            is_long = end - start > _LONGER * (passages[-1].end - passages[0].start) + _PAGE
            some = _some(passages, _FEW, self._is_telling) if few or is_long else passages
            if some == self._searched.get((id(reading), *key)):
                continue
            self._searched[id(reading), *key] = some
            before = start - left.passage.end if left else 0
            after = end - right.passage.start if right else end - self._length
            for passage, place in chain(look(reading.text, start, end, some), before, after):
                self._put(_Place(passage, reading, place))

    def _go_on(self, readings: Sequence[Reading], *, in_all_forms: bool = False) -> None:
        """Try for each passage the places that those beside it lead one to expect, from the left and from the right."""
        for forwards in (True, False):
            for passage in self._unplaced() if forwards else reversed(self._unplaced()):
                left, right = self._beside(passage)
                if left and left is right:
                    self._try(passage, left.reading, left.at + passage.start - left.passage.start)
                    continue
                beside = left if forwards else right
                expected = self._after if forwards else self._before
                is_placed = any(
                    self._try(passage, reading, place)
                    for reading in readings
                    for place in expected(passage, beside, reading)
                )
                if not is_placed and in_all_forms:
                    self._try_all_forms(passage, forwards=forwards)

    def _after(self, passage: Passage, left: _Place | None, reading: Reading) -> Iterator[int]:
        """Return where ``passage`` may begin, going on from the place to its left, or from the copy's beginning."""
        reached = left.passage.end if left else 0
        base = reading.from_copy(left.to_copy(min(passage.start, reached))) if left else 0
        yield base + max(0, passage.start - reached)
        if passage.start >= reached:
            yield base + _blanks_after(reading.text, base)

    def _before(self, passage: Passage, right: _Place | None, reading: Reading) -> Iterator[int]:
        """Return where ``passage`` may begin, going back from the place to its right, or from the copy's end."""
        reached = right.passage.start if right else self._length
        base = reading.from_copy(right.to_copy(max(passage.end, reached))) if right else len(reading.text)
        length = passage.end - passage.start
        yield base - max(0, reached - passage.end) - length
        if passage.end <= reached:
            end = base - _blanks_before(reading.text, base)
            yield from (end - length, end + 1 - length)

    def _try(self, passage: Passage, reading: Reading, at: int) -> bool:
        """Put ``passage`` at a place, if its words stand there and its neighbours leave it to it."""
        end = at + passage.end - passage.start
        if at < 0 or end > len(reading.text) or digest(reading.text[at:end]) != passage.sha256:
            return False
        return self._put(_Place(passage, reading, at))

    def _try_all_forms(self, passage: Passage, *, forwards: bool) -> None:
        """Try the words that begin, or end, where ``passage`` must in all forms that they may have."""
        length = passage.end - passage.start
        for start, end in self._windows(passage, length + length // 4 + _NEAR, forwards=forwards):
            window = Window(self.copy, start, end)
            for recipe, forms in window.variants(self._learned):
                self._patience -= 1 + len(forms) * (_WRAPPING if recipe and recipe.width else 1)
                if self._patience < 0:
                    return
                text = window.text(forms)
                words = text[:length] if forwards else text[-length:]
                if digest(words) == passage.sha256:
                    self._put(_Place(passage, window.reading(forms), 0 if forwards else len(text) - length))
                    self._learned = [*dict.fromkeys([*([recipe] if recipe else []), *self._learned])][:_LEARNED]
                    self._patience += _REFILL
                    return

    def _windows(self, passage: Passage, width: int, *, forwards: bool) -> Iterator[tuple[int, int]]:
        """Return the stretches of the copy, of some ``width``, that must begin, or end, with the words of a passage."""
        left, right = self._beside(passage)
        known = left.passage.end if left else 0
        until = right.passage.start if right else self._length
        if forwards and passage.start <= known + _NEAR:
            start = left.to_copy(min(passage.start, known)) if left else 0
            start += _blanks_after(self.copy, start) if passage.start >= known else 0
            yield start, min(start + width, right.start if right and until >= passage.end else len(self.copy))
        if not forwards and passage.end >= until - _NEAR:
            end = right.to_copy(max(passage.end, until)) if right else len(self.copy)
            first = left.end if left and known <= passage.start else 0
            bare = end - _blanks_before(self.copy, end)
            for last in dict.fromkeys([end, bare] if passage.end <= until else [end]):
                yield max(first, last - width), last

    def _put(self, place: _Place) -> bool:
        """Give a passage a place, if it keeps the order of all others."""
        start, end = place.passage.start, place.passage.end
        first = bisect_left(self._spine, start, key=lambda other: other.passage.start)
        last = bisect_right(self._spine, end, key=lambda other: other.passage.end)
        left, right = self._spine[max(0, first - 1) : first], self._spine[max(first, last) : max(first, last) + 1]
        within = self._spine[first:last]
        if not all(self._in_order(other, place) for other in left):
            return False
        if not all(self._in_order(place, other) for other in (*within, *right)):
            return False
        self._places[place.passage] = place
        if not any(other.passage.start <= start and end <= other.passage.end for other in (*left, *right)):
            self._spine[first:last] = [place]
        return True

    def _in_order(self, one: _Place, other: _Place) -> bool:
        """Return whether two places, the first of which starts no later in the source, keep their order in the copy."""
        start = other.passage.start
        if one.passage.end <= start:
            return one.end <= other.start
        first, second = sorted((one.to_copy(start), other.start))
        return not self.copy[first:second].strip()

    @cached_property
    def _lost(self) -> list[Passage]:
        """The passages that have no place."""
        return self._unplaced()

    @cached_property
    def _strays(self) -> dict[Passage, list[int]]:
        """Where the words of passages stand that have no place, looked for in copies that are not much too long."""
        is_long = len(self.copy) > _LONGER * self._length + _PAGE
        return {} if is_long else look(self.copy, 0, len(self.copy), self._lost)

    def _stretches(self) -> Iterator[Stretch]:
        lost = _merged(self._lost)
        telling = [place for place in self._spine if not (_is_short(place.passage) and _is_within(place.passage, lost))]
        for left, right in pairwise([None, *telling, None]):
            start, end = left.passage.end if left else 0, right.passage.start if right else self._length
            first, last = left.end if left else 0, right.start if right else len(self.copy)
            missing = lost[bisect_right(lost, start, key=itemgetter(1)) : bisect_left(lost, end, key=itemgetter(0))]
            words = self._bare(first, last)
            if missing and start < end:
                source = max(start, missing[0][0]), min(end, missing[-1][1])
                yield Stretch("changed" if words else "taken out", source, words or (first, first))
            elif words and not left:
                yield from self._outside("head", words, self._line_end(first, last, is_last=True), end)
            elif words and not right:
                ends_line = first > 0 and self.copy[first - 1] in LINE_ENDS
                cut = first if ends_line else self._line_end(first, last, is_last=False)
                yield from self._outside("foot", words, cut, start)
            elif words and not (_UNKNOWN < end - start == last - first):
                yield Stretch("added", (start, start), words)

    def _outside(self, kind: Literal["head", "foot"], words: tuple[int, int], cut: int, at: int) -> Iterator[Stretch]:
        """Tell lines of their own from words in the line of a passage, from which the ``cut`` parts them."""
        before, after = self._bare(words[0], cut), self._bare(cut, words[1])
        for part, is_own in ((before, kind == "head"), (after, kind == "foot")):
            if part:
                yield Stretch(kind if is_own else "added", (at, at), part)

    def _line_end(self, start: int, end: int, *, is_last: bool) -> int:
        """Return the place after the first or the last line end of a stretch, or where it starts or ends."""
        found = [match.end() for match in re.finditer(f"[{LINE_ENDS}]", self.copy[start:end])]
        return start + found[-1 if is_last else 0] if found else (start if is_last else end)

    def _bare(self, start: int, end: int) -> tuple[int, int] | None:
        """Return a stretch without the blanks around it; None where nothing else is there."""
        text = self.copy[start : max(start, end)]
        bare = text.strip()
        first = start + len(text) - len(text.lstrip())
        return (first, first + len(bare)) if bare else None


def _is_short(passage: Passage) -> bool:
    """Return whether the words of a passage are too few to tell where they stand."""
    return passage.end - passage.start < _TELLING


def _is_within(passage: Passage, spans: Sequence[tuple[int, int]]) -> bool:
    """Return whether one of ``spans``, which are in order, holds a passage."""
    at = bisect_right(spans, passage.start, key=itemgetter(0)) - 1
    return at >= 0 and passage.end <= spans[at][1]


def _some(passages: Sequence[Passage], most: int, telling: Callable[[Passage], bool]) -> Sequence[Passage]:
    """Return at most so many of ``passages``, from all parts of the source, that are told apart by their words."""
    if len(passages) <= most:
        return passages
    known = [passage for passage in passages if telling(passage)]
    return known[:: -(-len(known) // most)] if known else ()


def _merged(passages: Iterable[Passage]) -> list[tuple[int, int]]:
    """Return the stretches of the source that ``passages`` cover, in order."""
    merged: list[tuple[int, int]] = []
    for passage in passages:
        if merged and passage.start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(merged[-1][1], passage.end)
        else:
            merged.append((passage.start, passage.end))
    return merged


def _blanks_after(text: str, place: int) -> int:
    """Return how many blanks stand at ``place``, as far as one looks for them."""
    return len(text[place : place + _MOST_BLANKS]) - len(text[place : place + _MOST_BLANKS].lstrip())


def _blanks_before(text: str, place: int) -> int:
    """Return how many blanks stand before ``place``, as far as one looks for them."""
    before = text[max(0, place - _MOST_BLANKS) : place]
    return len(before) - len(before.rstrip())
