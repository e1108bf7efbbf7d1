"""How much of its sources a fact base uses, and what its sources are silent on."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise

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
    copies = [copy] if isinstance(copy, Copy) else copy or ()
    texts = {copy.sha256: copy.text for copy in copies}
    measured = [
        _Measured(source, evidence[source.id], uncited[source.id], texts.get(source.sha256)) for source in sources
    ]
    gaps = tuple(gap for one in measured for gap in one.gaps())
    return Coverage(
        complete=not gaps,
        sections=tuple(section for one in measured for section in one.sections()),
        gaps=gaps,
        indicators=tuple(store.indicators),
        matrix=tuple(_matrix(store)),
    )


class _Measured:
    """What is used of one source."""

    def __init__(
        self, source: Source, evidence: Sequence[tuple[Passage, Id]], uncited: Sequence[Uncited], text: str | None
    ) -> None:
        self._source = source
        self._text = text
        self._evidence = evidence
        self._cited = _merged(passage for passage, _ in evidence)
        self._used = _merged([*(passage for passage, _ in evidence), *(record.passage for record in uncited)])
        self._uncited = uncited

    @cached_property
    def _left(self) -> tuple[list[Span], list[Span]]:
        """What no passage covers: blanks, and gaps."""
        edges = [0, *(edge for span in self._used for edge in span), self._source.length]
        blanks: list[Span] = []
        gaps: list[Span] = []
        for start, end in zip(edges[::2], edges[1::2], strict=True):
            begun, ended = self._words(start, end)
            blanks += [(first, last) for first, last in ((start, begun), (ended, end)) if first < last]
            gaps += [(begun, ended)] if begun < ended else []
        return blanks, gaps

    def _words(self, start: int, end: int) -> Span:
        """Return where in a stretch words may stand: as the article has it, or where it is not at hand, by its place.

        Blanks that end it in a line are taken for a part of its words, as they are in passages.
        """
        if self._text is not None:
            text = self._text[start:end]
            begun = start + len(text) - len(text.lstrip())
            ending = text[len(text.rstrip()) :]
            return begun, max(begun, end - len(ending) if "\n" in ending else end)
        if end - start == 1:
            return end, end
        at = bisect_right(self._beginnings, start)
        next_begun = self._beginnings[at] if at < len(self._beginnings) else end
        return (next_begun if next_begun <= min(end, start + _INDENTED) else start), end

    @cached_property
    def _beginnings(self) -> list[int]:
        """Where sections and paragraphs begin, and where the source ends, in order."""
        sections = self._source.sections
        paragraphs = (start for section in sections for start in section.paragraphs)
        return sorted({*(section.start for section in sections), *paragraphs, self._source.length})

    def sections(self) -> Iterator[SectionCoverage]:
        """Return how much of each section is used."""
        starts = [*(section.start for section in self._source.sections), self._source.length]
        cited, used = self._by_section(self._cited), self._by_section(self._used)
        blanks = self._by_section(self._left[0])
        reasons: dict[int, Counter[str]] = defaultdict(Counter)
        for record in self._uncited:
            for number, count in self._by_section([(record.passage.start, record.passage.end)]).items():
                reasons[number][record.reason] += count
        for number, count in blanks.items():
            reasons[number][_BLANK] += count
        citing = Counter(number for number, _ in {(self._number(one.start), key) for one, key in self._evidence})
        for number, (section, (start, end)) in enumerate(zip(self._source.sections, pairwise(starts), strict=True)):
            yield SectionCoverage(
                source=self._source.id,
                section=section.id,
                title=section.title,
                length=end - start,
                cited=cited[number],
                uncited=used[number] - cited[number] + blanks[number],
                unused=end - start - used[number] - blanks[number],
                facts=citing[number],
                reasons=dict(sorted(reasons[number].items())),
            )

    def gaps(self) -> Iterator[Gap]:
        """Return what is neither cited nor set aside nor blank."""
        for start, end in self._left[1]:
            section = self._source.sections[self._number(start)]
            words = None if self._text is None else self._text[start:end]
            yield Gap(source=self._source.id, section=section.id, start=start, end=end, text=words)

    def _number(self, offset: int) -> int:
        return section_number(self._source, offset)

    def _by_section(self, spans: Iterable[Span]) -> Counter[int]:
        """Return how many characters of each section, by its number, ``spans`` cover."""
        covered: Counter[int] = Counter()
        starts = [*(section.start for section in self._source.sections), self._source.length]
        for start, end in spans:
            for number in range(self._number(start), self._number(end - 1) + 1):
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


def _matrix(store: Store) -> Iterator[CountryCoverage]:
    counted = Counter((observation.subject, observation.indicator) for observation in store.observations())
    for country in store.home_countries():
        values = {indicator.id: counted[country.id, indicator.id] for indicator in store.indicators}
        yield CountryCoverage(country=country.id, name=country.name, values=values)
