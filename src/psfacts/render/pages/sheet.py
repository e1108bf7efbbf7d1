"""What all parts of one answer's page refer to: names, places, who says so, marks and the notes that explain them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import assert_never

from rich.console import RenderableType
from rich.text import Text

from psfacts.model import Entity, Erratum, Fact, Id, Source, When
from psfacts.render.pages.parts import MARK, QUIET, SAYS, STRONG, VIEW, Body, heading, joined, ledger, stacked, words
from psfacts.render.sources import language, published
from psfacts.store.places import Locators
from psfacts.store.store import Store
from psfacts.text.phrases import listed, sureness


@dataclass(frozen=True)
class Sheet:
    """One answer's page: how wide it is, and what its marks and places refer to."""

    store: Store
    width: int
    errata: tuple[Erratum, ...] = ()
    locators: Locators | None = None
    numbers: dict[Id, int] = field(default_factory=dict)
    """The numbers of errata, given out as the page first marks them."""

    @property
    def label(self) -> int:
        """Columns for the labels beside facts, the same all over the page."""
        return max(16, self.width // 6)

    def topic(self, key: Id) -> str:
        """Return a topic as a title: ``eu-accession`` as ``EU accession``, where something is called EU."""
        title = " ".join(map(self._spelt, key.split("-")))
        return title[:1].upper() + title[1:]

    def _spelt(self, word: str) -> str:
        """Return ``word`` as a name is spelt, if it is one."""
        entities = (one for one in self.store.by_name(word) if isinstance(one, Entity))
        names = (name for one in entities for name in (one.short, one.name) if name and name.casefold() == word)
        return next(names, word)

    def name(self, key: Id) -> str:
        """Return the name of an entity."""
        return self.store.entity(key).name

    def short(self, key: Id) -> str:
        """Return the name of an entity for tight places."""
        entity = self.store.entity(key)
        return entity.short or entity.name

    def names(self, ids: Iterable[Id]) -> str:
        """Return the names of entities in a row."""
        return ", ".join(map(self.name, ids))

    def marks(self, errata: Iterable[Id]) -> Text:
        """Return the marks, such as ``[1]``, of those errata that the page explains; new ones are numbered on."""
        explained = {erratum.id for erratum in self.errata}
        found = sorted(self.numbers.setdefault(key, len(self.numbers) + 1) for key in errata if key in explained)
        return words((" " + "".join(f"[{number}]" for number in found), MARK)) if found else Text()

    def says(self, fact: Fact) -> Text:
        """Return who stands behind a fact, in words and in colour."""
        match fact.standing:
            case "reported":
                return words(("reported", QUIET))
            case "attributed":
                return words((self._asserting(fact.asserted_by), SAYS))
            case "assessed":
                return words(("author's view", VIEW))
        assert_never(fact.standing)

    def _asserting(self, ids: Sequence[Id]) -> str:
        is_one = len(ids) == 1 and self.store.entity(ids[0]).type != "group"
        return f"{listed([self.short(key) for key in ids])} {'says' if is_one else 'say'}"

    def place(self, key: Id) -> str:
        """Return where in the source a record stands, such as ``security, par. 2``."""
        located = (self.locators or {}).get(key, ())
        several = self.store.has_many_sources
        return "; ".join(
            (f"{source}, " if several else "") + section + _paragraphs([one.paragraph for one in group])
            for (source, section), group in groupby(located, key=lambda one: (one.source, one.section))
        )

    def where(self, key: Id) -> Text:
        """Return a record's id and place, for whom wants to look it up."""
        return words((f"{key} · {self.place(key)}", QUIET))

    def foot(self, facts: Sequence[Fact]) -> list[RenderableType]:
        """Explain the marks of the page, and name the sources that ``facts`` and errata are drawn from."""
        parts: list[RenderableType] = []
        if self.errata:
            self.marks(erratum.id for erratum in self.errata)
            ordered = sorted(self.errata, key=lambda erratum: self.numbers[erratum.id])
            rows = [(words((f"[{number}]", MARK)), self._erratum(one)) for number, one in enumerate(ordered, 1)]
            parts += [heading("Errata", self.width), ledger(rows, self.width)]
        if any(fact.when and fact.when.inferred for fact in facts):
            parts += [Text(), words(("* The passage does not print all of this date; the rest is concluded.", QUIET))]
        return [*parts, *self.sources([*facts, *self.errata])]

    def sources(self, records: Iterable[Fact | Erratum]) -> list[RenderableType]:
        """Name the sources that ``records`` are drawn from."""
        keys = sorted({passage.source for record in records for passage in record.evidence})
        return [Text(), *(cited(self.store.source(key)) for key in keys)]

    def _erratum(self, erratum: Erratum) -> Body:
        if erratum.kind == "doubt":
            head, told = words((f"“{erratum.printed}”", STRONG), " is doubtful"), [words(erratum.reading)]
        else:
            head, told = words((f"“{erratum.printed}”", STRONG), " → ", (erratum.reading, STRONG)), []
        sure = words((sureness(erratum), QUIET))
        return stacked(head, *told, words(erratum.reason), joined([sure, self.where(erratum.id)]))


def time(when: When) -> str:
    """Return a time as its author wrote it, marked where a part of it is concluded."""
    return when.text + ("*" if when.inferred else "")


def cited(source: Source) -> Text:
    """Name a source as a bibliography does."""
    made = f"Source: {source.author}: {source.title}. {source.publisher}, {published(source)}."
    if source.translated_from:
        kind = f"{source.translation} translation" if source.translation else "translation"
        made += f" {kind.capitalize()} from {language(source.translated_from)}."
    return words((made, QUIET))


def _paragraphs(numbers: Sequence[int | None]) -> str:
    printed = ", ".join(str(number) for number in numbers if number is not None)
    return f", par. {printed}" if printed else ""
