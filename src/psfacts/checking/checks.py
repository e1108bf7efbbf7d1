"""Checks of a fact base against copies of its articles.

They prove that the words, numbers, dates and names of a fact are in the article where it says;
not that the article is right, nor that the fact reads it rightly. Each yields its problems, one sentence each.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import chain
from operator import attrgetter
from typing import NamedTuple
from unicodedata import category

from psfacts.article.alignment import Alignment
from psfacts.checking.results import Check, CheckName, ErratumCheck, FactCheck, Sighting, SightingStatus, Status
from psfacts.checking.times import times
from psfacts.model import Erratum, Fact, Id, Observation, Passage, Relation, When
from psfacts.store.store import Store
from psfacts.text.dates import Dates, without_dates
from psfacts.text.names import Spotter, fold, spellings, without_possessives
from psfacts.text.numbers import counted, exact, percentages, plain
from psfacts.text.numbers import numbers as numbers_in
from psfacts.text.phrases import either

_NAME = re.compile(r"(?<=[^\s.!?:“”\"«»]\s)[“\"(]?\w*[A-ZÀ-ÖØ-Þ]\w*(?:[-–’']\w+)*")
"""Pattern of a capitalised word that does not begin a sentence."""

_SMALL = re.compile(r"[^\W\d_]+")

_PASSIVE = ("by", "from")
"""Words before whoever does it, where a statement names first to whom it is done."""

Measured = tuple[Id, tuple[Passage, ...], When, int | float | str]
"""The indicator, evidence, time and value of an observation, which several subjects may share."""


class Cited(NamedTuple):
    """The cited passages of a fact, and what they mention in the form of the sources; if missing, what is instead."""

    sightings: tuple[Sighting, ...]
    """The places of the passages."""

    published: date
    """The day on which the last of their sources appeared."""

    numbers: Counter[Decimal]
    """Numbers in them, with their counts."""

    shares: set[Decimal]
    """Percentages in them."""

    dates: Dates
    """Dates in them."""

    words: set[str]
    """Their words, folded."""

    named: frozenset[Id]
    """Entities that they name, but for misprinted names."""


def name_words(text: str) -> set[str]:
    """Return all folded words of ``text``; possessives also without their endings."""
    return {*fold(text).split(), *fold(without_possessives(text)).split()}


def within(passages: Sequence[Passage], outer: Passage) -> list[Passage]:
    """Return those of ``passages``, which are in the order of the text, that lie within another."""
    bounds = (outer.source, outer.start), (outer.source, outer.end)
    first, last = (bisect_left(passages, bound, key=attrgetter("source", "start")) for bound in bounds)
    return [passage for passage in passages[first:last] if passage.end <= outer.end]


def _said(fact: Fact) -> str:
    """Return the title and statement of a fact."""
    return f"{fact.statement} {fact.title}" if fact.title else fact.statement


def _measured(fact: Observation) -> Measured | None:
    """Return what a fact measures and from which words, if its value is a number that its statement has."""
    is_stated = not isinstance(fact.value, str) and exact(fact.value) in numbers_in(fact.statement)
    return (fact.indicator, fact.evidence, fact.when, fact.value) if is_stated else None


def _passages(_: Fact, cited: Cited, __: Checker) -> Iterator[str]:
    """Find passages that are missing from the article or out of order."""
    for sighting in cited.sightings:
        span = f"{sighting.passage.start}-{sighting.passage.end}"
        if sighting.status == "missing":
            yield f"the passage {span} is not in the article"
        elif sighting.status == "out of order":
            yield f"the passage {span} stands at {sighting.start}, out of its order"


def _numbers(fact: Fact, cited: Cited, base: Checker) -> Iterator[str]:
    """Find numbers that are stated but not printed, dates aside, or printed with and stated without %."""
    text = without_dates(_said(fact))
    stated, stated_shares = numbers_in(text), percentages(text)
    for number in sorted(stated - cited.numbers.keys()):
        yield f"{plain(number)} does not stand in the passages"
    for number in sorted(stated_shares & cited.numbers.keys() - cited.shares):
        yield f"{plain(number)}% is stated, and {plain(number)} without % stands in the passages"
    for number in sorted(stated & cited.shares - stated_shares):
        yield f"{plain(number)} is stated, and {plain(number)}% stands in the passages"
    if isinstance(fact, Observation) and not isinstance(fact.value, str):
        number = exact(fact.value)
        if number not in cited.numbers:
            yield f"the value {plain(number)} does not stand in the passages"
        measured = _measured(fact)
        other = next((key for key in base.sharing[measured] if key != fact.id), None)
        if measured and other and cited.numbers[number] == 1:
            yield f"the value {plain(number)} stands in the passages once, and {other} has it too"


def _dates(fact: Fact, cited: Cited, _: Checker) -> Iterator[str]:
    """Find parts of dates that are neither printed nor inferred, and contradictions between words and days."""
    return times(fact.when, Dates.of(_said(fact)), cited.dates, cited.published)


def _names(fact: Fact, cited: Cited, base: Checker) -> Iterator[str]:
    """Find entities that the passages do not name, and names that neither they nor the base have."""
    said = _said(fact)
    errata = [base.store.erratum(key) for key in fact.errata]
    corrections = [each for each in errata if each.kind != "doubt" and _printed_in(each, fact)]
    corrected = {key for each in corrections for key in base.spotter.spot(each.reading).intersection(each.entities)}
    for key in sorted({*fact.entities}.difference(cited.named, corrected, fact.context)):
        where = "named in the passages, nor read there by an erratum, nor taken from context"
        yield f"{base.name(key)} is neither {where}"
    for key in sorted(base.spotter.spot(said).difference(fact.entities)):
        yield f"the statement names {base.name(key)}, which is not among the entities"
    entities = [base.store.entity(key) for key in fact.entities]
    names = (word for entity in entities for word in (*spellings(entity), entity.role or ""))
    own = name_words(" ".join([*names, *(erratum.reading for erratum in errata)]))
    yield from _unknown_names(said, cited.words, own, base.known)
    first = _first_word(fact.statement)
    forms = {first.lower(), *fold(first).split()}
    if not any(forms & words for words in (cited.words, own, base.known, base.plain)):
        expected = {entity.id for entity in entities if entity.type != "group"}.difference(fact.context)
        for key in sorted(expected - base.spotter.spot_all(said)):
            yield f"the statement does not name {base.name(key)}, but “{first}”, a name that is not known"


def _first_word(statement: str) -> str:
    """Return the first word of ``statement``, or an empty string."""
    bare = without_possessives(statement)
    letters = "".join(letter if letter.isalpha() or category(letter).startswith("M") else " " for letter in bare)
    return next(iter(letters.split()), "")


def _unknown_names(stated: str, *known: Collection[str]) -> Iterator[str]:
    """Find capitalised words in ``stated`` that are not among ``known`` words: names that come from elsewhere.

    The first word of a sentence is passed over where it is capitalised for that alone, as is every month.
    """
    for match in _NAME.finditer(without_possessives(stated)):
        for word in fold(match[0]).split():
            if not any(word in words for words in known) and not Dates.of(match[0]).months:
                yield f"the name “{match[0]}” is stated, and stands neither in the passages nor in the fact base"


def _printed_in(erratum: Erratum, fact: Fact) -> list[Passage]:
    """Return where ``erratum`` is printed in the passages of ``fact``."""
    return [*dict.fromkeys(passage for cited in fact.evidence for passage in within(erratum.evidence, cited))]


def _errata(fact: Fact, _: Cited, base: Checker) -> Iterator[str]:
    """Find errata that are not printed in the passages, or whose printed words are not there."""
    for erratum in map(base.store.erratum, fact.errata):
        places = _printed_in(erratum, fact)
        if not places:
            yield f"the erratum {erratum.id} is not printed in the passages"
        for passage in places:
            if base.alignments[passage.source].find(passage) is None:
                yield f"“{erratum.printed}”, which the erratum {erratum.id} reads, does not stand at {passage.start}"


def _agreement(fact: Fact, _: Cited, base: Checker) -> Iterator[str]:
    """Find contradictions between the fields of ``fact`` and its statement."""
    named = base.spotter.spot_all(fact.statement)
    parties = [*filter(None, (getattr(fact, "subject", None), getattr(fact, "object", None)))]
    for entity in parties:
        if entity not in named:
            yield f"the statement does not name {base.name(entity)}, which it is about"
    if isinstance(fact, Observation):
        yield from _value(fact, base)
    if isinstance(fact, Relation):
        order = [(key, before) for key, before in base.spotter.mentions(fact.statement) if key in parties]
        is_passive = any(key == fact.subject and before in _PASSIVE for key, before in order)
        if order and (order[0][0], order[-1][0]) == (fact.object, fact.subject) and not is_passive:
            told = f"{base.name(fact.object)} before {base.name(fact.subject)}, from which the relation goes out"
            yield f"the statement names {told}"


def _value(fact: Observation, base: Checker) -> Iterator[str]:
    """Check a value against its statement, which must have the number, and no other category."""
    if isinstance(fact.value, str):
        words = f" {fold(fact.statement)} "
        stated = [each for each in base.store.indicator(fact.indicator).categories if f" {fold(each)} " in words]
        if stated and fact.value not in stated:
            told = either(f"“{each}”" for each in stated)
            yield f"the statement says {told}, and the value is “{fact.value}”"
    elif exact(fact.value) not in numbers_in(without_dates(fact.statement)):
        yield f"the value {plain(exact(fact.value))} does not stand in the statement"


CHECKS: dict[CheckName, Callable[[Fact, Cited, Checker], Iterator[str]]] = {
    "passage": _passages,
    "numbers": _numbers,
    "dates": _dates,
    "names": _names,
    "errata": _errata,
    "statement": _agreement,
}
"""All checks of a fact, in order."""


class Checker:
    """A fact base, held against the alignments of copies of its articles."""

    def __init__(self, store: Store, alignments: Mapping[Id, Alignment]) -> None:
        self.store = store
        self.alignments = alignments
        self.spotter = Spotter(store.entities)
        self.known = name_words(" ".join(word for fact in store.facts for word in fact.keywords))
        """Words of keywords, folded."""
        texts = (*(alignment.copy for alignment in alignments.values()), *(fact.statement for fact in store.facts))
        self.plain = {word for word in _SMALL.findall(" ".join(texts)) if word.islower()}
        """Words in small letters."""
        self.sharing: Mapping[Measured | None, list[Id]] = defaultdict(list)
        """Ids of the observations that state the same value from the same passages; under None, all others."""
        for observation in store.observations():
            self.sharing[_measured(observation)].append(observation.id)
        misprints = (each.evidence for each in store.errata if each.kind in ("name", "figure"))
        self._misprints = sorted(chain.from_iterable(misprints), key=attrgetter("source", "start", "end"))
        self._cited = cache(self._find)

    def fact(self, fact: Fact) -> FactCheck:
        """Run all checks on ``fact``."""
        cited = self._cited(fact.evidence)
        found = {name: tuple(dict.fromkeys(check(fact, cited, self))) for name, check in CHECKS.items()}
        checks = tuple(Check(check=name, ok=not problems, problems=problems) for name, problems in found.items())
        status = _status(any(found.values()), cited.sightings)
        return FactCheck(id=fact.id, status=status, checks=checks, passages=cited.sightings)

    def erratum(self, erratum: Erratum) -> ErratumCheck:
        """Check that the printed words of ``erratum`` are at each of its occurrences."""
        printed = (passage for passage in erratum.evidence if passage.source in self.alignments)
        passages = tuple(self._sighting(passage)[0] for passage in printed)
        missing = (found.passage.start for found in passages if found.status in ("missing", "out of order"))
        problems = (*(f"“{erratum.printed}” does not stand at {start}" for start in missing), *self._misread(erratum))
        status = _status(bool(problems), passages)
        return ErratumCheck(id=erratum.id, status=status, problems=problems, passages=passages)

    def _misread(self, erratum: Erratum) -> Iterator[str]:
        """Check the names in an erratum's reading against its entities."""
        for entity in sorted(self.spotter.spot(erratum.reading).difference(erratum.entities)):
            if erratum.kind != "doubt" and self.store.entity(entity).type != "group":
                yield f"the reading names {self.name(entity)}, which is not among the entities"
        if erratum.kind == "name" and not self.spotter.spot_all(erratum.reading).intersection(erratum.entities):
            yield f"the reading “{erratum.reading}” names none of the entities"

    def _sighting(self, passage: Passage) -> tuple[Sighting, str]:
        """Return the result for a passage, and its words, or those in its place, to show what was changed."""
        alignment = self.alignments[passage.source]
        if found := alignment.find(passage):
            is_in_place = (found.start, found.reading) == (passage.start, "exact")
            status: SightingStatus = "in place" if is_in_place else "moved"
            return Sighting(passage=passage, status=status, start=found.start, reading=found.reading), found.text
        if (start := alignment.elsewhere(passage)) is None:
            missing = Sighting(passage=passage, status="missing", start=None, reading=None)
            return missing, alignment.instead(passage).text
        strayed = Sighting(passage=passage, status="out of order", start=start, reading=None)
        return strayed, alignment.copy[start : start + passage.end - passage.start]

    def _find(self, evidence: tuple[Passage, ...]) -> Cited:
        sightings, texts = zip(*map(self._sighting, evidence), strict=True)
        text, read = " ".join(texts), " ".join(map(self._without_misprints, evidence, texts))
        return Cited(
            sightings=sightings,
            published=max(self.store.source(passage.source).published for passage in evidence),
            numbers=counted(text),
            shares=percentages(text),
            dates=Dates.of(text),
            words=name_words(text),
            named=self.spotter.spot_all(read),
        )

    def _without_misprints(self, passage: Passage, text: str) -> str:
        pieces, reached = [], 0
        for misprint in within(self._misprints, passage):
            start, end = misprint.start - passage.start, misprint.end - passage.start
            pieces.append(text[reached:start])
            reached = max(reached, end)
        return " ".join([*pieces, text[reached:]])

    def name(self, entity: Id) -> str:
        """Return the name of an entity."""
        return self.store.entity(entity).name


def _status(is_wrong: bool, passages: Iterable[Sighting]) -> Status:
    if is_wrong:
        return "failed"
    return "ok" if all(sighting.status == "in place" for sighting in passages) else "moved"
