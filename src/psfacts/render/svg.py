"""Answers as pictures: one indicator across countries and events in time are drawn, any other answer is its page."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from html import escape
from textwrap import shorten, wrap
from typing import TYPE_CHECKING

from psfacts.answers.answer import Answer
from psfacts.answers.compare import Comparison
from psfacts.answers.timeline import Timeline
from psfacts.model import Erratum, Event
from psfacts.render import View, charts
from psfacts.render.charts import Panel
from psfacts.text.dates import MONTHS
from psfacts.text.phrases import counted, listed
from psfacts.text.visible import visible

if TYPE_CHECKING:
    from rich.terminal_theme import TerminalTheme

SANS = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
SERIF = "Charter, 'Bitstream Charter', 'Iowan Old Style', Georgia, 'Noto Serif', serif"
MONO = "ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace"

LIGHT = {
    "paper": "#ffffff",
    "ink": "#13212a",
    "ink-2": "#4a5963",
    "tone": "#00566b",
    "tint": "#cfe2e6",
    "doubt": "#8a4600",
    "rule": "#d2dadd",
}
DARK = {
    "paper": "#0f171c",
    "ink": "#e8eef0",
    "ink-2": "#a6b4bc",
    "tone": "#74c4d6",
    "tint": "#1d4753",
    "doubt": "#f0b35a",
    "rule": "#2f3d46",
}
"""The colours by what they are for. Light ones stand at every shape, dark ones in a style that a viewer may choose."""

_MARGIN = 36
_WIDE = 0.6
"""Ems of a character, about the most: how wide a text becomes is the viewer's affair."""
MOST_DOUBTS = 3
"""Doubts that a picture tells in full."""
_MOST_SOURCES = 3
_NOT_XML = re.compile("[\ufffe\uffff\ud800-\udfff]")


def answer(result: Answer, view: View | None = None) -> str:
    """Return ``result`` as SVG: a chart where it is one, else its page as ``view`` asks for it."""
    match result:
        case Comparison() if len(result.indicators) == 1 and result.rows:
            return _comparison(result)
        case Timeline() if result.events:
            return _timeline(result)
    return _page(result, view or View())


