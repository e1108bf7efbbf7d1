"""Coverage of the sources by the facts, and the countries and indicators on which the sources are silent."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise

from psfacts.answers.answer import BUILT_IN, Answer, asked
from psfacts.article.text import Copy
from psfacts.model import Frozen, Id, Indicator, Offset, Passage, Record, Source, Text, Uncited
from psfacts.store.places import section_number
from psfacts.store.store import Store

_BLANK = "blank"
"""The reason given for blanks between passages, which have no record."""

_INDENTED = 6
"""Maximum number of characters before a paragraph taken for line ends and indentation, without the article."""

Span = tuple[int, int]
"""Start and end offsets of a part of a source."""

Evidence = Sequence[tuple[Passage, Id]]
"""Passages, each with the id of the fact that cites it."""


class Gap(Record):
    """A part of a source that is neither cited nor set aside."""

    source: Id
    """Id of the source."""

    section: Id
    """Id of the section that it starts in."""

    start: Offset
    """Offset of its first character."""

    end: Offset
    """Offset just after its last character."""

    text: str | None
    """Its text, if a copy of the article was given."""


class SectionCoverage(Record):
    """Coverage of a section. All lengths are in code points."""

    source: Id
    """Id of the source."""

    section: Id
    """Id of the section."""

    title: Text
    """Title of the section."""

    length: int
    """Length of the section."""

    cited: int
    """Length covered by the evidence of facts."""

    uncited: int
    """Length that is not cited but set aside with a reason, or blank."""

    unused: int
    """Length that is neither; 0 if everything is accounted for."""

    facts: int
    """Number of facts that cite it."""

    reasons: Frozen[Text, int]
    """Length set aside by reason; ``blank`` for white space between passages."""


class CountryCoverage(Record):
    """Number of values for one country."""

    country: Id
    """Id of the country."""

    name: Text
    """English name."""

    values: Frozen[Id, int]
    """Number of observations by indicator id; 0 where the sources are silent."""


class Coverage(Answer):
    """Answer to: what of the article is used, and on what is it silent?"""

    complete: bool
    """Whether every character is cited, set aside with a reason, or a blank between passages."""

    sections: tuple[SectionCoverage, ...]
    """Sections by source, in text order."""

    gaps: tuple[Gap, ...]
    """Parts that are not accounted for, in text order."""

    indicators: tuple[Indicator, ...]
    """The columns of ``matrix``."""

    matrix: tuple[CountryCoverage, ...]
    """One row per country."""


@asked
def coverage(
    copy: Copy | Sequence[Copy] | None = None, *, only: Source | Sequence[Source] | None = None, store: Store = BUILT_IN
) -> Coverage:
    """Measure the coverage of all sources, or ``only`` some; with copies, quote the parts not accounted for."""
    sources = [only] if isinstance(only, Source) else store.sources if only is None else only
    evidence: dict[Id, list[tuple[Passage, Id]]] = defaultdict(list)
    for fact in store.facts:
        for passage in fact.evidence:
            evidence[passage.source].append((passage, fact.id))
    uncited: dict[Id, list[Uncited]] = defaultdict(list)
    for record in store.uncited:
        uncited[record.passage.source].append(record)
    texts = {copied.sha256: copied.text for copied in ([copy] if isinstance(copy, Copy) else copy or ())}
    sections: list[SectionCoverage] = []
    gaps: list[Gap] = []
    for source in sources:
        found = _left(source, evidence[source.id], uncited[source.id], texts.get(source.sha256))
        sections += _sections(source, evidence[source.id], uncited[source.id], found[0])
        gaps += (_gap(source, span, texts.get(source.sha256)) for span in found[1])
    counts = Counter((observation.subject, observation.indicator) for observation in store.observations())
    matrix = [
        CountryCoverage(
            country=country.id,
            name=country.name,
            values={indicator.id: counts[country.id, indicator.id] for indicator in store.indicators},
        )
        for country in store.home_countries()
    ]
    return Coverage(
        complete=not gaps,
        sections=tuple(sections),
        gaps=tuple(gaps),
        indicators=tuple(store.indicators),
        matrix=tuple(matrix),
    )


def _left(
    source: Source, evidence: Evidence, uncited: Sequence[Uncited], text: str | None
) -> tuple[list[Span], list[Span]]:
    """Return the parts of a source that no passage covers: blanks, and gaps."""
    used = _merged([*(passage for passage, _ in evidence), *(record.passage for record in uncited)])
    parts = (begun for section in source.sections for begun in (section.start, *section.paragraphs))
    beginnings = sorted({*parts, source.length})
    edges = [0, *chain.from_iterable(used), source.length]
    blanks: list[Span] = []
    gaps: list[Span] = []
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        begun, ended = _words(beginnings, start, end) if text is None else _words_printed(text, start, end)
        blanks += [(first, last) for first, last in ((start, begun), (ended, end)) if first < last]
        gaps += [(begun, ended)] if begun < ended else []
    return blanks, gaps


def _words_printed(text: str, start: int, end: int) -> Span:
    """Return the spans of the words in a part of an article.

    Blanks at its end, within the line, count as part of its words, as they do in passages.
    """
    stretch = text[start:end]
    begun = start + len(stretch) - len(stretch.lstrip())
    ending = stretch[len(stretch.rstrip()) :]
    return begun, max(begun, end - len(ending) if "\n" in ending else end)


def _words(beginnings: Sequence[int], start: int, end: int) -> Span:
    """Return the spans that may have words in a part of an article without a copy, from the starts of paragraphs."""
    if end - start == 1:
        return end, end
    at = bisect_right(beginnings, start)
    begun = beginnings[at] if at < len(beginnings) else end
    return (begun if begun <= min(end, start + _INDENTED) else start), end


def _gap(source: Source, span: Span, text: str | None) -> Gap:
    start, end = span
    section = source.sections[section_number(source, start)].id
    return Gap(source=source.id, section=section, start=start, end=end, text=None if text is None else text[start:end])


def _sections(
    source: Source, evidence: Evidence, uncited: Sequence[Uncited], left: Sequence[Span]
) -> Iterator[SectionCoverage]:
    """Return the coverage of each section; ``left`` holds the blanks between passages."""
    passages = [passage for passage, _ in evidence]
    cited = _by_section(source, _merged(passages))
    used = _by_section(source, _merged([*passages, *(record.passage for record in uncited)]))
    blanks = _by_section(source, left)
    reasons: dict[str, Counter[int]] = defaultdict(Counter, {_BLANK: blanks.copy()})
    for record in uncited:
        reasons[record.reason].update(_by_section(source, [(record.passage.start, record.passage.end)]))
    citing = Counter(
        number for number, _ in {(section_number(source, passage.start), key) for passage, key in evidence}
    )
    starts = [*(section.start for section in source.sections), source.length]
    for number, (section, (start, end)) in enumerate(zip(source.sections, pairwise(starts), strict=True)):
        yield SectionCoverage(
            source=source.id,
            section=section.id,
            title=section.title,
            length=end - start,
            cited=cited[number],
            uncited=used[number] - cited[number] + blanks[number],
            unused=end - start - used[number] - blanks[number],
            facts=citing[number],
            reasons={reason: counts[number] for reason, counts in sorted(reasons.items()) if counts[number]},
        )


def _by_section(source: Source, spans: Iterable[Span]) -> Counter[int]:
    """Return the number of characters that ``spans`` cover, by number of the section."""
    covered: Counter[int] = Counter()
    starts = [*(section.start for section in source.sections), source.length]
    for start, end in spans:
        for number in range(section_number(source, start), section_number(source, end - 1) + 1):
            covered[number] += min(end, starts[number + 1]) - max(start, starts[number])
    return covered


def _merged(passages: Iterable[Passage]) -> list[Span]:
    """Return the spans of ``passages`` of one source, merged and in order."""
    merged: list[Span] = []
    for start, end in sorted((passage.start, passage.end) for passage in passages):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged
