"""A fact base held against a copy of its article, fact by fact and check by check.

What is proven is that the words, numbers, dates and names that a fact rests on stand in the article where it says;
not that the article is right, nor that the fact reads it rightly.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from psfacts.article.copy import Copy, Found
from psfacts.article.text import digest
from psfacts.checking import checks
from psfacts.checking.agreement import agreement
from psfacts.checking.checks import name_words, values_taken
from psfacts.checking.copies import of_source
from psfacts.checking.results import Check, CheckName, ErratumCheck, FactCheck, Sighting, Status
from psfacts.checking.times import times
from psfacts.model import Erratum, Fact, Id, Observation, Offset, Passage, Source
from psfacts.store.store import Store
from psfacts.text.mentions import Spotter
from psfacts.text.names import fold, spellings


class Checker:
    """The checks, with what they look things up in."""

    def __init__(self, store: Store, copy: Copy, source: Source) -> None:
        self.identical = digest(copy.text) == source.sha256
        self._store = store
        self._copy = copy
        self._source = source
        self._spotter = Spotter(store.entities)
        self._known = frozenset(name_words(" ".join(word for fact in store.facts for word in fact.keywords)))
        self._plain = checks.plain_words(" ".join([copy.text, *(fact.statement for fact in store.facts)]))
        self._cited = {passage for fact in store.facts for passage in fact.evidence}
        self._cited |= {one.passage for one in store.uncited}
        misprinted = [one for one in store.errata if one.kind in ("name", "figure")]
        self._misprints = tuple(passage for one in misprinted for passage in one.evidence)
        self._taken = values_taken(store.observations())

    def fact(self, fact: Fact) -> FactCheck:
        """Run all checks on ``fact``."""
        passages = tuple(self._sighting(passage) for passage in fact.evidence)
        cited = " ".join(self._found(passage).words for passage in fact.evidence)
        indicator = self._store.indicator(fact.indicator) if isinstance(fact, Observation) else None
        problems: dict[CheckName, Iterator[str]] = {
            "passage": checks.missing(passages, self.identical),
            "numbers": checks.numbers(fact, cited, self._taken),
            "dates": times(fact, cited, self._source.published),
            "names": self._names(fact, cited, self._as_read(fact)),
            "errata": self._errata(fact),
            "statement": agreement(fact, indicator, self._spotter, self._name),
        }
        results = tuple(_check(name, found) for name, found in problems.items())
        return FactCheck(
            id=fact.id, status=_status([one.ok for one in results], passages), checks=results, passages=passages
        )

    def erratum(self, erratum: Erratum) -> ErratumCheck:
        """Check that the printed words of ``erratum`` stand at each of its occurrences."""
        passages = tuple(self._occurrence(erratum, passage) for passage in of_source(erratum.evidence, self._source))
        problems = (*checks.unprinted(erratum.printed, passages, self.identical), *self._read(erratum))
        return ErratumCheck(
            id=erratum.id, status=_status([not problems], passages), problems=problems, passages=passages
        )

    def _read(self, erratum: Erratum) -> Iterator[str]:
        """Hold the names that an erratum reads against the entities that it says it touches."""
        read = {one for one in self._spotter.spot(erratum.reading) if self._store.entity(one).type != "group"}
        if erratum.kind != "doubt":
            for entity in sorted(read - set(erratum.entities)):
                yield f"the reading names {self._name(entity)}, which is not among the entities"
        if erratum.kind == "name" and not self._spotter.spot_all(erratum.reading).intersection(erratum.entities):
            yield f"the reading “{erratum.reading}” names none of the entities"

    def _sighting(self, passage: Passage) -> Sighting:
        found = self._copy.find(passage)
        if found is None:
            return Sighting(passage=passage, status="missing", start=None, reading=None)
        return _seen(passage, found, found.start)

    def _found(self, passage: Passage) -> Found:
        """Find a passage, or what stands where it should, so that one sees what was changed there."""
        return self._copy.find(passage) or self._copy.instead(passage)

    def _occurrence(self, erratum: Erratum, passage: Passage) -> Sighting:
        """Find an occurrence by way of the passages around it: the words alone may stand anywhere."""
        around = sorted((one for one in self._cited if _within(passage, one)), key=lambda one: one.end - one.start)
        for one in around:
            if found := self._copy.find(one):
                start = found.start + passage.start - one.start
                if found.text[start : start + len(erratum.printed)] == erratum.printed:
                    return _seen(passage, found, start)
        for one in around:
            if not self._copy.find(one):
                changed = self._copy.instead(one)
                at = changed.words.find(erratum.printed)
                if at >= 0:
                    return _seen(passage, changed, changed.start + at)
        return Sighting(passage=passage, status="missing", start=None, reading=None)

    def _as_read(self, fact: Fact) -> str:
        """Return the words that ``fact`` cites without the names that are misprints of others."""
        return " ".join(self._without_misprints(passage) for passage in fact.evidence)

    def _without_misprints(self, passage: Passage) -> str:
        text = self._found(passage).words
        for misprint in self._misprints:
            if _within(misprint, passage):
                start, end = misprint.start - passage.start, misprint.end - passage.start
                text = text[:start] + " " * (end - start) + text[end:]
        return text

    def _names(self, fact: Fact, cited: str, read: str) -> Iterator[str]:
        printed, stated = self._spotter.spot_all(read), self._spotter.spot(checks.said(fact))
        corrected = self._corrected(fact)
        for entity in fact.entities:
            if entity not in printed | corrected | set(fact.context):
                where = "named in the passages, nor read there by an erratum, nor taken from context"
                yield f"{self._name(entity)} is neither {where}"
        for entity in sorted(stated - set(fact.entities)):
            yield f"the statement names {self._name(entity)}, which is not among the entities"
        known = " ".join([cited, *self._own_names(fact), *(self._store.erratum(key).reading for key in fact.errata)])
        words = self._known.union(name_words(known))
        yield from checks.names_brought_in(checks.said(fact), words)
        first = checks.first_word(fact.statement)
        if not {first.lower(), *fold(first).split()} & (words | self._plain):
            for entity in sorted(self._printed_by_name(fact) - self._spotter.spot_all(checks.said(fact))):
                yield f"the statement does not name {self._name(entity)}, but “{first}”, a name that is not known"

    def _printed_by_name(self, fact: Fact) -> set[Id]:
        """Return the entities of ``fact`` that have names of their own and come from the passages."""
        return {one for one in fact.entities if one not in fact.context and self._store.entity(one).type != "group"}

    def _own_names(self, fact: Fact) -> Iterator[str]:
        for entity in map(self._store.entity, fact.entities):
            yield from (*spellings(entity), entity.role or "")

    def _corrected(self, fact: Fact) -> frozenset[Id]:
        """Return the entities that errata of ``fact`` read into its passages."""
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


def _seen(passage: Passage, found: Found, start: Offset) -> Sighting:
    in_place = start == passage.start and found.reading == "exact"
    return Sighting(passage=passage, status="in place" if in_place else "moved", start=start, reading=found.reading)


def _within(inner: Passage, outer: Passage) -> bool:
    return inner.source == outer.source and outer.start <= inner.start and inner.end <= outer.end


def _inside(passage: Passage, fact: Fact) -> bool:
    return any(_within(passage, one) for one in fact.evidence)


def _status(oks: Sequence[bool], passages: Sequence[Sighting]) -> Status:
    if not all(oks):
        return "failed"
    return "ok" if all(one.status == "in place" for one in passages) else "moved"


def _check(name: CheckName, problems: Iterator[str]) -> Check:
    found = tuple(dict.fromkeys(problems))
    return Check(check=name, ok=not found, problems=found)
