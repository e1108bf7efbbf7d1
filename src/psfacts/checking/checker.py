"""Checks of a fact base against copies of its articles.

They prove that the words, numbers, dates and names of a fact are in the article where it says;
not that the article is right, nor that the fact reads it rightly.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from psfacts.article.alignment import Alignment
from psfacts.checking import checks
from psfacts.checking.checks import Cited, name_words
from psfacts.checking.results import Check, CheckName, ErratumCheck, FactCheck, Sighting, SightingStatus, Status
from psfacts.checking.times import times
from psfacts.model import Erratum, Fact, Id, Observation, Passage
from psfacts.store.store import Store
from psfacts.text.mentions import Spotter
from psfacts.text.names import fold, spellings


class Checker:
    """The checks, with the base and the alignments of copies that they use."""

    def __init__(self, store: Store, alignments: Mapping[Id, Alignment]) -> None:
        self._store = store
        self._alignments = alignments
        self._published = {source.id: source.published for source in store.sources}
        self._spotter = Spotter(store.entities)
        self._known = name_words(" ".join(word for fact in store.facts for word in fact.keywords))
        copies = (alignment.copy for alignment in alignments.values())
        self._plain = checks.plain_words(" ".join([*copies, *(fact.statement for fact in store.facts)]))
        misprinted = (erratum for erratum in store.errata if erratum.kind in ("name", "figure"))
        self._misprints = _by_place(passage for erratum in misprinted for passage in erratum.evidence)
        self._printed = {erratum.id: _by_place(erratum.evidence) for erratum in store.errata}
        self._shared = checks.shared_values(store.observations())
        self._cited: dict[tuple[Passage, ...], Cited] = {}

    def fact(self, fact: Fact) -> FactCheck:
        """Run all checks on ``fact``."""
        passages = tuple(map(self._sighting, fact.evidence))
        cited = self._words(fact.evidence)
        indicator = self._store.indicator(fact.indicator) if isinstance(fact, Observation) else None
        published = max(self._published[passage.source] for passage in fact.evidence)
        problems: dict[CheckName, Iterator[str]] = {
            "passage": checks.missing(passages),
            "numbers": checks.numbers(fact, cited, self._shared),
            "dates": times(fact, cited.dates, published),
            "names": self._names(fact, cited),
            "errata": self._errata(fact),
            "statement": checks.agreement(fact, indicator, self._spotter, self._name),
        }
        results = tuple(_check(name, found) for name, found in problems.items())
        return FactCheck(
            id=fact.id, status=_status([check.ok for check in results], passages), checks=results, passages=passages
        )

    def erratum(self, erratum: Erratum) -> ErratumCheck:
        """Check that the printed words of ``erratum`` stand at each of its occurrences."""
        passages = tuple(self._sighting(passage) for passage in erratum.evidence if passage.source in self._alignments)
        problems = (*checks.unprinted(erratum.printed, passages), *self._read(erratum))
        return ErratumCheck(
            id=erratum.id, status=_status([not problems], passages), problems=problems, passages=passages
        )

    def _read(self, erratum: Erratum) -> Iterator[str]:
        """Check the names in an erratum's reading against its entities."""
        named = self._spotter.spot(erratum.reading)
        if erratum.kind != "doubt":
            for entity in sorted(named - set(erratum.entities)):
                if self._store.entity(entity).type != "group":
                    yield f"the reading names {self._name(entity)}, which is not among the entities"
        if erratum.kind == "name" and not self._spotter.spot_all(erratum.reading).intersection(erratum.entities):
            yield f"the reading “{erratum.reading}” names none of the entities"

    def _sighting(self, passage: Passage) -> Sighting:
        alignment = self._alignments[passage.source]
        found = alignment.find(passage)
        if found is None:
            start = alignment.elsewhere(passage)
            status: SightingStatus = "missing" if start is None else "out of order"
            return Sighting(passage=passage, status=status, start=start, reading=None)
        is_in_place = (found.start, found.reading) == (passage.start, "exact")
        status = "in place" if is_in_place else "moved"
        return Sighting(passage=passage, status=status, start=found.start, reading=found.reading)

    def _words(self, evidence: tuple[Passage, ...]) -> Cited:
        """Return the words of passages, or the words in their place, to show what was changed."""
        if evidence not in self._cited:
            texts = [self._text(passage) for passage in evidence]
            read = " ".join(map(self._without_misprints, evidence, texts))
            self._cited[evidence] = Cited(" ".join(texts), read, self._spotter.spot_all(read))
        return self._cited[evidence]

    def _text(self, passage: Passage) -> str:
        alignment = self._alignments[passage.source]
        start = alignment.elsewhere(passage)
        if start is not None:
            return alignment.copy[start : start + passage.end - passage.start]
        return (alignment.find(passage) or alignment.instead(passage)).text

    def _without_misprints(self, passage: Passage, text: str) -> str:
        pieces, reached = [], 0
        for misprint in _within(self._misprints, passage):
            start, end = misprint.start - passage.start, misprint.end - passage.start
            pieces.append(text[reached:start])
            reached = max(reached, end)
        return " ".join([*pieces, text[reached:]])

    def _names(self, fact: Fact, cited: Cited) -> Iterator[str]:
        stated, known = self._spotter.spot(checks.said(fact)), cited.named | self._corrected(fact) | set(fact.context)
        for entity in fact.entities:
            if entity not in known:
                where = "named in the passages, nor read there by an erratum, nor taken from context"
                yield f"{self._name(entity)} is neither {where}"
        for entity in sorted(stated - set(fact.entities)):
            yield f"the statement names {self._name(entity)}, which is not among the entities"
        entities = [self._store.entity(key) for key in fact.entities]
        names = (word for entity in entities for word in (*spellings(entity), entity.role or ""))
        own = name_words(" ".join([*names, *(self._store.erratum(key).reading for key in fact.errata)]))
        yield from checks.unknown_names(checks.said(fact), cited.words, own, self._known)
        first = checks.first_word(fact.statement)
        forms = {first.lower(), *fold(first).split()}
        if not any(forms & words for words in (cited.words, own, self._known, self._plain)):
            printed = {entity.id for entity in entities if entity.type != "group"} - set(fact.context)
            for key in sorted(printed - self._spotter.spot_all(checks.said(fact))):
                yield f"the statement does not name {self._name(key)}, but “{first}”, a name that is not known"

    def _corrected(self, fact: Fact) -> frozenset[Id]:
        """Return the entities that the errata of ``fact`` add to its passages."""
        errata = [erratum for erratum in map(self._store.erratum, fact.errata) if erratum.kind != "doubt"]
        read = [self._spotter.spot(each.reading) & set(each.entities) for each in errata if self._inside(each, fact)]
        return frozenset[Id]().union(*read)

    def _errata(self, fact: Fact) -> Iterator[str]:
        for erratum in map(self._store.erratum, fact.errata):
            inside = self._inside(erratum, fact)
            if not inside:
                yield f"the erratum {erratum.id} is not printed in the passages"
            for passage in inside:
                if self._alignments[passage.source].find(passage) is None:
                    read = f"which the erratum {erratum.id} reads"
                    yield f"“{erratum.printed}”, {read}, does not stand at {passage.start}"

    def _inside(self, erratum: Erratum, fact: Fact) -> list[Passage]:
        """Return where ``erratum`` is printed in the passages of ``fact``."""
        printed = self._printed[erratum.id]
        return [*dict.fromkeys(passage for cited in fact.evidence for passage in _within(printed, cited))]

    def _name(self, entity: Id) -> str:
        return self._store.entity(entity).name


def _by_place(passages: Iterable[Passage]) -> list[Passage]:
    return sorted(passages, key=lambda passage: (passage.source, passage.start, passage.end))


def _within(passages: Sequence[Passage], outer: Passage) -> Iterator[Passage]:
    """Return those of ``passages``, which are in order, that lie within another."""
    first = bisect_left(passages, (outer.source, outer.start), key=lambda passage: (passage.source, passage.start))
    for passage in islice(passages, first, None):
        if passage.source != outer.source or passage.start >= outer.end:
            break
        if passage.end <= outer.end:
            yield passage


def _status(oks: Sequence[bool], passages: Sequence[Sighting]) -> Status:
    if not all(oks):
        return "failed"
    return "ok" if all(sighting.status == "in place" for sighting in passages) else "moved"


def _check(name: CheckName, problems: Iterator[str]) -> Check:
    found = tuple(dict.fromkeys(problems))
    return Check(check=name, ok=not found, problems=found)
