"""What the answers are: one type a question, and at once the shape of its JSON.

Every answer says which ``schema_version`` it follows and always has the same keys. Facts, entities, indicators
and errata in it are the very records of the fact base. Where an answer holds facts, ``locators`` tells by fact id
where in the source each of them stands, so that no number travels without its place.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from psfacts.model import (
    Claim,
    Entity,
    Erratum,
    Event,
    Fact,
    Id,
    Indicator,
    Iso,
    Observation,
    Passage,
    Record,
    Relation,
    Text,
)


class Locator(Record):
    """The place of a passage in words."""

    source: Id
    """Id of the source."""

    section: Id
    """Id of the section."""

    title: Text
    """Title of the section."""

    paragraph: int | None
    """Number of the paragraph within the section, from 1; ``None`` for a heading."""


Locators = dict[Id, tuple[Locator, ...]]
"""Places of the passages of each record, by the record's id; one a passage, repetitions dropped."""


class Answer(Record):
    """What all answers share."""

    schema_version: Literal[1] = 1
    """Version of the shape."""


class Membership(Record):
    """Where a country stands with an organization."""

    organization: Id
    """Id of the organization."""

    value: Text
    """``member``, or another category of the indicator, such as ``candidate``."""

    fact: Id
    """Id of the observation that says so."""


class CountrySummary(Record):
    """A line of the list of countries."""

    id: Id
    """Id of the country."""

    name: Text
    """English name."""

    iso: Iso | None
    """ISO 3166-1 codes."""

    capital: Text | None
    """Capital, in English."""

    regions: tuple[Id, ...]
    """Ids of the regions that it belongs to, the narrowest first."""

    memberships: tuple[Membership, ...]
    """What the fact base tells about its memberships."""

    facts: int
    """How many facts its profile holds."""


class Countries(Answer):
    """Answer to: which countries are there?"""

    groups: tuple[Id, ...]
    """Ids of the regions and organizations that the list was narrowed to; empty for the whole list."""

    countries: tuple[CountrySummary, ...]
    """By region, then by name."""

    regions: tuple[Entity, ...]
    """The regions named in ``countries``, the narrowest first."""


class Profile(Answer):
    """Answer to: what is known about a country?

    It holds the facts about the country itself and those about a region that it is a member of.
    """

    country: Entity
    """The country."""

    regions: tuple[Entity, ...]
    """Regions that it belongs to, the narrowest first."""

    memberships: tuple[Membership, ...]
    """Its memberships."""

    indicators: tuple[Indicator, ...]
    """The indicators of ``observations``."""

    observations: tuple[Observation, ...]
    """Observations of the country and of its regions: its own first, then by indicator, the latest first."""

    events: tuple[Event, ...]
    """Events in the order of time."""

    relations: tuple[Relation, ...]
    """Relations, those that go out from the country first."""

    claims: tuple[Claim, ...]
    """Claims in the order of the source."""

    errata: tuple[Erratum, ...]
    """Errata that touch the country or that its facts rest on."""

    locators: Locators
    """Where facts and errata stand."""


class IndicatorSummary(Indicator):
    """An indicator and who has a value for it."""

    subjects: tuple[Id, ...]
    """Ids of the entities with at least one observation. Sorted."""

    countries: int
    """How many countries have at least one observation."""


class Indicators(Answer):
    """Answer to: what can be compared?"""

    indicators: tuple[IndicatorSummary, ...]
    """All indicators, by name."""


class Row(Record):
    """One country's line in a comparison."""

    country: Id
    """Id of the country."""

    name: Text
    """English name."""

    source: Id
    """Id of the source that all values of the line are drawn from."""

    values: dict[Id, Observation | None]
    """By indicator id, the observation, or ``None`` where the source is silent."""


class Comparison(Answer):
    """Answer to: how do countries compare?

    A country with several observations of an indicator (other periods, other sources) has several rows.
    """

    indicators: tuple[Indicator, ...]
    """The columns."""

    rows: tuple[Row, ...]
    """Countries with at least one value; by the first indicator: numbers falling, categories in their order."""

    silent: tuple[Id, ...]
    """Ids of the countries that were asked for and on which the source is silent throughout."""

    errata: tuple[Erratum, ...]
    """Errata that the values rest on."""

    locators: Locators
    """Where the observations and errata stand."""


