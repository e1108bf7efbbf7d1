"""Excerpts: the cited words of a fact in their paragraph, with the errata printed there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from psfacts.article.text import cut
from psfacts.model import Id, Passage, Record, Text
from psfacts.store.store import Store

if TYPE_CHECKING:
    from psfacts.article.alignment import Alignment

_AROUND = 10_000
"""Minimum number of characters shown on each side of the cited words in a long paragraph."""

Span = tuple[int, int, Id | None]
"""Span of the words of an erratum, or, without one, of the cited words."""


class Segment(Record):
    """A part of a paragraph with the same status throughout."""

    text: str
    """Its words as printed."""

    cited: bool
    """Whether the fact cites them."""

    errata: tuple[Id, ...]
    """Ids of the errata whose printed words they are, or are part of."""


class Excerpt(Record):
    """A passage in a user's copy of the article."""

    reading: Text
    """``exact``, or the differences of the copy from the source's form, such as ``quotation marks``."""

    text: str
    """The cited words, as they are in the copy."""

    segments: tuple[Segment, ...]
    """The whole paragraphs around them, cut where the cited words or an erratum begin or end; of a paragraph
    longer than some pages, those around them, with ``…`` for the rest."""


def excerpt(store: Store, passage: Passage, copy: Alignment) -> Excerpt | None:
    """Return ``passage`` in its paragraphs in ``copy``, or ``None`` if the copy does not have it.

    The paragraphs run from the line break before the passage to the one after it.
    """
    found = copy.find(passage)
    if found is None:
        return None
    text, length = copy.copy, len(copy.copy)
    bare = found.start + len(text[found.start : found.end].rstrip())
    # In steps, so that of one huge paragraph words near each other are shown in the same part.
    reached = max(0, found.start // _AROUND - 1) * _AROUND, min(length, (bare // _AROUND + 2) * _AROUND)
    first = text.rfind("\n", reached[0], found.start) + 1 or reached[0]
    last = bare + len(text[bare : reached[1]].partition("\n")[0])
    start, end = passage.start - (found.start - first), passage.end + last - found.end
    spans: list[Span] = [(found.start - first, min(last, found.end) - first, None)]
    for erratum in store.errata_within(passage.source, start, end):
        printed = [place for place in erratum.evidence if place.source == passage.source and start <= place.start < end]
        inside = (place for place in map(copy.find, printed) if place and first <= place.start and place.end <= last)
        spans += ((place.start - first, place.end - first, erratum.id) for place in inside)
    rest = Segment(text="…", cited=False, errata=())
    before = [rest] if first and text[first - 1] != "\n" else []
    after = [rest] if last < length and text[last] != "\n" else []
    return Excerpt(
        reading=found.reading,
        text=text[found.start : min(last, found.end)].strip(),
        segments=(*before, *segments(text[first:last], spans), *after),
    )


def segments(text: str, spans: Iterable[Span]) -> Iterator[Segment]:
    """Cut a paragraph wherever the cited words or those for an erratum begin or end."""
    for start, end, keys in cut(len(text), spans):
        errata = tuple(sorted(key for key in keys if key))
        yield Segment(text=text[start:end], cited=None in keys, errata=errata)
