"""Answers as pictures: one indicator across countries and events in time are drawn, any other answer is its page."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from html import escape
from textwrap import shorten, wrap
from typing import TYPE_CHECKING

from psfacts.answers.answer import Answer
from psfacts.answers.compare import Comparison
from psfacts.answers.timeline import Timeline
from psfacts.model import Erratum
from psfacts.render import View, charts
from psfacts.render.charts import MOST_DOUBTS, Panel, Row
from psfacts.text.months import MONTHS
from psfacts.text.phrases import counted, listed
from psfacts.text.visible import visible

if TYPE_CHECKING:
    from rich.terminal_theme import TerminalTheme

SANS = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
SERIF = "Charter, 'Bitstream Charter', 'Iowan Old Style', Georgia, 'Noto Serif', serif"
MONO = "ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace"

_COLORS = {
    "paper": ("#ffffff", "#0f171c"),
    "ink": ("#13212a", "#e8eef0"),
    "ink-2": ("#4a5963", "#a6b4bc"),
    "tone": ("#00566b", "#74c4d6"),
    "tint": ("#cfe2e6", "#1d4753"),
    "doubt": ("#8a4600", "#f0b35a"),
    "rule": ("#d2dadd", "#2f3d46"),
}
LIGHT, DARK = ({name: pair[at] for name, pair in _COLORS.items()} for at in (0, 1))
"""The colours by what they are for. Light ones stand at every shape, dark ones in a style that a viewer may choose."""

_PAPER = f'<rect class="f-paper" fill="{LIGHT["paper"]}" width="100%" height="100%"/>'
_MARGIN = 36
_WIDE = 0.6
"""Ems of a character, about the most: how wide a text becomes is the viewer's affair."""
_MOST_SOURCES = 3
_SIGNED = 110
"""Room at the right of the sources, where it says whose picture it is."""
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
        """Add a shape; ``colors`` are its fill and its stroke, ``-`` for none, or else those of what it stands in."""
        fill, _, stroke = colors.partition(" ")
        names = " ".join([f"f-{fill}"] * (fill in LIGHT) + [f"s-{stroke}"] * (stroke in LIGHT))
        told = {"class": names, "fill": LIGHT.get(fill, fill and "none"), "stroke": LIGHT.get(stroke, "")} | attributes
        shown = (f' {key.replace("_", "-")}="{_text(_number(value))}"' for key, value in told.items() if value != "")
        self.parts.append(f"<{tag}{''.join(shown)}" + (f">{inside}</{tag}>" if inside else "/>"))

    def text(self, x: float, inside: str, color: str = "ink", size: int = 16, **more: str | float) -> None:
        """Add a line of text, of which ``inside`` is already escaped; 0 is the size of what it stands in."""
        self.add("text", color, inside, **{"x": x, "y": self.y, "font_size": size or "", **more})

    def lines(self, x: float, told: str, color: str = "ink", size: int = 16, lead: str = "", link: str = "") -> None:
        """Add text below all else, broken where it is too wide; ``lead`` stands before it in the colour of doubt."""
        room = int((self.width - x - (_SIGNED if link else _MARGIN)) / (_WIDE * size))
        for line in wrap(f"{lead} {told}".strip(), room):
            self.y += 1.45 * size
            begins = lead if lead and line.startswith(lead) else ""
            shown = (_span(begins, "doubt") if begins else "") + _text(line[len(begins) :])
            is_link = link.lower().startswith(("https://", "http://"))
            self.text(x, f'<a href="{_text(link)}">{shown}</a>' if is_link else shown, color, size)

    def rule(self) -> None:
        """Add a rule below all else."""
        self.add("path", "- rule", d=f"M{_MARGIN} {_number(self.y)}H{self.width - _MARGIN}")

    def head(self, title: str, told: str, speaker: str = "", *, is_doubtful: bool = False) -> None:
        """Add the bar at the top, the title, what is said of all values, and who says so, if that is somebody."""
        self.add("rect", "tone", x=_MARGIN, y=0, width=56, height=6)
        lines = wrap(title, int((self.width - 2 * _MARGIN) / (_WIDE * 28)))
        for at, line in enumerate(lines, 1):
            self.y = 20 + 34 * at
            mark = _span(" ?", "doubt") if is_doubtful and at == len(lines) else ""
            self.text(_MARGIN, _text(line) + mark, size=28, font_family=SERIF, font_weight="bold")
        self.y += 28
        says = _text(" · " if told else "") + _span(speaker, "ink", bold=True) if speaker else ""
        self.text(_MARGIN, _text(told) + says, "ink-2")

    def doubts(self, doubts: Sequence[tuple[str, str, str]]) -> None:
        """Add what speaks against values: how it begins, what it says, and how sure that is."""
        top = self.y = self.y + 16
        for lead, told, sure in doubts:
            self.lines(_MARGIN + 14, told, size=15, lead=lead)
            self.lines(_MARGIN + 14, sure, "ink-2", 14)
        if doubts:
            self.add("rect", "doubt", x=_MARGIN, y=top + 4, width=3, height=self.y - top + 2)

    def foot(self, sources: Sequence[tuple[str, str]]) -> None:
        """Add the rule, the sources and whose picture it is."""
        self.y += 26
        self.rule()
        self.y += 4
        for words, address in sources[:_MOST_SOURCES]:
            self.lines(_MARGIN, f"Source: {words}", "ink-2", 13, link=address)
        if len(sources) > _MOST_SOURCES:
            self.lines(_MARGIN, f"and {len(sources) - _MOST_SOURCES} more", "ink-2", 13)
        self.text(self.width - _MARGIN, "psfacts", "ink-2", 13, text_anchor="end", font_weight="bold")
        self.y += 24

    def svg(self, title: str, told: str) -> str:
        """Return the picture; ``told`` is all that it shows, in words."""
        size = f'width="{self.width}" height="{_number(self.y)}" viewBox="0 0 {self.width} {_number(self.y)}"'
        begin = f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" font-family="{SANS}">'
        head = f"<title>{_text(title)}</title>\n<desc>{_text(told)}</desc>\n<style>{_dark()}</style>\n{_PAPER}"
        return "\n".join([begin, head, *self.parts, "</svg>\n"])


