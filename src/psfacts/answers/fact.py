"""Facts by id, with the passages that they cite in their paragraphs, and citations for a bibliography."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING

from psfacts.answers import home
from psfacts.answers.answer import BUILT_IN, Answer, Backed, asked, backing, measured, unique
from psfacts.article.text import Copy, cut
from psfacts.errors import InvalidError, NotFoundError, UsageError
from psfacts.model import NOUNS, Fact, Id, Indicator, Passage, Record, Source, Text
from psfacts.store.places import Locator
from psfacts.store.store import Store
from psfacts.text.names import fold, near
from psfacts.text.phrases import a, did_you_mean, quoted

if TYPE_CHECKING:
    from psfacts.article.alignment import Alignment

_AROUND = 10_000
"""Minimum number of characters shown on each side of the cited words in a long paragraph."""

Span = tuple[int, int, Id | None]
"""Span of the words of an erratum, or, without one, of the cited words."""


class Segment(Record):
    """A part of a paragraph with the same status throughout."""

    text: str
    """Its words as printed."""

    cited: bool
    """Whether the fact cites them."""

    errata: tuple[Id, ...]
    """Ids of the errata whose printed words they are, or are part of."""


class Excerpt(Record):
    """A passage in a user's copy of the article."""

    reading: Text
    """``exact``, or the differences of the copy from the source's form, such as ``quotation marks``."""

    text: str
    """The cited words, as they are in the copy."""

    segments: tuple[Segment, ...]
    """The whole paragraphs around them, cut where the cited words or an erratum begin or end; of a paragraph
    longer than some pages, those around them, with ``…`` for the rest."""


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


class FactRecords(Backed):
    """Answer to: what exactly does this fact say?"""

    facts: tuple[Fact, ...]
    """Facts in the requested order."""

    passages: tuple[CitedPassage, ...]
    """All passages that they cite."""

    indicators: tuple[Indicator, ...]
    """The indicators of the observations among ``facts``."""


@asked
def fact(*ids: str, copy: Copy | Sequence[Copy] | None = None, store: Store = BUILT_IN) -> FactRecords:
    """Return facts by id, in the requested order; with a ``copy`` of each article, also the cited words.

    Raises NotFoundError if an id is not a fact's, and UsageError if no id is given.
    """
    if not ids:
        raise UsageError("fact needs at least one id", "ids stand beside every fact that psfacts shows")
    facts = unique(_fact(store, key) for key in ids)
    found = _aligned(store, facts, copy if isinstance(copy, Sequence) else [copy]) if copy else {}
    passages = tuple(_cited(store, fact.id, passage, found) for fact in facts for passage in fact.evidence)
    excerpts = [cited.excerpt for cited in passages if cited.excerpt]
    errata = {key for excerpt in excerpts for segment in excerpt.segments for key in segment.errata}
    more = backing(store, facts, ids=errata)
    return FactRecords(facts=facts, passages=passages, indicators=measured(store, facts), **more)


class Citation(Answer, command="cite"):
    """Answer to: how is this fact cited?"""

    id: Id
    """Id of the cited fact or source."""

    statement: Text | None
    """Statement of the fact; ``None`` for a source as a whole."""

    source: Source
    """The source, or the first of several."""

    sources: tuple[Source, ...]
    """All sources of the fact, in the order of its passages."""

    passages: tuple[Passage, ...]
    """The passages that the fact cites; none for a source as a whole."""

    locators: tuple[Locator, ...]
    """Their places in words, without duplicates."""


@asked
def cite(key: str, *, store: Store = BUILT_IN) -> Citation:
    """Return the citation of the fact or source with the id ``key``.

    Raises NotFoundError if there is neither.
    """
    cited = None if store.get("sources", key) else _fact(store, key)
    said, passages = (cited.statement, cited.evidence) if cited else (None, ())
    sources = tuple(map(store.source, dict.fromkeys(passage.source for passage in passages) or [key]))
    places = tuple(dict.fromkeys(map(store.locator, passages)))
    return Citation(id=key, statement=said, source=sources[0], sources=sources, passages=passages, locators=places)


def record(*ids: str, copy: Copy | Sequence[Copy] | None = None, store: Store) -> Answer:
    """Return facts by id; for the id of one other record, the answer of the command for such records."""
    other = _other(store, ids[0]) if len(ids) == 1 else None
    if not other:
        return fact(*ids, copy=copy, store=store)
    question: Callable[..., Answer] = getattr(import_module(home(other[0])), other[0])
    return question(*ids, store=store)