class Timeline(Answer):
    """Answer to: what happened, in order?"""

    about: tuple[Id, ...]
    """Ids of the entities that it was narrowed to; empty for all."""

    since: date | None
    """First day asked for."""

    until: date | None
    """Last day asked for."""

    events: tuple[Event, ...]
    """By earliest day, then latest day, then place in the source."""

    errata: tuple[Erratum, ...]
    """Errata that the events' readings rest on."""

    locators: Locators
    """Where the events and errata stand."""


class About(Answer):
    """Answer to: what is known about an entity of any type?"""

    entity: Entity
    """The entity."""

    facts: tuple[Fact, ...]
    """Facts about it in the order of the source, or, for a region's member, about the region."""

    indicators: tuple[Indicator, ...]
    """The indicators of the observations among ``facts``."""

    errata: tuple[Erratum, ...]
    """Errata that touch it or that its facts rest on."""

    locators: Locators
    """Where facts and errata stand."""


class Segment(Record):
    """A stretch of a paragraph within which nothing changes."""

    text: str
    """Its words as printed."""

    cited: bool
    """Whether the fact cites them."""

    errata: tuple[Id, ...]
    """Ids of the errata whose printed words they are, or are part of."""


class Excerpt(Record):
    """A passage as it stands in a user's copy of the article."""

    reading: Text
    """What it took to find it, one of :data:`psfacts.article.READINGS`."""

    text: Text
    """The cited words."""

    segments: tuple[Segment, ...]
    """The whole paragraph, cut where the cited words or an erratum begin or end."""


class CitedPassage(Record):
    """A passage that a fact cites."""

    fact: Id
    """Id of the fact."""

    passage: Passage
    """Its place and digest."""

    locator: Locator
    """Its place in words."""

    excerpt: Excerpt | None
    """Its words in their paragraph, where the article is at hand and has them."""

    found: bool | None
    """Whether the article that is at hand has it; ``None`` where none is."""


class FactRecords(Answer):
    """Answer to: what exactly does this fact say?"""

    facts: tuple[Fact, ...]
    """The facts in the order asked for."""

    passages: tuple[CitedPassage, ...]
    """All passages that they cite."""

    indicators: tuple[Indicator, ...]
    """The indicators of the observations among ``facts``."""

    errata: tuple[Erratum, ...]
    """Errata that their readings rest on."""

    locators: Locators
    """Where facts and errata stand."""


class Errata(Answer):
    """Answer to: where are the printed words not to be taken as they stand?"""

    about: tuple[Id, ...]
    """Ids of the entities that the list was narrowed to; empty for all."""

    errata: tuple[Erratum, ...]
    """By kind, then in the order of the source."""

    locators: Locators
    """Where each of them is printed."""


class Correction(Record):
    """A word of a query that was taken for a misspelling."""

    written: str
    """The word as it was written, folded."""

    read: str
    """The known word that it was read as."""


class Hit(Record):
    """A fact found by a search."""

    score: float
    """How much of the query the fact has, from 0 to 1; of use to order hits of one search, not to compare searches."""

    fact: Fact
    """The fact."""

    marks: tuple[tuple[int, int], ...]
    """Start and end of the words in the fact's statement that match, in code points."""


class Missing(Record):
    """Something that a query asks for and the fact base does not have."""

    text: Text
    """What it does not have, in a sentence."""

    words: tuple[str, ...] = ()
    """The words of the query that nothing was found for."""

    entities: tuple[Id, ...] = ()
    """Ids of the entities that it has nothing of the kind about."""

    indicators: tuple[Id, ...] = ()
    """Ids of the indicators that it has no value of for ``entities``."""


class Search(Answer):
    """Answer to a question in a person's own words."""

    query: str
    """The question as it was asked."""

    corrections: tuple[Correction, ...]
    """Misspelt words and what they were read as."""

    hits: tuple[Hit, ...]
    """Facts that answer the question, the best first; empty rather than wrong."""

    related: tuple[Hit, ...]
    """Where there are no hits, the facts that come closest without answering."""

    missing: tuple[Missing, ...]
    """Where there are no hits, what the fact base does not have, as far as that can be told."""

    indicators: tuple[Indicator, ...]
    """The indicators of the observations among the facts."""

    errata: tuple[Erratum, ...]
    """Errata that the facts' readings rest on."""

    locators: Locators
    """Where facts and errata stand."""