@dataclass
class _Drawing:
    """A picture that grows downwards: what is drawn so far, and how far down it reaches."""

    width: int
    y: float = 0
    parts: list[str] = field(default_factory=list)

    def add(self, tag: str, colors: str, inside: str = "", **attributes: str | float) -> None:
        """Add a shape; ``colors`` are its fill and its stroke, ``-`` for none."""
        fill, _, stroke = colors.partition(" ")
        classes = " ".join([f"f-{fill}"] * (fill in LIGHT) + [f"s-{stroke}"] * (stroke in LIGHT))
        drawn = {"class": classes, "fill": LIGHT.get(fill, "none")} | ({"stroke": LIGHT[stroke]} if stroke else {})
        told = {key.rstrip("_").replace("_", "-"): value for key, value in (drawn | attributes).items()}
        shown = "".join(f' {key}="{_text(_number(value))}"' for key, value in told.items() if value != "")
        self.parts.append(f"<{tag}{shown}>{inside}</{tag}>" if inside else f"<{tag}{shown}/>")

    def text(
        self, x: float, y: float, inside: str, color: str = "ink", size: int = 16, **attributes: str | float
    ) -> None:
        """Add a line of text, of which ``inside`` is already escaped; 0 is the size of what it stands in."""
        self.add("text", color, inside, x=x, y=y, font_size=size or "", **attributes)

    def lines(self, x: float, told: str, color: str = "ink", size: int = 16, lead: str = "") -> None:
        """Add text below all else, broken where it is too wide; ``lead`` stands before it in the colour of doubt."""
        room = int((self.width - x - _MARGIN) / (_WIDE * size))
        for at, line in enumerate(wrap(f"{lead} {told}".strip(), max(room, 20))):
            self.y += 1.45 * size
            shown = _text(line)
            if lead and at == 0 and line.startswith(lead):
                shown = _span(lead, "doubt", bold=True) + _text(line[len(lead) :])
            self.text(x, self.y, shown, color, size)

    def head(self, title: str, told: Sequence[str], speaker: str = "", *, is_doubtful: bool = False) -> None:
        """Add the bar at the top, the title, what is said of all values, and who says so, if that is somebody."""
        self.add("rect", "tone", x=_MARGIN, y=0, width=56, height=6)
        for at, line in enumerate(wrap(title, int((self.width - 2 * _MARGIN) / (_WIDE * 28)))):
            self.y = 54 + 34 * at
            mark = _span(" ?", "doubt") if is_doubtful and title.endswith(line) else ""
            self.text(_MARGIN, self.y, _text(line) + mark, size=28, font_family=SERIF, font_weight="bold")
        self.y += 28
        says = _text(" · " * bool(told)) + _span(speaker, "ink", bold=True) if speaker else ""
        self.text(_MARGIN, self.y, _text(" · ".join(told)) + says, "ink-2")

    def foot(self, sources: Sequence[tuple[str, str]]) -> None:
        """Add the rule, the sources and whose picture it is."""
        self.y += 26
        self.add("path", "- rule", d=f"M{_MARGIN} {_number(self.y)}H{self.width - _MARGIN}")
        for words, address in sources[:_MOST_SOURCES]:
            for line in wrap(f"Source: {words}", int((self.width - 2 * _MARGIN - 70) / (_WIDE * 13))):
                self.y += 22
                is_link = address.lower().startswith(("https://", "http://"))
                linked = f'<a href="{_text(address)}">{_text(line)}</a>' if is_link else _text(line)
                self.text(_MARGIN, self.y, linked, "ink-2", 13)
        if len(sources) > _MOST_SOURCES:
            self.lines(_MARGIN, f"and {len(sources) - _MOST_SOURCES} more", "ink-2", 13)
        self.text(self.width - _MARGIN, self.y, "psfacts", "ink-2", 13, text_anchor="end", font_weight="bold")
        self.y += 24

    def doubts(self, doubts: Sequence[Erratum], whose: Sequence[str], command: str) -> None:
        """Add what speaks against values: a few in full, of more what they are about, and the command that tells."""
        top = self.y + 18
        self.y = top - 4
        if len(doubts) > MOST_DOUBTS:
            against = "; ".join(f"“{doubt.printed}”" for doubt in doubts)
            self.lines(_MARGIN + 14, f"Something speaks against: {against}. Details: {command}", size=15, lead=whose[0])
        else:
            for doubt, lead in zip(doubts, whose, strict=False):
                self.lines(_MARGIN + 14, doubt.reading, size=15, lead=lead)
                self.lines(_MARGIN + 14, charts.objection(doubt), "ink-2", 14)
        if doubts:
            self.add("rect", "doubt", x=_MARGIN, y=top, width=3, height=self.y - top + 8)

    def svg(self, title: str, told: str) -> str:
        """Return the picture; ``told`` is all that it shows, in words."""
        size = f'width="{self.width}" height="{_number(self.y)}" viewBox="0 0 {self.width} {_number(self.y)}"'
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" font-family="{SANS}">',
            f"<title>{_text(title)}</title>",
            f"<desc>{_text(told)}</desc>",
            f"<style>{_dark()}</style>",
            f'<rect class="f-paper" fill="{LIGHT["paper"]}" width="100%" height="100%"/>',
        )
        return "\n".join([*head, *self.parts, "</svg>\n"])


def _comparison(found: Comparison) -> str:
    """Draw one indicator: bars for numbers, names for categories."""
    chart = charts.of_comparison(found)
    drawing = _Drawing(800)
    drawing.head(chart.indicator.name, chart.told, chart.speaker, is_doubtful=chart.is_all_doubtful)
    drawing.y += 14
    if chart.indicator.type == "number":
        _bars(drawing, chart)
    else:
        _categories(drawing, chart)
    command = f"psfacts compare {chart.indicator.id} --notes"
    drawing.doubts(chart.doubts, [_whose(chart, doubt) for doubt in chart.doubts], command)
    drawing.foot(charts.cited(charts.store_of(found), [bar.fact for bar in chart.bars]))
    return drawing.svg(chart.indicator.name, chart.in_words())


_AXIS = 152
"""Where names end and bars begin."""
_LONGEST = 480
"""How long the longest bar is: its value still has room in a wide font."""