def _other(store: Store, key: str) -> tuple[str, str] | None:
    """Return the command for the record with this id, and what that is; ``None`` unless it is another than a fact."""
    if store.get("facts", key):
        return None
    if store.get("entities", key):
        kind = store.entity(key).type
        return "country" if kind == "country" else "about", kind
    commands = {"errata": "errata", "sources": "cite", "indicators": "compare"}
    return next(((command, NOUNS[name]) for name, command in commands.items() if store.get(name, key)), None)


def _fact(store: Store, key: str) -> Fact:
    """Return a fact. Raises NotFoundError, with what else has this id, what replaced it, or the nearest ids."""
    if store.get("facts", key) or store.successors_of(key):
        return store.fact(key)
    if other := _other(store, key):
        command, noun = other
        raise NotFoundError(f"{quoted(key)} is {a(noun)}, not a fact", f"try: psfacts {command} {key}")
    ids = store.similar_ids(key)
    named = (known for known in ids if fold(key) and fold(key) in fold(known))
    suggestions = near(key, ([known] for known in ids)) or tuple(named)[:3]
    hint = did_you_mean(suggestions) or "try: psfacts facts"
    raise NotFoundError(f"no fact has the id {quoted(key)}", hint, suggestions)


def _aligned(store: Store, facts: Iterable[Fact], copies: Sequence[Copy]) -> dict[Id, Alignment | None]:
    """Return the alignment of each source of ``facts`` that has a copy; ``None`` if a text matches no source."""
    from psfacts.checking.copies import aligned, sources_of  # what is known without a copy is known sooner

    keys = dict.fromkeys(passage.source for fact in facts for passage in fact.evidence)
    try:
        copy_of = sources_of(store, copies)
    except InvalidError:
        return dict.fromkeys(keys)
    found: dict[Id, Alignment | None] = {key: None for key in keys if key in copy_of}
    for key in found:
        with suppress(InvalidError):
            found[key] = aligned(store, store.source(key), copy_of[key])
    return found


def _cited(store: Store, key: Id, passage: Passage, found: Mapping[Id, Alignment | None]) -> CitedPassage:
    alignment = found.get(passage.source)
    shown = excerpt(store, passage, alignment) if alignment else None
    is_found = shown is not None if passage.source in found else None
    return CitedPassage(fact=key, passage=passage, locator=store.locator(passage), excerpt=shown, found=is_found)


def excerpt(store: Store, passage: Passage, copy: Alignment) -> Excerpt | None:
    """Return ``passage`` in its paragraphs in ``copy``, or ``None`` if the copy does not have it.

    The paragraphs run from the line break before the passage to the one after it.
    """
    found = copy.find(passage)
    if found is None:
        return None
    text, length = copy.copy, len(copy.copy)
    bare = found.start + len(text[found.start : found.end].rstrip())
    # In steps, so that of one huge paragraph words near each other are shown in the same part.
    reached = max(0, found.start // _AROUND - 1) * _AROUND, min(length, (bare // _AROUND + 2) * _AROUND)
    first = text.rfind("\n", reached[0], found.start) + 1 or reached[0]
    last = bare + len(text[bare : reached[1]].partition("\n")[0])
    start, end = passage.start - (found.start - first), passage.end + last - found.end
    spans: list[Span] = [(found.start - first, min(last, found.end) - first, None)]
    for erratum in store.errata_within(passage.source, start, end):
        printed = [place for place in erratum.evidence if place.source == passage.source and start <= place.start < end]
        inside = (place for place in map(copy.find, printed) if place and first <= place.start and place.end <= last)
        spans += ((place.start - first, place.end - first, erratum.id) for place in inside)
    rest = Segment(text="…", cited=False, errata=())
    before = [rest] if first and text[first - 1] != "\n" else []
    after = [rest] if last < length and text[last] != "\n" else []
    words = text[found.start : min(last, found.end)].strip()
    around = (*before, *segments(text[first:last], spans), *after)
    return Excerpt(reading=found.reading, text=words, segments=around)


def segments(text: str, spans: Iterable[Span]) -> Iterator[Segment]:
    """Cut a paragraph wherever the cited words or those for an erratum begin or end."""
    for start, end, keys in cut(len(text), spans):
        errata = tuple(sorted(key for key in keys if key))
        yield Segment(text=text[start:end], cited=None in keys, errata=errata)
