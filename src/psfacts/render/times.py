"""Times in short form: labels that omit what the one above says, and signs of precision."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Literal

from psfacts.model import When
from psfacts.text.months import MONTHS, PARTS, last_of_month, third

Precision = Literal["day", "month", "year", "span"]
"""Precision of the time of an event."""

SIGNS: dict[Precision, str] = {"day": "●", "month": "◐", "year": "○", "span": "┃"}
"""Signs of precision in a timeline."""

_SHORT = 16
"""Maximum length of a time in its author's words."""

_SINCE = re.compile(r"(?:since|from)\b(?!.*\b(?:after|before|by|to|until)\b)|the past\b")
"""First words of a time that goes on, if they leave no doubt about its start."""

_DATES = re.compile(r"\d+|[A-Z][a-z]{2}")
"""The days, months and years in the words of a time, or in a label."""


def precision(when: When) -> Precision:
    """Return the precision of a time; anything within 31 days counts as a month."""
    days = (when.latest - when.earliest).days
    return "day" if not days else "month" if days < 31 else "year" if days < 366 else "span"


def brief(when: When, written: date) -> str:
    """Return a time in short form: ``7 Apr 2022``, ``late Apr 2022``, ``since Feb 2022``.

    A time that is the day its source was ``written`` is shown as that month.
    """
    return month(written) if when.earliest == when.latest == written else _label(when, written)


def labels(times: Iterable[tuple[When, date]]) -> Iterator[str]:
    """Return a label for each time, omitting the year or everything that the label above already says."""
    above, year = "", None
    for when, written in times:
        label = _label(when, written)
        yield "" if label == above else _label(when, written, year)
        above, year = label, when.latest.year if str(when.latest.year) in label else None


def _label(when: When, written: date, above: int | None = None) -> str:
    """Return a time in short form; if it is within a month, without its year where that is the year ``above``."""
    first, last = when.earliest, when.latest
    name = MONTHS[first.month - 1][:3]
    spans = {third(first, place): f"{part} {name}" for place, part in enumerate(PARTS)}
    spans |= {(first, first): f"{first.day} {name}", (first.replace(day=1), last_of_month(first)): name}
    if (first, last) in spans:
        return spans[first, last] + ("" if first.year == above else f" {first.year}")
    return when.text if len(when.text) <= _SHORT or last != written else _open(when)


def _open(when: When) -> str:
    """Return a time until its source was published in few words that name no day, month or year but those of its own.

    Of a time that has no start, return from which day on it can have been, unless its words name its end.
    """
    first, named = when.earliest, {*_DATES.findall(when.text)}
    begin = str(first.year) if (first.month, first.day) == (1, 1) else month(first)
    begin = begin if first.day == 1 else f"{first.day} {begin}"
    if _SINCE.match(when.text):
        return f"since {begin}" if {*_DATES.findall(begin)} <= named else when.text
    return when.text if {*_DATES.findall(month(when.latest))} <= named else f"{begin} or later"


def month(day: date) -> str:
    """Return the month of a day: ``Apr 2022``."""
    return f"{MONTHS[day.month - 1][:3]} {day.year}"


def reach(whens: Sequence[tuple[When, date]]) -> str:
    """Return from when to when events are, in the order of time; no more precisely than the end is known."""
    if len(whens) == 1:
        return whens[0][0].text
    begin = brief(*whens[0])
    earliest, latest = max(when.earliest for when, _ in whens), max(when.latest for when, _ in whens)
    if earliest.year != latest.year:
        return f"{begin} to {month(latest)} at the latest"
    end = month(latest) if earliest.month == latest.month else str(latest.year)
    return end if end in begin else f"{begin} to {end}"
