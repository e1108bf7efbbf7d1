"""Checks of a fact's time against the cited words, and of its words against its days."""

from __future__ import annotations

import re
from collections.abc import Iterator
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
    known = [printed]
    if when:
        first, last, worded = when.earliest, when.latest, Dates.of(when.text)
        for unit, named in _others(_fixed(when), printed):
            if among := printed.by_unit()[unit]:
                yield f"{named}: the passages print {unit_words(unit, *among)}"
            elif not when.inferred:
                yield f"{named}: is not printed, and not marked as inferred"
        # A year has all months and days of the month.
        days = (first + timedelta(number) for number in range(min((last - first).days, 366) + 1))
        possible = Dates.of_days(*days)._replace(years=frozenset(range(first.year, last.year + 1)))
        for _, named in _others(worded, possible):
            yield f"{named} of “{when.text}” lies outside of {first} to {last}"
        yield from _worded(when, worded, published)
        known += [worded, Dates.of_days(first, last)]
    for _, named in _others(stated, *known):
        yield f"{named} is stated, but neither printed nor within the time of the fact"


def _others(dates: Dates, *known: Dates) -> Iterator[tuple[str, str]]:
    """Return those of ``dates`` that are in none of the ``known`` ones, each with its unit, and in words."""
    for unit, values in dates.by_unit().items():
        for value in sorted(values.difference(*(others.by_unit()[unit] for others in known))):
            yield unit, f"the {unit} {unit_words(unit, value)}"


def _fixed(when: When) -> Dates:
    """Return year, month and day as far as ``when`` fixes them; of a period, the years that bound it."""
    first, last = Dates.of_days(when.earliest), Dates.of_days(when.latest)
    part = part_of_month(when.earliest, when.latest)
    return Dates(
        years=first.years | last.years if not when.inferred or first.years == last.years else frozenset(),
        months=first.months if first[:2] == last[:2] else frozenset(),
        parts=frozenset() if part is None else frozenset([part]),
        days=first.days if when.earliest == when.latest else frozenset(),
    )


def _worded(when: When, worded: Dates, published: date) -> Iterator[str]:
    """Check the first and the last day against the meaning of the words, as far as they are definite."""
    first, last, text = when.earliest, when.latest, when.text
    opens, closes = _SINCE.fullmatch(text), _AS_OF.fullmatch(text)
    told = period(opens["day"] if opens else closes["day"] if closes else text)
    if told and not closes and first != told[0] and not (opens and opens["day"].isdigit()):
        yield f"“{text}” begins on {told[0]}, and the fact on {first}"
    if told and not opens and not closes and last != told[1]:
        yield f"“{text}” ends on {told[1]}, and the fact on {last}"
    if told and closes and not told[0] <= last <= told[1]:
        yield f"“{text}” is not {last}"
    if opens and last > published:
        yield f"“{text}” ends on {last}, after the source appeared on {published}"
    if (not told or opens) and not _LOOSE.search(text):
        for day in [*([] if closes else [first]), *([] if opens else [last])]:
            if worded.years and day.year not in worded.years:
                yield f"the year {day.year} of {day} is not in “{text}”"
            if worded.months and day.month not in worded.months:
                yield f"the month {MONTHS[day.month - 1]} of {day} is not in “{text}”"
