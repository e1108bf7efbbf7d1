"""The typed fact base: every record of ``data/facts.json``, and the rules that one record can check alone.

Rules that hold between records (ids that are referred to, unambiguous names, passages in range) stand in
:mod:`psfacts.loading.rules`. This module knows nothing of files, stores, answers or screens.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from typing import Annotated, Literal, NoReturn, TypeGuard, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

K = TypeVar("K")
V = TypeVar("V")

SCHEMA_VERSION = 1
"""The major version of the fact base and of every JSON answer; within it, keys are only added."""

_KEBAB = "[a-z0-9]+(-[a-z0-9]+)*"

Id = Annotated[str, StringConstraints(pattern=f"^{_KEBAB}$", max_length=100)]
"""A stable, readable kebab-case name of a record, such as ``remittances-uzbekistan-2021``; never reused."""


def is_id(value: object) -> TypeGuard[Id]:
    """Return whether a value is an Id."""
    return isinstance(value, str) and len(value) <= 100 and re.fullmatch(_KEBAB, value) is not None


_INK = r"^[^\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]"
"""White space spelt out: every dialect of regular expressions understands another thing by ``\\S``."""

Text = Annotated[str, StringConstraints(min_length=1, max_length=4000, pattern=_INK)]
"""Words for a reader; not empty, and not starting with white space."""

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""A SHA-256 digest in lower-case hexadecimal."""

MOST = 2**53 - 1
"""The largest integer that every reader of JSON holds exactly (RFC 8259, 6)."""

Offset = Annotated[int, Field(ge=0, le=MOST)]
"""A place in a source's normalised text, counted in Unicode code points from 0."""

_DAY = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"


def _day(value: object) -> object:
    """Return the day that ISO 8601 writes so; pydantic alone would take a string of seconds for a day as well."""
    if isinstance(value, date) or (isinstance(value, str) and re.fullmatch(_DAY, value)):
        with suppress(ValueError):
            return value if isinstance(value, date) else date.fromisoformat(value)
    raise PydanticCustomError("date", "must be a date such as '2022-06-20'")


Day = Annotated[date, BeforeValidator(_day), Field(json_schema_extra={"pattern": _DAY})]
"""A day of the Gregorian calendar, such as ``2022-06-20``."""

Ids = Annotated[tuple[Id, ...], Field(json_schema_extra={"uniqueItems": True})]
"""Ids, each once."""

Texts = Annotated[tuple[Text, ...], Field(json_schema_extra={"uniqueItems": True})]
"""Words for a reader, each once."""

Standing = Literal["reported", "attributed", "assessed"]
"""Who stands behind a fact.

``reported``: the article states it; ``attributed``: the article says that somebody says it;
``assessed``: the author's own judgement or forecast.
"""

EntityType = Literal["country", "organization", "person", "place", "group", "region"]
"""What an entity is; ``place`` is a territory that is no present-day state, past states included."""

Kind = Literal["observation", "event", "relation", "claim"]
"""The tag of the union of facts."""

Value = Annotated[int, Field(strict=True)] | Annotated[float, Field(strict=True, allow_inf_nan=False)] | Text
"""An observed value: a number in its indicator's unit, or one of its categories."""


class Record(BaseModel):
    """What all records share: nothing is coerced, nothing unknown is let in, nothing changes afterwards."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


class FrozenDict(dict[K, V]):
    """A dict that nothing changes once it is made."""

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise TypeError("what an answer holds cannot be changed")

    __setitem__ = __delitem__ = __ior__ = clear = pop = popitem = setdefault = update = _refuse

    def __reduce__(self) -> tuple[type[FrozenDict[K, V]], tuple[dict[K, V]]]:
        """Return how pickle makes it again, all at once."""
        return FrozenDict, (dict(self),)


Frozen = Annotated[Mapping[K, V], AfterValidator(FrozenDict)]
"""A mapping in an answer."""


class Passage(Record):
    """A stretch of a source's normalised text (a W3C TextPositionSelector) with its digest.

    Normalised is UTF-8 without a byte order mark, with LF for CR LF, in NFC. The blanks that follow a clause in its
    line belong to it, as in the sentence segments of Unicode's UAX #29, so that passages can cover a source without
    gaps.

    Example: ``Passage(source="zheng-2022", start=0, end=106, sha256="…")``
    """

    source: Id
    """Id of the source that the passage stands in."""

    start: Offset
    """Offset of the first character."""

    end: Offset
    """Offset just after the last character; greater than ``start``."""

    sha256: Sha256
    """Digest of the passage's UTF-8 bytes."""

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
    """What a reader is told the section is called."""

    start: Offset
    """Offset of the section's first character; the section runs up to the next one's start."""

    paragraphs: tuple[Offset, ...]
    """Offsets at which the section's paragraphs start, its heading (if any) not counted; rising."""


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
    """BCP 47 tag of the language that it was written in, where the text that was read is a translation."""

    translation: Literal["human", "machine"] | None
    """How it was translated; ``None`` where it was not."""

    length: Annotated[int, Field(gt=0, le=MOST)]
    """Code points of the normalised text."""

    sha256: Sha256
    """Digest of the whole normalised text's UTF-8 bytes."""

    sections: Annotated[tuple[Section, ...], Field(min_length=1)]
    """The sections in their order; the first starts at 0."""


