"""The checks of a fact that need nothing but the fact and the words that it cites.

Each gives the problems that it finds, a sentence each.
"""

from __future__ import annotations

import re
from calendar import month_name
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from psfacts.checking.results import Sighting
from psfacts.model import Event, Fact, Id, Observation, Passage, When
from psfacts.text import prose
from psfacts.text.mentions import without_possessives
from psfacts.text.names import fold

_NAME = re.compile(r"(?<=[^\s.!?:“”\"«»]\s)[“\"(]?\w*[A-ZÀ-ÖØ-Þ]\w*(?:[-–’']\w+)*")
"""A word with a capital letter that no sentence begins with."""

_SINCE = re.compile(r"(?:from|since) (?!.* to )(?:.*\()?(?P<day>[^()]+?)\)?")
"""A time that goes on."""

_AS_OF = re.compile(r"as of (?P<day>.+)")
"""A time up to which something holds."""

_LOOSE = re.compile(r"\b(?:after|before|by|until)\b")
"""A time whose words do not tell the years or months in which it begins and ends."""


def said(fact: Fact) -> str:
    """Return all that a fact says in our words."""
    return f"{fact.statement} {fact.title}" if isinstance(fact, Event) else fact.statement


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
        if not isinstance(one.value, str) and Decimal(str(one.value)).normalize() in prose.numbers(one.statement):
            taken.setdefault((one.indicator, one.evidence, one.when, one.value), []).append(one.id)
    return taken


def numbers(fact: Fact, cited: str, taken: Taken) -> Iterator[str]:
    """Find numbers that are stated but not printed in ``cited``, dates aside, or printed with and stated without %."""
    stated = prose.without_dates(said(fact))
    printed = prose.counted(cited)
    for number in sorted(prose.numbers(stated) - printed.keys()):
        yield f"{_plain(number)} does not stand in the passages"
    shares = prose.percentages(cited)
    for number in sorted(prose.percentages(stated) & printed.keys() - shares):
        yield f"{_plain(number)}% is stated, and {_plain(number)} without % stands in the passages"
    for number in sorted(prose.numbers(stated) & shares - prose.percentages(stated)):
        yield f"{_plain(number)} is stated, and {_plain(number)}% stands in the passages"
    if isinstance(fact, Observation) and not isinstance(fact.value, str):
        yield from _value(fact, fact.value, printed, taken)


def _value(fact: Observation, value: int | float, printed: Mapping[Decimal, int], taken: Taken) -> Iterator[str]:
    number = Decimal(str(value)).normalize()
    if number not in printed:
        yield f"the value {_plain(number)} does not stand in the passages"
    same = taken.get((fact.indicator, fact.evidence, fact.when, value), ())
    others = [one for one in same if one != fact.id and fact.id in same]
    if others and printed.get(number, 0) == 1:
        yield f"the value {_plain(number)} stands in the passages once, and {' and '.join(others)} has it too"


def _plain(number: Decimal) -> str:
    return f"{number:,f}"


def name_words(text: str) -> set[str]:
    """Return all words of ``text``, folded, as names are compared; possessives without their endings too."""
    return {*fold(text).split(), *fold(without_possessives(text)).split()}


def plain_words(text: str) -> set[str]:
    """Return the words of ``text`` that stand there in small letters."""
    return {match[0] for match in re.finditer(r"[^\W\d_]+", text) if match[0].islower()}


def first_word(statement: str) -> str:
    """Return the first word of ``statement``, or an empty string."""
    match = re.search(r"[^\W\d_]+", without_possessives(statement))
    return match[0] if match else ""


def names_brought_in(stated: str, known: Collection[str]) -> Iterator[str]:
    """Find capitalised words in ``stated`` that are not among ``known`` words: names that come from elsewhere.

    The first word of a sentence is passed over where it is capitalised for that alone, as is every month.
    """
    for match in _NAME.finditer(without_possessives(stated)):
        for word in fold(match[0]).split():
            if word not in known and not prose.Dates.of(match[0]).months:
                yield f"the name “{match[0]}” is stated, and stands neither in the passages nor in the fact base"


def dates(fact: Fact, cited: str, published: date) -> Iterator[str]:
    """Find parts of dates that are neither printed in ``cited`` nor marked as inferred, or that contradict it.

    ``published`` is the day on which the source appeared: what has held since a time may not have held longer.
    """
    printed = prose.Dates.of(cited)
    if fact.when:
        yield from _when(fact.when, printed)
        yield from _worded(fact.when, published)
    yield from _brought_in(prose.Dates.of(said(fact)), printed, fact.when)


