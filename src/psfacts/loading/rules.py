"""Rules that hold between the records of a fact base; those that one record can check alone stand in the model.

Those of :func:`faults` need one record only as well, but tell a maker of bases more than one thing, and where.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Protocol, TypeVar, get_args

from psfacts.article.text import digest
from psfacts.model import (
    BaseFact,
    Entity,
    EntityType,
    Erratum,
    Fact,
    FactBase,
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


class _Identified(Protocol):
    @property
    def id(self) -> Id: ...


R = TypeVar("R", bound=_Identified)
AnyRecord = Source | Entity | Indicator | Fact | Erratum | Uncited

Fault = tuple[str, str]
"""A place in a record, such as ``.evidence[0]``, and what is wrong there."""

_ENTITY: tuple[str, ...] = get_args(EntityType)
_MEMBERS = tuple(one for one in _ENTITY if one != "region")
_SETS = ("entities", "context", "topics", "asserted_by", "errata", "keywords")
_LISTS = ("sources", "entities", "indicators", "facts", "errata", "uncited")


def problems(base: FactBase) -> list[str]:
    """Return all that is wrong between the records of ``base``, each as ``place: what is wrong; what to do``."""
    between = [problem for rule in _RULES for problem in rule(base)]
    return [*between, *(problem for name in _LISTS for problem in _faults_in(name, getattr(base, name)))]


def faults(record: AnyRecord) -> Iterator[Fault]:
    """Return what is wrong within one record: order, repetition, and what has to agree."""
    match record:
        case BaseFact():  # first, since most records are facts
            yield from _parties_are_entities(record)
            if len(record.evidence) > 1:
                yield from _evidence_is_in_order(record)
            for field in _SETS:
                items = getattr(record, field)
                if len(items) > 1:
                    yield from _sorted_set(f".{field}", items)
        case Source():
            yield from _sections_divide_their_source(record)
        case Entity():
            yield from _sorted_set(".aliases", record.aliases)
            yield from _sorted_set(".members", record.members)
        case Indicator():
            yield from _sorted_set(".aliases", record.aliases)
            yield from _repeated(".categories", record.categories)
        case Erratum():
            yield from _sorted_set(".entities", record.entities)
            yield from _evidence_is_in_order(record)
            yield from _printed_words_are_covered(record)
        case Uncited():
            pass


def misfit(fact: Observation, indicator: Indicator) -> str:
    """Return what is wrong with the value of ``fact`` for its indicator; nothing where it fits."""
    value = fact.value
    if indicator.type == "category":
        fits = isinstance(value, str) and value in indicator.categories
        return "" if fits else f"must be {either(map(quoted, indicator.categories))}, not {quoted(str(value))}"
    if isinstance(value, str):
        return f"must be a number ({indicator.unit}), not {quoted(value)}"
    return "" if abs(value) <= sys.float_info.max else "is too large; give it in a greater unit"


def passages(record: Fact | Erratum | Uncited) -> Iterator[tuple[str, Passage]]:
    """Return the passages of a record with their places in it."""
    if not isinstance(record, BaseFact | Erratum):
        yield ".passage", record.passage
        return
    for index, passage in enumerate(record.evidence):
        yield f".evidence[{index}]", passage


def references(record: AnyRecord) -> Iterator[tuple[str, Collection[Id], Collection[str]]]:
    """Return each place at which ``record`` refers to others, their ids, and the kinds that may stand there."""
    match record:
        case BaseFact():
            yield from _references_of(record)
        case Source():
            return
        case Entity():
            yield ".members", record.members, _MEMBERS
            yield ".of", [record.of] if record.of else [], ("country", "organization")
            return
        case Indicator():
            yield ".membership_of", [record.membership_of] if record.membership_of else [], ("organization",)
            return
        case Erratum():
            yield ".entities", record.entities, _ENTITY
        case Uncited():
            pass
    for place, passage in passages(record):
        yield f"{place}.source", (passage.source,), ("source",)


def _references_of(fact: Fact) -> Iterator[tuple[str, Collection[Id], Collection[str]]]:
    yield ".entities", fact.entities, _ENTITY
    if fact.asserted_by:
        yield ".asserted_by", fact.asserted_by, _ENTITY
    if fact.errata:
        yield ".errata", fact.errata, ("erratum",)
    for field, key in _parties(fact):
        yield f".{field}", (key,), _ENTITY
    if fact.kind == "observation":
        yield ".indicator", (fact.indicator,), ("indicator",)


def unmet(key: Id, kind: str | None, wanted: Collection[str]) -> str:
    """Return what is wrong with a reference to ``key``, which is of ``kind`` or nowhere; empty where it fits."""
    if kind in wanted:
        return ""
    noun = either(["entity"] if wanted is _ENTITY else wanted)
    if kind is None:
        return f"there is no {noun} {quoted(key)}; add it or fix the id"
    return f"{quoted(key)} is {a(kind)}, not {a(noun)}; fix the id"


def _faults_in(name: str, records: Sequence[AnyRecord]) -> Iterator[str]:
    for index, record in enumerate(records):
        for place, what in faults(record):
            yield f"{name}[{index}] ({record.id}){place}: {what}"


def _placed(name: str, records: Iterable[R]) -> Iterator[tuple[str, R]]:
    for index, record in enumerate(records):
        yield f"{name}[{index}] ({record.id})", record


def _lists(base: FactBase) -> dict[str, Sequence[AnyRecord]]:
    return {name: getattr(base, name) for name in _LISTS}


def _ids_are_unique(base: FactBase) -> Iterator[str]:
    seen: dict[Id, tuple[str, int]] = {}
    for name, records in _lists(base).items():
        for index, record in enumerate(records):
            first = seen.setdefault(record.id, (name, index))
            if first != (name, index):
                place = f"{first[0]}[{first[1]}] ({record.id})"
                yield f"{name}[{index}] ({record.id}): the id already belongs to {place}; rename one"


def _lists_are_sorted(base: FactBase) -> Iterator[str]:
    for name, records in _lists(base).items():
        before = ""
        for index, record in enumerate(records):
            if before > record.id:
                yield f"{name}[{index}] ({record.id}): stands after {quoted(before)}; sort {name} by id"
            before = record.id


def _kinds(base: FactBase) -> dict[Id, str]:
    """Return what each id names: an entity's type, or the kind of record."""
    nouns = {"sources": "source", "indicators": "indicator", "facts": "fact", "errata": "erratum"}
    kinds = {record.id: noun for name, noun in nouns.items() for record in _lists(base)[name]}
    return kinds | {one.id: "uncited passage" for one in base.uncited} | {one.id: one.type for one in base.entities}


