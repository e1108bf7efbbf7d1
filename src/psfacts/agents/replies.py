"""Replies of tools: facts in short form, with speaker, time, doubts and place."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from itertools import accumulate

from psfacts.errors import UsageError
from psfacts.model import Entity, Erratum, Fact, Id, Observation, Record, Source, Value
from psfacts.render.sources import published
from psfacts.store.store import Store
from psfacts.text.names import verb_of
from psfacts.text.visible import visible

MOST = 40_000
"""Maximum length of a reply as it is sent, text and structured content together."""

_ENVELOPE = 1_000
"""Characters reserved for the protocol's envelope."""

_LONGEST = 800
"""Maximum length of a text in a reply."""

_MOST_DOUBTS = 4
"""Maximum number of doubts listed with a fact."""

_HEAD = 10_000
"""Maximum length of the head."""

_SILENT = 4_000
"""Maximum length of the list of silent subjects."""


class Entry(Record):
    """A fact in short form."""

    id: Id
    """Id of the fact."""

    title: str
    """Its headline, or its sentence if it has none."""

    statement: str
    """Its sentence, true by itself."""

    value: Value | None
    """The value of an observation."""

    unit: str | None
    """Unit of a number."""

    when: str | None
    """When it held or happened, in words."""

    says: str
    """Who stands behind it."""

    doubts: tuple[str, ...]
    """Doubts about the fact, each with its certainty."""

    place: str
    """Its place in the source."""


class Reply(Record):
    """The reply of every tool."""

    head: tuple[str, ...]
    """A short answer, if there is one; the subject of the question."""

    total: int
    """Total number of facts."""

    offset: int
    """Number of facts skipped."""

    facts: tuple[Entry, ...]
    """The facts, or as many as fit; ask for the rest with ``offset``."""

    silent: tuple[str, ...]
    """Subjects on which the source is silent."""

    source: str
    """The source of all facts in the reply."""

    def text(self) -> str:
        """Return the reply as lines to read."""
        lines = list(self.head)
        last = self.offset + len(self.facts)
        if self.facts and (self.offset or last < self.total):
            rest = f"; the rest with offset={last}" if last < self.total else ""
            lines.append(f"Facts {self.offset + 1} to {last} of {self.total}{rest}.")
        lines += map(_line, self.facts)
        if self.silent:
            lines.append(f"The source is silent on: {'; '.join(self.silent)}.")
        return "\n".join([*lines, self.source])

    def fitted(self) -> Reply:
        """Return the reply with as many facts as fit into MOST characters, but at least the first one."""
        empty = self.model_copy(update={"facts": ()})
        room = MOST - _ENVELOPE - _size(empty.text(), empty)
        kept = sum(size <= room for size in accumulate(_size(_line(fact), fact) for fact in self.facts))
        return self.model_copy(update={"facts": self.facts[: max(1, kept)]})


def reply(
    store: Store, facts: Sequence[Fact], *, head: Iterable[str] = (), silent: Iterable[str] = (), offset: int = 0
) -> Reply:
    """Return a reply with ``facts`` from ``offset`` on. Raises UsageError if that is negative."""
    if offset < 0:
        raise UsageError(f"offset is {offset}", "give 0 or more")
    most = MOST // 100  # no more could fit
    return Reply(
        head=within(head, _HEAD),
        total=len(facts),
        offset=offset,
        facts=tuple(entry(store, fact) for fact in facts[offset : offset + most]),
        silent=within(silent, _SILENT),
        source=_short(" ".join(map(cited, store.sources[:3]))),
    ).fitted()


def entry(store: Store, fact: Fact) -> Entry:
    """Return a fact in short form."""
    indicator = store.indicator(fact.indicator) if isinstance(fact, Observation) else None
    doubts = [erratum for erratum in store.errata_of(facts=[fact]) if erratum.kind == "doubt"]
    return Entry(
        id=fact.id,
        title=_short(fact.headline),
        statement=_short(fact.statement),
        value=fact.value if isinstance(fact, Observation) else None,
        unit=indicator.unit if indicator else None,
        when=fact.when.text if fact.when else None,
        says=says(store, fact),
        doubts=(*map(_doubt, doubts[:_MOST_DOUBTS]), *_more(len(doubts) - _MOST_DOUBTS)),
        place=place(store, fact),
    )


def says(store: Store, fact: Fact) -> str:
    """Return who stands behind a fact: ``World Bank says``, ``reported by the source``, ``the author's view``."""
    if fact.standing == "reported":
        return "reported by the source"
    if fact.standing == "assessed":
        return "the author's view"
    asserting = [store.entity(key) for key in fact.asserted_by]
    return _short(f"{', '.join(entity.name for entity in asserting)} {verb_of(asserting)}")


def place(store: Store, fact: Fact) -> str:
    """Return the place of a fact: ``economy, paragraph 2``."""
    places = store.locators([fact])[fact.id]
    return _short("; ".join(f"{at.section}, paragraph {at.paragraph}" if at.paragraph else at.section for at in places))


def described(entity: Entity) -> str:
    """Return a one-line description of an entity."""
    iso = f"{entity.iso.alpha2}, {entity.iso.alpha3}" if entity.iso else None
    parts = (entity.type, iso, f"capital {entity.capital}" if entity.capital else None, entity.role)
    return _short(f"{entity.name} ({entity.id}): {', '.join(filter(None, parts))}")


def within(texts: Iterable[str], room: int) -> tuple[str, ...]:
    """Return ``texts``, or the first of them that fit into ``room`` characters and how many more there are."""
    every = tuple(map(_short, texts))
    ends = accumulate(map(len, every))
    kept = sum(end <= room for end in ends)
    return (*every[:kept], *_more(len(every) - kept))


def _more(count: int) -> tuple[str, ...]:
    return (f"and {count} more",) if count > 0 else ()


def cited(source: Source) -> str:
    """Return a source in a sentence."""
    read = f", read in a {source.translation or ''} translation".replace("  ", " ") if source.translated_from else ""
    return f"Source: {source.author}, {source.publisher}, {published(source)}{read}. {source.url}"


def _doubt(erratum: Erratum) -> str:
    return _short(f"{erratum.reading} (this objection is {erratum.certainty})")


def _line(fact: Entry) -> str:
    notes = [fact.says, fact.when, fact.place, *(f"doubtful: {doubt}" for doubt in fact.doubts)]
    return f"- {fact.statement} [{'; '.join(filter(None, notes))}; id {fact.id}]"


def _short(text: str) -> str:
    shown = visible(text)
    return shown if len(shown) <= _LONGEST else f"{shown[: _LONGEST - 1]}…"


def _size(text: str, record: Record) -> int:
    """Return the length of a text and a record as they are sent."""
    return len(json.dumps(text, ensure_ascii=False)) + len(record.model_dump_json())
