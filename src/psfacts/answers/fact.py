"""Facts by id, with the passages that they cite."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from importlib import import_module
from itertools import islice

from psfacts.answers import home
from psfacts.answers.answer import BUILT_IN, Answer, asked, backing, indicators_of, unique
from psfacts.article.alignment import Alignment
from psfacts.article.text import Copy
from psfacts.checking.copies import aligned, sources_of
from psfacts.checking.excerpts import Excerpt, excerpt
from psfacts.errors import InvalidError, NotFoundError, UsageError
from psfacts.model import Entity, Erratum, Fact, Id, Indicator, Passage, Record
from psfacts.store.places import Locator, Locators
from psfacts.store.store import Store
from psfacts.text.names import command_for, did_you_mean, fold, near
from psfacts.text.phrases import a, quoted


class CitedPassage(Record):
    """A passage that a fact cites."""

    fact: Id
    """Id of the fact."""

    passage: Passage
    """Its place and digest."""

    locator: Locator
    """Place of the passage in words."""

    excerpt: Excerpt | None
    """The cited words in their paragraph, if a copy of the article was given and has them."""

    found: bool | None
    """Whether the given copy of the article has the passage; ``None`` without a copy."""


class FactRecords(Answer):
    """Answer to: what exactly does this fact say?"""

    facts: tuple[Fact, ...]
    """Facts in the requested order."""

    passages: tuple[CitedPassage, ...]
    """All passages that they cite."""

    indicators: tuple[Indicator, ...]
    """The indicators of the observations among ``facts``."""

    errata: tuple[Erratum, ...]
    """Errata that their readings depend on."""

    locators: Locators
    """Where facts and errata stand."""


@asked
def fact(*ids: str, copy: Copy | Sequence[Copy] | None = None, store: Store = BUILT_IN) -> FactRecords:
    """Return facts by id, in the requested order; with a ``copy`` of each article, also the cited words.

    Raises NotFoundError if an id is not a fact's, and UsageError if no id is given.
    """
    if not ids:
        raise UsageError("fact needs at least one id", "ids stand beside every fact that psfacts shows")
    facts = unique(_fact(store, key) for key in ids)
    found = _aligned(store, facts, copy) if copy else {}
    passages = tuple(_cited(store, fact.id, passage, found) for fact in facts for passage in fact.evidence)
    segments = [segment for cited in passages if cited.excerpt for segment in cited.excerpt.segments]
    more = backing(store, facts, ids={key for segment in segments for key in segment.errata})
    return FactRecords(facts=facts, passages=passages, indicators=indicators_of(store, facts), **more)


def record(*ids: str, copy: Copy | Sequence[Copy] | None = None, store: Store) -> Answer:
    """Return facts by id; for the id of one other record, the answer of the command for such records."""
    command = _command_of(ids[0], store) if len(ids) == 1 else None
    if command is None:
        return fact(*ids, copy=copy, store=store)
    question: Callable[..., Answer] = getattr(import_module(home(command)), command)
    return question(*ids, store=store)


def _command_of(key: str, store: Store) -> str | None:
    """Return the command for the record with this id; ``None`` if it is a fact."""
    if store.has("facts", key):
        return None
    if store.has("entities", key):
        return "country" if store.entity(key).type == "country" else "about"
    commands = {"errata": "errata", "sources": "cite", "indicators": "compare"}
    return next((command for name, command in commands.items() if store.has(name, key)), None)


def _fact(store: Store, key: str) -> Fact:
    try:
        return store.fact(key)
    except NotFoundError:
        if store.successors_of(key):
            raise
        raise _no_fact(store, key) from None


def _aligned(store: Store, facts: Iterable[Fact], copies: Copy | Sequence[Copy]) -> dict[Id, Alignment | None]:
    """Return the alignment of each source of ``facts`` that has a copy; ``None`` if a text matches no source."""
    keys = dict.fromkeys(passage.source for fact in facts for passage in fact.evidence)
    try:
        copy_of = sources_of(store, [copies] if isinstance(copies, Copy) else copies)
    except InvalidError:
        return dict.fromkeys(keys)
    found: dict[Id, Alignment | None] = {key: None for key in keys if key in copy_of}
    for source, copy in ((store.source(key), copy_of[key]) for key in found):
        is_whole = copy.sha256 == source.sha256
        with suppress(InvalidError):
            whole = Alignment(copy.text, (), source.length, is_identical=True) if is_whole else None
            found[source.id] = whole or aligned(store, source, copy)
    return found


def _cited(store: Store, key: Id, passage: Passage, found: Mapping[Id, Alignment | None]) -> CitedPassage:
    alignment = found.get(passage.source)
    shown = excerpt(store, passage, alignment) if alignment else None
    is_found = shown is not None if passage.source in found else None
    return CitedPassage(fact=key, passage=passage, locator=store.locator(passage), excerpt=shown, found=is_found)


def _no_fact(store: Store, key: str) -> NotFoundError:
    if store.has("errata", key):
        return NotFoundError(f"{quoted(key)} is an erratum, not a fact", "try: psfacts errata")
    for record in store.by_name(fold(key)):
        if record.id == key:
            noun = record.type if isinstance(record, Entity) else "indicator"
            return NotFoundError(f"{quoted(key)} is {a(noun)}, not a fact", f"try: {command_for(record)}")
    ids = store.similar_ids(key)
    named = (known for known in ids if fold(key) and fold(key) in fold(known))
    suggestions = near(key, ([known] for known in ids)) or tuple(islice(named, 3))
    hint = did_you_mean(suggestions) or "try: psfacts facts"
    return NotFoundError(f"no fact has the id {quoted(key)}", hint, suggestions)
