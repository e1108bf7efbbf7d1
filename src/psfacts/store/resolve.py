"""Resolving names to records, with suggestions for unknown ones, and groups to their countries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import cast, get_args

from psfacts.errors import NotFoundError
from psfacts.model import Entity, EntityType, Id, Indicator, Record, Text
from psfacts.store.store import Store
from psfacts.text.names import fold, near, spellings
from psfacts.text.phrases import a, command_for, did_you_mean, either, quoted

_TYPES: tuple[EntityType, ...] = get_args(EntityType)

_MOST_WORDS = 12
"""Maximum number of words in a name."""


class Membership(Record):
    """The relation of a country to an organization."""

    organization: Id
    """Id of the organization."""

    value: Text
    """``member``, or another category of the indicator, such as ``candidate``."""

    fact: Id
    """Id of the observation that says so."""

    @property
    def in_words(self) -> str:
        """The membership as a label: ``eaeu: member``."""
        return f"{self.organization}: {self.value}"


def resolve(store: Store, name: str, *, types: Sequence[EntityType] = _TYPES) -> Entity:
    """Return the entity called ``name``, of one of ``types``, by default any.

    Raises NotFoundError if nothing has that name, with the nearest names of the wanted types, and if
    something of another type does, with the command for it.
    """
    return cast(Entity, _resolved(store, name, types))


def resolve_any(store: Store, name: str, *, types: Sequence[EntityType] = _TYPES) -> Entity | Indicator:
    """Return the indicator or entity called ``name``, as :func:`resolve` does."""
    return _resolved(store, name, ["indicator", *types])


def resolve_topic(store: Store, name: str) -> Id:
    """Return the topic that ``name`` is the id or the name of; a base that declares none has those of its facts.

    Raises NotFoundError, with the nearest ones, where there is no such topic.
    """
    names = store.topic_names or {key: key for fact in store.facts for key in fact.topics}
    folded = fold(name)
    for key, spelt in names.items():
        if folded and folded in (fold(key), fold(spelt)):
            return key
    suggestions = near(name, names.items())
    hint = did_you_mean(suggestions) or "try: psfacts topics"
    raise NotFoundError(f"no topic is called {quoted(name)}", hint, suggestions)


def _resolved(store: Store, name: str, wanted: Sequence[str]) -> Entity | Indicator:
    if not fold(name):
        raise NotFoundError(f"{quoted(name)} is not a name: it has no letter or digit", "give a name, an id or a code")
    found = _named(store, name)
    if not found:
        raise _unknown(store, name, wanted)
    exact = tuple(record for record in found if record.id == name)
    found = exact or tuple(record for record in found if _kind(record) in wanted) or found
    if len(found) > 1:
        ids = tuple(record.id for record in found)
        raise NotFoundError(f"{quoted(name)} may be {either(ids)}", "give the id of the one you mean", ids)
    if (kind := _kind(found[0])) not in wanted:
        message = f"{quoted(name)} is {a(kind)}, not {either(map(a, _nouns(wanted)))}"
        raise NotFoundError(message, f"try: {command_for(found[0])}")
    return found[0]


def _named(store: Store, name: str) -> tuple[Entity | Indicator, ...]:
    """Return the records with a name, with or without its article."""
    folded = fold(name)
    return store.by_name(folded) or store.by_name(folded.removeprefix("the "))


def names_in(store: Store, words: Sequence[str]) -> list[str]:
    """Return the names in ``words``, which need not be quoted: ``south ossetia`` is one name.

    If every word is a name, each is taken by itself. ``all`` gives no names, which means everything.
    """
    if all(_named(store, word) for word in words):
        return [*words]
    rest = [word for word in words if fold(word) != "all" or _named(store, word)]
    if not any(_named(store, word) for word in rest) and len(rest) <= _MOST_WORDS:
        return [" ".join(rest)] if rest else []
    names = []
    while rest:
        lengths = range(min(len(rest), _MOST_WORDS), 0, -1)
        length = next((length for length in lengths if _named(store, " ".join(rest[:length]))), 1)
        names.append(" ".join(rest[:length]))
        rest = rest[length:]
    return names


def _kind(record: Entity | Indicator) -> str:
    return "indicator" if isinstance(record, Indicator) else record.type


def _nouns(wanted: Sequence[str]) -> list[str]:
    """Return nouns for the ``wanted`` kinds; all types of entities together are one noun."""
    return [*({*wanted} - {*_TYPES}), "entity"] if {*_TYPES} <= {*wanted} else [*wanted]


def _unknown(store: Store, name: str, wanted: Sequence[str]) -> NotFoundError:
    records = store.similar_names(fold(name))
    suggestions = near(name, (spellings(record) for record in records if _kind(record) in wanted))
    lists = {"indicator": "psfacts indicators", "country": "psfacts countries"}
    elsewhere = dict.fromkeys(lists.get(noun, "psfacts entities") for noun in _nouns(wanted))
    hint = did_you_mean(suggestions) or f"try: {either(elsewhere)}"
    return NotFoundError(f"no {either(_nouns(wanted))} is called {quoted(name)}", hint, suggestions)


def with_regions(store: Store, entity: Entity) -> list[Id]:
    """Return the ids of ``entity`` and of the regions that it belongs to."""
    return [entity.id, *(region.id for region in store.regions_of(entity.id))]


def countries_of(store: Store, groups: Iterable[Entity]) -> tuple[Entity, ...]:
    """Return the countries among ``groups`` and their members, without duplicates.

    Raises NotFoundError if the base does not say who the members of an organization are.
    """
    members = dict.fromkeys(key for group in groups for key in _members(store, group))
    return tuple(entity for entity in map(store.entity, members) if entity.type == "country")


def _members(store: Store, group: Entity) -> Iterable[Id]:
    if group.type != "organization":
        return group.members or (group.id,)
    observations = store.observations(indicators=store.membership_indicators(group.id))
    latest = {observation.subject: observation.value for observation in reversed(observations)}
    members = [subject for subject, value in latest.items() if value == "member"]
    if not members:
        command = f"psfacts compare {observations[0].indicator}" if observations else command_for(group)
        raise NotFoundError(f"the fact base does not tell who is a member of {group.name}", f"try: {command}")
    return members


def memberships(store: Store, entity: Entity) -> tuple[Membership, ...]:
    """Return the memberships of a country by the latest observation for each organization."""
    observations = reversed(store.memberships_of(entity.id))
    latest = {store.indicator(observation.indicator).membership_of or "": observation for observation in observations}
    named = sorted(latest.items(), key=lambda item: store.entity(item[0]).name)
    return tuple(Membership(organization=key, value=str(fact.value), fact=fact.id) for key, fact in named)
