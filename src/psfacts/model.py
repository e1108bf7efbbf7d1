"""The typed fact base: every record of ``data/facts.json``, and the rules that one record can check alone.

Rules between records (ids that exist, unambiguous names, passages in range) are in
:mod:`psfacts.loading.problems`. This module knows nothing of files, stores, answers or screens.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from typing import Annotated, Literal, NoReturn, TypeGuard, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

T = TypeVar("T")
K = TypeVar("K")
V = TypeVar("V")

SCHEMA_VERSION = 1
"""The major version of the fact base and of every JSON answer; within it, keys are only added."""

_KEBAB = "[a-z0-9]+(-[a-z0-9]+)*"

Id = Annotated[str, StringConstraints(pattern=f"^{_KEBAB}$", max_length=100)]
"""The stable, readable kebab-case name of a record, such as ``remittances-uzbekistan-2021``; never reused."""


def is_id(value: object) -> TypeGuard[Id]:
    """Return whether a value is an Id."""
    return isinstance(value, str) and len(value) <= 100 and re.fullmatch(_KEBAB, value) is not None


_INK = r"^[^\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]"
"""White space spelt out, since dialects of regular expressions differ on ``\\S``."""

Text = Annotated[str, StringConstraints(min_length=1, max_length=4000, pattern=_INK)]
"""Text for a reader; not empty, and not starting with white space."""

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""A SHA-256 digest in lower-case hexadecimal."""

MOST = 2**53 - 1
"""The largest integer that every reader of JSON holds exactly (RFC 8259, 6)."""

Offset = Annotated[int, Field(ge=0, le=MOST)]
"""A position in a source's normalised text, in Unicode code points from 0."""

_DAY = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"


def _day(value: object) -> object:
    """Return the day written in ISO 8601. Pydantic alone would also accept a string of seconds."""
    if isinstance(value, date) or (isinstance(value, str) and re.fullmatch(_DAY, value)):
        with suppress(ValueError):
            return value if isinstance(value, date) else date.fromisoformat(value)
    raise PydanticCustomError("date", "Input should be a date such as '2022-06-20'")


Day = Annotated[date, BeforeValidator(_day), Field(json_schema_extra={"pattern": _DAY})]
"""A day of the Gregorian calendar, such as ``2022-06-20``."""

Array = Annotated[tuple[T, ...], Field(strict=False, fail_fast=True)]
"""An immutable list, which a parsed list of JSON is taken for; only its first wrong item is an error."""

Ids = Annotated[Array[Id], Field(json_schema_extra={"uniqueItems": True})]
"""Ids without duplicates."""

Texts = Annotated[Array[Text], Field(json_schema_extra={"uniqueItems": True})]
"""Texts for a reader, without duplicates."""

Standing = Literal["reported", "attributed", "assessed"]
"""Who stands behind a fact.

``reported``: the article states it; ``attributed``: the article says that somebody says it;
``assessed``: the author's own judgement or forecast.
"""

EntityType = Literal["country", "organization", "person", "place", "group", "region"]
"""The type of an entity; ``place`` is a territory that is not a present-day state, including former states."""

Kind = Literal["observation", "event", "relation", "claim"]
"""The tag of the union of facts."""

Value = Annotated[int, Field(strict=True)] | Annotated[float, Field(strict=True, allow_inf_nan=False)] | Text
"""An observed value: a number in its indicator's unit, or one of its categories."""


class Record(BaseModel):
    """Base of all records: values are not coerced, unknown keys are refused, and instances are immutable."""

    # Most commands use few of the models: each is built when it is first used.
    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", defer_build=True)


class FrozenDict(dict[K, V]):
    """An immutable dict."""

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise TypeError("what an answer holds cannot be changed")

    __setitem__ = __delitem__ = __ior__ = clear = pop = popitem = setdefault = update = _refuse

    def __reduce__(self) -> tuple[type[FrozenDict[K, V]], tuple[dict[K, V]]]:
        """Return what pickle needs to rebuild the dict in one step."""
        return FrozenDict, (dict(self),)


Frozen = Annotated[Mapping[K, V], AfterValidator(FrozenDict)]
"""An immutable mapping in an answer."""


