"""Rules that hold between the records of a fact base; those that one record can check alone stand in the model."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Protocol, TypeVar, get_args

from psfacts.article import digest
from psfacts.model import (
    Entity,
    EntityType,
    Erratum,
    Fact,
    FactBase,
    Id,
    Indicator,
    Observation,
    Passage,
    Relation,
    Section,
    Source,
)
from psfacts.names import fold, labels
from psfacts.phrases import a, either, quoted


class _Identified(Protocol):
    @property
    def id(self) -> Id: ...


R = TypeVar("R", bound=_Identified)

_ENTITY: tuple[str, ...] = get_args(EntityType)


def problems(base: FactBase) -> list[str]:
    """Give all that is wrong between the records of ``base``, each as ``place: what is wrong; what to do``."""
    return [problem for rule in _RULES for problem in rule(base)]


def _placed(name: str, records: Iterable[R]) -> Iterator[tuple[str, R]]:
    for index, record in enumerate(records):
        yield f"{name}[{index}] ({record.id})", record


def _lists(base: FactBase) -> dict[str, Sequence[_Identified]]:
    return {
        "sources": base.sources,
        "entities": base.entities,
        "indicators": base.indicators,
        "facts": base.facts,
        "errata": base.errata,
        "uncited": base.uncited,
    }


def _ids_are_unique(base: FactBase) -> Iterator[str]:
    seen: dict[Id, str] = {}
    for name, records in _lists(base).items():
        for place, record in _placed(name, records):
            first = seen.setdefault(record.id, place)
            if first is not place:
                yield f"{place}: the id already belongs to {first}; rename one"


def _lists_are_sorted(base: FactBase) -> Iterator[str]:
    for name, records in _lists(base).items():
        for (_, before), (place, record) in pairwise(_placed(name, records)):
            if before.id > record.id:
                yield f"{place}: stands after {quoted(before.id)}; sort {name} by id"


def _kinds(base: FactBase) -> dict[Id, str]:
    """Give what each id names: an entity's type, or the kind of record."""
    nouns = {"sources": "source", "indicators": "indicator", "facts": "fact", "errata": "erratum"}
    kinds = {record.id: noun for name, noun in nouns.items() for record in _lists(base)[name]}
    return kinds | {one.id: "uncited passage" for one in base.uncited} | {one.id: one.type for one in base.entities}


def _references_exist(base: FactBase) -> Iterator[str]:
    kinds = _kinds(base)
    for place, ids, wanted in _references(base):
        for key in ids:
            kind, noun = kinds.get(key), either(["entity"] if wanted is _ENTITY else wanted)
            if kind is None:
                yield f"{place}: there is no {noun} {quoted(key)}; add it or mend the id"
            elif kind not in wanted:
                yield f"{place}: {quoted(key)} is {a(kind)}, not {a(noun)}; mend the id"


def _references(base: FactBase) -> Iterator[tuple[str, Collection[Id], Collection[str]]]:
    """Give each place at which ids are referred to, those ids, and the kinds that may stand there."""
    for place, entity in _placed("entities", base.entities):
        yield f"{place}.members", entity.members, [one for one in _ENTITY if one != "region"]
        yield f"{place}.of", [entity.of] if entity.of else [], ["country", "organization"]
    for place, indicator in _placed("indicators", base.indicators):
        organization = indicator.membership_of
        yield f"{place}.membership_of", [organization] if organization else [], ["organization"]
    for place, fact in _placed("facts", base.facts):
        yield f"{place}.entities", fact.entities, _ENTITY
        yield f"{place}.asserted_by", fact.asserted_by, _ENTITY
        yield f"{place}.errata", fact.errata, ["erratum"]
        for field, key in _parties(fact).items():
            yield f"{place}.{field}", [key], _ENTITY
        if isinstance(fact, Observation):
            yield f"{place}.indicator", [fact.indicator], ["indicator"]
    for place, erratum in _placed("errata", base.errata):
        yield f"{place}.entities", erratum.entities, _ENTITY
    for place, passage in _passages(base):
        yield f"{place}.source", [passage.source], ["source"]


def _parties(fact: Fact) -> dict[str, Id]:
    if isinstance(fact, Observation):
        return {"subject": fact.subject}
    if isinstance(fact, Relation):
        return {"subject": fact.subject, "object": fact.object}
    return {}


def _passages(base: FactBase) -> Iterator[tuple[str, Passage]]:
    for place, fact in _placed("facts", base.facts):
        yield from ((f"{place}.evidence[{index}]", passage) for index, passage in enumerate(fact.evidence))
    for place, erratum in _placed("errata", base.errata):
        yield from ((f"{place}.evidence[{index}]", passage) for index, passage in enumerate(erratum.evidence))
    for place, uncited in _placed("uncited", base.uncited):
        yield f"{place}.passage", uncited.passage


def _facts_list_their_entities(base: FactBase) -> Iterator[str]:
    for place, fact in _placed("facts", base.facts):
        entities = set(fact.entities)
        named = {"asserted_by": fact.asserted_by, **{field: (key,) for field, key in _parties(fact).items()}}
        for field, ids in named.items():
            for key in ids:
                if key not in entities:
                    yield f"{place}.{field}: {quoted(key)} is not among the fact's entities; add it there"


