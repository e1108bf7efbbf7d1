"""Coverage of the sources by the facts, verification of these against copies of articles, and validation of files."""

from __future__ import annotations

import os
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from psfacts.answers.answer import BUILT_IN, Answer, asked
from psfacts.article.text import Copy, cut
from psfacts.checking.results import Change, CopyCoverage, ErratumCheck, FactCheck
from psfacts.errors import InvalidError, UsageError
from psfacts.files import UnreadableError
from psfacts.hooks import Progress, unreported
from psfacts.loading.problems import Problems
from psfacts.model import Erratum, Fact, Frozen, Id, Indicator, Offset, Record, Source, Text
from psfacts.store.open import is_database, read
from psfacts.store.places import by_place, section_number
from psfacts.store.store import Store

if TYPE_CHECKING:
    from psfacts.article.alignment import Alignment

ACCEPTED = ("head", "foot")
"""Kinds of changes that leave the source's own words intact."""

_CITED = ""
"""The account of a passage that a fact cites; that of one that is set aside is the reason."""

_INDENTED = 6
"""Maximum number of characters before a paragraph taken for line ends and indentation, without the article."""

Span = tuple[int, int, str]
"""Start and end of a passage, with its account."""

Part = tuple[int, int, frozenset[str]]
"""Start and end of a part of a source, with all its accounts; none for a gap."""


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


class Coverage(Answer, command="coverage"):
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
    """Measure the coverage of all sources, or ``only`` some; with copies, quote the parts not accounted for.

    Raises InvalidError as :func:`verify` does.
    """
    sources = [only] if isinstance(only, Source) else store.sources if only is None else only
    found = _aligned(store, copy) if copy else {}
    texts = {key: alignment.copy for key, alignment in found.items() if alignment.is_identical}
    known: dict[Id, list[Span]] = defaultdict(list)
    citing: dict[Id, set[tuple[int, Id]]] = defaultdict(set)
    for fact in store.facts:
        for passage in fact.evidence:
            known[passage.source].append((passage.start, passage.end, _CITED))
            citing[passage.source].add((passage.start, fact.id))
    for record in store.uncited:
        known[record.passage.source].append((record.passage.start, record.passage.end, record.reason))
    sections: list[SectionCoverage] = []
    gaps: list[Gap] = []
    for source in sources:
        text = texts.get(source.id)
        parts = list(_parts(source, known[source.id], text))
        sections += _sections(source, parts, citing[source.id])
        for start, end in (span for *span, accounts in parts if not accounts):
            section = source.sections[section_number(source, start)].id
            words = None if text is None else text[start:end]
            gaps.append(Gap(source=source.id, section=section, start=start, end=end, text=words))
    every = tuple(store.indicators)
    counts = Counter((observation.subject, observation.indicator) for observation in store.observations())
    rows = []
    for country in store.home_countries():
        values = {indicator.id: counts[country.id, indicator.id] for indicator in every}
        rows.append(CountryCoverage(country=country.id, name=country.name, values=values))
    return Coverage(complete=not gaps, sections=tuple(sections), gaps=tuple(gaps), indicators=every, matrix=tuple(rows))


def _aligned(store: Store, copies: Copy | Sequence[Copy]) -> dict[Id, Alignment]:
    """Align each copy with its source. Raises InvalidError where one has hardly a passage, or two are of one source."""
    from psfacts.checking.copies import aligned, sources_of

    copy_of = sources_of(store, [copies] if isinstance(copies, Copy) else copies)
    return {key: aligned(store, store.source(key), copy) for key, copy in copy_of.items()}


def _parts(source: Source, known: Iterable[Span], text: str | None) -> Iterator[Part]:
    """Cut a source wherever a passage begins or ends; what no passage covers is blank or a gap."""
    paragraphs = (start for section in source.sections for start in (section.start, *section.paragraphs))
    beginnings = [*paragraphs, source.length]
    blank = frozenset(["blank"])
    for start, end, accounts in cut(source.length, known):
        begun, ended = (start, end) if accounts else _words(text, beginnings, start, end)
        parts = ((start, begun, blank), (begun, ended, accounts), (ended, end, blank))
        yield from (part for part in parts if part[0] < part[1])


