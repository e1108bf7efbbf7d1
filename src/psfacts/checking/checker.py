"""Checks of a fact base against copies of its articles.

They prove that the words, numbers, dates and names of a fact are in the article where it says;
not that the article is right, nor that the fact reads it rightly.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from psfacts.article.alignment import Alignment
from psfacts.checking.checks import CHECKS, Base, Cited, name_words, within
from psfacts.checking.results import Check, ErratumCheck, FactCheck, Sighting, SightingStatus, Status
from psfacts.model import Erratum, Fact, Id, Passage
from psfacts.store.store import Store
from psfacts.text.dates import Dates
from psfacts.text.numbers import counted, percentages


class Checker(Base):
    """The checks of the records of a store against the alignments of copies."""

    def __init__(self, store: Store, alignments: Mapping[Id, Alignment]) -> None:
        super().__init__(store, alignments)
        misprinted = (erratum for erratum in store.errata if erratum.kind in ("name", "figure"))
        misprints = (passage for erratum in misprinted for passage in erratum.evidence)
        self._misprints = sorted(misprints, key=lambda passage: (passage.source, passage.start, passage.end))
        self._cited = cache(self._find)

    def fact(self, fact: Fact) -> FactCheck:
        """Run all checks on ``fact``."""
        cited = self._cited(fact.evidence)
        checks = []
        for name, check in CHECKS.items():
            problems = tuple(dict.fromkeys(check(fact, cited, self)))
            checks.append(Check(check=name, ok=not problems, problems=problems))
        status = _status(any(not check.ok for check in checks), cited.sightings)
        return FactCheck(id=fact.id, status=status, checks=tuple(checks), passages=cited.sightings)

    def erratum(self, erratum: Erratum) -> ErratumCheck:
        """Check that the printed words of ``erratum`` stand at each of its occurrences."""
        passages = tuple(self._sighting(passage) for passage in erratum.evidence if passage.source in self.alignments)
        missing = (found.passage.start for found in passages if found.status in ("missing", "out of order"))
        unprinted = (f"“{erratum.printed}” does not stand at {start}" for start in missing)
        problems = (*unprinted, *self._misread(erratum))
        status = _status(bool(problems), passages)
        return ErratumCheck(id=erratum.id, status=status, problems=problems, passages=passages)

    def _misread(self, erratum: Erratum) -> Iterator[str]:
        """Check the names in an erratum's reading against its entities."""
        for entity in sorted(self.spotter.spot(erratum.reading).difference(erratum.entities)):
            if erratum.kind != "doubt" and self.store.entity(entity).type != "group":
                yield f"the reading names {self.name(entity)}, which is not among the entities"
        if erratum.kind == "name" and not self.spotter.spot_all(erratum.reading).intersection(erratum.entities):
            yield f"the reading “{erratum.reading}” names none of the entities"

    def _sighting(self, passage: Passage) -> Sighting:
        alignment = self.alignments[passage.source]
        found = alignment.find(passage)
        if found is None:
            start = alignment.elsewhere(passage)
            status: SightingStatus = "missing" if start is None else "out of order"
            return Sighting(passage=passage, status=status, start=start, reading=None)
        is_in_place = (found.start, found.reading) == (passage.start, "exact")
        status = "in place" if is_in_place else "moved"
        return Sighting(passage=passage, status=status, start=found.start, reading=found.reading)

    def _find(self, evidence: tuple[Passage, ...]) -> Cited:
        texts = [self._text(passage) for passage in evidence]
        text, read = " ".join(texts), " ".join(map(self._without_misprints, evidence, texts))
        return Cited(
            sightings=tuple(map(self._sighting, evidence)),
            published=max(self.store.source(passage.source).published for passage in evidence),
            numbers=counted(text),
            shares=percentages(text),
            dates=Dates.of(text),
            words=name_words(text),
            named=self.spotter.spot_all(read),
        )

    def _text(self, passage: Passage) -> str:
        """Return the words of a passage, or the words in its place, to show what was changed."""
        alignment = self.alignments[passage.source]
        start = alignment.elsewhere(passage)
        if start is not None:
            return alignment.copy[start : start + passage.end - passage.start]
        return (alignment.find(passage) or alignment.instead(passage)).text

    def _without_misprints(self, passage: Passage, text: str) -> str:
        pieces, reached = [], 0
        for misprint in within(self._misprints, passage):
            start, end = misprint.start - passage.start, misprint.end - passage.start
            pieces.append(text[reached:start])
            reached = max(reached, end)
        return " ".join([*pieces, text[reached:]])


def _status(is_wrong: bool, passages: Iterable[Sighting]) -> Status:
    if is_wrong:
        return "failed"
    return "ok" if all(sighting.status == "in place" for sighting in passages) else "moved"
