"""Answers as pages for a screen: functions in the modules of this package, named like their commands, list the rows.

Whether these are brief or full, how doubts are marked, and which notes, commands and sources end the page is decided
here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from importlib import import_module
from io import StringIO
from itertools import groupby
from typing import TypeVar, cast

from rich.console import Console, ConsoleOptions, RenderableType
from rich.style import Style
from rich.text import Text

from psfacts.answers import QUESTIONS
from psfacts.answers.answer import Answer
from psfacts.model import Entity, Erratum, Fact, Id, Record, Source, When
from psfacts.render import View, times
from psfacts.render.pages import parts
from psfacts.render.pages.parts import RULE, STRONG, Column, Lines, Piece, Row, glued, joined, signed, stacked, words
from psfacts.render.sources import link, reference
from psfacts.store.store import Store
from psfacts.text.phrases import counted, listed, sureness, verb_of

DOUBT = "bold reverse"
"""Style of the sign of doubt only."""

FEW = 2
"""Maximum number of doubts and of sources listed at the end of a brief page; more are only counted."""

MOST = 10
"""Maximum number of rows of a part on a brief page."""

FEW_LEFT = 2
"""Number of rows not worth leaving out of a part of a page: saying so takes as much room."""

LABEL = 16
"""Minimum width of labels, in columns."""

BODY = 28
"""Minimum width of the text beside a label, in columns; if narrower, it goes below."""

NARROW = LABEL + BODY + 3 * parts.GAP
"""Minimum width of a page with labels beside their text, in columns."""

BEFORE_IDS = " · "
"""Separator before an id, which may need a whole line to stay unbroken."""

T = TypeVar("T")


def page(answer: Answer, view: View) -> str:
    """Return the page of ``answer`` according to ``view``."""
    console = Console(
        file=StringIO(),
        width=view.width,
        height=view.width,  # any, so that it is not that of the terminal that is looked up
        color_system="256" if view.colored else None,
        force_terminal=view.colored,
        no_color=False,
        force_jupyter=False,
        legacy_windows=False,
    )
    module = import_module(f"psfacts.render.pages.{QUESTIONS[answer.command].page}")
    draw: Callable[[Answer, Page], Iterable[RenderableType]] = getattr(module, answer.command)
    with console.capture() as captured:
        console.print(*draw(answer, Page(answer, view, console)), sep="\n", crop=False)
    return _tidy(captured.get())


class Shown:
    """A rich renderable of an answer's page, as wide as the console."""

    def __init__(self, answer: Record) -> None:
        self._answer = cast(Answer, answer)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        """Return the page."""
        shown = page(self._answer, View(options.max_width, colored=console.color_system is not None))
        yield Text.from_ansi(shown.rstrip("\n"))


def _tidy(text: str) -> str:
    """Strip trailing white space and random ids of links, replace GLUE, and reduce runs of empty lines to one."""
    told = re.sub("\x1b]8;id=[^;]*;", "\x1b]8;;", text.replace(parts.GLUE, " "))
    lines = re.sub(r" +((?:\x1b(?:\[[0-9;]*m|\]8;;\x1b\\))*)$", r"\1", told, flags=re.MULTILINE)
    return re.sub(r"\n{3,}", "\n\n", lines).strip("\n") + "\n"


