"""A fact base held against a copy of its article, fact by fact and check by check."""

from __future__ import annotations

from psfacts.answers.answer import BUILT_IN, Answer, asked
from psfacts.answers.coverage import Coverage, coverage
from psfacts.article.copy import Copy
from psfacts.checking.checker import Checker
from psfacts.checking.copies import Progress, find_all, of_source, source_of
from psfacts.checking.results import ErratumCheck, FactCheck
from psfacts.model import Erratum, Fact, Id, Source
from psfacts.store.store import Store


class Verification(Answer):
    """Answer to: do the facts hold against this copy of the article?"""

    ok: bool
    """Whether nothing at all was found; moved passages are no finding."""

    source: Id
    """Id of the source that the copy is a copy of."""

    identical: bool
    """Whether the copy, normalised, has the very digest of the source."""

    facts: tuple[FactCheck, ...]
    """All facts that rest on the source alone, by place in the source."""

    left_out: tuple[Id, ...]
    """Ids of facts that cite another source, of which this copy shows nothing. Sorted."""

    errata: tuple[ErratumCheck, ...]
    """All errata printed in the source."""

    coverage: Coverage
    """How much of the source the facts use."""


@asked
def verify(copy: Copy, progress: Progress | None = None, *, store: Store = BUILT_IN) -> Verification:
    """Hold ``store`` against ``copy``: all that is drawn from the source that it is a copy of.

    Raises InvalidError where the copy has hardly a passage of any source.
    """
    source = source_of(store, copy)
    find_all(store, source, copy, progress)
    checker = Checker(store, copy, source)
    facts, left_out = _facts(store, source)
    errata = sorted((one for one in store.errata if of_source(one.evidence, source)), key=_place)
    facts_checked = tuple(checker.fact(one) for one in facts)
    errata_checked = tuple(checker.erratum(one) for one in errata)
    measured = coverage(copy, only=source, store=store)
    verdicts = [*(one.status for one in facts_checked), *(one.status for one in errata_checked)]
    return Verification(
        ok="failed" not in verdicts and measured.complete,
        source=source.id,
        identical=checker.identical,
        facts=facts_checked,
        left_out=left_out,
        errata=errata_checked,
        coverage=measured,
    )


def _place(record: Fact | Erratum) -> tuple[int, int, Id]:
    return record.evidence[0].start, record.evidence[-1].end, record.id


def _facts(store: Store, source: Source) -> tuple[list[Fact], tuple[Id, ...]]:
    """Return the facts that rest on ``source`` alone, by place, and the ids of the others."""
    whole = [one for one in store.facts if len(of_source(one.evidence, source)) == len(one.evidence)]
    kept = {one.id for one in whole}
    return sorted(whole, key=_place), tuple(sorted(one.id for one in store.facts if one.id not in kept))