def _references_exist(base: FactBase) -> Iterator[str]:
    kinds = _kinds(base)
    for name, records in _lists(base).items():
        for index, record in enumerate(records):
            for field, ids, wanted in references(record):
                for key in ids:
                    if kinds.get(key) not in wanted:
                        yield f"{name}[{index}] ({record.id}){field}: {unmet(key, kinds.get(key), wanted)}"


def _parties(fact: Fact) -> tuple[tuple[str, Id], ...]:
    if fact.kind == "observation":
        return (("subject", fact.subject),)
    if fact.kind == "relation":
        return ("subject", fact.subject), ("object", fact.object)
    return ()


def _parties_are_entities(fact: Fact) -> Iterator[Fault]:
    entities = fact.entities
    for key in fact.asserted_by:
        if key not in entities:
            yield ".asserted_by", _absent(key)
    for field, key in _parties(fact):
        if key not in entities:
            yield f".{field}", _absent(key)


def _absent(key: Id) -> str:
    return f"{quoted(key)} is not among the fact's entities; add it there"


def _passages_lie_in_their_source(base: FactBase) -> Iterator[str]:
    lengths = {source.id: source.length for source in base.sources}
    for name in ("facts", "errata", "uncited"):
        for index, record in enumerate(getattr(base, name)):
            for place, passage in passages(record):
                length = lengths.get(passage.source, passage.end)
                if passage.end > length:
                    yield f"{name}[{index}] ({record.id}){place}: {outside(passage, length)}"