def _bars(drawing: _Drawing, chart: charts.Comparison) -> None:
    values = [float(bar.fact.value) for bar in chart.bars]
    least, most = min(0.0, *values), max(0.0, *values)
    unit = _LONGEST / ((most - least) or 1.0)
    zero, top = _AXIS - least * unit, drawing.y
    for bar, value in zip(chart.bars, values, strict=True):
        is_doubtful = bar.fact.id in chart.doubtful
        start, end = sorted((zero, zero + value * unit))
        drawing.text(_AXIS - 12, drawing.y + 28, _text(bar.name), text_anchor="end")
        colors = "tint tone" if is_doubtful else "tone tone"
        width = max(2.0, end - start)
        drawing.add("rect", colors, x=start, y=drawing.y + 7, width=width, height=30, stroke_width=2)
        mark = _span(" ?", "doubt") if is_doubtful and not chart.is_all_doubtful else ""
        beside = _span(f" {bar.beside}", "ink-2", size=14) if bar.beside else ""
        drawing.text(end + 10, drawing.y + 28, _span(bar.told, "ink", bold=True) + mark + beside)
        drawing.y += 44
    drawing.add("path", "- ink", d=f"M{_number(zero)} {_number(top)}V{_number(drawing.y)}", stroke_width=1.5)
    drawing.y += 4
    if chart.silent:
        drawing.text(_AXIS - 12, drawing.y + 22, "No value", "ink-2", 15, text_anchor="end")
        drawing.lines(_AXIS, _silence(chart), "ink-2", 15)


def _categories(drawing: _Drawing, chart: charts.Comparison) -> None:
    for category in chart.indicator.categories:
        having = [bar for bar in chart.bars if bar.fact.value == category]
        if having:
            drawing.y += 30
            told = _span(category[:1].upper() + category[1:], "ink", bold=True)
            drawing.text(_MARGIN, drawing.y, told + _span(f" {len(having)}", "ink-2"))
            drawing.lines(_MARGIN, ", ".join(_named(chart, bar) for bar in having))
            drawing.y += 12
            drawing.add("path", "- rule", d=f"M{_MARGIN} {_number(drawing.y)}H{drawing.width - _MARGIN}")
    if chart.silent:
        drawing.lines(_MARGIN, f"No value {_silence(chart)}", "ink-2", 15)


def _named(chart: charts.Comparison, bar: charts.Bar) -> str:
    mark = " ?" if bar.fact.id in chart.doubtful and not chart.is_all_doubtful else ""
    return f"{bar.name}{mark}" + (f" ({bar.beside})" if bar.beside else "")


def _silence(chart: charts.Comparison) -> str:
    return f"in the source for {len(chart.silent)}: {', '.join(chart.silent)}"


def _whose(chart: charts.Comparison, doubt: Erratum) -> str:
    """Return how a doubt begins: whose values it bears on, where these are not all."""
    outlined = " (outlined)" if chart.indicator.type == "number" else ""
    names = [bar.name for bar in chart.bars if doubt.id in bar.fact.errata]
    if len(names) == len(chart.bars):
        return f"? Doubtful, all {len(names)} values{outlined}." if len(names) > 1 else f"? Doubtful{outlined}."
    return f"? Doubtful, {listed(names)}{outlined}."


_LEFT, _BREAK, _RIGHT = 340, 466, 926
"""Where the first panel ends, the second begins and ends: at its left a title has room, at its right a time."""
_ROW = 25
_LEAST = 14
"""How long the shortest mark is."""
_SIZE = 13
_LONGEST_TITLE = 90
_ROWS = f'<g font-size="{_SIZE}" paint-order="stroke" stroke-width="4" stroke-linejoin="round">'
"""What all labels of events have in common: a halo over the grid."""


def _timeline(found: Timeline) -> str:
    """Draw events in time, a row each, in two panels where one year has most of them."""
    store = charts.store_of(found)
    names = [store.entity(key).name for key in found.about]
    title = "Timeline" + (f": {listed(names)}" if names else "")
    doubts = [erratum for erratum in found.errata if erratum.kind == "doubt"]
    doubtful = charts.doubtful(found.events, doubts)
    drawing = _Drawing(1080)
    drawing.head(title, [_span_of(found.events), "reported unless someone is named"])
    panels = _Panels(charts.scale(found.events))
    drawing.y += 36
    top, floor = drawing.y, drawing.y + _ROW * len(found.events) + 12
    panels.draw(drawing, top, floor)
    drawing.parts.append(_ROWS)
    for at, event in enumerate(found.events):
        told = charts.says(store, event)
        speaker = "" if told == "reported" else f" · {told}"
        panels.event(drawing, event, top + _ROW * at + 20, speaker, event.id in doubtful)
    drawing.parts.append("</g>")
    drawing.y = floor
    _key(drawing, panels, is_doubtful=bool(doubtful))
    if doubts:
        whose = [
            f"? Doubtful, {event.headline}." for doubt in doubts for event in found.events if doubt.id in event.errata
        ]
        many = [f"? Doubtful, {counted(len(doubtful), 'event')}."]
        command = " ".join(["psfacts timeline", *found.about, "--notes"])
        drawing.doubts(doubts, whose if len(doubts) <= MOST_DOUBTS else many, command)
    drawing.foot(charts.cited(store, found.events))
    events = (f"{event.when.text}: {event.headline} ({charts.says(store, event)})" for event in found.events)
    return drawing.svg(title, ". ".join(events))


