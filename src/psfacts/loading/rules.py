"""Rules of a fact base beyond the types: within a record, and between one and those that it refers to.

Rules that one record can check alone, and that cannot be told apart from a wrong type, stand in the model.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise, repeat
from typing import Protocol, cast, get_args

from psfacts.article.text import digest
from psfacts.loading.messages import Location, Problem
from psfacts.model import (
    AnyRecord,
    BaseFact,
    Entity,
    EntityType,
    Erratum,
    Fact,
    Id,
    Indicator,
    Observation,
    Passage,
    Section,
    Source,
    Uncited,
)
from psfacts.text.names import fold, labels
from psfacts.text.phrases import a, either, quoted

UNREAD = "unread"
"""The kind of a record that is there but could not be read: it may be of any."""

_ENTITY: tuple[str, ...] = get_args(EntityType)
_SOURCE = ("source",)
_MEMBERS = tuple(kind for kind in _ENTITY if kind != "region")
_SETS = ("replaces", "entities", "context", "topics", "asserted_by", "errata", "keywords")


class Known(Protocol):
    """What a base has, as far as rules ask."""

    def kind(self, key: Id) -> str | None:
        """Return what a record is: an entity's type, else the noun of its list; ``None`` where there is none."""
        ...

    def get(self, name: str, key: Id, /) -> AnyRecord | None:
        """Return the record of a list with this id, if there is one."""
        ...

    @property
    def topics(self) -> Collection[Id]:
        """The topics that are declared; none where facts may have any."""
        ...


def record_problems(record: AnyRecord, known: Known) -> Iterator[Problem]:
    """Return all that is wrong with a record by itself, and with what it refers to."""
    yield from _own_problems(record)
    for field, ids, wanted in _references(record):
        for key in ids:
            if known.kind(key) not in wanted:
                yield from _misplaced((field,), key, known.kind(key), wanted)
    for location, passage in _passages(record):
        source = cast(Source | None, known.get("sources", passage.source))
        if source is None:
            yield from _misplaced((*location, "source"), passage.source, known.kind(passage.source), _SOURCE)
        elif passage.end > source.length:
            what = f"ends at {passage.end}, after the end of its source at {source.length}; pin it again"
            yield Problem(location, what)
    if isinstance(record, BaseFact):
        yield from _undeclared(record, known.topics)
        if record.kind == "observation" and (indicator := known.get("indicators", record.indicator)):
            yield from _value_problems(record, cast(Indicator, indicator))


def _own_problems(record: AnyRecord) -> Iterator[Problem]:
    """Return what is wrong within one record: order, repetition, and what has to agree."""
    match record:
        case BaseFact():  # first, since most records are facts
            yield from _parties_are_entities(record)
            if len(record.evidence) > 1:
                yield from _evidence_is_in_order(record)
            fields = record.__dict__
            for field in _SETS:
                if len(fields[field]) > 1:
                    yield from _sorted_set(field, fields[field])
        case Source():
            yield from _sections_divide_their_source(record)
        case Entity():
            yield from _sorted_set("aliases", record.aliases)
            yield from _sorted_set("members", record.members)
            yield from _names_have_letters(record)
        case Indicator():
            yield from _sorted_set("aliases", record.aliases)
            yield from _repeated("categories", record.categories)
            yield from _names_have_letters(record)
        case Erratum():
            yield from _sorted_set("replaces", record.replaces)
            yield from _sorted_set("entities", record.entities)
            yield from _evidence_is_in_order(record)
            yield from _printed_words_are_covered(record)


def _references(record: AnyRecord) -> Iterator[tuple[str, Collection[Id], Collection[str]]]:
    """Return each field in which ``record`` refers to others, their ids, and the kinds that may stand there."""
    match record:
        case BaseFact():
            yield "entities", record.entities, _ENTITY
            yield "asserted_by", record.asserted_by, _ENTITY
            yield "errata", record.errata, ("erratum",)
            for field, key in _parties(record):
                yield field, (key,), _ENTITY
            if record.kind == "observation":
                yield "indicator", (record.indicator,), ("indicator",)
        case Entity():
            yield "members", record.members, _MEMBERS
            yield "of", [record.of] if record.of else [], ("country", "organization")
        case Indicator():
            yield "membership_of", [record.membership_of] if record.membership_of else [], ("organization",)
        case Erratum():
            yield "entities", record.entities, _ENTITY


def _passages(record: AnyRecord) -> Iterator[tuple[Location, Passage]]:
    """Return the passages of a record with their places in it."""
    match record:
        case BaseFact() | Erratum():
            for index, passage in enumerate(record.evidence):
                yield ("evidence", index), passage
        case Uncited():
            yield ("passage",), record.passage


