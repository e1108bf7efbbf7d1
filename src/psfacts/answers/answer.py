"""The base of answers. Each question has its own type, which also defines its JSON.

Every answer states its ``schema_version`` and always has the same keys. Facts, entities, indicators
and errata in it are the records of the fact base themselves. In answers with facts, ``locators`` gives by fact id
the place of each in the source, so that no number comes without its place.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date
from functools import cache, wraps
from io import StringIO
from typing import TYPE_CHECKING, ClassVar, Literal, NamedTuple, ParamSpec, TypedDict, TypeVar, cast

from psfacts import hooks
from psfacts.errors import UsageError
from psfacts.model import Entity, EntityType, Erratum, Fact, Id, Indicator, Kind, Observation, Record, Standing
from psfacts.store.open import open_store
from psfacts.store.places import Locators, by_place
from psfacts.store.resolve import resolve, resolve_topic, with_regions
from psfacts.store.store import Store
from psfacts.text.phrases import shortened

if TYPE_CHECKING:
    from rich.console import RenderableType

P = ParamSpec("P")
A = TypeVar("A", bound="Answer")
T = TypeVar("T")
R = TypeVar("R", Entity, Indicator, Entity | Indicator, Fact)

COUNTRY: tuple[EntityType, ...] = ("country",)
"""Types of entities that have a profile."""

GROUPS: tuple[EntityType, ...] = ("organization", "region")
"""Types of entities that have countries as members."""

BUILT_IN: Store = cast(Store, None)
"""Stands for the built-in fact base, which is read on first use."""

_WIDTH = 100
"""Width of a page in a notebook, in columns."""


class Answer(Record):
    """Base of all answers."""

    __slots__ = ("_store",)  # no field, so that it is neither compared nor dumped, copied or pickled

    command: ClassVar[str] = ""
    """Name of the command that gives this answer; by default the name of the module."""

    schema_version: Literal[1] = 1
    """Version of the shape."""

    def __init_subclass__(cls, command: str = "") -> None:
        """Set the command of a type of answers."""
        super().__init_subclass__()
        cls.command = command or cls.__module__.rpartition(".")[2]

    @property
    def parts(self) -> tuple[Answer, ...]:
        """The answers to show one by one: usually just this one."""
        return (self,)

    @property
    def store(self) -> Store | None:
        """The fact base that the answer comes from; ``None`` if there is none."""
        return cast("Store | None", getattr(self, "_store", None))

    def __rich__(self) -> RenderableType:
        """Return the page that the command line prints."""
        return hooks.page(self)

    def _repr_html_(self) -> str:
        """Return the page as one HTML element for a notebook, with inline colours."""
        from rich.console import Console

        console = Console(file=StringIO(), width=_WIDTH, record=True, force_terminal=True, force_jupyter=False)
        console.print(self)
        return console.export_html(inline_styles=True, code_format='<pre style="font-family:monospace">{code}</pre>')

    def __repr__(self) -> str:
        """Return the type and its first fields, shortened to one line."""
        return shortened(super().__repr__(), 79)


class Backed(Answer):
    """Base of answers with facts: what their readings depend on, and where they stand. In JSON it comes last."""

    errata: tuple[Erratum, ...]
    """Errata that the facts' readings depend on, and those about the entity that was asked for."""

    locators: Locators
    """Places of facts and errata in the source."""

    @classmethod
    def __pydantic_init_subclass__(cls, **_: object) -> None:
        """Move these fields behind those of a subclass, which pydantic has after them."""
        for name in Backed.__annotations__:
            cls.model_fields[name] = cls.model_fields.pop(name)


@cache
def built_in() -> Store:
    """Return the built-in fact base, read on first use."""
    return open_store(())


def asked(question: Callable[P, A]) -> Callable[P, A]:
    """Decorate a function of the public API: default to the built-in fact base, and attach the store to the answer."""

    @wraps(question)
    def ask(*arguments: P.args, **named: P.kwargs) -> A:
        named["store"] = store = named.get("store") or built_in()
        answer = question(*arguments, **named)
        object.__setattr__(answer, "_store", store)
        return answer

    return ask


