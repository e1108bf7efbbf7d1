"""A fact base held against a copy of its article, fact by fact and check by check.

What is proven is that the words, numbers, dates and names that a fact rests on stand in the article where it says;
not that the article is right, nor that the fact reads it rightly.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from psfacts import checks
from psfacts.article import Copy, digest
from psfacts.coverage import coverage
from psfacts.errors import InvalidError
from psfacts.mentions import Spotter
from psfacts.model import Erratum, Fact, Id, Observation, Passage, Relation, Source
from psfacts.store import Store
from psfacts.verification import Check, CheckName, ErratumCheck, FactCheck, Sighting, Status, Verification


def verify(store: Store, copy: Copy, progress: Callable[[int, int], None] | None = None) -> Verification:
    """Hold ``store`` against ``copy``; ``progress`` is told how many of how many facts are done.

    Raises InvalidError where the copy has not one passage of any source.
    """
    source = _source(store, copy)
    facts = sorted((one for one in store.facts if one.evidence[0].source == source.id), key=_place)
    errata = sorted((one for one in store.errata if one.evidence[0].source == source.id), key=_place)
    checker = _Checker(store, copy, source)
    checked = []
    for done, fact in enumerate(facts, 1):
        checked.append(checker.fact(fact))
        if progress:
            progress(done, len(facts))
    errata_checked = tuple(checker.erratum(one) for one in errata)
    measured = coverage(store, copy)
    verdicts = [*(one.status for one in checked), *(one.status for one in errata_checked)]
    return Verification(
        ok="failed" not in verdicts and measured.complete,
        source=source.id,
        identical=digest(copy.text) == source.sha256,
        facts=tuple(checked),
        errata=errata_checked,
        coverage=measured,
    )


def _place(record: Fact | Erratum) -> tuple[int, int, Id]:
    return record.evidence[0].start, record.evidence[-1].end, record.id


def _source(store: Store, copy: Copy) -> Source:
    """Tell which source ``copy`` is a copy of: the one with its digest, else the one that it has passages of."""
    for source in store.sources:
        if digest(copy.text) == source.sha256:
            return source
    for source in store.sources:
        evidence = [passage for fact in store.facts for passage in fact.evidence if passage.source == source.id]
        if any(copy.find(passage) for passage in evidence):
            return source
    raise InvalidError(
        "the article has none of the passages that the facts cite",
        "give the text that the fact base was drawn from: "
        + ", ".join(f"{one.title} ({one.publisher}, {one.published})" for one in store.sources),
    )


class _Checker:
    """The checks, with what they look things up in."""

    def __init__(self, store: Store, copy: Copy, source: Source) -> None:
        self._store = store
        self._copy = copy
        self._source = source
        self._spotter = Spotter(store.entities)
        self._cited = {passage for fact in store.facts for passage in fact.evidence}
        self._cited |= {one.passage for one in store.uncited}

    def fact(self, fact: Fact) -> FactCheck:
        """Run all checks on ``fact``."""
        passages = tuple(self._sighting(passage) for passage in fact.evidence)
        texts = [self._text(one) for one in fact.evidence]
        cited = " ".join(text for text in texts if text)
        problems: dict[CheckName, Iterator[str]] = {
            "passage": checks.missing(passages),
            "numbers": checks.numbers(fact, cited),
            "dates": checks.dates(fact, cited),
            "names": self._names(fact, cited),
            "errata": self._errata(fact),
        }
        results = tuple(_check(name, found) for name, found in problems.items())
        return FactCheck(
            id=fact.id, status=_status([one.ok for one in results], passages), checks=results, passages=passages
        )

    def erratum(self, erratum: Erratum) -> ErratumCheck:
        """Check that the printed words of ``erratum`` stand at each of its occurrences."""
        passages = tuple(self._occurrence(erratum, passage) for passage in erratum.evidence)
        problems = tuple(
            f"“{erratum.printed}” does not stand at {one.passage.start}" for one in passages if one.status == "missing"
        )
        return ErratumCheck(
            id=erratum.id, status=_status([not problems], passages), problems=problems, passages=passages
        )

    def _sighting(self, passage: Passage) -> Sighting:
        found = self._copy.find(passage)
        if found is None:
            return Sighting(passage=passage, status="missing", start=None, reading=None)
        in_place = found.start == passage.start and found.reading == "exact"
        return Sighting(
            passage=passage, status="in place" if in_place else "moved", start=found.start, reading=found.reading
        )

    def _occurrence(self, erratum: Erratum, passage: Passage) -> Sighting:
        """Find an occurrence by way of the passages around it: the words alone may stand anywhere."""
        for around in sorted(self._cited, key=lambda one: one.end - one.start):
            if _within(passage, around) and (found := self._copy.find(around)):
                start = found.start + passage.start - around.start
                if found.text[start : start + len(erratum.printed)] == erratum.printed:
                    in_place = start == passage.start and found.reading == "exact"
                    return Sighting(
                        passage=passage, status="in place" if in_place else "moved", start=start, reading=found.reading
                    )
        return Sighting(passage=passage, status="missing", start=None, reading=None)

    def _text(self, passage: Passage) -> str | None:
        found = self._copy.find(passage)
        return found.text[found.start : found.start + passage.end - passage.start] if found else None

    def _names(self, fact: Fact, cited: str) -> Iterator[str]:
        printed, stated = self._spotter.spot_all(cited), self._spotter.spot(checks.said(fact))
        corrected = self._corrected(fact)
        for entity in fact.entities:
            if entity not in printed | corrected | set(fact.context):
                where = "named in the passages, nor read there by an erratum, nor taken from context"
                yield f"{self._name(entity)} is neither {where}"
        for entity in sorted(stated - set(fact.entities)):
            yield f"the statement names {self._name(entity)}, which is not among the entities"
        named = self._spotter.spot_all(fact.statement)
        for entity in _parties(fact):
            if entity not in named:
                yield f"the statement does not name {self._name(entity)}, which it is about"

    def _corrected(self, fact: Fact) -> frozenset[Id]:
        """Give the entities that errata of ``fact`` read into its passages."""
        read: set[Id] = set()
        for erratum in map(self._store.erratum, fact.errata):
            if erratum.kind != "doubt" and any(_inside(one, fact) for one in erratum.evidence):
                read |= self._spotter.spot(erratum.reading) & set(erratum.entities)
        return frozenset(read)

    def _errata(self, fact: Fact) -> Iterator[str]:
        for erratum in map(self._store.erratum, fact.errata):
            inside = [one for one in erratum.evidence if _inside(one, fact)]
            if not inside:
                yield f"the erratum {erratum.id} is not printed in the passages"
            for one in inside:
                if self._occurrence(erratum, one).status == "missing":
                    yield f"“{erratum.printed}”, which the erratum {erratum.id} reads, does not stand at {one.start}"

    def _name(self, entity: Id) -> str:
        return self._store.entity(entity).name


def _within(inner: Passage, outer: Passage) -> bool:
    return inner.source == outer.source and outer.start <= inner.start and inner.end <= outer.end


def _inside(passage: Passage, fact: Fact) -> bool:
    return any(_within(passage, one) for one in fact.evidence)


def _parties(fact: Fact) -> tuple[Id, ...]:
    match fact:
        case Observation():
            return (fact.subject,)
        case Relation():
            return (fact.subject, fact.object)
        case _:
            return ()


def _status(oks: Sequence[bool], passages: Sequence[Sighting]) -> Status:
    if not all(oks):
        return "failed"
    return "ok" if all(one.status == "in place" for one in passages) else "moved"


def _check(name: CheckName, problems: Iterator[str]) -> Check:
    found = tuple(dict.fromkeys(problems))
    return Check(check=name, ok=not found, problems=found)