class Passage(Record):
    """A stretch of a source's normalised text (a W3C TextPositionSelector) with its digest.

    Normalised text is UTF-8 in NFC, without a byte order mark, with LF for CR LF. Blanks that follow a clause in its
    line belong to it, as in the sentence segments of Unicode's UAX #29, so that passages can cover a source without
    gaps.

    Example: ``Passage(source="zheng-2022", start=0, end=106, sha256="…")``
    """

    source: Id
    """Id of the source that contains the passage."""

    start: Offset
    """Offset of the first character."""

    end: Offset
    """Offset just after the last character; greater than ``start``."""

    sha256: Sha256
    """Digest of the passage's UTF-8 bytes."""

    @property
    def fragment(self) -> str:
        """The source with a text fragment (RFC 5147): ``zheng-2022#char=4141,4304``."""
        return f"{self.source}#char={self.start},{self.end}"

    @model_validator(mode="after")
    def _runs_forwards(self) -> Passage:
        if self.start >= self.end:
            raise ValueError(f"a passage ends after its start, but start is {self.start} and end is {self.end}")
        return self


class Section(Record):
    """A part of a source under one heading."""

    id: Id
    """Readable name of the section, such as ``security``; unique within its source."""

    title: Text
    """Title of the section for a reader."""

    start: Offset
    """Offset of the section's first character; the section runs up to the next one's start."""

    paragraphs: Array[Offset]
    """Offsets at which the section's paragraphs start, excluding a heading; in ascending order."""


class Source(Record):
    """A document that facts are drawn from. Its text is not part of the fact base."""

    id: Id
    """Readable name of the source, such as ``zheng-2022``."""

    title: Text
    """Title as printed in the text that was read."""

    author: Text
    """Who wrote it."""

    publisher: Text
    """Where it appeared."""

    published: Day
    """Day of publication."""

    url: Text
    """Where it can be read."""

    language: Text
    """BCP 47 tag of the language of the text that was read, such as ``en``."""

    translated_from: Text | None
    """BCP 47 tag of the original language, if the text that was read is a translation."""

    translation: Literal["human", "machine"] | None
    """How it was translated; ``None`` if it was not."""

    length: Annotated[int, Field(gt=0, le=MOST)]
    """Code points of the normalised text."""

    sha256: Sha256
    """Digest of the whole normalised text's UTF-8 bytes."""

    sections: Annotated[Array[Section], Field(min_length=1)]
    """The sections in order; the first starts at 0."""


class Iso(Record):
    """The codes that ISO 3166-1 gives a country."""

    alpha2: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
    """Two letters, such as ``MD``."""

    alpha3: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
    """Three letters, such as ``MDA``."""

    numeric: Annotated[str, StringConstraints(pattern=r"^[0-9]{3}$")]
    """Three digits, such as ``498``."""


class Entity(Record):
    """A country, person, organization or anything else that facts are about."""

    id: Id
    """Readable name, such as ``moldova``."""

    type: EntityType
    """Type of the entity."""

    name: Text
    """The usual English name."""

    short: Text | None
    """A shorter name for tight places, such as ``CSTO``; it resolves like an alias."""

    aliases: Texts
    """Other names: demonyms, former and foreign names, other spellings. Sorted."""

    iso: Iso | None
    """ISO 3166-1 codes; countries only."""

    capital: Text | None
    """The capital, in English; it resolves to the entity. Countries and places only."""

    members: Ids
    """Ids of the entities that make up a region; regions only, which have at least one. Sorted."""

    role: Text | None
    """Office held at the time of the source, such as ``President``; persons only."""

    of: Id | None
    """Id of the country or organization of the office; persons only."""

    wikidata: Annotated[str, StringConstraints(pattern=r"^Q[1-9][0-9]*$", max_length=20)] | None
    """Wikidata item, such as ``Q217``, if it is known for certain."""

    @model_validator(mode="after")
    def _has_what_its_type_has(self) -> Entity:
        if self.iso and self.type != "country":
            raise ValueError(f"only a country has ISO codes, and {self.id} is a {self.type}")
        if self.capital and self.type not in ("country", "place"):
            raise ValueError(f"only a country or a place has a capital, and {self.id} is a {self.type}")
        if bool(self.members) != (self.type == "region"):
            raise ValueError(f"a region has members and nothing else has, but {self.id} is a {self.type}")
        if (self.role or self.of) and self.type != "person":
            raise ValueError(f"only a person has a role, and {self.id} is a {self.type}")
        return self


