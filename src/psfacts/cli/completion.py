"""What shells are offered to complete an argument with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, get_args

import typer

from psfacts.errors import PsfactsError
from psfacts.text.visible import visible

if TYPE_CHECKING:
    from psfacts.store.store import Store

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


def _matching(named: Iterable[tuple[str, str]], incomplete: str) -> Iterator[Offer]:
    """Return the ids that start with what was typed, else the names; those names only that are one plain word.

    Where the one tells nothing beyond the other, it is not shown beside it: to show anything there, typer loads rich.
    """
    for key, name in named:
        alike = name.casefold() == key.replace("-", " ")
        if key.startswith(incomplete):
            yield key, "" if alike else visible(name).replace("[", "(")  # typer reads square brackets as markup here
        elif name.startswith(incomplete) and name.isalnum():
            yield name, "" if alike else key


def _countries(store: Store, incomplete: str) -> Iterator[Offer]:
    return _matching(store.entities_beginning(incomplete, ["country"]), incomplete)


def _groups(store: Store, incomplete: str) -> Iterator[Offer]:
    return _matching(store.entities_beginning(incomplete, ["region", "organization"]), incomplete)


def _entities(store: Store, incomplete: str) -> Iterator[Offer]:
    from psfacts.model import EntityType

    return _matching(store.entities_beginning(incomplete, get_args(EntityType)), incomplete)


def _compared(store: Store, incomplete: str) -> Iterator[Offer]:
    yield from _matching(((one.id, one.name) for one in store.indicators), incomplete)
    yield from _countries(store, incomplete)
    yield from _groups(store, incomplete)


def _facts(store: Store, incomplete: str) -> Iterator[Offer]:
    return iter(store.facts_beginning(incomplete))


countries = _completer(_countries)
groups = _completer(_groups)
entities = _completer(_entities)
compared = _completer(_compared)
facts = _completer(_facts)


def schemas(incomplete: str) -> list[Offer]:
    """Offer the names of schemas."""
    from psfacts.answers.schema import NAMES, summary

    return [(name, summary(name)) for name in NAMES if name.startswith(incomplete)]