def _when(when: When, printed: prose.Dates) -> Iterator[str]:
    """Hold a time against the dates that are printed, and its words against its days."""
    for unit, value, among in _definite(when, printed):
        if value not in among and not (when.inferred and not among):
            found = (
                f"the passages print {_listed(unit, among)}" if among else "is not printed, and not marked as inferred"
            )
            yield f"the {unit} {_shown(unit, value)}: {found}"
    worded, possible = prose.Dates.of(when.text), _possible(when)
    for unit, values in worded.by_unit().items():
        for value in sorted(values - possible[unit]):
            yield f"the {unit} {_shown(unit, value)} of “{when.text}” lies outside of {when.earliest} to {when.latest}"


def _worded(when: When, published: date) -> Iterator[str]:
    """Hold the first and the last day against what the words alone mean, as far as they tell the days."""
    opens = _SINCE.fullmatch(when.text)
    closes = _AS_OF.fullmatch(when.text)
    told = prose.period(opens["day"] if opens else closes["day"] if closes else when.text)
    if told and not closes and when.earliest != told[0] and not (opens and opens["day"].isdigit()):
        yield f"“{when.text}” begins on {told[0]}, and the fact on {when.earliest}"
    if told and not opens and not closes and when.latest != told[1]:
        yield f"“{when.text}” ends on {told[1]}, and the fact on {when.latest}"
    if told and closes and not told[0] <= when.latest <= told[1]:
        yield f"“{when.text}” is not {when.latest}"
    if opens and when.latest > published:
        yield f"“{when.text}” ends on {when.latest}, after the source appeared on {published}"
    if (not told or opens) and not _LOOSE.search(when.text):
        bounds = [*([] if closes else [when.earliest]), *([] if opens else [when.latest])]
        yield from _bounds(prose.Dates.of(when.text), bounds, when.text)


def _bounds(worded: prose.Dates, bounds: Sequence[date], text: str) -> Iterator[str]:
    """Find days that do not fall in the years and months by which their time is told."""
    for day in bounds:
        if worded.years and day.year not in worded.years:
            yield f"the year {day.year} of {day} is not in “{text}”"
        if worded.months and day.month not in worded.months:
            yield f"the month {month_name[day.month]} of {day} is not in “{text}”"


def _definite(when: When, printed: prose.Dates) -> Iterator[tuple[str, int, frozenset[int]]]:
    """Return year, month and day as far as ``when`` fixes them; of a period, the years that bound it."""
    first, last = when.earliest, when.latest
    for year in sorted({first.year, last.year}) if not when.inferred or first.year == last.year else ():
        yield "year", year, printed.years
    if (first.year, first.month) == (last.year, last.month):
        yield "month", first.month, printed.months
        if (part := prose.part_of_month(first, last)) is not None:
            yield "part of the month", part, printed.parts
        if first == last:
            yield "day", first.day, printed.days


def _brought_in(stated: prose.Dates, printed: prose.Dates, when: When | None) -> Iterator[str]:
    """Find stated parts of dates that neither are printed nor begin, end or tell the time of the fact."""
    known = [printed]
    if when:
        known += [prose.Dates.of(when.text), prose.Dates.of_days(when.earliest, when.latest)]
    for unit, values in stated.by_unit().items():
        for value in sorted(values - frozenset[int]().union(*(one.by_unit()[unit] for one in known))):
            yield f"the {unit} {_shown(unit, value)} is stated, but neither printed nor within the time of the fact"


def _possible(when: When) -> dict[str, frozenset[int]]:
    """Return the years, months and days of the month that lie within ``when``."""
    span = min((when.latest - when.earliest).days, 366)
    days = [when.earliest + timedelta(one) for one in range(span + 1)]
    years = range(when.earliest.year, when.latest.year + 1)
    return {
        "year": frozenset(years),
        "month": frozenset(one.month for one in days),
        "part of the month": frozenset(map(prose.part_of, days)),
        "day": frozenset(one.day for one in days),
    }


def _shown(unit: str, value: int) -> str:
    if unit == "part of the month":
        return prose.PARTS[value]
    return month_name[value] if unit == "month" else str(value)


def _listed(unit: str, values: frozenset[int]) -> str:
    return " and ".join(_shown(unit, value) for value in sorted(values))