class Indicator(Record):
    """Something that can be compared across countries."""

    id: Id
    """Readable name, such as ``remittances``."""

    name: Text
    """Name for a heading."""

    description: Text
    """What the indicator measures or distinguishes, and how."""

    type: Literal["number", "category"]
    """Whether values are numbers or words from ``categories``."""

    unit: Text | None
    """Unit of the numbers, such as ``% of GDP``; required for number indicators, and not allowed for others."""

    categories: Texts
    """Possible values in display order; category indicators only."""

    aliases: Texts
    """Other names. Sorted."""

    membership_of: Id | None
    """Id of the organization whose members the indicator records; ``member`` is then among the categories."""

    @model_validator(mode="after")
    def _fits_its_type(self) -> Indicator:
        if (self.type == "number") != (self.unit is not None):
            raise ValueError("a number indicator has a unit, a category indicator has none")
        if (self.type == "category") != bool(self.categories):
            raise ValueError("a category indicator has categories, a number indicator has none")
        if self.membership_of and "member" not in self.categories:
            raise ValueError("an indicator with membership_of has the category 'member'")
        return self


class When(Record):
    """A time or a period, no more precise than it is known.

    Example: ``When(earliest=date(2022, 6, 11), latest=date(2022, 6, 20), text="mid-June 2022", inferred=True)``
    """

    earliest: Day
    """First possible day."""

    latest: Day
    """Last possible day."""

    text: Text
    """The time in words, such as ``late April 2022``."""

    inferred: bool
    """Whether the year, the month or a bound was inferred rather than printed in the passage."""

    @model_validator(mode="after")
    def _runs_forwards(self) -> When:
        if self.earliest > self.latest:
            raise ValueError(f"earliest ({self.earliest}) is after latest ({self.latest})")
        return self


class BaseFact(Record):
    """Fields of every kind of fact."""

    id: Id
    """Readable name, such as ``karabakh-ceasefire-2020``."""

    replaces: Ids = ()
    """Ids of earlier records that this one replaces. Sorted."""

    title: Text | None = None
    """A headline of at most 60 characters, as true as the statement; it does not name who says so."""

    statement: Text
    """One self-contained sentence in our own words."""

    entities: Annotated[Ids, Field(min_length=1)]
    """Ids of all entities that the fact is about or mentions. Sorted."""

    context: Ids
    """The ``entities`` that the passages do not name but the surrounding text implies. Sorted."""

    topics: Annotated[Ids, Field(min_length=1)]
    """Ids of the fact's topics, such as ``sanctions``. Sorted."""

    standing: Standing
    """Who stands behind it."""

    asserted_by: Ids
    """Ids of the entities that say so, if ``standing`` is ``attributed``. Sorted."""

    evidence: Annotated[Array[Passage], Field(min_length=1)]
    """The passages that support the fact: the smallest clauses or sentences that do. In text order."""

    errata: Ids
    """Ids of the errata that the fact's reading depends on, and of the doubts about it. Sorted."""

    keywords: Texts
    """Other words to find the fact by. Sorted."""

    @property
    def headline(self) -> str:
        """The title, or the whole statement if there is no title."""
        return self.title or self.statement

    @model_validator(mode="after")
    def _attributed_names_who(self) -> BaseFact:
        if (self.standing == "attributed") != bool(self.asserted_by):
            raise ValueError("a fact names who asserts it (asserted_by) if, and only if, its standing is 'attributed'")
        if not set(self.context) <= set(self.entities):
            raise ValueError("context names only entities of the fact")
        return self


class Observation(BaseFact):
    """The value of one indicator for one subject at one time."""

    kind: Literal["observation"]
    """The tag of the union."""

    indicator: Id
    """Id of the indicator."""

    subject: Id
    """Id of the observed entity, usually a country."""

    value: Value
    """A number in the indicator's unit, or one of its categories."""

    when: When
    """The time that the value holds for."""


class Event(BaseFact):
    """Something that happened at a time."""

    kind: Literal["event"]
    """The tag of the union."""

    when: When
    """When it happened."""


class Relation(BaseFact):
    """A relation between two entities."""

    kind: Literal["relation"]
    """The tag of the union."""

    subject: Id
    """Id of the entity that the relation starts from."""

    predicate: Text
    """Verb phrase between subject and object, such as ``keeps troops in``."""

    object: Id
    """Id of the entity that the relation points to."""

    when: When | None
    """When it held, if the source says so."""


