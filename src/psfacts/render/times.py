"""Times in few words: as a label that leaves out what the one above it says, and how precise they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Literal

from psfacts.model import When
from psfacts.text.months import MONTHS, PARTS, last_of_month, part_of_month

Precision = Literal["day", "month", "year", "span"]
"""Within which time something is known to have happened."""

SIGNS: dict[Precision, str] = {"day": "●", "month": "◐", "year": "○", "span": "┃"}
"""How a timeline draws them."""

_SHORT = 16
"""Characters that a time has room for in its author's words."""


def precision(when: When) -> Precision:
    """Return how precise a time is: what lies within 31 days is as good as a month."""
    days = (when.latest - when.earliest).days
    return "day" if not days else "month" if days < 31 else "year" if days < 366 else "span"


def brief(when: When, written: date) -> str:
    """Return a time in few words: ``7 Apr 2022``, ``late Apr 2022``, ``since Feb 2022``.

    What holds on the day on which its source was ``written`` holds in that month.
    """
    if when.earliest == when.latest == written:
        return month(written)
    return "".join(_label(when, written))


def labels(times: Iterable[tuple[When, date]]) -> Iterator[str]:
    """Return a label for each time, without the year, or all of it, where the label above says so already."""
    above, year = "", None
    for when, written in times:
        told, rest = _label(when, written)
        full = told + rest
        yield "" if full == above else told if when.earliest.year == year else full
        above, year = full, when.latest.year if when.latest.year == when.earliest.year else None


def _label(when: When, written: date) -> tuple[str, str]:
    """Return a time within a year without that year, which comes second; or another one as it is, and nothing more."""
    first, last = when.earliest, when.latest
    name, year = MONTHS[first.month - 1][:3], f" {first.year}"
    part = part_of_month(first, last)
    if first == last:
        return f"{first.day} {name}", year
    if part is not None:
        return f"{PARTS[part]} {name}", year
    if (first.day, last) == (1, last_of_month(first)):
        return name, year
    return when.text if len(when.text) <= _SHORT else _range(when, written), ""


def _range(when: When, written: date) -> str:
    """Return the days between which something was, no more precise than they are; what still holds is ``since``."""
    first, last = when.earliest, when.latest
    if goes_on(when, written):
        return f"since {_point(first, ends=False)}"
    if month(first) == month(last):
        return f"{first.day}–{last.day} {month(first)}"
    in_years = first.year != last.year or (first, last) == (date(first.year, 1, 1), date(last.year, 12, 31))
    start, end = _point(first, ends=False, in_years=in_years), _point(last, ends=True, in_years=in_years)
    if start == end:
        return start
    return f"{start.removesuffix(f' {last.year}')}–{end}"


def _point(day: date, *, ends: bool, in_years: bool = True) -> str:
    """Return a day as the year or the month that it begins, or ``ends``, if it does; else in full."""
    if in_years and (day.month, day.day) == ((12, 31) if ends else (1, 1)):
        return str(day.year)
    if day == (last_of_month(day) if ends else day.replace(day=1)):
        return month(day)
    return f"{day.day} {month(day)}"


def month(day: date) -> str:
    """Return the month of a day: ``Apr 2022``."""
    return f"{MONTHS[day.month - 1][:3]} {day.year}"


def goes_on(when: When, written: date) -> bool:
    """Return whether what began before still held when its source was ``written``."""
    return when.earliest < when.latest == written
