"""The list of the indicators as a table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from psfacts.render.rows import Table
from psfacts.render.rows.records import (
    INDICATOR,
    Row,
    indicator,
)

if TYPE_CHECKING:  # no answer loads the others
    from psfacts.answers.indicators import Indicators


def tables(answer: Indicators) -> tuple[Table, ...]:
    """Return a row an indicator."""
    rows: Iterator[Row] = (
        indicator(one) | {"countries": one.countries, "subjects": one.subjects} for one in answer.indicators
    )
    return (Table.of("indicator", "Indicators", rows, (*INDICATOR, "countries", "subjects")),)