def _comparison(found: Comparison) -> str:
    """Draw one indicator: bars for numbers, names for categories."""
    chart = charts.of_comparison(found)
    drawing = _Drawing(800)
    drawing.head(chart.indicator.name, chart.told, chart.speaker, is_doubtful=chart.is_all_doubtful)
    drawing.y += 14
    (_bars if chart.indicator.type == "number" else _categories)(drawing, chart)
    drawing.doubts([(_whose(chart, doubt), doubt.reading, charts.objection(doubt)) for doubt in chart.doubts])
    drawing.foot(charts.cited(charts.store_of(found), [bar.fact for bar in chart.bars]))
    return drawing.svg(chart.indicator.name, chart.in_words)


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
        start, end = sorted((zero, zero + value * unit))
        colors = "tint tone" if bar.is_doubtful else "tone tone"
        place = {"x": start, "y": drawing.y + 7, "width": max(2.0, end - start), "height": 30}
        drawing.add("rect", colors, "", **place, stroke_width=2)
        drawing.y += 28
        drawing.text(_AXIS - 12, _text(bar.name), text_anchor="end")
        beside = _span(f" {bar.beside}", "ink-2", size=14) if bar.beside else ""
        drawing.text(end + 10, _span(bar.told, "ink", bold=True) + _span(f" {bar.mark}".rstrip(), "doubt") + beside)
        drawing.y += 16
    drawing.add("path", "- ink", d=f"M{_number(zero)} {_number(top)}V{_number(drawing.y)}", stroke_width=1.5)
    if chart.silence:
        drawing.text(_AXIS - 12, "No value", "ink-2", 15, y=drawing.y + 1.45 * 15, text_anchor="end")
        drawing.lines(_AXIS, chart.silence, "ink-2", 15)


def _categories(drawing: _Drawing, chart: charts.Comparison) -> None:
    for category in chart.indicator.categories:
        if having := [bar for bar in chart.bars if bar.fact.value == category]:
            drawing.y += 30
            told = _span(category[:1].upper() + category[1:], "ink", bold=True)
            drawing.text(_MARGIN, told + _span(f" {len(having)}", "ink-2"))
            named = (" ".join(filter(None, [bar.name, bar.mark, bar.beside and f"({bar.beside})"])) for bar in having)
            drawing.lines(_MARGIN, ", ".join(named))
            drawing.y += 12
            drawing.rule()
    if chart.silence:
        drawing.lines(_MARGIN, f"No value {chart.silence}", "ink-2", 15)