class Claim(BaseFact):
    """Any other checkable statement: positions, assessments, background, things said."""

    kind: Literal["claim"]
    """The tag of the union."""

    when: When | None
    """When it held or was said, if the source says so."""


Fact = Annotated[Observation | Event | Relation | Claim, Field(discriminator="kind")]
"""A fact of any kind, discriminated by ``kind``."""

ErratumKind = Literal["name", "person", "figure", "relation", "tense", "wording", "lost-text", "doubt"]
"""What went wrong in print.

``name``: a name came out as another word; ``person``: somebody is misspelt, mistitled or given the wrong pronoun;
``figure``: a figure stands beside the wrong name; ``relation``: who does what to whom is reversed or lost;
``tense``: the tense changes the meaning; ``wording``: a word or phrase is mistranslated; ``lost-text``: words are
missing or scrambled; ``doubt``: the print is clear, but outside knowledge speaks against what it says.
"""


class Erratum(Record):
    """A place where the printed words cannot be taken literally."""

    id: Id
    """Readable name, such as ``afghanistan-azerbaijan``."""

    kind: ErratumKind
    """What went wrong."""

    printed: Text
    """The exact printed words, a few at most."""

    reading: Text
    """What the words should be; for a doubt, what speaks against them."""

    reason: Text
    """Why they are read this way."""

    basis: Literal["context", "original", "outside"]
    """Basis of the reading: the article itself, the wording of the original, or outside knowledge."""

    certainty: Literal["certain", "likely", "possible"]
    """How sure the reading is."""

    entities: Ids
    """Ids of the entities concerned, including one printed by mistake. Sorted."""

    evidence: Annotated[Array[Passage], Field(min_length=1)]
    """Each occurrence: exactly the printed words."""

    replaces: Ids = ()
    """Ids of earlier records that this one replaces. Sorted."""


class Uncited(Record):
    """A passage that carries no checkable claim."""

    id: Id
    """Readable name, such as ``heading-security``."""

    passage: Passage
    """The passage."""

    reason: Text
    """Why no fact is drawn from it, such as ``heading``."""

    @property
    def evidence(self) -> tuple[Passage, ...]:
        """The passage alone, like the passages of facts and errata."""
        return (self.passage,)


class Topic(Record):
    """A topic of facts."""

    id: Id
    """Readable name, such as ``labour-migration``, which facts refer to; another record may have the same id."""

    name: Text
    """Name for a heading."""


class Meta(Record):
    """Versions and licence of a fact base."""

    schema_version: Literal[1]
    """Version of this model."""

    data_version: Annotated[str, StringConstraints(pattern=r"^[0-9]+(\.[0-9]+)*$", max_length=100)]
    """Version of the data, such as ``1.0.0``."""

    shared_names: bool = False
    """Whether several records may share a name, as they may after files were merged."""

    license: Text | None = None
    """The licence of the facts, preferably an SPDX identifier such as ``CC-BY-4.0``; ``None`` if not stated."""


class FactBase(Meta):
    """A whole fact base. Its lists may be in any order; answers keep it unless they sort by something else."""

    sources: Annotated[tuple[Source, ...], Field(min_length=1)]
    """Documents that the facts are drawn from."""

    entities: tuple[Entity, ...]
    """Entities that the facts are about."""

    indicators: tuple[Indicator, ...]
    """Indicators that countries can be compared by."""

    topics: tuple[Topic, ...] = ()
    """Topics of facts; a base without this list may use any topic."""

    facts: tuple[Fact, ...]
    """The facts."""

    errata: tuple[Erratum, ...]
    """Errata of the sources."""

    uncited: tuple[Uncited, ...]
    """Passages that no fact is drawn from."""

    @property
    def lists(self) -> Mapping[str, tuple[AnyRecord, ...]]:
        """All lists by name."""
        return {name: getattr(self, name) for name in LISTS}


AnyRecord = Source | Entity | Indicator | Topic | Fact | Erratum | Uncited
"""A record from any list."""

NOUNS = {
    "sources": "source",
    "entities": "entity",
    "indicators": "indicator",
    "topics": "topic",
    "facts": "fact",
    "errata": "erratum",
    "uncited": "uncited passage",
}
"""Nouns for the records of each list."""

LISTS = tuple(NOUNS)
"""The lists of a fact base in the order of a file: lists that others refer to come first."""
