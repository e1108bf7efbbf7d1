"""Numbers with their units."""

from __future__ import annotations

import pytest

from psfacts.model import Indicator, Value
from psfacts.text.phrases import amount


def indicator(unit: str | None) -> Indicator:
    return Indicator(
        id="measured",
        name="Measured",
        description="Anything.",
        type="number" if unit else "category",
        unit=unit,
        categories=() if unit else ("member",),
        aliases=(),
        membership_of=None,
    )


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (30, "% of GDP", "30% of GDP"),
        (25.5, "%", "25.5%"),
        (-0.5, "%", "-0.5%"),
        (900_000, "people", "900,000 people"),
        (4_500_000, "people", "4.5 million people"),
        (2_000_000, "people", "2 million people"),
        (4_512_345, "people", "4,512,345 people"),
        (10**12, "people", "1,000,000,000,000 people"),
        (0, "people", "0 people"),
        ("member", None, "member"),
    ],
)
def test_a_value_is_shown_with_its_unit(value: Value, unit: str | None, shown: str) -> None:
    assert amount(value, indicator(unit)) == shown


def test_a_number_of_any_size_is_shown_whole() -> None:
    assert amount(10**400, indicator("people")).replace(",", "") == f"1{'0' * 400} people"