def _span_of(events: Sequence[Event]) -> str:
    latest = max(events, key=lambda event: event.when.latest).when.latest
    return f"{counted(len(events), 'event')}, {events[0].when.text} to {MONTHS[latest.month - 1]} {latest.year}"


class _Panels:
    """Stretches of time side by side, and where on them days stand."""

    def __init__(self, panels: Sequence[Panel]) -> None:
        ends = [(_MARGIN, _LEFT), (_BREAK, _RIGHT)] if len(panels) > 1 else [(_MARGIN, _RIGHT)]
        self.panels = list(zip(panels, ends, strict=True))
        self.middle = _BREAK if len(panels) > 1 else (_MARGIN + _RIGHT) / 2

    def x(self, day: date, share: float = 0.0) -> float:
        """Return where a day begins, or a ``share`` of it is over."""
        panel, (start, end) = next((one for one in self.panels if day <= one[0].last), self.panels[-1])
        passed = ((day - panel.first).days + share) / ((panel.last - panel.first).days + 1)
        return min(end, max(start, start + passed * (end - start)))

    def draw(self, drawing: _Drawing, top: float, floor: float) -> None:
        """Draw the axes and the grid."""
        for panel, (start, end) in self.panels:
            for at, (day, label) in enumerate(panel.ticks()):
                x = self.x(day)
                if at or not panel.in_months:
                    drawing.add("path", "- rule", d=f"M{_number(x)} {_number(top)}V{_number(floor)}")
                drawing.text(x, top - 9, label, "ink-2", _SIZE, text_anchor="middle" if x > start + 20 else "start")
            for y in (top, floor):
                drawing.add("path", "- ink-2", d=f"M{start} {_number(y)}H{end}", stroke_width=1.5)

    def event(self, drawing: _Drawing, event: Event, y: float, speaker: str, is_doubtful: bool) -> None:
        """Draw an event: a dot for a day, else a capsule over the time in which it may have happened, and its label."""
        when, title, time = event.when, shorten(event.headline, _LONGEST_TITLE, placeholder="…"), self._time(event)
        is_day = when.earliest == when.latest
        start = self.x(when.earliest, 0.5) - 5 if is_day else self.x(when.earliest)
        end = start + 10 if is_day else max(self.x(when.latest, 1.0), start + _LEAST)
        wide, beside = (_WIDE * _SIZE * len(words) for words in (f"{title} ? {speaker}", time))
        fits_left, fits_right = wide < start - _MARGIN / 2, end + 16 + wide + beside < drawing.width - _MARGIN / 2
        is_inside = end - start > wide and not fits_left
        self._mark(drawing, event, start, end, y, is_high=is_inside)
        mark = _span(" ?", "doubt") if is_doubtful else ""
        told = _text(title) + mark + (_span(speaker, "ink-2") if speaker else "")
        # Where both sides have room, or neither has, labels stand where the rows are empty.
        is_right = start < self.middle if fits_left == fits_right else fits_right
        if is_right and not is_inside:
            drawing.text(end + 8, y, told + _span(time, "ink-2", dx=8), "ink paper", 0)
            return
        drawing.text(end + 8, y, _text(time), "ink-2 paper", 0)
        if is_inside:
            drawing.text(start + 12, y, told, size=0)
        else:
            drawing.text(start - 8, y, told, "ink paper", 0, text_anchor="end")

    def _time(self, event: Event) -> str:
        """Return when something happened, in few words, and without the year that the axis tells."""
        told = charts.brief(event.when)
        panel, _ = self.panels[-1]
        is_told = panel.in_months and panel.first <= event.when.earliest <= event.when.latest <= panel.last
        return told.removesuffix(f" {panel.first.year}") if is_told else told

    def _mark(self, drawing: _Drawing, event: Event, start: float, end: float, y: float, *, is_high: bool) -> None:
        """Draw a dot for a day, else a capsule, which is open to the left where the scale begins later."""
        height = 18.0 if is_high else 11.0
        top, round_ = y - 4.5 - height / 2, height / 2
        if event.when.earliest == event.when.latest:
            drawing.add("circle", "tone", cx=start + 5, cy=y - 4.5, r=5)
        elif event.when.earliest < self.panels[0][0].first:
            arc = f"a{_number(round_)} {_number(round_)} 0 0 1 0 {_number(height)}"
            path = f"M{_number(start)} {_number(top)}H{_number(end - round_)}{arc}H{_number(start)}"
            drawing.add("path", "tint tone", d=path, stroke_width=1.5)
        else:
            shape = {"x": start, "y": top, "width": end - start, "height": height, "rx": round_, "stroke_width": 1.5}
            drawing.add("rect", "tint tone", "", **shape)


