"""Layout of all pages: how much is shown, marks, and the foot of a page.

A page lists its rows. Whether these are brief or full, how doubts are marked, and which notes, commands and
sources end the page is decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import TypeVar

from rich.console import Console
from rich.padding import Padding
from rich.style import Style
from rich.text import Text

from psfacts.model import Entity, Erratum, Fact, Id, Source, When
from psfacts.render import View, times
from psfacts.render.pages import tables
from psfacts.render.pages.parts import DOUBT, GAP, RULE, STRONG, VIEW, Body, Piece, after, glued, joined, stacked, words
from psfacts.render.pages.tables import Column, Line, Lines
from psfacts.render.sources import published, translation
from psfacts.store.store import Store
from psfacts.text.names import verb_of
from psfacts.text.phrases import BASIS, counted, listed

FEW = 2
"""Maximum number of doubts listed at the end of a brief page; more are only counted."""

FEW_LEFT = 2
"""How many rows are not worth leaving out of a part of a page: to say so takes as much room."""

FEW_SOURCES = 3
"""Maximum number of sources named on a brief page; more are only counted."""

LABEL = 16
"""Minimum width of labels, in columns."""

BODY = 28
"""Minimum width of the text beside a label, in columns; if narrower, it goes below."""

INDENT = 4
"""Indentation of a sentence under its title, in columns."""

NARROW = LABEL + BODY + 3 * GAP
"""Minimum width of a page with labels beside their text, in columns."""

PAIR = (Column(), Column(wraps=BODY, grows=True))
"""Columns of labels and their text."""

NOTES = (Column(), Column(wraps=BODY))
"""The same, no wider than they need."""

BEFORE_IDS = " · "
"""Separator before an id, which may need a whole line to stay unbroken."""

T = TypeVar("T")

_ADDRESS = re.compile(r"https?://[!-~]+")
"""Pattern of addresses that are passed to a terminal as links."""


@dataclass(frozen=True)
class Row:
    """A row of a page: a fact, or a part of one, with its label."""

    label: Text
    body: Body
    aside: Text = field(default_factory=Text)
    """Text at the right: a time, or the countries involved."""

    sign: Text = field(default_factory=Text)
    """Sign between label and body: the precision of a time."""


class Page:
    """The page of an answer, with its store and what it has shown so far."""

    def __init__(self, store: Store, view: View, console: Console) -> None:
        """Begin a page with the options of ``view``, measured for ``console``."""
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
        """Return the short name of an entity."""
        entity = self.store.entity(key)
        return entity.short or entity.name

    def names(self, ids: Iterable[Id]) -> str:
        """Return the names of entities as a list in words."""
        return ", ".join(map(self.name, ids))

    def code(self, key: Id) -> str:
        """Return the two-letter code of a country, or the short name of any other entity."""
        iso = self.store.entity(key).iso
        return iso.alpha2 if iso else self.short(key)

    def office(self, entity: Entity) -> str | None:
        """Return the office that a person holds, such as ``President of Moldova``."""
        return f"{entity.role} of {self.short(entity.of)}" if entity.role and entity.of else entity.role

    def spelt(self, key: Id) -> str:
        """Return an id as a title: ``eu-accession`` as ``EU accession``, if something is called EU."""
        title = " ".join(map(self._as_named, key.split("-")))
        return title[:1].upper() + title[1:]

    def _as_named(self, word: str) -> str:
        """Return ``word`` with the spelling of a name, if it is one."""
        entities = (record for record in self.store.by_name(word) if isinstance(record, Entity))
        names = (name for entity in entities for name in (entity.short, entity.name) if name)
        return next((name for name in names if name.casefold() == word), word)

    def speaker(self, fact: Fact) -> Text:
        """Return the speaker of a fact, as a label."""
        if fact.standing == "attributed":
            return words((listed([self.short(key) for key in fact.asserted_by]), STRONG))
        return words(("author's view", VIEW) if fact.standing == "assessed" else "reported")

    def says(self, fact: Fact) -> Text:
        """Return the speaker of a fact, in the form that follows a statement."""
        if fact.standing != "attributed":
            return self.speaker(fact)
        return words(self.speaker(fact), (f" {verb_of([self.store.entity(key) for key in fact.asserted_by])}", STRONG))

    def unless_reported(self, fact: Fact) -> Text:
        """Return the speaker of a fact; nothing if it is simply reported."""
        return Text() if fact.standing == "reported" else self.says(fact)

    def time(self, when: When | None) -> Text:
        """Return a time in its author's words; on a full page with a sign if part of it is inferred."""
        return after(words(when.text), words("≈" if self.full and when.inferred else "")) if when else Text()

    def brief_time(self, fact: Fact) -> str:
        """Return the time of a fact in short form; nothing if it has none."""
        return times.brief(fact.when, self.written(fact)) if fact.when else ""

    def written(self, fact: Fact) -> date:
        """Return the day on which the source of a fact was published."""
        return self.store.source(fact.evidence[0].source).published

    def place(self, record: Fact | Erratum) -> Text:
        """Return the place of a record in its source, such as ``security, par. 2``."""
        locators = dict.fromkeys(map(self.store.locator, record.evidence))
        places = []
        for (source, section), found in groupby(locators, key=lambda locator: (locator.source, locator.section)):
            paragraphs = ", ".join(str(locator.paragraph) for locator in found if locator.paragraph is not None)
            part = [source if self.store.has_many_sources else "", section]
            places.append(joined([*part, glued(f"par. {paragraphs}") if paragraphs else ""], ", "))
        return joined(places, "; ")

    def doubtful(self, errata: Iterable[Id]) -> Text:
        """Return the sign of doubt if there is a doubt among ``errata``, and mark them as shown."""
        found = {key: self.store.erratum(key) for key in errata}
        self._errata |= found
        is_doubtful = any(erratum.kind == "doubt" for erratum in found.values())
        sign = words("(doubtful)") if self.view.spoken else words(("?", DOUBT))
        return sign if is_doubtful else Text()

    def numbers(self, errata: Iterable[Id]) -> Text:
        """Return the numbers of the notes on ``errata``, such as ``[1]``; nothing on pages without notes."""
        found = sorted({self._number(key) for key in errata}) if self.explains else []
        return words("".join(f"[{number}]" for number in found))

    def _number(self, key: Id) -> int:
        return self._numbers.setdefault(key, len(self._numbers) + 1)

    def marked(self, piece: Piece, *facts: Fact, errata: Iterable[Id] | None = None) -> Text:
        """Return words about ``facts`` with the marks that they need if no sentence follows.

        These are the marks of their errata, or of ``errata`` if some are marked elsewhere.
        """
        self.shows(*facts)
        keys = list(dict.fromkeys(key for fact in facts for key in fact.errata) if errata is None else errata)
        return after(after(words(piece), self.doubtful(keys)), self.numbers(keys))

    def shows(self, *records: Fact | Erratum) -> None:
        """Mark ``records`` as shown, so that the page ends with their sources."""
        self._shown |= {record.id: record for record in records}

    def head(self, title: Piece, told: Piece = "", aside: Piece = "") -> Lines:
        """Show the title of the page, a few words on it, and a few more at the right."""
        strong, more, right = words(title), words(told), words(aside)
        strong.stylize_before(STRONG)
        line = joined([strong, more], "  ")
        room = self.width - line.cell_len - right.cell_len
        if self.view.spoken:
            yield tables.run_on([strong, more, right])
        elif not right or room >= GAP:
            yield words(line, " " * room if right else "", right)
        else:
            yield from [line] if line.cell_len <= self.width else stacked(strong, more)
            yield right

    def rule(self) -> Lines:
        """Show the line under a head."""
        if not self.view.spoken:
            yield words(("─" * self.width, RULE))

    def section(self, title: Piece, aside: Piece = "") -> Lines:
        """Show the heading of a section, after an empty line."""
        head = words(title)
        head.stylize_before(STRONG)
        line = joined([head, aside], ", " if self.view.spoken else " ")
        yield Text()
        yield line if self.view.spoken else words(line, (f" {'─' * (self.width - line.cell_len - 1)}", RULE))

    def rows(self, found: Sequence[Row], *, right: bool = False, once: bool = False, alone: bool = False) -> Lines:
        """Show facts; on a brief page, one per line, with the labels of all sections aligned.

        ``right`` ends, rather than begins, the labels below each other; ``once`` says a repeated one once. Where these
        rows are ``alone`` on the page, labels take no more than they need.
        """
        if self.full and not self.view.spoken:
            yield from self._paragraphs(found)
            return
        label = max(LABEL, self.width // 5)
        if alone:
            whole = [[row.label] if row.label.cell_len <= label else row.label.split(" ") for row in found]
            label = min(label, max((part.cell_len for parts in whole for part in parts), default=label))
        signed = not self.view.spoken and any(row.sign for row in found)
        room = self.width - label - GAP - (1 + GAP if signed else 0)
        cells = []
        for row in found:
            body, aside = Text("\n").join(row.body), row.aside
            if aside and room >= BODY and not self.view.spoken:
                body, aside = self._beside(body, aside, room), Text()
            cells.append((row.label, row.sign if signed else Text(), body, aside))
        if once and not self.view.spoken:
            groups = groupby(cells, key=lambda row: row[0])
            cells = [(same, Text(), Text("\n").join(body for _, _, body, _ in group), Text()) for same, group in groups]
        yield from self.table([Column(width=label, right=right), Column(), *PAIR[1:], Column()], cells)

    def _paragraphs(self, found: Sequence[Row]) -> Lines:
        """Show facts in full, each under a line with its label and title, separated by empty lines."""
        indent = INDENT if self.width >= NARROW else GAP
        for row in found:
            title, *more = row.body
            yield joined([joined([row.label, row.sign], "  "), title], "  " if row.sign else ": ")
            yield from (Padding(text, (0, 0, 0, indent)) for text in more)
            yield Text()

    def _beside(self, body: Text, aside: Text, width: int) -> Text:
        """Return ``body`` with ``aside`` at the right of its last line, or below it if there is no room."""
        *lines, last = body.wrap(self._console, width)
        if width - last.cell_len - aside.cell_len < GAP:
            lines, last = [*lines, last], Text()
        return Text("\n").join([*lines, words(last, " " * (width - last.cell_len - aside.cell_len), aside)])

    def hung(self, text: Text) -> Text:
        """Return ``text`` with a hanging indent."""
        return Text("\n" + " " * INDENT).join(text.wrap(self._console, self.width - INDENT))

    def table(self, columns: Sequence[Column], lines: Sequence[Line]) -> Lines:
        """Show rows in columns, and lines across them between rows."""
        return tables.laid(columns, lines, self.width, self.view.spoken)

    def doubts(self, errata: Iterable[Id]) -> Lines:
        """List the doubts among ``errata``, one per line, on a brief page that does not explain them anyway."""
        found = [erratum for erratum in map(self.store.erratum, errata) if erratum.kind == "doubt"]
        self._said |= {doubt.id for doubt in found}
        sign: Piece = "doubtful" if self.view.spoken else ("?", DOUBT)
        said = [words(doubt.reading.rstrip("."), " ", glued(f"(objection {doubt.certainty})")) for doubt in found]
        yield from self.table(NOTES, [] if self.explains else [(sign, told) for told in said])

    def foot(
        self,
        *ways: Text,
        errata: Iterable[Erratum] = (),
        signs: Sequence[Text] = (),
        few: int = FEW,
        more: str = "sentences, ids and places",
    ) -> Lines:
        """Explain or count what was marked, on a full page ``errata``, too; then list related commands and sources.

        Up to ``few`` doubts are listed, not counted; ``more`` is what a full page has beside; ``signs`` are explained.
        """
        if self.full:
            self._errata |= {erratum.id: erratum for erratum in errata}
        self._ways |= {told.plain: told for told in (*signs, *(ways if self.view.hinted else ()))}
        if not self.is_last:
            yield Text()
            return
        doubts = [erratum for erratum in self._errata.values() if erratum.kind == "doubt"]
        repairs = [erratum for erratum in self._errata.values() if erratum.kind != "doubt"]
        sources = self._sources()
        noun = "translation note" if any(source.translated_from for source in sources) else "misprint"
        is_cut = self._shown and more and not self.full and self.view.hinted
        on = [*self._ways.values(), *([way(more, "--full")] if is_cut else [])]
        if self.explains:
            yield from self.notes("What is doubtful", doubts)
            yield from self.notes(f"{noun}s".capitalize(), repairs)
        else:
            left = [doubt.id for doubt in doubts if doubt.id not in self._said]
            counts = [f"{len(left)}{' more' if self._said else ''} doubtful"] if len(left) > few else []
            if left and not counts:
                yield Text()
                yield from self.doubts(left)
            sign = words(("?", DOUBT), " ") if counts and not self.view.spoken else Text()
            counts += [counted(len(repairs), noun)] if repairs else []
            on[:0] = [words(sign, self._way(", ".join(counts), "--notes"))] if counts else []
        if on:
            yield Text()
            yield from on if self.view.spoken else _filled(on, self.width)
        yield from self._cited(sources)

    def _way(self, what: str, command: str) -> Text:
        """Return what there is, and a way to it where commands are named."""
        return way(what, command) if self.view.hinted else words(what)

    def part(self, shown: int, total: int, noun: str) -> str:
        """Return how many there are, and, where some are left out, how many of them are shown and what shows all."""
        return part_of(shown, total, noun, ": --full" if self.view.hinted else "")

    def notes(self, title: str, errata: Sequence[Erratum]) -> Lines:
        """Explain ``errata`` in a section, each after its number."""
        if not errata:
            return
        self.shows(*errata)
        yield from self.section(title, str(len(errata)))
        told = {self._number(erratum.id): self._explained(erratum) for erratum in errata}
        if self.view.spoken:
            yield from (words(f"[{number}] ", joined(told[number], " ")) for number in sorted(told))
            return
        cells = [(f"[{number}]", Text("\n").join(told[number])) for number in sorted(told)]
        yield from self.table(NOTES, cells)

    def _explained(self, erratum: Erratum) -> Body:
        """Return a doubt or a repair with its reason; it ends in its id."""
        sure = f"{'objection ' if erratum.kind == 'doubt' else ''}{erratum.certainty}, from {BASIS[erratum.basis]}"
        return stacked(
            read(erratum), erratum.reason, joined([sure, self.place(erratum), glued(erratum.id)], BEFORE_IDS)
        )

    def _sources(self) -> list[Source]:
        """Return the sources of what is shown; if no fact is, all sources of the base."""
        shown = (*self._shown.values(), *self._errata.values())
        keys = dict.fromkeys(passage.source for record in shown for passage in record.evidence)
        return [self.store.source(key) for key in sorted(keys)] or list(self.store.sources)

    def _cited(self, sources: Sequence[Source]) -> Lines:
        yield Text()
        if len(sources) > FEW_SOURCES and not self.full:
            yield self._way(f"Drawn from {len(sources)} sources", "psfacts sources")
            return
        places = {place.plain: place for place in map(self.place, self._shown.values())}
        place = next(iter(places.values())) if len(places) == 1 and not self.store.has_many_sources else Text()
        cited = [Text("\n").join(self.cited(source, place)) for source in sources]
        lines = [("Source", told) for told in cited] if self.view.spoken else [("Source", Text("\n").join(cited))]
        yield from self.table(NOTES, lines)

    def cited(self, source: Source, place: Text) -> Body:
        """Return a citation of a source, with the place that the whole page is drawn from, and its address."""
        made = f" ({translation(source)})" if source.translated_from and not place else ""
        day = words(glued(published(source)), made)
        line = joined([source.author, source.publisher, day, place], ", ")
        address = words(source.url)
        if self.view.linked and _ADDRESS.fullmatch(source.url):
            address.stylize(Style(link=source.url))
        return [line, address]


def read(erratum: Erratum) -> Text:
    """Return the printed words, and how they are read or why they are doubtful."""
    is_doubt = erratum.kind == "doubt"
    told = words(" is doubtful: ", erratum.reading) if is_doubt else words(" is read as ", (erratum.reading, STRONG))
    return words((f"“{erratum.printed}”", STRONG), told)


def most_of(found: Sequence[T], most: int) -> Sequence[T]:
    """Return as many as a brief page shows, all where hardly any would be left out."""
    return found if len(found) <= most + FEW_LEFT else found[:most]


def part_of(shown: int, total: int, noun: str, more: str = "") -> str:
    """Return the total number, and if some are left out, the number shown and how to show ``more``."""
    return counted(total, noun) if shown == total else f"{shown} of {counted(total, noun)}{more}"


def way(what: str, command: str) -> Text:
    """Return a pointer to more: what there is, and the command or option that shows it."""
    return words(f"{what}: ", glued(command))


def _filled(ways: Iterable[Text], width: int) -> list[Text]:
    """Return pointers to more in lines, as many per line as fit."""
    lines: list[Text] = []
    for told in ways:
        longer = joined([lines[-1], told]) if lines else told
        lines[-1:] = [longer] if longer.cell_len <= width else [*lines[-1:], told]
    return lines
