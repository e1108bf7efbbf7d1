"""Checks of a fact that need only the fact and its cited words.

Each yields its problems, one sentence each.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from psfacts.checking.results import Sighting
from psfacts.model import Fact, Id, Indicator, Observation, Passage, Relation, When
from psfacts.text.dates import Dates, without_dates
from psfacts.text.mentions import Spotter, without_possessives
from psfacts.text.names import fold
from psfacts.text.numbers import counted, exact, percentages, plain
from psfacts.text.numbers import numbers as numbers_in
from psfacts.text.phrases import either, listed

_NAME = re.compile(r"(?<=[^\s.!?:“”\"«»]\s)[“\"(]?\w*[A-ZÀ-ÖØ-Þ]\w*(?:[-–’']\w+)*")
"""Pattern of a capitalised word that does not begin a sentence."""


_NAMED = 3
"""Maximum number of other items named in a problem."""

_PASSIVE = ("by", "from")
"""Words before whoever does it, where a statement names first to whom it is done."""


def said(fact: Fact) -> str:
    """Return the title and statement of a fact."""
    return f"{fact.statement} {fact.title}" if fact.title else fact.statement


@dataclass(frozen=True)
class Cited:
    """The cited words of a fact, and what they mention."""

    text: str
    """The cited words in the form of the sources; if missing, the words in their place."""

    read: str
    """The same without misprinted names."""

    named: frozenset[Id]
    """Entities that ``read`` names."""

    @cached_property
    def numbers(self) -> Counter[Decimal]:
        """Numbers in it, with their counts."""
        return counted(self.text)

    @cached_property
    def shares(self) -> set[Decimal]:
        """Percentages in it."""
        return percentages(self.text)

    @cached_property
    def dates(self) -> Dates:
        """Dates in it."""
        return Dates.of(self.text)

    @cached_property
    def words(self) -> set[str]:
        """Its words, folded."""
        return name_words(self.text)


def missing(passages: Sequence[Sighting]) -> Iterator[str]:
    """Find passages that are missing from the article or out of order."""
    for sighting in passages:
        span = f"{sighting.passage.start}-{sighting.passage.end}"
        if sighting.status == "missing":
            yield f"the passage {span} is not in the article"
        elif sighting.status == "out of order":
            yield f"the passage {span} stands at {sighting.start}, out of its order"


def unprinted(printed: str, occurrences: Sequence[Sighting]) -> Iterator[str]:
    """Find occurrences at which the article does not have the ``printed`` words of an erratum."""
    for sighting in occurrences:
        if sighting.status in ("missing", "out of order"):
            yield f"“{printed}” does not stand at {sighting.passage.start}"


SharedValues = Mapping[tuple[Id, tuple[Passage, ...], When, int | float], Sequence[Id]]
"""Observations of the same number from the same passages, for the same indicator and time."""


def shared_values(observations: Iterable[Observation]) -> SharedValues:
    """Return the ``observations`` that draw the same number from the same passages, and state it."""
    shared: dict[tuple[Id, tuple[Passage, ...], When, int | float], list[Id]] = {}
    for observation in observations:
        value = observation.value
        if not isinstance(value, str) and exact(value) in numbers_in(observation.statement):
            shared.setdefault((observation.indicator, observation.evidence, observation.when, value), []).append(
                observation.id
            )
    return shared


def numbers(fact: Fact, cited: Cited, shared: SharedValues) -> Iterator[str]:
    """Find numbers that are stated but not printed in ``cited``, dates aside, or printed with and stated without %."""
    text = without_dates(said(fact))
    stated, stated_shares = numbers_in(text), percentages(text)
    for number in sorted(stated - cited.numbers.keys()):
        yield f"{plain(number)} does not stand in the passages"
    for number in sorted(stated_shares & cited.numbers.keys() - cited.shares):
        yield f"{plain(number)}% is stated, and {plain(number)} without % stands in the passages"
    for number in sorted(stated & cited.shares - stated_shares):
        yield f"{plain(number)} is stated, and {plain(number)}% stands in the passages"
    if isinstance(fact, Observation) and not isinstance(fact.value, str):
        yield from _value(fact, fact.value, cited, shared)


def _value(fact: Observation, value: int | float, cited: Cited, shared: SharedValues) -> Iterator[str]:
    number = exact(value)
    if number not in cited.numbers:
        yield f"the value {plain(number)} does not stand in the passages"
    same = shared.get((fact.indicator, fact.evidence, fact.when, value), ())
    if cited.numbers[number] == 1 and len(same) > 1 and exact(value) in numbers_in(fact.statement):
        others = [key for key in same[: _NAMED + 1] if key != fact.id][:_NAMED]
        more = [f"{len(same) - 1 - len(others)} more"] if len(same) - 1 > len(others) else []
        yield f"the value {plain(number)} stands in the passages once, and {listed([*others, *more])} has it too"


def name_words(text: str) -> set[str]:
    """Return all folded words of ``text``; possessives also without their endings."""
    return {*fold(text).split(), *fold(without_possessives(text)).split()}


def plain_words(text: str) -> set[str]:
    """Return the words of ``text`` in small letters."""
    return {match[0] for match in re.finditer(r"[^\W\d_]+", text) if match[0].islower()}


def first_word(statement: str) -> str:
    """Return the first word of ``statement``, or an empty string."""
    text = without_possessives(statement)
    letters = "".join(
        letter if letter.isalpha() or unicodedata.category(letter).startswith("M") else " " for letter in text
    )
    return next(iter(letters.split()), "")


def unknown_names(stated: str, *known: Collection[str]) -> Iterator[str]:
    """Find capitalised words in ``stated`` that are not among ``known`` words: names that come from elsewhere.

    The first word of a sentence is passed over where it is capitalised for that alone, as is every month.
    """
    for match in _NAME.finditer(without_possessives(stated)):
        for word in fold(match[0]).split():
            if not any(word in words for words in known) and not Dates.of(match[0]).months:
                yield f"the name “{match[0]}” is stated, and stands neither in the passages nor in the fact base"


def agreement(fact: Fact, indicator: Indicator | None, spotter: Spotter, name: Callable[[Id], str]) -> Iterator[str]:
    """Find contradictions between the fields of ``fact`` and its statement.

    ``indicator`` is that of an observation; ``name`` returns the name of an entity.
    """
    named = spotter.spot_all(fact.statement)
    match fact.kind:
        case "observation":
            parties: tuple[Id, ...] = (fact.subject,)
        case "relation":
            parties = fact.subject, fact.object
        case _:
            parties = ()
    for entity in parties:
        if entity not in named:
            yield f"the statement does not name {name(entity)}, which it is about"
    if isinstance(fact, Observation) and indicator:
        yield from _stated(fact, indicator)
    if isinstance(fact, Relation):
        order = [(key, before) for key, before in spotter.mentions(fact.statement) if key in parties]
        is_passive = any(key == fact.subject and before in _PASSIVE for key, before in order)
        if order and (order[0][0], order[-1][0]) == (fact.object, fact.subject) and not is_passive:
            told = f"{name(fact.object)} before {name(fact.subject)}, from which the relation goes out"
            yield f"the statement names {told}"


def _stated(fact: Observation, indicator: Indicator) -> Iterator[str]:
    """Check a value against its statement, which must have the number, and no other category."""
    if isinstance(fact.value, str):
        words = f" {fold(fact.statement)} "
        stated = [category for category in indicator.categories if f" {fold(category)} " in words]
        if stated and fact.value not in stated:
            told = either(f"“{category}”" for category in stated)
            yield f"the statement says {told}, and the value is “{fact.value}”"
    elif exact(fact.value) not in numbers_in(without_dates(fact.statement)):
        yield f"the value {plain(exact(fact.value))} does not stand in the statement"
