"""Checks of a fact against the words that it cites and against the fact base.

Each yields its problems, one sentence each.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import NamedTuple

from psfacts.article.alignment import Alignment
from psfacts.checking.results import CheckName, Sighting
from psfacts.checking.times import times
from psfacts.model import Erratum, Fact, Id, Observation, Passage, Relation, When
from psfacts.store.store import Store
from psfacts.text.dates import Dates, without_dates
from psfacts.text.mentions import Spotter, without_possessives
from psfacts.text.names import fold, spellings
from psfacts.text.numbers import exact, percentages, plain
from psfacts.text.numbers import numbers as numbers_in
from psfacts.text.phrases import either

_NAME = re.compile(r"(?<=[^\s.!?:“”\"«»]\s)[“\"(]?\w*[A-ZÀ-ÖØ-Þ]\w*(?:[-–’']\w+)*")
"""Pattern of a capitalised word that does not begin a sentence."""

_SMALL = re.compile(r"[^\W\d_]+")

_PASSIVE = ("by", "from")
"""Words before whoever does it, where a statement names first to whom it is done."""

Measured = tuple[Id, tuple[Passage, ...], When, int | float | str]
"""What observations of several subjects may share: indicator, evidence, time and value."""


class Cited(NamedTuple):
    """The cited passages of a fact, and what they mention in the form of the sources; if missing, what is instead."""

    sightings: tuple[Sighting, ...]
    """Where they are."""

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


class Base:
    """A fact base, the alignments of copies of its articles, and what all its facts have in common."""

    def __init__(self, store: Store, alignments: Mapping[Id, Alignment]) -> None:
        self.store = store
        self.alignments = alignments
        self.spotter = Spotter(store.entities)
        self.known = name_words(" ".join(word for fact in store.facts for word in fact.keywords))
        """Words of keywords, folded."""
        copies = [alignment.copy for alignment in alignments.values()]
        text = " ".join([*copies, *(fact.statement for fact in store.facts)])
        self.plain = {match[0] for match in _SMALL.finditer(text) if match[0].islower()}
        """Words in small letters."""
        self.sharing: Mapping[Measured, list[Id]] = defaultdict(list)
        """The observations that draw the same from the same passages, and state it."""
        for observation in store.observations():
            if _is_stated(observation):
                self.sharing[_measured(observation)].append(observation.id)

    def name(self, entity: Id) -> str:
        """Return the name of an entity."""
        return self.store.entity(entity).name


def name_words(text: str) -> set[str]:
    """Return all folded words of ``text``; possessives also without their endings."""
    return {*fold(text).split(), *fold(without_possessives(text)).split()}


def within(passages: Sequence[Passage], outer: Passage) -> Iterator[Passage]:
    """Return those of ``passages``, which are in the order of the text, that lie within another."""
    first = bisect_left(passages, (outer.source, outer.start), key=lambda passage: (passage.source, passage.start))
    for passage in islice(passages, first, None):
        if passage.source != outer.source or passage.start >= outer.end:
            break
        if passage.end <= outer.end:
            yield passage


def _said(fact: Fact) -> str:
    """Return the title and statement of a fact."""
    return f"{fact.statement} {fact.title}" if fact.title else fact.statement


def _is_stated(fact: Observation) -> bool:
    """Return whether a number is in the statement."""
    return not isinstance(fact.value, str) and exact(fact.value) in numbers_in(fact.statement)


def _measured(fact: Observation) -> Measured:
    return fact.indicator, fact.evidence, fact.when, fact.value


def _passages(_: Fact, cited: Cited, __: Base) -> Iterator[str]:
    """Find passages that are missing from the article or out of order."""
    for sighting in cited.sightings:
        span = f"{sighting.passage.start}-{sighting.passage.end}"
        if sighting.status == "missing":
            yield f"the passage {span} is not in the article"
        elif sighting.status == "out of order":
            yield f"the passage {span} stands at {sighting.start}, out of its order"


def _numbers(fact: Fact, cited: Cited, base: Base) -> Iterator[str]:
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
        if cited.numbers[number] == 1 and _is_stated(fact):
            other = next((key for key in base.sharing[_measured(fact)] if key != fact.id), None)
            if other:
                yield f"the value {plain(number)} stands in the passages once, and {other} has it too"


def _dates(fact: Fact, cited: Cited, _: Base) -> Iterator[str]:
    """Find parts of dates that are neither printed nor inferred, and contradictions between words and days."""
    return times(fact.when, Dates.of(_said(fact)), cited.dates, cited.published)


def _names(fact: Fact, cited: Cited, base: Base) -> Iterator[str]:
    """Find entities that the passages do not name, and names that neither they nor the base have."""
    said = _said(fact)
    errata = [base.store.erratum(key) for key in fact.errata]
    corrections = [each for each in errata if each.kind != "doubt" and _printed_in(each, fact)]
    corrected = {key for each in corrections for key in base.spotter.spot(each.reading).intersection(each.entities)}
    for key in fact.entities:
        if key not in cited.named and key not in corrected and key not in fact.context:
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
    text = without_possessives(statement)
    letters = "".join(
        letter if letter.isalpha() or unicodedata.category(letter).startswith("M") else " " for letter in text
    )
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


def _errata(fact: Fact, _: Cited, base: Base) -> Iterator[str]:
    """Find errata that are not printed in the passages, or whose printed words are not there."""
    for erratum in map(base.store.erratum, fact.errata):
        places = _printed_in(erratum, fact)
        if not places:
            yield f"the erratum {erratum.id} is not printed in the passages"
        for passage in places:
            if base.alignments[passage.source].find(passage) is None:
                read = f"which the erratum {erratum.id} reads"
                yield f"“{erratum.printed}”, {read}, does not stand at {passage.start}"


def _agreement(fact: Fact, _: Cited, base: Base) -> Iterator[str]:
    """Find contradictions between the fields of ``fact`` and its statement."""
    named = base.spotter.spot_all(fact.statement)
    parties = [key for key in (getattr(fact, "subject", None), getattr(fact, "object", None)) if key]
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


def _value(fact: Observation, base: Base) -> Iterator[str]:
    """Check a value against its statement, which must have the number, and no other category."""
    if isinstance(fact.value, str):
        words = f" {fold(fact.statement)} "
        categories = base.store.indicator(fact.indicator).categories
        stated = [category for category in categories if f" {fold(category)} " in words]
        if stated and fact.value not in stated:
            told = either(f"“{category}”" for category in stated)
            yield f"the statement says {told}, and the value is “{fact.value}”"
    elif exact(fact.value) not in numbers_in(without_dates(fact.statement)):
        yield f"the value {plain(exact(fact.value))} does not stand in the statement"


CHECKS: dict[CheckName, Callable[[Fact, Cited, Base], Iterator[str]]] = {
    "passage": _passages,
    "numbers": _numbers,
    "dates": _dates,
    "names": _names,
    "errata": _errata,
    "statement": _agreement,
}
"""All checks of a fact, in order."""