def _whose(chart: charts.Comparison, doubt: Erratum) -> str:
    """Return how a doubt begins: whose values it bears on, where these are not all."""
    outlined = " (outlined)" if chart.indicator.type == "number" else ""
    names = [bar.name for bar in chart.bars if doubt.id in bar.fact.errata]
    whose = listed(names) if len(names) < len(chart.bars) else f"all {len(names)} values"
    return f"? Doubtful, {whose}{outlined}." if len(chart.bars) > 1 else f"? Doubtful{outlined}."


_LEFT, _BREAK, _RIGHT = 340, 466, 926
"""Where the first panel ends, the second begins and ends: at its left a title has room, at its right a time."""
_ROW = 25
_LEAST = 14
"""How long the shortest mark is."""
_SIZE = 13
_LONGEST_TITLE = 90
_ROWS = (
    f'<g class="f-ink s-paper" fill="{LIGHT["ink"]}" stroke="{LIGHT["paper"]}" font-size="{_SIZE}"'
    ' paint-order="stroke" stroke-width="4" stroke-linejoin="round">'
)
"""What all labels of events have in common: a halo over the grid."""


def _timeline(found: Timeline) -> str:
    """Draw events in time, a row each, in two panels where one year has most of them."""
    rows, doubts = charts.rows_of(found), charts.doubts_of(found.errata)
    latest = max(event.when.latest for event in found.events)
    until = f"{found.events[0].when.text} to {MONTHS[latest.month - 1]} {latest.year}"
    drawing, panels = _Drawing(1080), _Panels(charts.scale(found.events))
    told = f"{counted(len(rows), 'event')}, {until} · reported unless someone is named"
    drawing.head(charts.heading(found), told)
    drawing.y += 36
    panels.draw(drawing, drawing.y, drawing.y + _ROW * len(rows) + 12)
    drawing.y -= 5
    drawing.parts.append(_ROWS)
    for row in rows:
        drawing.y += _ROW
        panels.event(drawing, row)
    drawing.parts.append("</g>")
    drawing.y += 48
    _key(drawing, panels, is_doubtful=bool(doubts))
    if len(doubts) <= MOST_DOUBTS:
        drawing.doubts(
            [(f"? Doubtful: “{doubt.printed}”.", doubt.reading, charts.objection(doubt)) for doubt in doubts]
        )
    else:
        many = f"? Doubtful, {counted(sum(bool(row.mark) for row in rows), 'event')}."
        command = " ".join(["psfacts timeline", *found.about, "--notes"])
        against = f"Something speaks against: {'; '.join(f'“{doubt.printed}”' for doubt in doubts)}."
        drawing.doubts([(many, against, f"Details: {command}")])
    drawing.foot(charts.cited(charts.store_of(found), found.events))
    return drawing.svg(charts.heading(found), charts.in_words(found))


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
            for day, label in panel.ticks():
                x = self.x(day)
                drawing.add("path", "- rule", d=f"M{_number(x)} {_number(top)}V{_number(floor)}")
                anchor = "middle" if x > start + 20 else "start"
                drawing.text(x, label, "ink-2", _SIZE, y=top - 9, text_anchor=anchor)
            for y in (top, floor):
                drawing.add("path", "- ink-2", d=f"M{start} {_number(y)}H{end}", stroke_width=1.5)

    def event(self, drawing: _Drawing, row: Row) -> None:
        """Draw an event: a dot for a day, else a capsule over the time in which it may have happened, and its label."""
        when, title, time = (
            row.event.when,
            shorten(row.event.headline, _LONGEST_TITLE, placeholder="…"),
            self._time(row),
        )
        is_day, speaker = when.earliest == when.latest, f" · {row.speaker}" if row.speaker else ""
        start = self.x(when.earliest, 0.5) - 5 if is_day else self.x(when.earliest)
        end = start + 10 if is_day else max(self.x(when.latest, 1.0), start + _LEAST)
        wide, beside = (_WIDE * _SIZE * len(words) for words in (f"{title} ? {speaker}", time))
        fits_left, fits_right = wide < start - _MARGIN / 2, end + 16 + wide + beside < drawing.width - _MARGIN / 2
        is_inside = end - start > wide and not fits_left
        if is_day:
            drawing.add("circle", "tone", cx=start + 5, cy=drawing.y - 4.5, r=5)
        else:
            self._capsule(drawing, start, end, 18 if is_inside else 11, is_open=when.earliest < self.panels[0][0].first)
        told = _text(title) + _span(f" {row.mark}".rstrip(), "doubt") + _span(speaker, "ink-2")
        # Where both sides have room, or neither has, labels stand where the rows are empty.
        if (start < self.middle if fits_left == fits_right else fits_right) and not is_inside:
            drawing.text(end + 8, told + _span(time, "ink-2", dx=8), "", 0)
            return
        drawing.text(end + 8, _text(time), "ink-2", 0)
        if is_inside:
            drawing.text(start + 12, told, "", 0, stroke="none")
        else:
            drawing.text(start - 8, told, "", 0, text_anchor="end")

    def _time(self, row: Row) -> str:
        """Return when something happened, in few words, and without the year that the axis tells."""
        panel, when = self.panels[-1][0], row.event.when
        is_told = panel.in_months and panel.first <= when.earliest <= when.latest <= panel.last
        return row.time.removesuffix(f" {panel.first.year}") if is_told else row.time

    def _capsule(self, drawing: _Drawing, start: float, end: float, high: float, *, is_open: bool) -> None:
        """Draw a capsule, which is open to the left where the scale begins later."""
        round_, top = high / 2, drawing.y - 4.5 - high / 2
        arc = f"a{_number(round_)} {_number(round_)} 0 0 1 0 "
        begin = f"M{_number(start)} {_number(top)}" if is_open else f"M{_number(start + round_)} {_number(top)}"
        back = f"H{_number(start)}" if is_open else f"H{_number(start + round_)}{arc}{_number(-high)}z"
        path = f"{begin}H{_number(end - round_)}{arc}{_number(high)}{back}"
        drawing.add("path", "tint tone", d=path, stroke_width=1.5, paint_order="normal")


