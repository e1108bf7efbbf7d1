"""Months and their thirds, without the code that finds dates in text."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
"""English names of the months, independent of the locale."""

PARTS = ("early", "mid", "late")
"""Thirds of a month: up to the 10th, up to the 20th, and the rest."""


def last_of_month(day: date) -> date:
    """Return the last day of the month that ``day`` falls in."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def part_of(day: date) -> int:
    """Return the index in PARTS of the third of its month that ``day`` falls in."""
    return min((day.day - 1) // 10, 2)


def third(day: date, part: int) -> tuple[date, date]:
    """Return the first and the last day of a third (an index in PARTS) of the month of ``day``."""
    first = day.replace(day=10 * part + 1)
    return first, last_of_month(day) if part == len(PARTS) - 1 else day.replace(day=10 * part + 10)


def part_of_month(first: date, last: date) -> int | None:
    """Return the index in PARTS of the third of a month from ``first`` to ``last``, if it is one."""
    part = part_of(first)
    return part if (first, last) == third(first, part) else None