class Backing(TypedDict):
    """Errata and locators of an answer with facts."""

    errata: tuple[Erratum, ...]
    locators: Locators


def backing(store: Store, facts: Sequence[Fact], *, touching: Sequence[Id] = (), ids: Iterable[Id] = ()) -> Backing:
    """Return the errata of ``facts``, about entities ``touching`` or with ``ids``, and the places of all records."""
    errata = store.errata_of(touching=touching, facts=facts, ids=ids)
    return {"errata": errata, "locators": store.locators([*facts, *errata])}


def measured(store: Store, facts: Iterable[Fact]) -> tuple[Indicator, ...]:
    """Return the indicators of the observations among ``facts``, sorted by name."""
    keys = {fact.indicator for fact in facts if isinstance(fact, Observation)}
    return tuple(sorted(map(store.indicator, keys), key=lambda indicator: (indicator.name, indicator.id)))


def unique(records: Iterable[R]) -> tuple[R, ...]:
    """Return ``records`` without duplicates, in the order of their first occurrence."""
    return tuple({record.id: record for record in records}.values())


class Wanted(NamedTuple):
    """Filters for facts. Names are as a user writes them; ``since`` and ``until`` are inclusive.

    An empty filter matches every fact.
    """

    about: Sequence[str] = ()
    by: Sequence[str] = ()
    kinds: Collection[Kind] = ()
    topics: Collection[Id] = ()
    standings: Collection[Standing] = ()
    since: date | None = None
    until: date | None = None

    def resolved(self, store: Store) -> Wanted:
        """Return the filters with ids for names, including those of regions.

        Raises UsageError if ``since`` is after ``until``.
        """
        if self.since and self.until and self.since > self.until:
            raise UsageError(f"since ({self.since}) is after until ({self.until})", "swap them")
        about = [key for name in self.about for key in with_regions(store, resolve(store, name))]
        topics = [resolve_topic(store, name) for name in self.topics]
        return self._replace(about=about, by=[resolve(store, name).id for name in self.by], topics=topics)

    def matches(self, fact: Fact) -> bool:
        """Return whether ``fact`` passes resolved filters. One without a time does not pass ``since`` or ``until``."""
        own = ((self.kinds, [fact.kind]), (self.standings, [fact.standing]))
        asked = ((self.about, fact.entities), (self.by, fact.asserted_by), (self.topics, fact.topics), *own)
        if any(wanted and set(wanted).isdisjoint(found) for wanted, found in asked):
            return False
        since, until = self.since or date.min, self.until or date.max
        is_timeless = not (self.since or self.until)
        return is_timeless or bool(fact.when and fact.when.latest >= since and fact.when.earliest <= until)

    def facts(self, store: Store) -> list[Fact]:
        """Return the matching facts of ``store`` in source order. Raises UsageError as :meth:`resolved`."""
        wanted = self.resolved(store)
        if wanted.about or wanted.by:  # whoever says so is among a fact's entities
            found: Sequence[Fact] = store.facts_about(wanted.about or wanted.by)
        elif wanted.since or wanted.until:
            found = store.facts_between(wanted.since or date.min, wanted.until or date.max)
        else:
            found = sorted(store.facts, key=by_place)
        return [fact for fact in found if wanted.matches(fact)]


ALL = Wanted()
"""All facts."""


def part(records: Sequence[T], limit: int | None, offset: int) -> tuple[T, ...]:
    """Return at most ``limit`` of ``records`` from ``offset`` on. Raises UsageError if either is out of range."""
    if limit is not None and limit < 1:
        raise UsageError(f"limit is {limit}", "ask for at least 1")
    if offset < 0:
        raise UsageError(f"offset is {offset}", "give 0 or more")
    return tuple(records[offset : None if limit is None else offset + limit])
