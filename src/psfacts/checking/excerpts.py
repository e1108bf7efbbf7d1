"""The words that a fact cites, in their paragraph, with the errata printed there."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from psfacts.article.alignment import Alignment
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
    """``exact``, or in what the copy's form of the passage differs, such as ``quotation marks``."""

    text: str
    """The cited words, as they stand in the copy."""

    segments: tuple[Segment, ...]
    """The whole paragraphs that they stand in, cut where the cited words or an erratum begin or end."""


def excerpt(store: Store, passage: Passage, copy: Alignment) -> Excerpt | None:
    """Return ``passage`` in its paragraphs as they stand in ``copy``, or ``None`` where the copy does not have it.

    The paragraphs run from the line break before the passage to the one behind it.
    """
    found = copy.find(passage)
    if found is None:
        return None
    text = copy.copy
    first = text.rfind("\n", 0, found.start) + 1
    last = text.find("\n", max(found.start, found.start + len(text[found.start : found.end].rstrip())))
    last = len(text) if last < 0 else last
    near = store.errata_within(passage.source, passage.start - (found.start - first), passage.end + last - found.end)
    printed = [span for span in _printed(near, passage.source, copy) if first <= span[0] and span[1] <= last]
    cited = found.start, min(last, found.end)
    return Excerpt(
        reading=found.reading,
        text=text[slice(*cited)].strip(),
        segments=tuple(_segments(text, (first, last), cited, printed)),
    )


def _printed(errata: Sequence[Erratum], source: Id, copy: Alignment) -> Iterator[Span]:
    """Return where the printed words of ``errata`` stand in ``copy``."""
    for erratum in errata:
        for passage in erratum.evidence:
            found = copy.find(passage) if passage.source == source else None
            if found:
                yield found.start, found.end, erratum


def _segments(
    text: str, paragraph: tuple[int, int], cited: tuple[int, int], printed: Sequence[Span]
) -> Iterator[Segment]:
    """Cut the paragraph wherever the cited words or an erratum begin or end."""
    begun: dict[int, list[Id]] = defaultdict(list)
    ended: dict[int, list[Id]] = defaultdict(list)
    for start, end, erratum in printed:
        begun[start].append(erratum.id)
        ended[end].append(erratum.id)
    here: Counter[Id] = Counter()
    for start, end in pairwise(sorted({*paragraph, *cited, *begun, *ended})):
        here.update(begun[start])
        here.subtract(ended[start])
        errata = tuple(sorted(key for key, count in here.items() if count > 0))
        yield Segment(text=text[start:end], cited=cited[0] <= start and end <= cited[1], errata=errata)
