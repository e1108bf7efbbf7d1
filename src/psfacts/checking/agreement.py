"""Whether the fields of a fact say what its statement says; no article is needed for that."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from psfacts.model import Fact, Id, Indicator, Observation, Relation
from psfacts.text.dates import without_dates
from psfacts.text.mentions import Spotter
from psfacts.text.names import fold
from psfacts.text.numbers import exact, numbers, plain
from psfacts.text.phrases import either

_PASSIVE = ("by", "from")
"""Words before whoever does it, where a statement names first to whom it is done."""


def agreement(fact: Fact, indicator: Indicator | None, spotter: Spotter, name: Callable[[Id], str]) -> Iterator[str]:
    """Return what the fields of ``fact`` say otherwise than its statement, a sentence each.

    ``indicator`` is that of an observation; ``name`` gives the name of an entity.
    """
    named = spotter.spot_all(fact.statement)
    for entity in _parties(fact):
        if entity not in named:
            yield f"the statement does not name {name(entity)}, which it is about"
    if isinstance(fact, Observation) and indicator:
        yield from _value(fact, indicator)
    if isinstance(fact, Relation):
        yield from _direction(fact, spotter, name)


def _parties(fact: Fact) -> tuple[Id, ...]:
    match fact:
        case Observation():
            return (fact.subject,)
        case Relation():
            return (fact.subject, fact.object)
        case _:
            return ()


def _value(fact: Observation, indicator: Indicator) -> Iterator[str]:
    """Hold a value against its statement: a number must stand there, and of the categories no other."""
    if isinstance(fact.value, str):
        spoken = f" {fold(fact.statement)} "
        stated = [one for one in indicator.categories if f" {fold(one)} " in spoken]
        if stated and fact.value not in stated:
            yield f"the statement says {either(f'“{one}”' for one in stated)}, and the value is “{fact.value}”"
        return
    value = exact(fact.value)
    if value not in numbers(without_dates(fact.statement)):
        yield f"the value {plain(value)} does not stand in the statement"


def _direction(fact: Relation, spotter: Spotter, name: Callable[[Id], str]) -> Iterator[str]:
    """Find a relation that goes the other way round than its statement."""
    order = [(key, before) for key, before in spotter.mentions(fact.statement) if key in (fact.subject, fact.object)]
    keys = [key for key, _ in order]
    is_passive = any(key == fact.subject and before in _PASSIVE for key, before in order)
    if keys and keys[0] == fact.object and keys[-1] == fact.subject and not is_passive:
        yield f"the statement names {name(fact.object)} before {name(fact.subject)}, from which the relation goes out"
