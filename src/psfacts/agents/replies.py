"""Replies of tools: facts in short form, with speaker, time, doubts and place."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import partial
from itertools import accumulate
from typing import Annotated

from pydantic import AfterValidator

from psfacts.errors import UsageError
from psfacts.model import Entity, Fact, Id, Observation, Record, Value
from psfacts.render.sources import reference
from psfacts.store.store import Store
from psfacts.text.phrases import verb_of
from psfacts.text.visible import visible

MOST = 40_000
"""Maximum length of a reply as it is sent, text and structured content together."""

_ENVELOPE = 1_000
"""Characters reserved for the protocol's envelope."""

_LONGEST = 800
"""Maximum length of a text in a reply."""

_SAYS = {"reported": "reported by the source", "assessed": "the author's view"}


def _short(text: str) -> str:
    shown = visible(text)
    return shown if len(shown) <= _LONGEST else f"{shown[: _LONGEST - 1]}…"


def within(room: int, texts: Iterable[str]) -> tuple[str, ...]:
    """Return ``texts``, or the first of them that fit into ``room`` characters and how many more there are."""
    every = tuple(map(_short, texts))
    kept = sum(end <= room for end in accumulate(map(len, every)))
    return every if kept == len(every) else (*every[:kept], f"and {len(every) - kept} more")


Short = Annotated[str, AfterValidator(_short)]


class Entry(Record):
    """A fact in short form."""

    id: Id
    """Id of the fact."""

    title: Short
    """Its headline, or its sentence if it has none."""

    statement: Short
    """Its sentence, true by itself."""

    value: Value | None
    """The value of an observation."""

    unit: str | None
    """Unit of a number."""

    when: str | None
    """When it held or happened, in words."""

    says: Short
    """The asserter: ``World Bank says``, ``reported by the source``, ``the author's view``."""

    doubts: Annotated[tuple[str, ...], AfterValidator(partial(within, 2_000))]
    """Doubts about the fact, each with its certainty."""

    place: Short
    """Its place in the source: ``economy, paragraph 2``."""

    def line(self) -> str:
        """Return the fact as a line to read."""
        notes = [self.says, self.when, self.place, *(f"doubtful: {doubt}" for doubt in self.doubts)]
        return f"- {self.statement} [{'; '.join(filter(None, notes))}; id {self.id}]"


class Reply(Record):
    """The reply of every tool."""

    head: Annotated[tuple[str, ...], AfterValidator(partial(within, 10_000))]
    """A short answer, if there is one; the subject of the question."""

    total: int
    """Total number of facts."""

    offset: int
    """Number of facts skipped."""

    facts: tuple[Entry, ...]
    """The facts, or as many as fit; ask for the rest with ``offset``."""

    silent: Annotated[tuple[str, ...], AfterValidator(partial(within, 4_000))]
    """Subjects on which the source is silent."""

    source: Short
    """The source of all facts in the reply."""

    def text(self) -> str:
        """Return the reply as lines to read."""
        lines = list(self.head)
        last = self.offset + len(self.facts)
        if self.facts and (self.offset or last < self.total):
            rest = f"; the rest with offset={last}" if last < self.total else ""
            lines.append(f"Facts {self.offset + 1} to {last} of {self.total}{rest}.")
        lines += (fact.line() for fact in self.facts)
        if self.silent:
            lines.append(f"The source is silent on: {'; '.join(self.silent)}.")
        return "\n".join([*lines, self.source])


def reply(
    store: Store, facts: Sequence[Fact], *, head: Iterable[str] = (), silent: Iterable[str] = (), offset: int = 0
) -> Reply:
    """Return a reply with those ``facts`` from ``offset`` on that fit into MOST characters, but at least the first.

    Raises UsageError if ``offset`` is negative.
    """
    if offset < 0:
        raise UsageError(f"offset is {offset}", "give 0 or more")
    source = " ".join(f"Source: {reference(source)}. {source.url}" for source in store.sources[:3])
    empty = Reply(head=tuple(head), total=len(facts), offset=offset, facts=(), silent=tuple(silent), source=source)
    room = MOST - _ENVELOPE - _size(empty.text(), empty)
    entries = [entry(store, fact) for fact in facts[offset : offset + MOST // 100]]  # no more could fit
    kept = sum(size <= room for size in accumulate(_size(entry.line(), entry) for entry in entries))
    return empty.model_copy(update={"facts": tuple(entries[: max(1, kept)])})


def entry(store: Store, fact: Fact) -> Entry:
    """Return a fact in short form."""
    observed = fact if isinstance(fact, Observation) else None
    speakers = [store.entity(key) for key in fact.asserted_by]
    places = store.locators([fact])[fact.id]
    doubts = (erratum for erratum in store.errata_of(facts=[fact]) if erratum.kind == "doubt")
    return Entry(
        id=fact.id,
        title=fact.headline,
        statement=fact.statement,
        value=observed.value if observed else None,
        unit=store.indicator(observed.indicator).unit if observed else None,
        when=fact.when.text if fact.when else None,
        says=_SAYS.get(fact.standing) or f"{', '.join(speaker.name for speaker in speakers)} {verb_of(speakers)}",
        doubts=tuple(f"{doubt.reading} (this objection is {doubt.certainty})" for doubt in doubts),
        place="; ".join(f"{at.section}, paragraph {at.paragraph}" if at.paragraph else at.section for at in places),
    )


def described(entity: Entity) -> str:
    """Return a one-line description of an entity."""
    iso = f"{entity.iso.alpha2}, {entity.iso.alpha3}" if entity.iso else None
    parts = (entity.type, iso, f"capital {entity.capital}" if entity.capital else None, entity.role)
    return f"{entity.name} ({entity.id}): {', '.join(filter(None, parts))}"


def _size(text: str, record: Record) -> int:
    """Return the length of a text and a record as they are sent."""
    return len(json.dumps(text, ensure_ascii=False)) + len(record.model_dump_json())