def _key(drawing: _Drawing, panels: _Panels, *, is_doubtful: bool) -> None:
    """Explain the marks in a line, in columns wide enough for any font."""
    drawing.y += 30
    y = drawing.y
    drawing.add("rect", "tint tone", x=_MARGIN, y=y - 10, width=24, height=11, rx=5.5, stroke_width=1.5)
    drawing.text(68, y, "happened within this time", "ink-2", _SIZE)
    drawing.add("circle", "tone", cx=305, cy=y - 4.5, r=5)
    drawing.text(318, y, "exact day", "ink-2", _SIZE)
    if is_doubtful:
        drawing.text(420, y, _span("?", "doubt") + " doubtful", "ink-2", _SIZE)
    if len(panels.panels) > 1:
        year = panels.panels[-1][0].first.year
        drawing.text(540, y, f"The scale changes at {year}; bars open to the left begin earlier.", "ink-2", _SIZE)


_TERMINAL = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
    f"<style>.{{unique_id}}-matrix {{{{font: 20px {MONO}; white-space: pre}}}}\n{{styles}}\n%s</style>"
    f'<rect class="f-paper" fill="{LIGHT["paper"]}" width="100%%" height="100%%"/>'
    '<g transform="translate(9, 20)">{backgrounds}<g class="{unique_id}-matrix">{matrix}</g></g></svg>\n'
)
"""What Rich draws a page into: no window around it, and no fonts from elsewhere."""

_CLIP = re.compile(' clip-path="[^"]*"')


def _page(result: Answer, view: View) -> str:
    """Return the page of an answer as Rich draws it."""
    from io import StringIO

    from rich.console import Console
    from rich.text import Text

    from psfacts.render import pages

    console = Console(file=StringIO(), width=view.width, record=True, force_terminal=True, color_system="truecolor")
    page = pages.page(result, replace(view, colored=True, linked=False, spoken=False))
    console.print(Text.from_ansi(_NOT_XML.sub("\ufffd", page.rstrip("\n"))))
    name = "psfacts"
    dark = console.export_svg(theme=_theme(DARK), code_format="{styles}", unique_id=name, clear=False)
    style = _dark(dark).replace("{", "{{").replace("}", "}}")
    return _CLIP.sub("", console.export_svg(theme=_theme(LIGHT), code_format=_TERMINAL % style, unique_id=name))


def _theme(colors: Mapping[str, str]) -> TerminalTheme:
    """Return the colours of a terminal: ochre for its yellows, petrol for its blues and greens, ink for the rest."""
    from rich.terminal_theme import TerminalTheme

    names = ("ink-2", "doubt", "tone", "doubt", "tone", "ink", "tone", "ink-2")
    rgb = {name: (int(code[1:3], 16), int(code[3:5], 16), int(code[5:7], 16)) for name, code in colors.items()}
    return TerminalTheme(rgb["paper"], rgb["ink"], [rgb[name] for name in names])


def _text(words: str) -> str:
    """Return ``words`` as text of XML, with nothing in it that could act on a screen."""
    return escape(_NOT_XML.sub("\ufffd", visible(words)))


def _span(words: str, color: str, *, bold: bool = False, size: int = 0, dx: int = 0) -> str:
    weight = ' font-weight="bold"' if bold or color == "doubt" else ""
    placed = (f' font-size="{size}"' if size else "") + (f' dx="{dx}"' if dx else "")
    return f'<tspan class="f-{color}" fill="{LIGHT[color]}"{weight}{placed}>{_text(words)}</tspan>'


def _number(value: str | float) -> str:
    return value if isinstance(value, str) else f"{value:.1f}".removesuffix(".0")


def _dark(more: str = "") -> str:
    """Return the style that a viewer may choose, with ``more`` rules of it."""
    rules = (f".f-{name}{{fill:{color}}}.s-{name}{{stroke:{color}}}" for name, color in DARK.items())
    return f"@media (prefers-color-scheme: dark) {{{''.join(rules)}{more}}}"