def outside(passage: Passage, length: int) -> str:
    """Tell that a passage lies outside of its source."""
    return f"ends at {passage.end}, after the end of its source at {length}; pin it again"


def _evidence_is_in_order(record: Fact | Erratum) -> Iterator[Fault]:
    if len(record.evidence) == 1:
        return
    spans = [(passage.source, passage.start, passage.end) for passage in record.evidence]
    if spans != sorted(spans):
        yield ".evidence", "not sorted; sort it in the order of the text"
    yield from _repeated(".evidence", [f"{source} {start}-{end}" for source, start, end in spans])


def _sections_divide_their_source(source: Source) -> Iterator[Fault]:
    seen: set[Id] = set()
    for index, (place, section) in enumerate(_placed(".sections", source.sections)):
        if section.id in seen:
            yield place, "the id already belongs to another section; rename one"
        seen.add(section.id)
        expected = 0 if index == 0 else source.sections[index - 1].start + 1
        if section.start < expected or (index == 0 and section.start):
            yield f"{place}.start", "the first section starts at 0 and each after the one before; mend it"
        yield from _paragraphs_lie_in(section, place, _end(source, index))


def _end(source: Source, index: int) -> int:
    return source.sections[index + 1].start if index + 1 < len(source.sections) else source.length


def _paragraphs_lie_in(section: Section, place: str, end: int) -> Iterator[Fault]:
    if section.start >= end:
        yield f"{place}.start", f"the section is empty, as it ends at {end}; mend it"
    for index, start in enumerate(section.paragraphs):
        if not section.start <= start < end:
            yield f"{place}.paragraphs[{index}]", f"{start} lies outside of the section; mend it"
    if any(after <= before for before, after in pairwise(section.paragraphs)):
        yield f"{place}.paragraphs", "not rising; sort them in the order of the text"


def _values_fit_their_indicator(base: FactBase) -> Iterator[str]:
    indicators = {indicator.id: indicator for indicator in base.indicators}
    for index, fact in enumerate(base.facts):
        if fact.kind == "observation" and fact.indicator in indicators:
            fault = misfit(fact, indicators[fact.indicator])
            if fault:
                yield f"facts[{index}] ({fact.id}).value: {fault}"


def _names_are_unambiguous(base: FactBase) -> Iterator[str]:
    """Return the names of two records, but for a base of several sources: each of these has names of its own."""
    is_one = len(base.sources) <= 1
    seen: dict[str, str] = {}
    records: list[tuple[str, Entity | Indicator]] = [
        *_placed("entities", base.entities),
        *_placed("indicators", base.indicators),
    ]
    for place, record in records:
        for folded, label in {fold(label): label for label in reversed(labels(record))}.items():
            first = seen.setdefault(folded, place) if folded else ""
            if not folded:
                yield f"{place}: {quoted(label)} has no letter or digit, and cannot be a name; take it out"
            elif is_one and first is not place:
                yield f"{place}: {quoted(label)} is a name of {first} too; take it from one"


def _sorted_set(place: str, items: tuple[str, ...]) -> Iterator[Fault]:
    is_sorted = list(items) == sorted(items)
    if is_sorted and len(set(items)) == len(items):
        return
    if not is_sorted:
        yield place, "not sorted; sort it in the order of code points"
    yield from _repeated(place, items)


def _repeated(place: str, items: Sequence[str]) -> Iterator[Fault]:
    for item, times in Counter(items).items():
        if times > 1:
            yield place, f"{quoted(item)} stands {times} times; keep one"


def _printed_words_are_covered(erratum: Erratum) -> Iterator[Fault]:
    expected = digest(erratum.printed)
    for index, passage in enumerate(erratum.evidence):
        if passage.end - passage.start != len(erratum.printed) or passage.sha256 != expected:
            yield f".evidence[{index}]", f"does not cover exactly {quoted(erratum.printed)}; pin it again"


_RULES: tuple[Callable[[FactBase], Iterator[str]], ...] = (
    _ids_are_unique,
    _lists_are_sorted,
    _references_exist,
    _passages_lie_in_their_source,
    _values_fit_their_indicator,
    _names_are_unambiguous,
)
