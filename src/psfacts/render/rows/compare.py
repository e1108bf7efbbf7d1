"""A comparison as a table: a row a value."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from psfacts.render.rows import Scope, Table, same
from psfacts.render.rows.records import KINDS, TOLD, facts_of

if TYPE_CHECKING:  # no answer loads the others
    from psfacts.answers.compare import Comparison

_FACT = {name: path for name, path in KINDS["observation"].items() if name not in ("subject", "kind")}
_FIRST = ("indicator", "value", "unit", "when", "earliest", "latest", "inferred", "standing", "asserted_by")
VALUE = {**same("country"), **{name: _FACT[name] for name in _FIRST}, **_FACT}
"""Columns of an observation, those of the value first; the subject is the country."""


def tables(answer: Comparison) -> tuple[Table, ...]:
    """Return a row a value, and a row without one where the source is silent."""
    few = ("country_name", "indicator_name", "value", "unit", *TOLD)
    return (Table.of("value", "Comparison", _values(answer), VALUE, few),)


def _values(answer: Comparison) -> Iterator[Scope]:
    """Return what rows are made of, by country and indicator."""
    facts = facts_of(answer, answer.indicators)
    found = {(row.country, key) for row in answer.rows for key, value in row.values.items() if value}
    for row in answer.rows:
        for key, value in row.values.items():
            if value:
                yield {"country": row.country, **facts.scope(value)}
            elif (row.country, key) not in found:
                found.add((row.country, key))
                yield {"country": row.country, "indicator": key}
    for country in answer.silent:
        for column in answer.indicators:
            yield {"country": country, "indicator": column.id}
