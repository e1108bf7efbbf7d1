"""Numbers with their units, as a reader expects them."""

from __future__ import annotations

from psfacts.model import Indicator, Value

MILLION = 1_000_000
BILLION = 1_000_000_000


def number(value: Value, million: str = " million") -> str:
    """Return a value without its unit: ``900,000``, ``4.5 million`` or with another word; a category as it is."""
    if isinstance(value, str):
        return value
    if MILLION <= value < BILLION and value % (MILLION // 100) == 0:
        return f"{value / MILLION:,.2f}".rstrip("0").rstrip(".") + million
    return f"{value:,}"


def amount(value: Value, indicator: Indicator) -> str:
    """Return an observed value with its unit: ``30% of GDP``, ``4.5 million people``; a category as it is."""
    if isinstance(value, str) or indicator.unit is None:
        return str(value)
    return number(value) + ("" if indicator.unit.startswith("%") else " ") + indicator.unit
