"""Whether the best of the facts answers a query, and what the base does not have where it does not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from psfacts.finding.evidence import AROUND, Evidence
from psfacts.finding.query import OPENING, Query
from psfacts.finding.ranking import Scored, has_number
from psfacts.finding.roles import Roles
from psfacts.model import Entity, Event, Fact, Id, Observation, Record, Text
from psfacts.text.phrases import listed, quoted

if TYPE_CHECKING:
    from psfacts.store.store import Store

LEAST = 0.3
"""The share that a hit must have of what the query says beside names: what only shares the country answers nothing."""

CLOSE = 0.7
"""The share of the best score from which on further facts are hits."""

_DAYS = {"day": 1, "month": 31, "year": 366}
"""How many days a time may be long that is as exact as a unit."""

_PLACES = ("country", "place", "region")
_MOST_ASKED = 2

Lack = Literal["names", "office", "time", "speaker", "number", "place", "roles", "date", "content"]
"""Why a fact does not answer a query."""


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


class Judge:
    """Tells answers from facts that are merely close, for one query."""

    def __init__(self, store: Store, query: Query, evidence: Sequence[Evidence], roles: Roles) -> None:
        self._store = store
        self._query = query
        self._evidence = evidence
        self._roles = roles
        self._names = [one for one in evidence if one.is_required]
        self._content = [one for one in evidence if one.is_content]
        self._indicators = [store.indicator(key) for key in query.indicators]
        self._is_plain = (
            bool(self._names) and bool(self._indicators) and all(one.concept.indicators for one in self._content)
        )

    def hits(self, ranked: Sequence[Scored]) -> list[Scored]:
        """Return the facts that answer the query: none if the best does not, and none that falls far behind it."""
        if not ranked or self._lack(ranked[0]):
            return []
        least = CLOSE * ranked[0].score
        return [one for one in ranked if one.score >= least and not self._lack(one)]

    def _lack(self, scored: Scored) -> Lack | None:
        """Return what a fact lacks first that an answer has."""
        return next((lack for lack, is_lacking in self._checks if is_lacking(scored)), None)

    @cached_property
    def _checks(self) -> tuple[tuple[Lack, Callable[[Scored], bool]], ...]:
        """What an answer has, each with what tells whether a fact lacks it, in the order in which that is told."""
        roles, asks_when = self._roles, "time" in self._query.wants
        return (
            ("names", lambda one: not self._has_names(one.fact)),
            ("office", lambda one: not roles.has_office(one.fact)),
            ("time", lambda one: not self._is_of_the_time(one.fact)),
            ("speaker", lambda one: not roles.are_said(one.fact)),
            (
                "number",
                lambda one: not self._is_in_unit(one.fact) or (self._asks_for_number and not has_number(one.fact)),
            ),
            ("place", lambda one: not self._has_place(one.fact)),
            ("roles", lambda one: roles.are_swapped(one.fact)),
            ("date", lambda one: asks_when and not self._is_dated(one.fact)),
            ("content", lambda one: one.content < LEAST or not self._has_what_is_asked(one.fact)),
        )

    @cached_property
    def _asks_for_number(self) -> bool:
        is_measured = self._is_plain and any(one.type == "number" for one in self._indicators)
        return is_measured or "number" in self._query.wants

    def _is_in_unit(self, fact: Fact) -> bool:
        """Return whether a value is in a unit that the query names, if it names any."""
        if not (self._asks_for_number and self._query.units and isinstance(fact, Observation)):
            return True
        unit = self._store.indicator(fact.indicator).unit or ""
        return any(asked in unit for asked in self._query.units)

    def _has_names(self, fact: Fact) -> bool:
        # What is said of its region is no value of a country.
        least = AROUND if self._indicators else 0.0
        return all(one.quality.get(fact.id, 0.0) > least for one in self._names)

    def _has_place(self, fact: Fact) -> bool:
        """Return whether a fact names a place, if the query asks where, that the query does not name itself."""
        if self._query.words[:1] != ("where",):
            return True
        named = [self._store.entity(key) for key in self._query.entities]
        others = set(fact.entities).difference(self._query.entities, (entity.of for entity in named))
        return any(self._store.entity(key).type in _PLACES for key in others)

    def _has_what_is_asked(self, fact: Fact) -> bool:
        """Return whether a fact has any of the words that say which, if the query asks ``which sanctions``."""
        return not self._which or any(fact.id in one.quality for one in self._which)

    @cached_property
    def _which(self) -> list[Evidence]:
        """What is asked for by ``which`` or ``what``: one or two things right behind it."""
        words = self._query.words[:OPENING]
        at = next((at for at, word in enumerate(words, 1) if word in ("which", "what")), -1)
        starting = {one.concept.at: one for one in self._evidence}
        found: list[Evidence] = []
        while at in starting and len(found) < _MOST_ASKED:
            found.append(starting[at])
            at += len(starting[at].concept.words)
        return found if found and found[0].is_content else []

    def _is_dated(self, fact: Fact) -> bool:
        """Return whether a fact tells a time of its own, and not only that it held when the source was written."""
        if fact.when is None:
            return False
        days = (fact.when.latest - fact.when.earliest).days
        if isinstance(fact, Event) and days >= _DAYS.get(self._query.unit_of_time or "", days + 1):
            return False
        written = self._store.source(fact.evidence[0].source).published
        return not fact.when.earliest == fact.when.latest == written

    def _is_of_the_time(self, fact: Fact) -> bool:
        """Return whether a fact may be of the query's time."""
        period = self._query.period
        return period is None or bool(fact.when and period.meets(fact.when))

    def missing(self, ranked: Sequence[Scored]) -> Iterator[Missing]:
        """Return what the base does not have, as far as that can be told, if none of ``ranked`` is a hit."""
        strangers = [concept for concept in (one.concept for one in self._names) if not concept.entities]
        about = self._entities
        lack = self._lack(ranked[0]) if ranked else "content"
        if strangers:
            for concept in strangers:
                name = concept.name.text if concept.name else concept.text
                yield Missing(text=f"There is nothing about {quoted(name)}.", words=(concept.text,))
        elif self._query.offices and about and lack in ("names", "office", "content"):
            office = self._query.offices[0].text
            text = f"Nobody is named as {quoted(office)} of {_names(about)}."
            yield Missing(text=text, words=(office,), entities=_ids(about))
        elif self._is_plain and lack in ("names", "content"):
            able = [entity for entity in about if entity.type in _PLACES] or about
            for indicator in self._indicators:
                text = f"There is no value of {quoted(indicator.name)} for {_names(able)}."
                yield Missing(text=text, entities=_ids(able), indicators=(indicator.id,))
        elif lack in ("names", "content"):
            yield from self._unmatched(about)
        else:
            words = (self._query.period_words,) if lack == "time" else ()
            yield Missing(text=self._told(lack), words=words, entities=_ids(about))

    def _told(self, lack: Lack | None) -> str:
        """Return in a sentence what the fact that comes closest lacks."""
        match lack:
            case "time":
                return f"There is nothing like that from {quoted(self._query.period_words)}."
            case "number":
                return "No fact about that states the number that is asked for."
            case "date":
                unit = self._query.unit_of_time
                return f"No fact about that tells {f'the {unit}' if unit else 'when'}."
            case "place":
                return "No fact about that tells where."
            case "speaker":
                return f"There is nothing that {_names(self._roles.speakers)} said about that."
        return "The fact that comes closest tells it the other way round."

    def _unmatched(self, about: Sequence[Entity]) -> Iterator[Missing]:
        ids = _ids(about)
        together = set.intersection(*(set(one.quality) for one in self._names)) if self._names else None
        if len(about) > 1 and not together:
            yield Missing(text=f"There is no fact about {_names(about)} together.", entities=ids)
            return
        found = [(one.concept.text, set(one.quality)) for one in self._content]
        words = tuple(text for text, keys in found if not (keys if together is None else together & keys))
        if words:
            beside = f" that has to do with {_names(about)}" if about else ""
            text = f"There is nothing on {listed([quoted(word) for word in words])}{beside}."
            yield Missing(text=text, words=words, entities=ids)

    @cached_property
    def _entities(self) -> list[Entity]:
        """The named entities."""
        return [self._store.entity(one.concept.entities[0]) for one in self._names if one.concept.entities]


def _ids(entities: Sequence[Entity]) -> tuple[Id, ...]:
    return tuple(entity.id for entity in entities)


def _names(entities: Sequence[Entity]) -> str:
    return listed([one.name for one in entities])