def _sections(source: Source, parts: Iterable[Part], citing: Iterable[tuple[int, Id]]) -> Iterator[SectionCoverage]:
    """Return the coverage of each section; ``citing`` has the facts by the start of their passages."""
    starts = [*(section.start for section in source.sections), source.length]
    none = {"cited": 0, "uncited": 0, "unused": 0, "facts": 0}
    sizes = [{"length": end - start, **none} for start, end in pairwise(starts)]
    reasons = [Counter[str]() for _ in source.sections]
    for start, end, accounts in parts:
        share = "cited" if _CITED in accounts else "uncited" if accounts else "unused"
        for number in range(section_number(source, start), section_number(source, end - 1) + 1):
            size = min(end, starts[number + 1]) - max(start, starts[number])
            sizes[number][share] += size
            reasons[number].update(dict.fromkeys(accounts - {_CITED}, size))
    for number, _ in {(section_number(source, start), key) for start, key in citing}:
        sizes[number]["facts"] += 1
    for section, size_of, found in zip(source.sections, sizes, reasons, strict=True):
        why = dict(sorted(found.items()))
        yield SectionCoverage(source=source.id, section=section.id, title=section.title, **size_of, reasons=why)


def _words(text: str | None, beginnings: Sequence[int], start: int, end: int) -> tuple[int, int]:
    """Return the span of the words in a part of a source; without its text, of what may be words.

    Blanks at its end, within the line, count as part of its words, as they do in passages.
    """
    if text is None:
        begun = end if end - start == 1 else beginnings[bisect_left(beginnings, start)]
        return (begun if begun <= min(end, start + _INDENTED) else start), end
    stretch = text[start:end]
    begun = start + len(stretch) - len(stretch.lstrip())
    ending = stretch[len(stretch.rstrip()) :]
    return begun, max(begun, end - len(ending) if "\n" in ending else end)


class VerifiedSource(Record):
    """Result of checking a copy as a whole, with the coverage of its source."""

    source: Id
    """Id of the source that it is a copy of."""

    identical: bool
    """Whether the normalised copy has the digest of the source."""

    copy_coverage: CopyCoverage
    """How much of the copy comes from the source."""

    changes: tuple[Change, ...]
    """Words added, removed or changed, in the order of the copy."""

    coverage: Coverage
    """Coverage of the source by the facts."""

    @property
    def changed(self) -> tuple[Change, ...]:
        """Changes that affect the source's own words."""
        return tuple(change for change in self.changes if change.kind not in ACCEPTED)


class Verification(Answer, command="verify"):
    """Answer to: do the facts hold against these copies of the articles?"""

    ok: bool
    """Whether nothing at all was found: every check holds, everything is accounted for, and no copy has other words
    than its source but in lines before the first and after the last passage. Moved passages are no finding."""

    source: Id | None
    """Id of the source of the copy; ``None`` for several."""

    identical: bool
    """Whether each copy, normalised, has the digest of its source."""

    sources: tuple[VerifiedSource, ...]
    """Results for each copy as a whole, by source."""

    facts: tuple[FactCheck, ...]
    """Results for all facts that cite only these sources, in source order."""

    left_out: tuple[Id, ...]
    """Ids of facts that cite another source, and so were not checked. Sorted."""

    errata: tuple[ErratumCheck, ...]
    """Results for all errata printed in these sources."""

    coverage: Coverage
    """Coverage of all these sources by the facts."""


