"""Dates as a user writes them: a year, a month or a day."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from psfacts.errors import UsageError
from psfacts.text.phrases import quoted

_FORM = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


def first_day(text: str) -> date:
    """Return the first day of the year, month or day that ``text`` names: 2022-05-01 for ``2022-05``.

    Raises UsageError where ``text`` names none in the calendar form of ISO 8601.
    """
    return _span(text)[0]


def last_day(text: str) -> date:
    """Return the last day of the year, month or day that ``text`` names: 2022-05-31 for ``2022-05``.

    Raises UsageError where ``text`` names none in the calendar form of ISO 8601.
    """
    return _span(text)[1]


def _span(text: str) -> tuple[date, date]:
    match = _FORM.fullmatch(text)
    try:
        if match is None:
            raise ValueError(text)
        year, month, day = match.groups()
        first = date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        raise UsageError(
            f"{quoted(text)} is not a date", "give a year, a month or a day: 2022, 2022-05 or 2022-05-17"
        ) from None
    if day:
        return first, first
    last_month = first.month if month else 12
    return first, date(first.year, last_month, monthrange(first.year, last_month)[1])
