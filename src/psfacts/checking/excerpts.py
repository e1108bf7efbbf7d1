"""The words that a fact cites, in their paragraph, with the errata printed there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from psfacts.article.copy import Copy
from psfacts.model import Erratum, Id, Passage, Record, Text
from psfacts.store.store import Store

Span = tuple[int, int, Erratum]
"""Where an erratum is printed in a copy."""


class Segment(Record):
    """A stretch of a paragraph within which nothing changes."""

    text: str
    """Its words as printed."""

    cited: bool
    """Whether the fact cites them."""

    errata: tuple[Id, ...]
    """Ids of the errata whose printed words they are, or are part of."""


class Excerpt(Record):
    """A passage as it stands in a user's copy of the article."""

    reading: Text
    """How it had to be read to be found: ``exact``, ``plain blanks``, ``curly quotes`` or ``joined lines``."""

    text: Text
    """The cited words."""

    segments: tuple[Segment, ...]
    """The whole paragraph, cut where the cited words or an erratum begin or end."""


def excerpt(store: Store, passage: Passage, copy: Copy) -> Excerpt | None:
    """Return ``passage`` in its paragraph, or ``None`` where ``copy`` does not have it.

    The paragraph is what stands between the same two line breaks.
    """
    found = copy.find(passage)
    if found is None:
        return None
    text, shift = found.text, found.start - passage.start
    first = text.rfind("\n", 0, found.start) + 1
    last = text.find("\n", found.start)
    last = len(text) if last < 0 else last
    near = store.errata_within(passage.source, first - shift, last - shift)
    printed = [span for span in _printed(near, passage.source, text, shift) if first <= span[0] and span[1] <= last]
    cited = found.start, min(last, passage.end + shift)
    return Excerpt(
        reading=found.reading,
        text=text[slice(*cited)].strip(),
        segments=tuple(_segments(text, (first, last), cited, printed)),
    )


def _printed(errata: Sequence[Erratum], source: str, text: str, shift: int) -> Iterator[Span]:
    """Return those of ``errata`` whose printed words stand where they would in a text that is shifted by ``shift``."""
    for erratum in errata:
        for one in erratum.evidence:
            start, end = one.start + shift, one.end + shift
            if one.source == source and start >= 0 and text[start:end] == erratum.printed:
                yield start, end, erratum


def _segments(
    text: str, paragraph: tuple[int, int], cited: tuple[int, int], printed: Sequence[Span]
) -> Iterator[Segment]:
    """Cut the paragraph wherever the cited words or an erratum begin or end."""
    cuts = {*paragraph, *cited, *(cut for start, end, _ in printed for cut in (start, end))}
    for start, end in pairwise(sorted(cuts)):
        errata = sorted(one.id for begin, stop, one in printed if begin <= start and end <= stop)
        yield Segment(
            text=text[start:end], cited=cited[0] <= start and end <= cited[1], errata=tuple(dict.fromkeys(errata))
        )
