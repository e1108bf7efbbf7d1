"""What shells are offered to complete an argument with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

import typer

from psfacts.errors import PsfactsError
from psfacts.render.text import visible

if TYPE_CHECKING:
    from psfacts.model import Entity, Indicator
    from psfacts.store import Store

Offer = tuple[str, str]
"""A word to complete to, and what a shell may show beside it."""

Completer = Callable[[typer.Context, str], list[Offer]]


def _completer(offers: Callable[[Store, str], Iterable[Offer]]) -> Completer:
    """Make a callback that asks the fact base given so far, and offers nothing where that is unusable."""

    def complete(ctx: typer.Context, incomplete: str) -> list[Offer]:
        from psfacts import load

        try:
            return list(offers(load(ctx.params.get("data")), incomplete))
        except PsfactsError:
            return []

    return complete


def _matching(records: Iterable[Entity | Indicator], incomplete: str) -> Iterator[Offer]:
    """Give the ids that start with what was typed, else the names; those names only that are one plain word."""
    for record in records:
        name = visible(record.name).replace("[", "(")  # typer reads square brackets as markup here
        if record.id.startswith(incomplete):
            yield record.id, name
        elif record.name.startswith(incomplete) and record.name.isalnum():
            yield record.name, record.id


def _countries(store: Store, incomplete: str) -> Iterator[Offer]:
    return _matching((one for one in store.entities if one.type == "country"), incomplete)


def _groups(store: Store, incomplete: str) -> Iterator[Offer]:
    return _matching((one for one in store.entities if one.type in ("region", "organization")), incomplete)


def _entities(store: Store, incomplete: str) -> Iterator[Offer]:
    return _matching(store.entities, incomplete)


def _compared(store: Store, incomplete: str) -> Iterator[Offer]:
    yield from _matching(store.indicators, incomplete)
    yield from _countries(store, incomplete)
    yield from _groups(store, incomplete)


def _facts(store: Store, incomplete: str) -> Iterator[Offer]:
    return ((fact.id, fact.kind) for fact in store.facts if fact.id.startswith(incomplete))


countries = _completer(_countries)
groups = _completer(_groups)
entities = _completer(_entities)
compared = _completer(_compared)
facts = _completer(_facts)