class Page:
    """The page of an answer, with its store and what it has shown so far."""

    def __init__(self, answer: Answer, view: View, console: Console) -> None:
        """Begin the page of ``answer`` with the options of ``view``, measured for ``console``."""
        self._answer = answer
        self._console = console
        self.store = cast(Store, answer.store)
        self.view = view
        self.width = view.width
        self.full = view.full
        self.explains = view.full or view.notes
        self.label = max(LABEL, view.width // 5)
        self._sign: Piece = "(doubtful)" if view.spoken else ("?", DOUBT)
        self._numbers: dict[Id, int] = {}
        self._shown: dict[Id, Fact | Erratum] = {}
        self._errata: dict[Id, Erratum] = {}
        self._said: set[Id] = set()
        self._ways: dict[str, Text] = {}

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

    def role(self, entity: Entity) -> str:
        """Return the office that a person holds, such as ``President of Moldova``, or else the type of an entity."""
        return f"{entity.role} of {self.short(entity.of)}" if entity.role and entity.of else entity.role or entity.type

    def speaker(self, fact: Fact, *, says: bool = False) -> Text:
        """Return the speaker of a fact as a label, or with a verb, in the form that follows a statement."""
        if fact.standing != "attributed":
            return words("author's view" if fact.standing == "assessed" else "reported")
        verb = f" {verb_of([self.store.entity(key) for key in fact.asserted_by])}" if says else ""
        return words((listed([self.short(key) for key in fact.asserted_by]) + verb, STRONG))

    def unless_reported(self, fact: Fact) -> Text:
        """Return the speaker of a fact; nothing if it is simply reported."""
        return Text() if fact.standing == "reported" else self.speaker(fact, says=True)

    def time(self, when: When | None) -> Text:
        """Return a time in its author's words; on a full page with a sign if part of it is inferred."""
        return signed(when.text, "≈" if self.full and when.inferred else "") if when else Text()

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

    def marked(self, piece: Piece, *facts: Fact, errata: Iterable[Id] | None = None) -> Text:
        """Return words about ``facts`` with the numbers of their notes on a page that has notes, and the sign of doubt.

        These are the marks of the errata of ``facts``, or of ``errata`` if some are marked elsewhere.
        """
        self.shows(*facts)
        keys = (key for fact in facts for key in fact.errata) if errata is None else errata
        found = {key: self.store.erratum(key) for key in keys}
        self._errata |= found
        numbers = sorted(map(self._number, found)) if self.explains else []
        is_doubtful = any(erratum.kind == "doubt" for erratum in found.values())
        return signed(piece, "".join(f"[{number}]" for number in numbers), self._sign if is_doubtful else "")

    def _number(self, key: Id) -> int:
        return self._numbers.setdefault(key, len(self._numbers) + 1)

    def shows(self, *records: Fact | Erratum) -> None:
        """Mark ``records`` as shown, so that the page ends with their sources."""
        self._shown |= {record.id: record for record in records}

    def head(self, title: Piece, told: Piece = "", aside: Piece = "", *, ruled: bool = False, width: int = 0) -> Lines:
        """Show the title of the page, a few words on it, and a few more at the right, with or without a line below."""
        strong, more, right = words(title), words(told), words(aside)
        strong.stylize_before(STRONG)
        seen = self.beside(joined([strong, more], "  "), right, width or self.width)
        yield parts.run_on([strong, more, right]) if self.view.spoken else seen
        if ruled and not self.view.spoken:
            yield words(("─" * self.width, RULE))

    def section(self, title: str, body: Iterable[RenderableType], aside: Piece = "") -> Lines:
        """Show a section after an empty line, with its heading; nothing if its ``body`` is empty."""
        line = joined([(title, STRONG), aside], ", " if self.view.spoken else " ")
        heading = line if self.view.spoken else words(line, (f" {'─' * (self.width - line.cell_len - 1)}", RULE))
        told = list(body)
        yield from (Text(), heading, *told) if told else ()

    def rows(self, found: Iterable[Row]) -> Lines:
        """Show facts with their labels, which are aligned in all sections; on a full page with empty lines between."""
        found = list(found)
        label = self.label if any(label for label, _, _ in found) else 0
        room = self.width - label - parts.GAP
        if room >= BODY and not self.view.spoken:
            end = "\n" if self.full else ""
            found = [(label, self.beside(body, aside, room).append(end), Text()) for label, body, aside in found]
        yield from self.table((Column(width=label, right=True), Column(wraps=BODY, grows=True), Column()), found)

    def beside(self, body: Text, aside: Text, width: int) -> Text:
        """Return ``body`` with ``aside`` at the right of its last line, or below it if there is no room."""
        if not aside:
            return body
        *lines, last = body.wrap(self._console, width)
        if width - last.cell_len - aside.cell_len < parts.GAP:
            lines, last = [*lines, last], Text()
        return Text("\n").join([*lines, words(last, " " * (width - last.cell_len - aside.cell_len), aside)])

    def beside_first(self, body: Text, sign: Text, width: int) -> Text:
        """Return ``body``, aligned to the right, with ``sign`` after its first line and blanks after the others."""
        first, *rest = body.wrap(self._console, width - sign.cell_len, justify="right")
        return stacked(words(first, sign), *(words(line, glued(" " * sign.cell_len)) for line in rest))

    def table(self, columns: Sequence[Column], lines: Iterable[parts.Line]) -> Lines:
        """Show ``lines`` in columns."""
        return parts.laid(columns, lines, self.width, self.view.spoken)

    def pairs(self, lines: Iterable[tuple[Piece, Piece]], width: int = 0) -> Lines:
        """Show texts that are not empty beside their labels, or below them, on the page or in a ``width``."""
        told = [(label, text) for label, text in lines if text]
        return parts.laid((Column(), Column(wraps=BODY, grows=True)), told, width or self.width, self.view.spoken)

    def doubts(self, errata: Iterable[Id]) -> Lines:
        """List the doubts among ``errata``, one per line, on a brief page that does not explain them anyway."""
        found = [doubt for doubt in map(self.store.erratum, errata) if doubt.kind == "doubt" and not self.explains]
        self._said |= {doubt.id for doubt in found}
        said = (words(doubt.reading.rstrip("."), " ", glued(f"(objection {doubt.certainty})")) for doubt in found)
        yield from self.pairs((self._sign, told) for told in said)

    def offer(self, what: Piece, *commands: str) -> None:
        """Name ``commands`` in the foot of the page as the way to ``what``."""
        way = self.way(what, *commands)
        self._ways[way.plain] = way

    def foot(self, *ways: Text, few: int = FEW, more: str = "") -> Lines:
        """Explain or count what was marked, on a full page all errata; then list ``ways`` on and sources.

        Up to ``few`` doubts are listed, not counted; ``more`` is what a full page has beside if it is not facts.
        """
        errata = (erratum for part in self._answer.parts for erratum in getattr(part, "errata", ()) if self.full)
        self._errata |= {erratum.id: erratum for erratum in errata}
        sources = self._sources()
        noun = "translation note" if any(source.translated_from for source in sources) else "misprint"
        left = [erratum for erratum in self._errata.values() if erratum.id not in self._said]
        doubts = [erratum for erratum in left if erratum.kind == "doubt"]
        repairs = [erratum for erratum in left if erratum.kind != "doubt"]
        if self.explains:
            yield from self.notes("What is doubtful", doubts)
            yield from self.notes(f"{noun}s".capitalize(), repairs)
            doubts, repairs = [], []
        elif len(doubts) <= few:
            yield from (Text(), *self.doubts(doubt.id for doubt in doubts))
            doubts = []
        count = signed("" if self.view.spoken else self._sign, f"{len(doubts)} doubtful") if doubts else ""
        told = joined([count, counted(len(repairs), noun) if repairs else ""], ", ")
        more = "" if self.full else more or ("sentences, ids and places" if self._shown else "")
        every = (self.way(told, "--notes") or told, *self._ways.values(), *ways, self.way(more, "--full"))
        yield from (Text(), *(filter(None, every) if self.view.spoken else [joined(every)]))
        yield from self._cited(sources)

    def way(self, what: Piece, *commands: str) -> Text:
        """Return what there is, and the commands or options that show it; nothing where commands are not named."""
        named = joined(map(glued, commands))
        return signed(words(what, ":"), named) if what and named and self.view.hinted else Text()

    def cut(self, found: Sequence[T]) -> Sequence[T]:
        """Return as many as a brief page shows, all where hardly any would be left out."""
        return found if self.full or len(found) <= MOST + FEW_LEFT else found[:MOST]

    def part(self, shown: int, total: int, noun: str, more: str = "--full") -> Piece:
        """Return how many there are, and, where some are left out, how many of them are shown and what shows all."""
        told = counted(total, noun) if shown == total else f"{shown} of {counted(total, noun)}"
        return self.way(told if shown < total else "", more) or told

    def notes(self, title: str, errata: Sequence[Erratum]) -> Lines:
        """Explain ``errata`` in a section, each after its number."""
        self._said |= {erratum.id for erratum in errata}
        numbered = {self._number(erratum.id): self._explained(erratum) for erratum in errata}
        lines = self.pairs((f"[{number}]", told) for number, told in sorted(numbered.items()))
        yield from self.section(title, lines, str(len(errata)))

    def _explained(self, erratum: Erratum) -> Text:
        """Return a doubt or a repair with its reason; it ends in its id."""
        is_doubt = erratum.kind == "doubt"
        reading = words(": ", erratum.reading) if is_doubt else words(" as ", (erratum.reading, STRONG))
        told = words((f"“{erratum.printed}”", STRONG), " is doubtful" if is_doubt else " is read", reading)
        sure = f"{'objection ' if is_doubt else ''}{sureness(erratum)}"
        return stacked(told, erratum.reason, joined([sure, self.place(erratum), glued(erratum.id)], BEFORE_IDS))

    def _sources(self) -> list[Source]:
        """Return the sources of what is shown; if no fact is, all sources of the base."""
        shown = (*self._shown.values(), *self._errata.values())
        keys = dict.fromkeys(passage.source for record in shown for passage in record.evidence)
        return [self.store.source(key) for key in sorted(keys)] or list(self.store.sources)

    def _cited(self, sources: Sequence[Source]) -> Lines:
        yield Text()
        if len(sources) > FEW and not self.full:
            told = f"Drawn from {len(sources)} sources"
            yield self.way(told, "psfacts sources") or words(told)
            return
        places = {place.plain: place for place in map(self.place, self._shown.values())}
        place = next(iter(places.values())) if len(places) == 1 and not self.store.has_many_sources else Text()
        yield from self.pairs(("Source", self.cited(source, place)) for source in sources)

    def cited(self, source: Source, place: Piece = "") -> Text:
        """Return a citation of a source, with the place that the whole page is drawn from, and its address."""
        address = words(source.url)
        if self.view.linked and link(source) and source.url.isascii():
            address.stylize(Style(link=address.plain))
        return stacked(reference(source), joined([place, address], BEFORE_IDS))
