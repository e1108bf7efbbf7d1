"""How much of its sources a fact base uses, and what its sources are silent on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from psfacts.answers.answer import BUILT_IN, Answer, asked
from psfacts.article.copy import Copy
from psfacts.article.text import digest
from psfacts.model import Frozen, Id, Indicator, Offset, Passage, Record, Section, Source, Text
from psfacts.store.store import Store


class Gap(Record):
    """A stretch of a source that is neither cited nor set aside."""

    source: Id
    """Id of the source."""

    section: Id
    """Id of the section that it starts in."""

    start: Offset
    """Offset of its first character."""

    end: Offset
    """Offset just after its last character."""

    text: str | None
    """Its words, where the article is at hand."""


class SectionCoverage(Record):
    """How much of a section is used. All counts are of code points."""

    source: Id
    """Id of the source."""

    section: Id
    """Id of the section."""

    title: Text
    """Title of the section."""

    length: int
    """Length of the section."""

    cited: int
    """How much of it the evidence of facts covers."""

    uncited: int
    """How much of the rest is set aside with a reason."""

    unused: int
    """How much is neither; 0 where all is accounted for."""

    facts: int
    """How many facts cite it."""

    reasons: Frozen[Text, int]
    """What was set aside, by reason."""


class Silence(Record):
    """What the sources say about one country."""

    country: Id
    """Id of the country."""

    name: Text
    """English name."""

    values: Frozen[Id, int]
    """By indicator id, how many observations there are; 0 where the sources are silent."""


class Coverage(Answer):
    """Answer to: what of the article is used, and on what is it silent?"""

    complete: bool
    """Whether every character is cited or set aside with a reason."""

    sections: tuple[SectionCoverage, ...]
    """By source, in the order of the text."""

    gaps: tuple[Gap, ...]
    """What is not accounted for, in the order of the text."""

    indicators: tuple[Indicator, ...]
    """The columns of ``matrix``."""

    matrix: tuple[Silence, ...]
    """Country by indicator."""


@asked
def coverage(copy: Copy | None = None, *, only: Source | None = None, store: Store = BUILT_IN) -> Coverage:
    """Measure ``store``, or ``only`` one of its sources; with a ``copy``, give the words of what is left."""
    sources = [only] if only else store.sources
    sections = [one for source in sources for one in _sections(store, source)]
    gaps = tuple(gap for source in sources for gap in _gaps(store, source, copy))
    return Coverage(
        complete=not gaps,
        sections=tuple(sections),
        gaps=gaps,
        indicators=tuple(store.indicators),
        matrix=tuple(_matrix(store)),
    )


def _spans(passages: Iterable[Passage], source: Source) -> list[tuple[int, int]]:
    """Return the stretches of ``source`` that ``passages`` cover, merged and in order."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted((one.start, one.end) for one in passages if one.source == source.id):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def _overlap(spans: Iterable[tuple[int, int]], start: int, end: int) -> int:
    return sum(max(0, min(end, stop) - max(start, first)) for first, stop in spans)


def _bounds(source: Source) -> list[tuple[Section, int]]:
    ends = [*(one.start for one in source.sections[1:]), source.length]
    return list(zip(source.sections, ends, strict=True))


def _sections(store: Store, source: Source) -> Iterable[SectionCoverage]:
    evidence = [passage for fact in store.facts for passage in fact.evidence]
    cited = _spans(evidence, source)
    together = _spans([*evidence, *(one.passage for one in store.uncited)], source)
    for section, end in _bounds(source):
        used, all_used = _overlap(cited, section.start, end), _overlap(together, section.start, end)
        yield SectionCoverage(
            source=source.id,
            section=section.id,
            title=section.title,
            length=end - section.start,
            cited=used,
            uncited=all_used - used,
            unused=end - section.start - all_used,
            facts=sum(
                any(section.start <= one.start < end and one.source == source.id for one in fact.evidence)
                for fact in store.facts
            ),
            reasons=_reasons(store, source, section.start, end),
        )


def _reasons(store: Store, source: Source, start: int, end: int) -> dict[str, int]:
    counted: Counter[str] = Counter()
    for one in store.uncited:
        if one.passage.source == source.id:
            counted[one.reason] += _overlap([(one.passage.start, one.passage.end)], start, end)
    return {reason: count for reason, count in sorted(counted.items()) if count}


def _gaps(store: Store, source: Source, copy: Copy | None) -> Iterable[Gap]:
    passages = [passage for fact in store.facts for passage in fact.evidence]
    reached = 0
    for start, end in [
        *_spans([*passages, *(one.passage for one in store.uncited)], source),
        (source.length, source.length),
    ]:
        if start > reached:
            section = next(one for one, stop in _bounds(source) if one.start <= reached < stop)
            is_copied = copy is not None and digest(copy.text) == source.sha256
            words = copy.text[reached:start] if copy and is_copied else None
            yield Gap(source=source.id, section=section.id, start=reached, end=start, text=words)
        reached = end


def _matrix(store: Store) -> Iterable[Silence]:
    counted = Counter((one.subject, one.indicator) for one in store.observations())
    for country in store.home_countries():
        values = {one.id: counted[country.id, one.id] for one in store.indicators}
        yield Silence(country=country.id, name=country.name, values=values)