@asked
def verify(copies: Copy | Sequence[Copy], progress: Progress = unreported, *, store: Store = BUILT_IN) -> Verification:
    """Check the facts and errata of ``store`` against copies of the articles that they are drawn from.

    Raises InvalidError where a copy has hardly a passage of any source, or two are of one, and UsageError where there
    is none.
    """
    from psfacts.checking.checks import Checker  # which coverage does without

    if not copies:
        raise UsageError("verify needs a copy of the article")
    found = _aligned(store, copies)
    sources = [source for source in store.sources if source.id in found]
    checker = Checker(store, found)
    facts = [fact for fact in store.facts if all(passage.source in found for passage in fact.evidence)]
    errata = [erratum for erratum in store.errata if any(passage.source in found for passage in erratum.evidence)]
    records: list[Fact | Erratum] = sorted([*facts, *errata], key=by_place)
    checks: list[FactCheck | ErratumCheck] = []
    for done, record in enumerate(records, 1):
        checks.append(checker.erratum(record) if isinstance(record, Erratum) else checker.fact(record))
        progress(done, len(records))
    copied = tuple(_source(store, source, found[source.id]) for source in sources)
    measured = copied[0].coverage if len(copied) == 1 else coverage(only=sources, store=store)
    is_held = all(check.status != "failed" for check in checks) and not any(copy.changed for copy in copied)
    return Verification(
        ok=is_held and measured.complete,
        source=sources[0].id if len(sources) == 1 else None,
        identical=all(copy.identical for copy in copied),
        sources=copied,
        facts=tuple(check for check in checks if isinstance(check, FactCheck)),
        left_out=tuple(sorted({fact.id for fact in store.facts} - {fact.id for fact in facts})),
        errata=tuple(check for check in checks if isinstance(check, ErratumCheck)),
        coverage=measured,
    )


def _source(store: Store, source: Source, found: Alignment) -> VerifiedSource:
    changes = []
    for kind, (start, end), (first, last) in found.stretches:
        section, text = source.sections[section_number(source, start)].id, found.copy[first:last]
        at = {"start": start, "end": end, "copy_start": first, "copy_end": last}
        changes.append(Change(kind=kind, section=section, text=text, **at))
    outside = sum(len(change.text) for change in changes if change.kind in ACCEPTED)
    added = sum(len(change.text) for change in changes) - outside
    length = len(found.copy)
    sizes = CopyCoverage(length=length, known=length - outside - added, outside=outside, added=added)
    used = coverage(Copy(found.copy) if found.is_identical else None, only=source, store=store)
    return VerifiedSource(
        source=source.id, identical=found.is_identical, copy_coverage=sizes, changes=tuple(changes), coverage=used
    )


class Validation(Answer, command="validate"):
    """Answer to: is this file a fact base?"""

    ok: bool
    """Whether there are no problems."""

    file: str
    """The file as it was given; bytes of its name that are not UTF-8 as backslash escapes."""

    problems: tuple[str, ...]
    """Problems, each with its place and what to do; of very many, the first ones."""

    counts: Frozen[Text, int]
    """Number of records by list; empty if there are problems."""

    total: int = 0
    """Total number of problems."""


def validate(path: str | os.PathLike[str]) -> Validation:
    """Read the file ``path`` as an untrusted fact base and return all its problems.

    Raises InvalidError if there is no file to read.
    """
    path = Path(path)
    name = str(path).encode(errors="backslashreplace").decode()
    try:
        counts = _audited(path) if is_database(path) else {key: len(found) for key, found in read(path).lists.items()}
    except UnreadableError:
        raise
    except InvalidError as error:
        return Validation(ok=False, file=name, problems=error.problems, total=error.total, counts={})
    return Validation(ok=True, file=name, problems=(), counts=counts)


def _audited(path: Path) -> dict[str, int]:
    """Check a whole database, including its index tables."""
    from psfacts.finding import index
    from psfacts.store.file import audit, open_file

    file = open_file(path)
    problems = Problems(file.name)
    try:
        counts = audit(file, problems)
        if not problems.total:
            problems.tell(index.problems(file))
    except InvalidError as error:
        problems.add_from(error)
    problems.check()
    return counts