class Iso(Record):
    """The codes that ISO 3166-1 gives a country."""

    alpha2: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
    """Two letters, such as ``MD``."""

    alpha3: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
    """Three letters, such as ``MDA``."""

    numeric: Annotated[str, StringConstraints(pattern=r"^[0-9]{3}$")]
    """Three digits, such as ``498``."""


class Entity(Record):
    """Somebody or something that facts are about."""

    id: Id
    """Readable name, such as ``moldova``."""

    type: EntityType
    """What it is."""

    name: Text
    """The usual English name."""

    short: Text | None
    """A shorter name for tight places, such as ``CSTO``; it resolves like an alias."""

    aliases: Texts
    """Other names that it is known by: demonyms, former and foreign names, other spellings. Sorted."""

    iso: Iso | None
    """ISO 3166-1 codes; countries only."""

    capital: Text | None
    """The capital, in English; it resolves to the entity. Countries and places only."""

    members: Ids
    """Ids of the entities that make up a region; regions only, and at least one there. Sorted."""

    role: Text | None
    """Office held at the time of the source, such as ``President``; persons only."""

    of: Id | None
    """Id of the country or organization that the office belongs to; persons only."""

    wikidata: Annotated[str, StringConstraints(pattern=r"^Q[1-9][0-9]*$", max_length=20)] | None
    """Wikidata item, such as ``Q217``, where it is known for certain."""

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
    """What is measured or told apart, and how."""

    type: Literal["number", "category"]
    """Whether values are numbers or words from ``categories``."""

    unit: Text | None
    """Unit of the numbers, such as ``% of GDP``; number indicators only, and always there."""

    categories: Texts
    """The words a value is chosen from, in the order they are shown; category indicators only."""

    aliases: Texts
    """Other names that it is known by. Sorted."""

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
    """First day that it can have been."""

    latest: Day
    """Last day that it can have been."""

    text: Text
    """The time as a person would write it, such as ``late April 2022``."""

    inferred: bool
    """Whether the year, the month or a bound is not printed in the passage and was concluded."""

    @model_validator(mode="after")
    def _runs_forwards(self) -> When:
        if self.earliest > self.latest:
            raise ValueError(f"earliest ({self.earliest}) is after latest ({self.latest})")
        return self


class BaseFact(Record):
    """What every kind of fact has."""

    id: Id
    """Readable name, such as ``karabakh-ceasefire-2020``."""

    replaces: Ids = ()
    """Ids of earlier records that it took the place of. Sorted."""

    title: Text | None = None
    """A headline of at most 60 characters, as true as the statement; who says so stands beside it, not in it."""

    statement: Text
    """One self-contained sentence in our own words."""

    entities: Annotated[Ids, Field(min_length=1)]
    """Ids of all entities that it is about or mentions. Sorted."""

    context: Ids
    """Those of ``entities`` that the passages do not name and that follow from the text around them. Sorted."""

    topics: Annotated[Ids, Field(min_length=1)]
    """Ids of the topics that it belongs to, such as ``sanctions``. Sorted."""

    standing: Standing
    """Who stands behind it."""

    asserted_by: Ids
    """Ids of the entities that say so, where ``standing`` is ``attributed``. Sorted."""

    evidence: Annotated[tuple[Passage, ...], Field(min_length=1)]
    """The passages that carry it: the smallest clauses or sentences that do. In the order of the text."""

    errata: Ids
    """Ids of the errata that its reading rests on, and of the doubts that bear on it. Sorted."""

    keywords: Texts
    """Other words that a person would look it up by. Sorted."""

    @property
    def headline(self) -> str:
        """The title, or the whole statement where there is none."""
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
    """Id of the entity, mostly a country, that was observed."""

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
    """How one entity stands to another."""

    kind: Literal["relation"]
    """The tag of the union."""

    subject: Id
    """Id of the entity that the relation goes out from."""

    predicate: Text
    """Verb phrase between subject and object, such as ``keeps troops in``."""

    object: Id
    """Id of the entity that the relation goes to."""

    when: When | None
    """When it held, where the source tells."""


