"""Countries side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import zip_longest

from psfacts.answers.answer import BUILT_IN, Answer, asked
from psfacts.answers.common import COUNTRY, GROUPS, indicators_of, unique
from psfacts.errors import UsageError
from psfacts.model import Entity, Erratum, Frozen, Id, Indicator, Observation, Record, Text
from psfacts.store.groups import countries_of
from psfacts.store.places import Locators
from psfacts.store.resolve import names_in, resolve
from psfacts.store.store import Store
from psfacts.text.phrases import either


class Row(Record):
    """One country's line in a comparison."""

    country: Id
    """Id of the country."""

    name: Text
    """English name."""

    source: Id
    """Id of the source that all values of the line are drawn from."""

    values: Frozen[Id, Observation | None]
    """By indicator id, the observation, or ``None`` where the source is silent."""


class Comparison(Answer):
    """Answer to: how do countries compare?

    A country with several observations of an indicator (other periods, other sources) has several rows.
    """

    indicators: tuple[Indicator, ...]
    """The columns."""

    rows: tuple[Row, ...]
    """Countries with at least one value: by name, or by an indicator, numbers falling, categories in their order."""

    silent: tuple[Id, ...]
    """Ids of the countries that were asked for and on which the source is silent throughout."""

    errata: tuple[Erratum, ...]
    """Errata that the values rest on."""

    locators: Locators
    """Where the observations and errata stand."""


BY_NAME = "name"
"""What ``sort`` is for the order of the names."""

Series = dict[Id, list[Observation]]
"""A country's observations by indicator, the latest first."""


@asked
def compare(*names: str, sort: str | None = None, store: Store = BUILT_IN) -> Comparison:
    """Set countries side by side.

    Among ``names``, indicators become the columns, and countries, regions and organizations the rows. Without
    indicators the columns are all that have a value for the rows; without others the rows are the countries of
    :func:`countries` and any other country that has a value.

    ``sort`` is ``name``, or the name of one of the columns: numbers falling, categories in their order. By default it
    is the first indicator of ``names``, and ``name`` where there is none.

    Raises UsageError where ``names`` is empty, or ``sort`` is none of the columns.
    """
    if not names:
        raise UsageError("compare needs at least one name", "try: psfacts compare remittances, or psfacts indicators")
    records = unique(resolve(store, name, types=COUNTRY + GROUPS, indicators=True) for name in names_in(store, names))
    columns = [one for one in records if isinstance(one, Indicator)]
    groups = [one for one in records if isinstance(one, Entity)]
    asked = countries_of(store, groups) if groups else store.home_countries()
    found = store.observations(
        indicators=[one.id for one in columns] if columns else None,
        subjects=[one.id for one in asked] if groups else None,
    )
    subjects = unique([*asked, *(store.entity(one.subject) for one in found)])
    rows_of = [one for one in subjects if one.type == "country"]
    first = columns[:1] if sort is None else _column(store, sort)
    columns = columns or list(indicators_of(store, found))
    if not set(first) <= set(columns):
        raise UsageError(
            f"{first[0].id} is not compared here", f"sort by name, or by {either(one.id for one in columns)}"
        )
    return _comparison(store, columns, rows_of, found, first)


def _column(store: Store, sort: str) -> list[Indicator]:
    """Return the column to sort by; none to sort by name."""
    if sort == BY_NAME:
        return []
    found = resolve(store, sort, types=(), indicators=True)
    return [found] if isinstance(found, Indicator) else []


def _comparison(
    store: Store,
    columns: Sequence[Indicator],
    subjects: Sequence[Entity],
    observations: Sequence[Observation],
    first: Sequence[Indicator],
) -> Comparison:
    """Lay ``observations``, which come with the latest first, out in rows and columns."""
    series: dict[Id, Series] = {subject.id: {column.id: [] for column in columns} for subject in subjects}
    for one in observations:
        if one.subject in series:
            series[one.subject][one.indicator].append(one)
    ranked = sorted(subjects, key=lambda one: (*_rank(series[one.id], first), one.name, one.id))
    rows = tuple(row for subject in ranked for row in _rows(subject, series[subject.id]))
    values = [value for row in rows for value in row.values.values() if value]
    errata = store.errata_of(facts=values)
    return Comparison(
        indicators=tuple(columns),
        rows=rows,
        silent=tuple(one.id for one in ranked if not any(series[one.id].values())),
        errata=errata,
        locators=store.locators([*values, *errata]),
    )


def _rank(series: Series, first: Sequence[Indicator]) -> tuple[bool, float | int]:
    """Rank a country by its latest value for the column to sort by: numbers falling, categories in their order."""
    latest = series[first[0].id][:1] if first else []
    if not latest:
        return True, 0
    value = latest[0].value
    return False, first[0].categories.index(value) if isinstance(value, str) else -value


def _rows(subject: Entity, series: Series) -> Iterable[Row]:
    """Return a row for each period or source that the country has values for, never merging two in one cell."""
    for source in dict.fromkeys(_source(one) for values in series.values() for one in values):
        told = ([one for one in values if _source(one) == source] for values in series.values())
        for values in zip_longest(*told):
            cells = dict(zip(series, values, strict=True))
            yield Row(country=subject.id, name=subject.name, source=source, values=cells)


def _source(observation: Observation) -> Id:
    return observation.evidence[0].source