def _misplaced(location: Location, key: Id, kind: str | None, wanted: Collection[str]) -> Iterator[Problem]:
    if kind != UNREAD:
        yield Problem(location, misplaced(key, kind, wanted), None if kind else key, wanted)


def misplaced(key: Id, kind: str | None, wanted: Collection[str]) -> str:
    """Tell that a record of ``kind``, or none at all, stands where one of the ``wanted`` kinds has to."""
    noun = either(["entity"] if wanted is _ENTITY else wanted)
    if kind is None:
        return f"there is no {noun} {quoted(key)}; add it or fix the id"
    return f"{quoted(key)} is {a(kind)}, not {a(noun)}; fix the id"


def _undeclared(fact: Fact, topics: Collection[Id]) -> Iterator[Problem]:
    for key in fact.topics if topics else ():
        if key not in topics:
            yield Problem(("topics",), f"the topic {quoted(key)} is not declared; declare it or fix the id")


def _value_problems(fact: Observation, indicator: Indicator) -> Iterator[Problem]:
    value = fact.value
    if indicator.type == "category":
        if not isinstance(value, str) or value not in indicator.categories:
            what = f"must be {either(map(quoted, indicator.categories))}, not {quoted(str(value))}"
            yield Problem(("value",), what)
    elif isinstance(value, str):
        yield Problem(("value",), f"must be a number ({indicator.unit}), not {quoted(value)}")
    elif abs(value) > sys.float_info.max:
        yield Problem(("value",), "is too large; give it in a greater unit")


def _parties(fact: Fact) -> tuple[tuple[str, Id], ...]:
    if fact.kind == "observation":
        return (("subject", fact.subject),)
    if fact.kind == "relation":
        return ("subject", fact.subject), ("object", fact.object)
    return ()


def _parties_are_entities(fact: Fact) -> Iterator[Problem]:
    for field, key in (*zip(repeat("asserted_by"), fact.asserted_by), *_parties(fact)):
        if key not in fact.entities:
            yield Problem((field,), f"{quoted(key)} is not among the fact's entities; add it there")


def _evidence_is_in_order(record: Fact | Erratum) -> Iterator[Problem]:
    spans = [(passage.source, passage.start, passage.end) for passage in record.evidence]
    if spans != sorted(spans):
        yield Problem(("evidence",), "not sorted; sort it in the order of the text")
    yield from _repeated("evidence", [f"{source} {start}-{end}" for source, start, end in spans])


def _sections_divide_their_source(source: Source) -> Iterator[Problem]:
    seen: set[Id] = set()
    ends = [*(section.start for section in source.sections[1:]), source.length]
    before = -1
    for index, (section, end) in enumerate(zip(source.sections, ends, strict=True)):
        location: Location = ("sections", index)
        if section.id in seen:
            yield Problem(location, "the id already belongs to another section; rename one")
        seen.add(section.id)
        if section.start <= before or (index == 0 and section.start):
            what = "the first section starts at 0 and each after the one before; fix it"
            yield Problem((*location, "start"), what)
        before = section.start
        yield from _paragraphs_lie_in(section, location, end)


def _paragraphs_lie_in(section: Section, location: Location, end: int) -> Iterator[Problem]:
    if section.start >= end:
        yield Problem((*location, "start"), f"the section is empty, as it ends at {end}; fix it")
    for index, start in enumerate(section.paragraphs):
        if not section.start <= start < end:
            yield Problem((*location, "paragraphs", index), f"{start} lies outside of the section; fix it")
    if any(after <= before for before, after in pairwise(section.paragraphs)):
        yield Problem((*location, "paragraphs"), "not rising; sort them in the order of the text")


def _names_have_letters(record: Entity | Indicator) -> Iterator[Problem]:
    for label in dict.fromkeys(labels(record)):
        if not fold(label):
            yield Problem((), f"{quoted(label)} has no letter or digit, and cannot be a name; take it out")


def _sorted_set(field: str, items: tuple[str, ...]) -> Iterator[Problem]:
    if items == tuple(sorted(set(items))):
        return
    if any(after < before for before, after in pairwise(items)):
        yield Problem((field,), "not sorted; sort it in the order of code points")
    yield from _repeated(field, items)


def _repeated(field: str, items: Sequence[str]) -> Iterator[Problem]:
    if len(set(items)) < len(items):
        for item, times in Counter(items).items():
            if times > 1:
                yield Problem((field,), f"{quoted(item)} stands {times} times; keep one")


def _printed_words_are_covered(erratum: Erratum) -> Iterator[Problem]:
    expected = digest(erratum.printed)
    for index, passage in enumerate(erratum.evidence):
        if passage.end - passage.start != len(erratum.printed) or passage.sha256 != expected:
            yield Problem(("evidence", index), f"does not cover exactly {quoted(erratum.printed)}; pin it again")
