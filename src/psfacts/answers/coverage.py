"""How much of its sources a fact base uses, and what its sources are silent on."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise

from psfacts.answers.answer import BUILT_IN, Answer, asked
from psfacts.article.copy import Copy
from psfacts.model import Frozen, Id, Indicator, Offset, Passage, Record, Source, Text, Uncited
from psfacts.store.places import section_number
from psfacts.store.store import Store

_BLANK = "blank"
"""The reason of what is set aside without a record."""

_INDENTED = 6
"""Characters before a paragraph that are taken for line ends and an indentation, where the article is not at hand."""

Span = tuple[int, int]
"""Where a stretch of a source starts and ends."""

Evidence = Sequence[tuple[Passage, Id]]
"""Passages with the facts that cite them."""


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
    """How much of the rest is set aside with a reason, or is blank."""

    unused: int
    """How much is neither; 0 where all is accounted for."""

    facts: int
    """How many facts cite it."""

    reasons: Frozen[Text, int]
    """What was set aside, by reason; ``blank`` for what stands between passages and needs none."""


class CountryCoverage(Record):
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
    """Whether every character is cited, set aside with a reason, or a blank between passages."""

    sections: tuple[SectionCoverage, ...]
    """By source, in the order of the text."""

    gaps: tuple[Gap, ...]
    """What is not accounted for, in the order of the text."""

    indicators: tuple[Indicator, ...]
    """The columns of ``matrix``."""

    matrix: tuple[CountryCoverage, ...]
    """Country by indicator."""


@asked
def coverage(
    copy: Copy | Sequence[Copy] | None = None, *, only: Source | Sequence[Source] | None = None, store: Store = BUILT_IN
) -> Coverage:
    """Measure ``store``, or ``only`` some of its sources; with copies, give the words of what is left."""
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
    """Return what of a source no passage covers: blanks, and gaps."""
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
    """Return where in a stretch of an article words stand.

    Blanks that end it in a line are taken for a part of its words, as they are in passages.
    """
    stretch = text[start:end]
    begun = start + len(stretch) - len(stretch.lstrip())
    ending = stretch[len(stretch.rstrip()) :]
    return begun, max(begun, end - len(ending) if "\n" in ending else end)


def _words(beginnings: Sequence[int], start: int, end: int) -> Span:
    """Return where in a stretch of an article that is not at hand words may stand, by where paragraphs begin."""
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
    """Return how much of each section is used, ``left`` being blanks between passages."""
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
    """Return how many characters of each section, by its number, ``spans`` cover."""
    covered: Counter[int] = Counter()
    starts = [*(section.start for section in source.sections), source.length]
    for start, end in spans:
        for number in range(section_number(source, start), section_number(source, end - 1) + 1):
            covered[number] += min(end, starts[number + 1]) - max(start, starts[number])
    return covered


def _merged(passages: Iterable[Passage]) -> list[Span]:
    """Return the stretches that ``passages`` of one source cover, merged and in order."""
    merged: list[Span] = []
    for start, end in sorted((passage.start, passage.end) for passage in passages):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged
