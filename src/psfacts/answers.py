"""The questions and their answers, one function each: a store and names in, a type of :mod:`psfacts.results` out.

Names are resolved by :func:`psfacts.names.resolve`; what it cannot resolve raises NotFoundError from here too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import zip_longest
from typing import TYPE_CHECKING, TypeVar, get_args

from psfacts.errors import NotFoundError, UsageError
from psfacts.groups import circle, countries_of, memberships
from psfacts.model import (
    Claim,
    Entity,
    EntityType,
    Erratum,
    ErratumKind,
    Fact,
    Id,
    Indicator,
    Observation,
    Passage,
    Relation,
)
from psfacts.names import command_for, did_you_mean, fold, near, resolve
from psfacts.phrases import a, quoted
from psfacts.results import (
    About,
    CitedPassage,
    Comparison,
    Countries,
    CountrySummary,
    Errata,
    FactRecords,
    Indicators,
    IndicatorSummary,
    Profile,
    Row,
    Timeline,
)
from psfacts.store import Store

if TYPE_CHECKING:
    from psfacts.article import Copy

R = TypeVar("R", Entity, Indicator, Entity | Indicator, Fact)

_COUNTRY: tuple[EntityType, ...] = ("country",)
_GROUPS: tuple[EntityType, ...] = ("region", "organization")

Series = dict[Id, list[Observation]]
"""A country's observations by indicator, the latest first."""


def countries(store: Store, groups: Sequence[str] = ()) -> Countries:
    """List the countries that belong to a region, or those of any of ``groups``: regions and organizations."""
    named = _unique(resolve(store, name, types=_GROUPS) for name in groups)
    listed = countries_of(store, named) if named else store.home_countries()
    regions = _narrowest_first({region.id: region for one in listed for region in store.regions_of(one.id)}.values())
    ranks = {region.id: rank for rank, region in enumerate(regions)}
    summaries = [_summary(store, country) for country in listed]
    summaries.sort(key=lambda one: (ranks[one.regions[0]] if one.regions else len(ranks), one.name, one.id))
    return Countries(groups=tuple(one.id for one in named), countries=tuple(summaries), regions=regions)


def country(store: Store, name: str) -> Profile:
    """Give the profile of a country: the facts that name it, and those about a region that it belongs to.

    Observations of other countries are left out, although they may name it.
    """
    entity = resolve(store, name, types=_COUNTRY)
    around = circle(store, entity)
    facts = store.profile_of(around)
    observations = sorted(
        (fact for fact in facts if isinstance(fact, Observation)),
        key=lambda fact: (
            fact.subject != entity.id,
            store.indicator(fact.indicator).name,
            -fact.when.latest.toordinal(),
        ),
    )
    relations = sorted(
        (fact for fact in facts if isinstance(fact, Relation)), key=lambda fact: fact.subject != entity.id
    )
    errata = store.errata_of(touching=[entity.id], facts=facts)
    return Profile(
        country=entity,
        regions=store.regions_of(entity.id),
        memberships=memberships(store, entity),
        indicators=_indicators_of(store, facts),
        observations=tuple(observations),
        events=store.events(about=around),
        relations=tuple(relations),
        claims=tuple(fact for fact in facts if isinstance(fact, Claim)),
        errata=errata,
        locators=store.locators([*facts, *errata]),
    )


def indicators(store: Store) -> Indicators:
    """List what can be compared, and who has a value for it."""
    return Indicators(indicators=tuple(_indicator_summary(store, one) for one in _by_name(store.indicators)))


def compare(store: Store, names: Sequence[str]) -> Comparison:
    """Set countries side by side.

    Among ``names``, indicators become the columns, and countries, regions and organizations the rows. Without
    indicators the columns are all that have a value for the rows; without others the rows are the countries of
    :func:`countries` and any other country that has a value.

    Raises UsageError where ``names`` is empty.
    """
    if not names:
        raise UsageError("compare needs at least one name", "try: psfacts compare remittances, or psfacts indicators")
    records = _unique(resolve(store, name, types=_COUNTRY + _GROUPS, indicators=True) for name in names)
    columns = [one for one in records if isinstance(one, Indicator)]
    groups = [one for one in records if isinstance(one, Entity)]
    asked = countries_of(store, groups) if groups else store.home_countries()
    found = store.observations(
        indicators=[one.id for one in columns] if columns else None,
        subjects=[one.id for one in asked] if groups else None,
    )
    subjects = _unique([*asked, *(store.entity(one.subject) for one in found)])
    rows_of = [one for one in subjects if one.type == "country"]
    columns = columns or list(_indicators_of(store, found))
    return _comparison(store, columns, rows_of, found)


def timeline(store: Store, names: Sequence[str] = (), since: date | None = None, until: date | None = None) -> Timeline:
    """Give the events that name any of ``names``, a member of it or a region that it belongs to, in the order of time.

    An event fits between ``since`` and ``until``, both included, if it may have happened then in part.

    Raises UsageError where ``since`` is after ``until``.
    """
    if since and until and since > until:
        raise UsageError(f"since ({since}) is after until ({until})", "swap them")
    named = _unique(resolve(store, name) for name in names)
    around = [key for one in named for key in (*circle(store, one), *one.members)]
    events = store.events(about=around if named else None, since=since, until=until)
    errata = store.errata_of(facts=events)
    return Timeline(
        about=tuple(one.id for one in named),
        since=since,
        until=until,
        events=events,
        errata=errata,
        locators=store.locators([*events, *errata]),
    )


def about(store: Store, name: str) -> About:
    """Give the facts that name an entity of any type, or a region that it belongs to."""
    entity = resolve(store, name)
    facts = store.facts_about(circle(store, entity))
    errata = store.errata_of(touching=[entity.id], facts=facts)
    return About(
        entity=entity,
        facts=facts,
        indicators=_indicators_of(store, facts),
        errata=errata,
        locators=store.locators([*facts, *errata]),
    )


def fact(store: Store, ids: Sequence[str], copy: Copy | None = None) -> FactRecords:
    """Give facts by their ids, in the order asked for; with a ``copy`` of the article, the words that they cite.

    Raises NotFoundError where an id is not a fact's, and UsageError where there is none.
    """
    if not ids:
        raise UsageError("fact needs at least one id", "ids stand beside every fact that psfacts shows")
    facts = _unique(_fact(store, key) for key in ids)
    passages = [_cited(store, one.id, passage, copy) for one in facts for passage in one.evidence]
    shown = {key for one in passages if one.excerpt for segment in one.excerpt.segments for key in segment.errata}
    errata = store.errata_of(facts=facts, ids=shown)
    return FactRecords(
        facts=facts,
        passages=tuple(passages),
        indicators=_indicators_of(store, facts),
        errata=errata,
        locators=store.locators([*facts, *errata]),
    )


def errata(store: Store, names: Sequence[str] = ()) -> Errata:
    """List where the printed words are not to be taken as they stand; with ``names``, only what touches any of them."""
    named = _unique(resolve(store, name) for name in names)
    about = tuple(one.id for one in named)
    found = store.errata_of(touching=about) if named else store.errata
    listed = tuple(sorted(found, key=_by_kind_and_place))
    return Errata(about=about, errata=listed, locators=store.locators(listed))


def _unique(records: Iterable[R]) -> tuple[R, ...]:
    return tuple({record.id: record for record in records}.values())


def _summary(store: Store, entity: Entity) -> CountrySummary:
    around = circle(store, entity)
    return CountrySummary(
        id=entity.id,
        name=entity.name,
        iso=entity.iso,
        capital=entity.capital,
        regions=tuple(around[1:]),
        memberships=memberships(store, entity),
        facts=store.count_profile(around),
    )


def _narrowest_first(regions: Iterable[Entity]) -> tuple[Entity, ...]:
    return tuple(sorted(regions, key=lambda one: (len(one.members), one.name, one.id)))


def _by_name(records: Iterable[Indicator]) -> list[Indicator]:
    return sorted(records, key=lambda one: (one.name, one.id))


def _indicators_of(store: Store, facts: Iterable[Fact]) -> tuple[Indicator, ...]:
    """Give the indicators of the observations among ``facts``, by name."""
    keys = {fact.indicator for fact in facts if isinstance(fact, Observation)}
    return tuple(_by_name(store.indicator(key) for key in keys))


def _indicator_summary(store: Store, indicator: Indicator) -> IndicatorSummary:
    subjects = store.subjects_of(indicator.id)
    countries = sum(kind == "country" for kind in subjects.values())
    return IndicatorSummary(**indicator.model_dump(), subjects=tuple(subjects), countries=countries)


def _comparison(
    store: Store, columns: Sequence[Indicator], subjects: Sequence[Entity], observations: Sequence[Observation]
) -> Comparison:
    """Lay ``observations``, which come with the latest first, out in rows and columns."""
    series: dict[Id, Series] = {subject.id: {column.id: [] for column in columns} for subject in subjects}
    for one in observations:
        if one.subject in series:
            series[one.subject][one.indicator].append(one)
    ranked = sorted(subjects, key=lambda one: (*_rank(series[one.id], columns), one.name, one.id))
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


def _rank(series: Series, columns: Sequence[Indicator]) -> tuple[bool, float | int]:
    """Rank a country by its latest value for the first column: numbers falling, categories in their order."""
    latest = series[columns[0].id][:1] if columns else []
    if not latest:
        return True, 0
    value = latest[0].value
    return False, columns[0].categories.index(value) if isinstance(value, str) else -value


def _rows(subject: Entity, series: Series) -> Iterable[Row]:
    """Give a row for each period or source that the country has values for, never merging two in one cell."""
    for source in dict.fromkeys(_source(one) for values in series.values() for one in values):
        told = ([one for one in values if _source(one) == source] for values in series.values())
        for values in zip_longest(*told):
            cells = dict(zip(series, values, strict=True))
            yield Row(country=subject.id, name=subject.name, source=source, values=cells)


def _source(observation: Observation) -> Id:
    return observation.evidence[0].source


def _fact(store: Store, key: str) -> Fact:
    try:
        return store.fact(key)
    except NotFoundError:
        raise _no_fact(store, key) from None


def _cited(store: Store, key: Id, passage: Passage, copy: Copy | None) -> CitedPassage:
    found = None
    if copy:
        from psfacts.excerpts import excerpt

        found = excerpt(store, passage, copy)
    return CitedPassage(
        fact=key,
        passage=passage,
        locator=store.locator(passage),
        excerpt=found,
        found=found is not None if copy else None,
    )


def _no_fact(store: Store, key: str) -> NotFoundError:
    if store.has_erratum(key):
        return NotFoundError(f"{quoted(key)} is an erratum, not a fact", "try: psfacts errata")
    for one in store.named(fold(key)):
        if one.id == key:
            noun = one.type if isinstance(one, Entity) else "indicator"
            return NotFoundError(f"{quoted(key)} is {a(noun)}, not a fact", f"try: {command_for(one)}")
    suggestions = near(key, ([one] for one in store.ids_like(key)))
    return NotFoundError(f"no fact has the id {quoted(key)}", did_you_mean(suggestions), suggestions)


def _by_kind_and_place(erratum: Erratum) -> tuple[int, Id, int, int, Id]:
    first = erratum.evidence[0]
    return get_args(ErratumKind).index(erratum.kind), first.source, first.start, first.end, erratum.id
