"""Comparisons of countries by indicators."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import zip_longest

from psfacts.answers.answer import BUILT_IN, COUNTRY, GROUPS, Answer, asked, backing, indicators_of, unique
from psfacts.errors import UsageError
from psfacts.model import Entity, Erratum, Frozen, Id, Indicator, Observation, Record, Text
from psfacts.store.places import Locators
from psfacts.store.resolve import countries_of, names_in, resolve_any
from psfacts.store.store import Store
from psfacts.text.phrases import either


class Row(Record):
    """One country's line in a comparison."""

    country: Id
    """Id of the country."""

    name: Text
    """English name."""

    source: Id
    """Id of the source of all values in the row."""

    values: Frozen[Id, Observation | None]
    """The observation by indicator id; ``None`` where the source is silent."""


class Comparison(Answer):
    """Answer to: how do countries compare?

    A country with several observations of an indicator (other periods, other sources) has several rows.
    """

    indicators: tuple[Indicator, ...]
    """The columns."""

    rows: tuple[Row, ...]
    """Countries with at least one value, by name or by an indicator (numbers descending, categories in order)."""

    silent: tuple[Id, ...]
    """Ids of the requested countries without any value in the source."""

    errata: tuple[Erratum, ...]
    """Errata that the values depend on."""

    locators: Locators
    """Places of the observations and errata in the source."""


BY_NAME = "name"
"""The value of ``sort`` that sorts rows by name."""

Series = dict[Id, list[Observation]]
"""A country's observations by indicator, latest first."""


@asked
def compare(*names: str, sort: str | None = None, store: Store = BUILT_IN) -> Comparison:
    """Compare countries by indicators.

    Among ``names``, indicators become the columns, and countries, regions and organizations the rows. Without
    indicators the columns are all that have a value for the rows; without others the rows are the countries of
    :func:`countries` and any other country that has a value.

    ``sort`` is ``name`` or the name of a column: numbers descending, categories in their order. By default it
    is the first indicator of ``names``, or ``name`` if there is none.

    Raises UsageError if ``names`` is empty, or ``sort`` is not a column.
    """
    if not names:
        raise UsageError("compare needs at least one name", "try: psfacts compare remittances, or psfacts indicators")
    records = unique(resolve_any(store, name, types=COUNTRY + GROUPS) for name in names_in(store, names))
    columns = [record for record in records if isinstance(record, Indicator)]
    groups = [record for record in records if isinstance(record, Entity)]
    asked = countries_of(store, groups) if groups else store.home_countries()
    found = store.observations(
        indicators=[column.id for column in columns] if columns else None,
        subjects=[country.id for country in asked] if groups else None,
    )
    subjects = unique([*asked, *(store.entity(observation.subject) for observation in found)])
    key = columns[0].id if columns else BY_NAME
    if sort is not None:
        key = sort if sort == BY_NAME else resolve_any(store, sort, types=()).id
    columns = columns or list(indicators_of(store, found))
    known = [column.id for column in columns]
    if key not in (BY_NAME, *known):
        raise UsageError(f"{key} is not compared here", f"sort by name, or by {either(known)}")
    series: dict[Id, Series] = {subject.id: {column: [] for column in known} for subject in subjects}
    for observation in found:
        series[observation.subject][observation.indicator].append(observation)
    countries = [subject for subject in subjects if subject.type == "country"]
    countries.sort(key=lambda country: (_rank(store, series[country.id].get(key)), country.name, country.id))
    rows = tuple(row for country in countries for row in _rows(country, series[country.id]))
    values = [value for row in rows for value in row.values.values() if value]
    silent = tuple(country.id for country in countries if not any(series[country.id].values()))
    return Comparison(indicators=tuple(columns), rows=rows, silent=silent, **backing(store, values))


def _rank(store: Store, values: Sequence[Observation] | None) -> tuple[bool, float | int]:
    """Return the sort key of a country by its latest value: numbers descending, categories in their order."""
    if not values:
        return True, 0
    value = values[0].value
    return False, store.indicator(values[0].indicator).categories.index(value) if isinstance(value, str) else -value


def _rows(subject: Entity, series: Series) -> Iterable[Row]:
    """Return one row for each period and source with values of the country, so that no cell has two."""
    for source in dict.fromkeys(fact.evidence[0].source for values in series.values() for fact in values):
        told = ([fact for fact in values if fact.evidence[0].source == source] for values in series.values())
        for values in zip_longest(*told):
            cells = dict(zip(series, values, strict=True))
            yield Row(country=subject.id, name=subject.name, source=source, values=cells)
