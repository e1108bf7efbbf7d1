"""The list of the indicators as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from psfacts.render.rows import Table, same
from psfacts.render.rows.records import INDICATOR

if TYPE_CHECKING:  # no answer loads the others
    from psfacts.answers.indicators import Indicators


def tables(answer: Indicators) -> tuple[Table, ...]:
    """Return a row an indicator."""
    columns = {**INDICATOR, **same("countries", "subjects")}
    few = ("id", "name", "description", "type", "unit", "countries", "subjects_names")
    return (Table.of("indicator", "Indicators", map(dict, answer.indicators), columns, few),)