def _key(drawing: _Drawing, panels: _Panels, *, is_doubtful: bool) -> None:
    """Explain the marks in a line, in columns wide enough for any font."""
    place = {"x": _MARGIN, "y": drawing.y - 10, "width": 24, "height": 11, "rx": 5.5}
    drawing.add("rect", "tint tone", "", **place, stroke_width=1.5)
    drawing.text(68, "happened within this time", "ink-2", _SIZE)
    drawing.add("circle", "tone", cx=305, cy=drawing.y - 4.5, r=5)
    drawing.text(318, "exact day", "ink-2", _SIZE)
    drawing.text(420, _span("?", "doubt") + " doubtful" if is_doubtful else "", "ink-2", _SIZE)
    if len(panels.panels) > 1:
        told = f"The scale changes at {panels.panels[-1][0].first.year}; bars open to the left begin earlier."
        drawing.text(540, told, "ink-2", _SIZE)


_TERMINAL = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
    f"<style>.{{unique_id}}-matrix {{{{font: 20px {MONO}; white-space: pre}}}}\n{{styles}}\n%s</style>"
    f"{_PAPER.replace('%', '%%')}"
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
    page = pages.page(result, view._replace(colored=True, linked=False, spoken=False))
    console.print(Text.from_ansi(_NOT_XML.sub("\ufffd", page.rstrip("\n"))))
    dark = console.export_svg(theme=_theme(DARK), code_format="{styles}", unique_id="psfacts", clear=False)
    style = _dark(dark).replace("{", "{{").replace("}", "}}")
    drawn = console.export_svg(theme=_theme(LIGHT), code_format=_TERMINAL % style, unique_id="psfacts")
    # What is printed in reverse stands on a ground of its own, which has to change with the rest.
    ground = f'<rect fill="{LIGHT["ink"]}"'
    return _CLIP.sub("", drawn).replace(ground, ground.replace("<rect", '<rect class="f-ink"'))


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
    if not words:
        return ""
    weight = ' font-weight="bold"' if bold or color == "doubt" else ""
    placed = (f' font-size="{size}"' if size else "") + (f' dx="{dx}"' if dx else "")
    return f'<tspan class="f-{color}" fill="{LIGHT[color]}"{weight}{placed}>{_text(words)}</tspan>'


def _number(value: str | float) -> str:
    return value if isinstance(value, str) else f"{value:.1f}".removesuffix(".0")


def _dark(more: str = "") -> str:
    """Return the style that a viewer may choose, with ``more`` rules of it."""
    rules = (f".f-{name}{{fill:{color}}}.s-{name}{{stroke:{color}}}" for name, color in DARK.items())
    return f"@media (prefers-color-scheme: dark) {{{''.join(rules)}{more}}}"
