"""A comparison as a table: a row a value."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from psfacts.render.rows import Table
from psfacts.render.rows.records import (
    FACT,
    KINDS,
    Row,
    facts_of,
)

if TYPE_CHECKING:  # no answer loads the others
    from psfacts.answers.compare import Comparison


def tables(answer: Comparison) -> tuple[Table, ...]:
    """Return a row a value, and a row without one where the source is silent."""
    return (Table.of("value", "Comparison", _values(answer), _VALUE),)


_FIRST = ("country", "indicator", "value", "unit", "when", "earliest", "latest", "inferred", "standing", "asserted_by")


_VALUE = (*_FIRST, *(column for column in KINDS["observation"] if column not in (*_FIRST, "subject", "kind")))
"""Columns of an observation, those of the value first; the subject is the country."""


def _values(answer: Comparison) -> Iterator[Row]:
    """Return a row a value, by country and indicator, and a row without one where the source is silent."""
    facts = facts_of(answer, answer.indicators)
    found = {(row.country, key) for row in answer.rows for key, one in row.values.items() if one}
    nothing: Row = dict.fromkeys(FACT)
    for row in answer.rows:
        for key, one in row.values.items():
            if one:
                yield {"country": row.country, **facts.row(one)}
            elif (row.country, key) not in found:
                found.add((row.country, key))
                yield nothing | {"country": row.country, "indicator": key}
    for country in answer.silent:
        for column in answer.indicators:
            yield nothing | {"country": country, "indicator": column.id}
