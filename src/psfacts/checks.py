"""The checks of a fact that need nothing but the fact and the words that it cites.

Each gives the problems that it finds, a sentence each.
"""

from __future__ import annotations

from calendar import month_name
from collections.abc import Iterator, Sequence
from datetime import timedelta
from decimal import Decimal

from psfacts import prose
from psfacts.model import Event, Fact, Observation, When
from psfacts.verification import Sighting


def said(fact: Fact) -> str:
    """Give all that a fact says in our words."""
    return f"{fact.statement} {fact.title}" if isinstance(fact, Event) else fact.statement


def missing(passages: Sequence[Sighting]) -> Iterator[str]:
    """Find passages that the article does not have."""
    for one in passages:
        if one.status == "missing":
            yield f"the passage {one.passage.start}-{one.passage.end} is not in the article"


def numbers(fact: Fact, cited: str) -> Iterator[str]:
    """Find numbers that are stated but not printed in ``cited``, dates aside; a value must be stated, too."""
    printed, stated = prose.numbers(cited), prose.numbers(prose.without_dates(said(fact)))
    for number in sorted(stated - printed):
        yield f"{_plain(number)} does not stand in the passages"
    if isinstance(fact, Observation) and not isinstance(fact.value, str):
        value = Decimal(str(fact.value)).normalize()
        if value not in printed:
            yield f"the value {_plain(value)} does not stand in the passages"
        if value not in stated:
            yield f"the value {_plain(value)} does not stand in the statement"


def _plain(number: Decimal) -> str:
    return f"{number:,f}"


def dates(fact: Fact, cited: str) -> Iterator[str]:
    """Find parts of dates that are neither printed in ``cited`` nor marked as inferred, or that contradict it."""
    printed = prose.Dates.of(cited)
    if fact.when:
        yield from _when(fact.when, printed)
    yield from _brought_in(prose.Dates.of(said(fact)), printed, fact.when)


def _when(when: When, printed: prose.Dates) -> Iterator[str]:
    """Hold a time against the dates that are printed, and its words against its days."""
    for unit, value, among in _definite(when, printed):
        if value not in among and not (when.inferred and not among):
            found = (
                f"the passages print {_listed(unit, among)}" if among else "is not printed, and not marked as inferred"
            )
            yield f"the {unit} {_shown(unit, value)}: {found}"
    worded = prose.Dates.of(when.text)
    for unit, values in worded.by_unit().items():
        for value in sorted(values - _possible(when)[unit]):
            yield f"the {unit} {_shown(unit, value)} of “{when.text}” lies outside of {when.earliest} to {when.latest}"


def _definite(when: When, printed: prose.Dates) -> Iterator[tuple[str, int, frozenset[int]]]:
    """Give year, month and day as far as ``when`` fixes them; of a period, the years that bound it."""
    first, last = when.earliest, when.latest
    for year in sorted({first.year, last.year}) if not when.inferred or first.year == last.year else ():
        yield "year", year, printed.years
    if (first.year, first.month) == (last.year, last.month):
        yield "month", first.month, printed.months
        if first == last:
            yield "day", first.day, printed.days


def _brought_in(stated: prose.Dates, printed: prose.Dates, when: When | None) -> Iterator[str]:
    possible = _possible(when) if when else {"year": frozenset(), "month": frozenset(), "day": frozenset()}
    known = printed.by_unit()
    for unit, values in stated.by_unit().items():
        for value in sorted(values - known[unit] - possible[unit]):
            yield f"the {unit} {_shown(unit, value)} is stated, but neither printed nor within the time of the fact"


def _possible(when: When) -> dict[str, frozenset[int]]:
    """Give the years, months and days of the month that lie within ``when``."""
    span = min((when.latest - when.earliest).days, 366)
    days = [when.earliest + timedelta(one) for one in range(span + 1)]
    years = range(when.earliest.year, when.latest.year + 1)
    return {
        "year": frozenset(years),
        "month": frozenset(one.month for one in days),
        "day": frozenset(one.day for one in days),
    }


def _shown(unit: str, value: int) -> str:
    return month_name[value] if unit == "month" else str(value)


def _listed(unit: str, values: frozenset[int]) -> str:
    return " and ".join(_shown(unit, value) for value in sorted(values))