def _passages_lie_in_their_source(base: FactBase) -> Iterator[str]:
    lengths = {source.id: source.length for source in base.sources}
    for place, passage in _passages(base):
        length = lengths.get(passage.source, passage.end)
        if passage.end > length:
            yield f"{place}: ends at {passage.end}, after the end of its source at {length}; pin it again"


def _evidence_is_in_order(base: FactBase) -> Iterator[str]:
    records: list[tuple[str, Fact | Erratum]] = [*_placed("facts", base.facts), *_placed("errata", base.errata)]
    for place, record in records:
        spans = [(passage.source, passage.start, passage.end) for passage in record.evidence]
        if spans != sorted(spans):
            yield f"{place}.evidence: not sorted; sort it in the order of the text"
        yield from _repeated(f"{place}.evidence", [f"{source} {start}-{end}" for source, start, end in spans])


def _sections_divide_their_source(base: FactBase) -> Iterator[str]:
    for place, source in _placed("sources", base.sources):
        seen: set[Id] = set()
        for index, (section_place, section) in enumerate(_placed(f"{place}.sections", source.sections)):
            if section.id in seen:
                yield f"{section_place}: the id already belongs to another section; rename one"
            seen.add(section.id)
            expected = 0 if index == 0 else source.sections[index - 1].start + 1
            if section.start < expected or (index == 0 and section.start):
                yield f"{section_place}.start: the first section starts at 0 and each after the one before; mend it"
            yield from _paragraphs_lie_in(section, section_place, _end(source, index))


def _end(source: Source, index: int) -> int:
    return source.sections[index + 1].start if index + 1 < len(source.sections) else source.length


def _paragraphs_lie_in(section: Section, place: str, end: int) -> Iterator[str]:
    if section.start >= end:
        yield f"{place}.start: the section is empty, as it ends at {end}; mend it"
    for index, start in enumerate(section.paragraphs):
        if not section.start <= start < end:
            yield f"{place}.paragraphs[{index}]: {start} lies outside of the section; mend it"
    if any(after <= before for before, after in pairwise(section.paragraphs)):
        yield f"{place}.paragraphs: not rising; sort them in the order of the text"


def _values_fit_their_indicator(base: FactBase) -> Iterator[str]:
    indicators = {indicator.id: indicator for indicator in base.indicators}
    for place, fact in _placed("facts", base.facts):
        if isinstance(fact, Observation) and fact.indicator in indicators:
            fault = _misfit(fact.value, indicators[fact.indicator])
            if fault:
                yield f"{place}.value: {fault}"


def _misfit(value: int | float | str, indicator: Indicator) -> str:
    if indicator.type == "category":
        fits = isinstance(value, str) and value in indicator.categories
        return "" if fits else f"must be {either(map(quoted, indicator.categories))}, not {quoted(str(value))}"
    if isinstance(value, str):
        return f"must be a number ({indicator.unit}), not {quoted(value)}"
    return "" if abs(value) <= sys.float_info.max else "is too large; give it in a greater unit"


def _names_are_unambiguous(base: FactBase) -> Iterator[str]:
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
            elif first is not place:
                yield f"{place}: {quoted(label)} is a name of {first} too; take it from one"


def _inner_lists_are_sets(base: FactBase) -> Iterator[str]:
    for place, entity in _placed("entities", base.entities):
        yield from _sorted_set(f"{place}.aliases", entity.aliases)
        yield from _sorted_set(f"{place}.members", entity.members)
    for place, indicator in _placed("indicators", base.indicators):
        yield from _sorted_set(f"{place}.aliases", indicator.aliases)
        yield from _repeated(f"{place}.categories", indicator.categories)
    for place, fact in _placed("facts", base.facts):
        lists = {
            "entities": fact.entities,
            "context": fact.context,
            "topics": fact.topics,
            "asserted_by": fact.asserted_by,
            "errata": fact.errata,
            "keywords": fact.keywords,
        }
        for field, items in lists.items():
            yield from _sorted_set(f"{place}.{field}", items)
    for place, erratum in _placed("errata", base.errata):
        yield from _sorted_set(f"{place}.entities", erratum.entities)


def _sorted_set(place: str, items: Sequence[str]) -> Iterator[str]:
    if list(items) != sorted(items):
        yield f"{place}: not sorted; sort it in the order of code points"
    yield from _repeated(place, items)


def _repeated(place: str, items: Sequence[str]) -> Iterator[str]:
    for item, times in Counter(items).items():
        if times > 1:
            yield f"{place}: {quoted(item)} stands {times} times; keep one"


def _errata_cover_what_is_printed(base: FactBase) -> Iterator[str]:
    for place, erratum in _placed("errata", base.errata):
        expected = digest(erratum.printed)
        for index, passage in enumerate(erratum.evidence):
            if passage.end - passage.start != len(erratum.printed) or passage.sha256 != expected:
                yield f"{place}.evidence[{index}]: does not cover exactly {quoted(erratum.printed)}; pin it again"


_RULES: tuple[Callable[[FactBase], Iterator[str]], ...] = (
    _ids_are_unique,
    _lists_are_sorted,
    _references_exist,
    _facts_list_their_entities,
    _passages_lie_in_their_source,
    _evidence_is_in_order,
    _sections_divide_their_source,
    _values_fit_their_indicator,
    _names_are_unambiguous,
    _inner_lists_are_sets,
    _errata_cover_what_is_printed,
)
