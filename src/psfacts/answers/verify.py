"""Verification of a fact base against copies of its articles."""

from __future__ import annotations

from collections.abc import Sequence

from psfacts.answers.answer import BUILT_IN, Answer, asked
from psfacts.answers.coverage import Coverage, coverage
from psfacts.article.alignment import Alignment
from psfacts.article.text import Copy
from psfacts.checking.checks import Checker
from psfacts.checking.copies import aligned, sources_of
from psfacts.checking.results import Change, CopyCoverage, ErratumCheck, FactCheck
from psfacts.errors import UsageError
from psfacts.hooks import Progress, unreported
from psfacts.model import Erratum, Fact, Id, Record, Source
from psfacts.store.places import by_place, section_number
from psfacts.store.store import Store

ACCEPTED = ("head", "foot")
"""Kinds of changes that leave the source's own words intact."""


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


class Verification(Answer):
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
    given = [copies] if isinstance(copies, Copy) else [*copies]
    if not given:
        raise UsageError("verify needs a copy of the article")
    of_source = sources_of(store, given)
    sources = [source for source in store.sources if source.id in of_source]
    found = {source.id: aligned(store, source, of_source[source.id]) for source in sources}
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
    used = coverage(Copy(found.copy), only=source, store=store)
    return VerifiedSource(
        source=source.id, identical=found.is_identical, copy_coverage=sizes, changes=tuple(changes), coverage=used
    )