class Claim(BaseFact):
    """Anything else that can be checked: positions, assessments, background, things said."""

    kind: Literal["claim"]
    """The tag of the union."""

    when: When | None
    """When it held or was said, where the source tells."""


Fact = Annotated[Observation | Event | Relation | Claim, Field(discriminator="kind")]
"""A fact of any kind, told apart by ``kind``."""

ErratumKind = Literal["name", "person", "figure", "relation", "tense", "wording", "lost-text", "doubt"]
"""What went wrong in print.

``name``: a name came out as another word; ``person``: somebody is misspelt, mistitled or given the wrong pronoun;
``figure``: a figure stands beside the wrong name; ``relation``: who does what to whom is reversed or lost;
``tense``: the tense changes the meaning; ``wording``: a word or phrase is mistranslated; ``lost-text``: words are
missing or scrambled; ``doubt``: the print is clear, but outside knowledge speaks against what it says.
"""


class Erratum(Record):
    """A place where the printed words are not to be taken as they stand."""

    id: Id
    """Readable name, such as ``afghanistan-azerbaijan``."""

    kind: ErratumKind
    """What went wrong."""

    printed: Text
    """The exact printed words, a few at most."""

    reading: Text
    """What they must have said; for a doubt, what speaks against them."""

    reason: Text
    """How that is known."""

    basis: Literal["context", "original", "outside"]
    """What it is concluded from: the article itself, the wording of the original, or outside knowledge."""

    certainty: Literal["certain", "likely", "possible"]
    """How sure the reading is."""

    entities: Ids
    """Ids of the entities that it touches, the one printed by mistake included. Sorted."""

    evidence: Annotated[tuple[Passage, ...], Field(min_length=1)]
    """Each occurrence: exactly the printed words."""

    replaces: Ids = ()
    """Ids of earlier records that it took the place of. Sorted."""


class Uncited(Record):
    """A passage that carries no checkable claim."""

    id: Id
    """Readable name, such as ``heading-security``."""

    passage: Passage
    """The passage."""

    reason: Text
    """Why nothing is drawn from it, such as ``heading``."""


class Topic(Record):
    """Something that facts can belong to."""

    id: Id
    """Readable name, such as ``labour-migration``; facts refer to it, and it may be the id of another record, too."""

    name: Text
    """Name for a heading."""


class Meta(Record):
    """What a fact base says of itself."""

    schema_version: Literal[1]
    """Version of this model."""

    data_version: Annotated[str, StringConstraints(pattern=r"^[0-9]+(\.[0-9]+)*$", max_length=100)]
    """Version of the data, such as ``1.0.0``."""

    shared_names: bool = False
    """Whether a name may be one of several records, as it may where files were merged; else it is of one alone."""

    license: Text | None = None
    """The licence of the facts, best by its SPDX identifier, such as ``CC-BY-4.0``; none where none is told."""


class FactBase(Meta):
    """A whole fact base; its lists may be in any order, which answers keep where nothing else orders them."""

    sources: Annotated[tuple[Source, ...], Field(min_length=1)]
    """Documents that the facts are drawn from."""

    entities: tuple[Entity, ...]
    """Who and what the facts are about."""

    indicators: tuple[Indicator, ...]
    """What can be compared."""

    topics: tuple[Topic, ...] = ()
    """What facts can belong to; a base without the list may use any topic."""

    facts: tuple[Fact, ...]
    """The facts."""

    errata: tuple[Erratum, ...]
    """Where the printed words are not to be taken as they stand."""

    uncited: tuple[Uncited, ...]
    """Passages that no fact is drawn from."""


AnyRecord = Source | Entity | Indicator | Topic | Fact | Erratum | Uncited
"""A record of any list."""

NOUNS = {
    "sources": "source",
    "entities": "entity",
    "indicators": "indicator",
    "topics": "topic",
    "facts": "fact",
    "errata": "erratum",
    "uncited": "uncited passage",
}
"""What the records of each list are called."""

LISTS = tuple(NOUNS)
"""The lists of a fact base, in the order in which a file is written: what is referred to by most stands first."""
