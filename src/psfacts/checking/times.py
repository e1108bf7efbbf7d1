"""Checks of a fact's time against the cited words, and of its words against its days."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from psfacts.model import When
from psfacts.text.dates import Dates, period, unit_words
from psfacts.text.months import MONTHS, part_of_month

_SINCE = re.compile(r"(?:from|since) (?!.* to )(?:.*\()?(?P<day>[^()]+?)\)?")
"""Pattern of a time that has not ended."""

_AS_OF = re.compile(r"as of (?P<day>.+)")
"""Pattern of a time at which something still holds."""

_LOOSE = re.compile(r"\b(?:after|before|by|until)\b")
"""Pattern of a time whose words need not name the years or months in which it begins and ends."""


def times(when: When | None, stated: Dates, printed: Dates, published: date) -> Iterator[str]:
    """Find parts of dates that are neither ``printed`` nor marked as inferred, or that contradict what is.

    ``stated`` are those of a statement that holds at the time ``when``. ``published`` is the day on which the source
    appeared: what has held since a time may not have held longer.
    """
    if when:
        yield from _when(when, printed)
        yield from _worded(when, published)
    yield from _unknown(stated, printed, when)


def _when(when: When, printed: Dates) -> Iterator[str]:
    """Check a time against the printed dates, and its words against its days."""
    for unit, value, among in _definite(when, printed):
        if value not in among and not (when.inferred and not among):
            printed_words = f"the passages print {unit_words(unit, *among)}"
            problem = printed_words if among else "is not printed, and not marked as inferred"
            yield f"the {unit} {unit_words(unit, value)}: {problem}"
    worded = Dates.of(when.text)
    possible = Dates.of_days(*_days(when, worded.years))
    for unit, values in worded.by_unit().items():
        for value in sorted(values - possible.by_unit()[unit]):
            named = f"the {unit} {unit_words(unit, value)} of “{when.text}”"
            yield f"{named} lies outside of {when.earliest} to {when.latest}"


def _worded(when: When, published: date) -> Iterator[str]:
    """Check the first and the last day against the meaning of the words, as far as they are definite."""
    opens = _SINCE.fullmatch(when.text)
    closes = _AS_OF.fullmatch(when.text)
    told = period(opens["day"] if opens else closes["day"] if closes else when.text)
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
        yield from _bounds(Dates.of(when.text), bounds, when.text)


def _bounds(worded: Dates, bounds: Sequence[date], text: str) -> Iterator[str]:
    """Find days that do not fall in the years and months that name their time."""
    for day in bounds:
        if worded.years and day.year not in worded.years:
            yield f"the year {day.year} of {day} is not in “{text}”"
        if worded.months and day.month not in worded.months:
            yield f"the month {MONTHS[day.month - 1]} of {day} is not in “{text}”"


def _definite(when: When, printed: Dates) -> Iterator[tuple[str, int, frozenset[int]]]:
    """Return year, month and day as far as ``when`` fixes them; of a period, the years that bound it."""
    first, last = when.earliest, when.latest
    for year in sorted({first.year, last.year}) if not when.inferred or first.year == last.year else ():
        yield "year", year, printed.years
    if (first.year, first.month) == (last.year, last.month):
        yield "month", first.month, printed.months
        if (part := part_of_month(first, last)) is not None:
            yield "part of the month", part, printed.parts
        if first == last:
            yield "day", first.day, printed.days


def _unknown(stated: Dates, printed: Dates, when: When | None) -> Iterator[str]:
    """Find stated parts of dates that are neither printed nor part of the time of the fact."""
    known = [printed]
    if when:
        known += [Dates.of(when.text), Dates.of_days(when.earliest, when.latest)]
    for unit, values in stated.by_unit().items():
        for value in sorted(values.difference(*(dates.by_unit()[unit] for dates in known))):
            named = f"the {unit} {unit_words(unit, value)}"
            yield f"{named} is stated, but neither printed nor within the time of the fact"


def _days(when: When, years: Iterable[int]) -> Iterator[date]:
    """Return days of a time that have all its months and days of the month, and those of ``years`` that lie in it."""
    for number in range(min((when.latest - when.earliest).days, 366) + 1):
        yield when.earliest + timedelta(number)
    for year in years:
        if when.earliest.year < year <= when.latest.year:
            yield date(year, 1, 1)
