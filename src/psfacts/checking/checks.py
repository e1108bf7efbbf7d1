"""The checks of a fact that need nothing but the fact and the words that it cites.

Each gives the problems that it finds, a sentence each.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from unicodedata import category

from psfacts.checking.results import Sighting
from psfacts.model import Fact, Id, Observation, Passage, When
from psfacts.text.dates import Dates, without_dates
from psfacts.text.mentions import without_possessives
from psfacts.text.names import fold
from psfacts.text.numbers import counted, exact, percentages, plain
from psfacts.text.numbers import numbers as numbers_in
from psfacts.text.phrases import listed

_NAME = re.compile(r"(?<=[^\s.!?:“”\"«»]\s)[“\"(]?\w*[A-ZÀ-ÖØ-Þ]\w*(?:[-–’']\w+)*")
"""A word with a capital letter that no sentence begins with."""


def said(fact: Fact) -> str:
    """Return all that a fact says in our words."""
    return f"{fact.statement} {fact.title}" if fact.title else fact.statement


def missing(passages: Sequence[Sighting], identical: bool) -> Iterator[str]:
    """Find passages that the article does not have, or, in an ``identical`` copy, has at another place."""
    for one in passages:
        span = f"{one.passage.start}-{one.passage.end}"
        if one.status == "missing":
            yield f"the passage {span} is not in the article"
        elif one.status == "moved" and identical:
            yield f"the passage {span} stands at {one.start}"


def unprinted(printed: str, occurrences: Sequence[Sighting], identical: bool) -> Iterator[str]:
    """Find occurrences at which the article does not have the ``printed`` words of an erratum."""
    for one in occurrences:
        if one.status == "missing" or (one.status == "moved" and identical):
            yield f"“{printed}” does not stand at {one.passage.start}"


Taken = Mapping[tuple[Id, tuple[Passage, ...], When, int | float], Sequence[Id]]
"""The observations that draw the same number from the same passages, for the same indicator and time."""


def values_taken(observations: Iterable[Observation]) -> Taken:
    """Return which of ``observations`` draw the same number from the same passages, and state it."""
    taken: dict[tuple[Id, tuple[Passage, ...], When, int | float], list[Id]] = {}
    for one in observations:
        if not isinstance(one.value, str) and exact(one.value) in numbers_in(one.statement):
            taken.setdefault((one.indicator, one.evidence, one.when, one.value), []).append(one.id)
    return taken


def numbers(fact: Fact, cited: str, taken: Taken) -> Iterator[str]:
    """Find numbers that are stated but not printed in ``cited``, dates aside, or printed with and stated without %."""
    stated = without_dates(said(fact))
    printed = counted(cited)
    for number in sorted(numbers_in(stated) - printed.keys()):
        yield f"{plain(number)} does not stand in the passages"
    shares = percentages(cited)
    for number in sorted(percentages(stated) & printed.keys() - shares):
        yield f"{plain(number)}% is stated, and {plain(number)} without % stands in the passages"
    for number in sorted(numbers_in(stated) & shares - percentages(stated)):
        yield f"{plain(number)} is stated, and {plain(number)}% stands in the passages"
    if isinstance(fact, Observation) and not isinstance(fact.value, str):
        yield from _value(fact, fact.value, printed, taken)


def _value(fact: Observation, value: int | float, printed: Mapping[Decimal, int], taken: Taken) -> Iterator[str]:
    number = exact(value)
    if number not in printed:
        yield f"the value {plain(number)} does not stand in the passages"
    same = taken.get((fact.indicator, fact.evidence, fact.when, value), ())
    others = [one for one in same if one != fact.id and fact.id in same]
    if others and printed.get(number, 0) == 1:
        yield f"the value {plain(number)} stands in the passages once, and {listed(others)} has it too"


def name_words(text: str) -> set[str]:
    """Return all words of ``text``, folded, as names are compared; possessives without their endings too."""
    return {*fold(text).split(), *fold(without_possessives(text)).split()}


def plain_words(text: str) -> set[str]:
    """Return the words of ``text`` that stand there in small letters."""
    return {match[0] for match in re.finditer(r"[^\W\d_]+", text) if match[0].islower()}


def first_word(statement: str) -> str:
    """Return the first word of ``statement``, or an empty string."""
    text = without_possessives(statement)
    letters = "".join(one if one.isalpha() or category(one).startswith("M") else " " for one in text)
    return next(iter(letters.split()), "")


def names_brought_in(stated: str, known: Collection[str]) -> Iterator[str]:
    """Find capitalised words in ``stated`` that are not among ``known`` words: names that come from elsewhere.

    The first word of a sentence is passed over where it is capitalised for that alone, as is every month.
    """
    for match in _NAME.finditer(without_possessives(stated)):
        for word in fold(match[0]).split():
            if word not in known and not Dates.of(match[0]).months:
                yield f"the name “{match[0]}” is stated, and stands neither in the passages nor in the fact base"
