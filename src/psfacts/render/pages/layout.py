"""The mechanism of all pages: how much is shown, what is marked, and the lines that end a page.

A page lists its rows. Whether these are brief or full, what stands behind a doubtful one, and which notes, ways on and
sources end the page, is decided here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import assert_never

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.text import Text

from psfacts.model import Entity, Erratum, Fact, Id, Source, When
from psfacts.render import View, times
from psfacts.render.pages import notes, tables
from psfacts.render.pages.parts import (
    DOUBT,
    GAP,
    ORNAMENT,
    STRONG,
    VIEW,
    Body,
    Piece,
    after,
    glued,
    joined,
    stacked,
    words,
)
from psfacts.render.pages.tables import Cells, Column
from psfacts.store.places import Locator
from psfacts.store.store import Store
from psfacts.text.names import verb_of
from psfacts.text.phrases import counted, listed

FEW = 2
"""How many doubts are said in a line each at the end of a brief page; more are counted."""

FEW_SOURCES = 3
"""How many sources a brief page names; of more it says how many there are."""

LABEL = 16
"""Columns of the screen that labels have at least."""

BODY = 28
"""Columns of the screen below which what belongs to a label stands below it."""

INDENT = 4
"""Columns of the screen by which a sentence stands further in than its title."""

NARROW = LABEL + BODY + 3 * GAP
"""Columns of the screen below which labels and what belongs to them stand below each other."""


@dataclass(frozen=True)
class Row:
    """A fact, or a part of one, with its label."""

    label: Text
    body: Body
    aside: Text = field(default_factory=Text)
    """What stands at the right: a time, or whom it concerns."""

    sign: Text = field(default_factory=Text)
    """What stands between label and body: how precise a time is."""


class Page:
    """One answer's page: what it asks of the store, and what it has shown so far."""

    def __init__(self, store: Store, view: View, console: Console) -> None:
        """Begin a page for a reader who wants it as ``view`` says; it is measured for ``console``."""
        self._console = console
        self.store = store
        self.view = view
        self.width = view.width
        self.full = view.full
        self.explains = view.full or view.notes
        self._numbers: dict[Id, int] = {}
        self._shown: dict[Id, Fact | Erratum] = {}
        self._errata: dict[Id, Erratum] = {}
        self._said: set[Id] = set()
        self._ways: dict[str, Text] = {}
        self.is_alone = self.is_last = True
        """Whether the answer has one part, and whether this is the last: the foot of all parts stands below it."""

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

    def code(self, key: Id) -> str:
        """Return the two letters of a country, or the name for tight places of what has none."""
        entity = self.store.entity(key)
        return entity.iso.alpha2 if entity.iso else entity.short or entity.name

    def spelt(self, key: Id) -> str:
        """Return an id as a title: ``eu-accession`` as ``EU accession``, where something is called EU."""
        title = " ".join(map(self._as_named, key.split("-")))
        return title[:1].upper() + title[1:]

    def _as_named(self, word: str) -> str:
        """Return ``word`` as a name is spelt, if it is one."""
        entities = (record for record in self.store.by_name(word) if isinstance(record, Entity))
        names = (name for entity in entities for name in (entity.short, entity.name) if name)
        return next((name for name in names if name.casefold() == word), word)

    def speaker(self, fact: Fact) -> Text:
        """Return who stands behind a fact, as a label."""
        match fact.standing:
            case "reported":
                return words("reported")
            case "attributed":
                return words((listed([self.short(key) for key in fact.asserted_by]), STRONG))
            case "assessed":
                return words(("author's view", VIEW))
        assert_never(fact.standing)

    def says(self, fact: Fact) -> Text:
        """Return who stands behind a fact, as it follows what is said."""
        if fact.standing != "attributed":
            return self.speaker(fact)
        verb = verb_of([self.store.entity(key) for key in fact.asserted_by])
        return words(self.speaker(fact), (f" {verb}", STRONG))

    def unless_reported(self, fact: Fact) -> Text:
        """Return who stands behind a fact, where it is not plainly reported."""
        return Text() if fact.standing == "reported" else self.says(fact)

    def time(self, when: When) -> Text:
        """Return a time as its author wrote it; on a full page with a sign where a part of it is concluded."""
        return after(words(when.text), words("≈" if self.full and when.inferred else ""))

    def brief_time(self, fact: Fact) -> str:
        """Return the time of a fact in few words; nothing where it has none."""
        return times.brief(fact.when, self.written(fact)) if fact.when else ""

    def written(self, fact: Fact) -> date:
        """Return the day on which the source of a fact was published."""
        return self.store.source(fact.evidence[0].source).published

    def place(self, record: Fact | Erratum) -> Text:
        """Return where in the source a record stands, such as ``security, par. 2``."""
        locators = dict.fromkeys(self.store.locator(passage) for passage in record.evidence)
        grouped = groupby(locators, key=lambda locator: (locator.source, locator.section))
        return joined((self._part(*part, group) for part, group in grouped), "; ")

    def _part(self, source: Id, section: Id, locators: Iterable[Locator]) -> Text:
        printed = ", ".join(str(locator.paragraph) for locator in locators if locator.paragraph is not None)
        several = f"{source}, " if self.store.has_many_sources else ""
        return words(several, section, ", " if printed else "", glued(f"par. {printed}" if printed else ""))

    def doubtful(self, errata: Iterable[Id]) -> Text:
        """Return the sign of doubt, if there is a doubt among ``errata``, which are taken for shown."""
        found = {key: self.store.erratum(key) for key in errata}
        self._errata |= found
        is_doubtful = any(erratum.kind == "doubt" for erratum in found.values())
        sign = words("(doubtful)") if self.view.spoken else words(("?", DOUBT))
        return sign if is_doubtful else Text()

    def numbers(self, errata: Iterable[Id]) -> Text:
        """Return the numbers, such as ``[1]``, of the notes on ``errata``; nothing on pages without notes."""
        found = sorted({self._number(key) for key in errata}) if self.explains else []
        return words("".join(f"[{number}]" for number in found))

    def _number(self, key: Id) -> int:
        return self._numbers.setdefault(key, len(self._numbers) + 1)

    def marked(self, piece: Piece, *facts: Fact, errata: Iterable[Id] | None = None) -> Text:
        """Return words about ``facts`` with all that has to stand behind them where no sentence follows.

        That is the marks of their errata, or, where some of these are marked elsewhere, of ``errata``.
        """
        self.shows(*facts)
        keys = list(dict.fromkeys(key for fact in facts for key in fact.errata) if errata is None else errata)
        return after(after(words(piece), self.doubtful(keys)), self.numbers(keys))

    def shows(self, *records: Fact | Erratum) -> None:
        """Take ``records`` for shown: the page ends in their sources."""
        self._shown |= {record.id: record for record in records}

    def head(self, title: Piece, told: Piece = "", aside: Piece = "") -> Iterator[RenderableType]:
        """Show what the page is about, a few words on it, and a few more at the right."""
        strong, more, right = words(title), words(told), words(aside)
        strong.stylize_before(STRONG)
        line = joined([strong, more], "  ")
        room = self.width - line.cell_len - right.cell_len
        if self.view.spoken:
            yield joined([strong, more, right], ", ")
        elif not right or room >= GAP:
            yield words(line, " " * room if right else "", right)
        else:
            yield from [line] if line.cell_len <= self.width else stacked(strong, more)
            yield right

    def rule(self) -> Iterator[RenderableType]:
        """Show the line under a head."""
        if not self.view.spoken:
            yield words(("─" * self.width, ORNAMENT))

    def section(self, title: Piece, aside: Piece = "") -> Iterator[RenderableType]:
        """Show the line that opens a section, with room before it."""
        head = words(title)
        head.stylize_before(STRONG)
        line = joined([head, aside], ", " if self.view.spoken else " ")
        yield Text()
        yield line if self.view.spoken else words(line, (f" {'─' * (self.width - line.cell_len - 1)}", ORNAMENT))

    def rows(
        self, found: Sequence[Row], *, right: bool = False, once: bool = False, alone: bool = False
    ) -> Iterator[RenderableType]:
        """Show facts: on a brief page a line each, the labels of all sections of the page in the same columns.

        ``right`` ends, rather than begins, the labels below each other; ``once`` says a repeated one once. Where these
        rows are ``alone`` on the page, labels take no more than they need.
        """
        if self.full and not self.view.spoken:
            yield from self._paragraphs(found)
            return
        label = max(LABEL, self.width // 5)
        if alone:
            label = min(label, max((row.label.cell_len for row in found), default=label))
        signed = not self.view.spoken and any(row.sign for row in found)
        room = self.width - label - GAP - (1 + GAP if signed else 0)
        columns = [Column(width=label, right=right, once=once), Column(), Column(wraps=BODY, grows=True), Column()]
        cells = []
        for row in found:
            body, aside = Text("\n").join(row.body), row.aside
            if aside and room >= BODY and not self.view.spoken:
                body, aside = self._beside(body, aside, room), Text()
            cells.append((row.label, row.sign if signed else Text(), body, aside))
        yield from self.table(columns, cells)

    def _paragraphs(self, found: Sequence[Row]) -> Iterator[RenderableType]:
        """Show facts in full: under a line with their label and title all that there is to say, with room between."""
        indent = INDENT if self.width >= NARROW else GAP
        for row in found:
            title, *more = row.body
            yield joined([joined([row.label, row.sign], "  "), title], "  " if row.sign else ": ")
            yield from (Padding(text, (0, 0, 0, indent)) for text in more)
            yield Text()

    def _beside(self, body: Text, aside: Text, width: int) -> Text:
        """Return ``body`` with ``aside`` at the right of its last line, or below it where that has no room."""
        *lines, last = body.wrap(self._console, width)
        if width - last.cell_len - aside.cell_len < GAP:
            lines, last = [*lines, last], Text()
        return Text("\n").join([*lines, words(last, " " * (width - last.cell_len - aside.cell_len), aside)])

    def table(self, columns: Sequence[Column], cells: Sequence[Cells]) -> Iterator[RenderableType]:
        """Show rows in columns."""
        return tables.rows(columns, cells, self.width, self.view.spoken)

    def groups(
        self, columns: Sequence[Column], found: Sequence[tuple[Sequence[Text], Sequence[Cells]]]
    ) -> Iterator[RenderableType]:
        """Show rows in the same columns, group by group, each under lines of its own."""
        lines: list[Text | Cells] = []
        for heading, cells in found:
            lines += [*heading, *cells]
        if not self.view.spoken and (made := tables.spanned(columns, lines, self.width)):
            yield from made
            return
        for heading, cells in found:
            yield Text()
            yield from heading
            yield from self.table(columns, cells)

    def doubts(self, *facts: Fact) -> Iterator[RenderableType]:
        """Say the doubts about ``facts`` in a line each, on a brief page that does not explain them anyway."""
        found = [self.store.erratum(key) for fact in facts for key in fact.errata]
        yield from self._objections([erratum for erratum in found if erratum.kind == "doubt"])

    def _objections(self, doubts: Sequence[Erratum]) -> Iterator[RenderableType]:
        self._said |= {doubt.id for doubt in doubts}
        sign = words("doubtful") if self.view.spoken else words(("?", DOUBT))
        cells = [(sign, notes.objection(doubt)) for doubt in doubts]
        yield from self.table([Column(), Column(wraps=BODY)], [] if self.explains else cells)

    def foot(
        self,
        *ways: Text,
        errata: Iterable[Erratum] = (),
        few: int = FEW,
        more: str = "sentences, ids and places",
    ) -> Iterator[RenderableType]:
        """Explain or count what was marked, on a full page ``errata`` too; then the ways on, then the sources.

        Up to ``few`` doubts are not counted but said; ``more`` is what a full page has beside.
        """
        if self.full:
            self._errata |= {erratum.id: erratum for erratum in errata}
        self._ways |= {way.plain: way for way in ways}
        if not self.is_last:
            yield Text()
            return
        doubts = [erratum for erratum in self._errata.values() if erratum.kind == "doubt"]
        repairs = [erratum for erratum in self._errata.values() if erratum.kind != "doubt"]
        noun = notes.repairs(self._sources())
        on: list[Text] = []
        if self.explains:
            yield from self.notes("What is doubtful", doubts)
            yield from self.notes(f"{noun}s".capitalize(), repairs)
        else:
            left = [doubt for doubt in doubts if doubt.id not in self._said]
            if left and len(left) <= few:
                yield Text()
                yield from self._objections(left)
                left = []
            counts = [f"{len(left)}{' more' if self._said else ''} doubtful"] if left else []
            counts += [counted(len(repairs), noun)] if repairs else []
            sign = words(("?", DOUBT), " ") if left and not self.view.spoken else Text()
            on = [words(sign, way(", ".join(counts), "--notes"))] if counts else []
        on += self._ways.values()
        if self._shown and more and not self.full:
            on.append(way(more, "--full"))
        if on:
            yield Text()
            yield from on if self.view.spoken else _filled(on, self.width)
        yield from self._cited()

    def notes(self, title: str, errata: Sequence[Erratum]) -> Iterator[RenderableType]:
        """Explain ``errata`` in a section, each after its number."""
        if not errata:
            return
        self.shows(*errata)
        yield from self.section(title, str(len(errata)))
        told = {self._number(erratum.id): notes.explained(erratum, self.place(erratum)) for erratum in errata}
        if self.view.spoken:
            yield from (words(f"[{number}] ", joined(told[number], " ")) for number in sorted(told))
            return
        cells = [(words(f"[{number}]"), Text("\n").join(told[number])) for number in sorted(told)]
        yield from self.table([Column(), Column(wraps=BODY)], cells)

    def _sources(self) -> list[Source]:
        """Return the sources that what is shown is drawn from; all of the base, where no fact is shown."""
        shown = (*self._shown.values(), *self._errata.values())
        keys = dict.fromkeys(passage.source for record in shown for passage in record.evidence)
        return [self.store.source(key) for key in sorted(keys)] or list(self.store.sources)

    def _cited(self) -> Iterator[RenderableType]:
        sources = self._sources()
        places = {self.place(record).plain: self.place(record) for record in self._shown.values()}
        place = next(iter(places.values())) if len(places) == 1 and not self.store.has_many_sources else Text()
        yield Text()
        if len(sources) > FEW_SOURCES and not self.full:
            yield way(f"Drawn from {len(sources)} sources", "psfacts sources")
            return
        cells = [(words("Source"), Text("\n").join(notes.cited(source, place, self.view.linked))) for source in sources]
        yield from self.table([Column(once=True), Column(wraps=BODY)], cells)


def part_of(shown: int, total: int, noun: str) -> str:
    """Return how many there are, and how many of them are shown."""
    return counted(total, noun) if shown == total else f"{shown} of {total} {noun}s: --full"


def listed_of(shown: int, total: int, noun: str) -> str:
    """Return how many there are in a list, and how many of them are shown."""
    plural = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{total} {noun if total == 1 else plural}" if shown == total else f"{shown} of {total} {plural}"


def way(what: str, command: str) -> Text:
    """Return a way on: what there is, and the command or the option that shows it."""
    return words(f"{what}: ", glued(command))


def _filled(ways: Iterable[Text], width: int) -> list[Text]:
    """Return lines of as many ways on as fit each."""
    lines: list[Text] = []
    for told in ways:
        longer = joined([lines[-1], told]) if lines else told
        lines[-1:] = [longer] if longer.cell_len <= width else [*lines[-1:], told]
    return lines
