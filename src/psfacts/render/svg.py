"""Answers as SVG: charts of numbers or of events in time; for any other answer, a picture of its page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from html import escape
from itertools import groupby, starmap
from textwrap import wrap

from psfacts.answers.answer import Answer
from psfacts.render import BRIEF, View, charts
from psfacts.render.charts import SANS, SERIF, Chart, Mark, Panel
from psfacts.text.phrases import shortened
from psfacts.text.visible import visible

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
LIGHT = {name: light for name, (light, _) in _COLORS.items()}
"""Colours by purpose: attributes of shapes, which a viewer who prefers it sees in the dark ones."""
_RULES = (f'[{part}="{light}"]{{{part}:{dark}}}' for light, dark in _COLORS.values() for part in ("fill", "stroke"))
_DARK = f"@media (prefers-color-scheme: dark) {{{''.join(_RULES)}}}"
_INVERTED = "@media (prefers-color-scheme: dark) {svg {filter: invert(0.92) hue-rotate(180deg)}}"
"""The style of a page, whose colours are Rich's, on dark paper: light and dark are exchanged, hues stay."""

Style = dict[str, str | float]
"""Attributes of a shape or of a text."""

_PLAIN: Style = {}
_TITLE: Style = {"font_family": SERIF, "font_weight": "bold"}
_STRONG: Style = {"font_weight": "bold"}
_QUIET: Style = {"fill": "ink-2"}
_DOUBT: Style = {"fill": "doubt", "font_weight": "bold"}
_SOLID: Style = {"fill": "tone"}
_OUTLINED: Style = {"fill": "tint", "stroke": "tone", "stroke_width": 1.5}

Run = tuple[str, Style]
"""A piece of text with its style."""

_MARGIN = 36
_WIDE = 0.6
"""Approximate maximum width of a character in ems; the actual width depends on the viewer."""
_SIGNED = 110
"""Space at the right of the sources for the name of the program."""
_LONGEST_NAME = 34
_LONGEST = 80
"""Maximum length of an address and of a title."""

_LEFT, _BREAK, _RIGHT = 340, 466, 926
"""End of the first panel, begin and end of the second: at its left a title has room, at its right a time."""
_ROW = 25
_LEAST = 14
"""Minimum length of a mark."""
_SIZE = 13
_LABEL: Style = {"font_size": _SIZE, "stroke": "paper", "stroke_width": 4, "paint_order": "stroke"}
"""The style of labels with a halo, which parts them from the grid."""

Scale = tuple[Panel, tuple[int, int]]
"""A panel, and where it begins and ends in the picture."""

_NOT_XML = re.compile("[\ufffe\uffff\ud800-\udfff]")


def answer(result: Answer, view: View = BRIEF) -> str:
    """Return ``result`` as SVG: a chart if possible, otherwise its page according to ``view``."""
    chart = charts.of(result)
    return _picture(chart) if chart else _page(result, view)


def _text(words: str) -> str:
    """Return ``words`` escaped for XML, with control characters made visible."""
    return escape(_NOT_XML.sub("\ufffd", visible(words)))


def _element(tag: str, inside: str = "", /, **style: str | float) -> str:
    """Return an SVG element with the markup ``inside``; colours are names from LIGHT."""
    begin = tag
    for name, value in style.items():
        text = _text(LIGHT.get(value, value)) if isinstance(value, str) else f"{value:.1f}".removesuffix(".0")
        begin += f' {name.replace("_", "-")}="{text}"'
    return f"<{begin}>{inside}</{tag}>" if inside else f"<{begin}/>"


def _span(words: str, style: Style) -> str:
    return _element("tspan", _text(words), **style) if words.strip() and style else _text(words)


_PAPER = _element("rect", width="100%", height="100%", fill="paper")


@dataclass
class _Drawing:
    """A picture that grows downwards: the elements so far, and its height."""

    width: int
    y: float = 0
    parts: list[str] = field(default_factory=list)

    def add(self, tag: str, inside: str = "", /, **style: str | float) -> None:
        """Add a shape."""
        self.parts.append(_element(tag, inside, **style))

    def text(self, x: float, *runs: Run, **style: str | float) -> None:
        """Add a line of text."""
        self.add("text", "".join(starmap(_span, runs)), **{"x": x, "y": self.y, **style})

    def paragraph(self, *runs: Run, x: float = _MARGIN, right: float = _MARGIN, size: int = 16, link: str = "") -> None:
        """Add wrapped text at the bottom, with some room at its ``right``."""
        text = re.sub("[\t\n\v\f\r]", " ", "".join(words for words, _ in runs))
        styles = [look for words, look in runs for _ in words]
        end = 0
        for line in wrap(text, int((self.width - x - right) / (_WIDE * size))):
            start = text.index(line, end)
            end = start + len(line)
            parts = groupby(range(start, end), key=styles.__getitem__)
            spans = "".join(_span("".join(text[place] for place in places), look) for look, places in parts)
            self.y += 1.4 * size
            self.add("text", _element("a", spans, href=link) if link else spans, x=x, y=self.y, font_size=size)


def _picture(chart: Chart) -> str:
    """Return a chart as a picture: title, common information, marks, doubts and sources."""
    drawing, draw = (_Drawing(1080), _events) if chart.panels else (_Drawing(800), _bars)
    drawing.add("rect", x=_MARGIN, y=0, width=56, height=6, fill="tone")
    drawing.y = 15
    drawing.paragraph((chart.title, _TITLE), (chart.sign, _TITLE | _DOUBT), size=28)
    drawing.y += 5
    drawing.paragraph((chart.subtitle + " · " * bool(chart.speaker), _QUIET), (chart.speaker, _STRONG))
    draw(drawing, chart)
    drawing.paragraph((chart.silence, _QUIET), size=15)
    top = drawing.y = drawing.y + 16
    for lead, text, sure in chart.doubts:
        drawing.paragraph((f"{lead} ", _DOUBT), (text, _PLAIN), (f" {sure}", _QUIET), x=_MARGIN + 14, size=15)
    if drawing.y > top:
        drawing.add("rect", x=_MARGIN, y=top + 4, width=3, height=drawing.y - top + 2, fill="doubt")
    drawing.y += 26
    drawing.add("path", d=f"M{_MARGIN} {drawing.y:.1f}H{drawing.width - _MARGIN}", stroke="rule")
    drawing.y += 4
    for words, address in chart.sources:
        for text in (f"Source: {words}", address if len(address) <= _LONGEST else ""):
            drawing.paragraph((text, _QUIET), right=_SIGNED, size=_SIZE, link=address)
    drawing.text(drawing.width - _MARGIN, ("psfacts", _QUIET | _STRONG), font_size=_SIZE, text_anchor="end")
    drawing.y += 24
    head = [_element("title", _text(chart.title)), _element("desc", _text(chart.in_words)), _element("style", _DARK)]
    size: Style = {"width": drawing.width, "height": drawing.y, "viewBox": f"0 0 {drawing.width} {drawing.y:.1f}"}
    common: Style = {"xmlns": "http://www.w3.org/2000/svg", "role": "img", "fill": "ink", "font_family": SANS}
    return _element("svg", "\n".join(["", *head, _PAPER, *drawing.parts, ""]), **size, **common, font_size=16) + "\n"


def _bars(drawing: _Drawing, chart: Chart) -> None:
    """Draw numbers as bars from zero, with names at their left and values at their right."""
    values = [float(mark.value or 0) for mark in chart.marks]
    names = [shortened(mark.name, _LONGEST_NAME) for mark in chart.marks]
    axis = max(152, _MARGIN + 12 + _WIDE * 16 * max(map(len, names)))
    beside = max(len(f"{mark.text}{chart.sign_of(mark)} {mark.aside}".rstrip()) for mark in chart.marks)
    least, most = min(0.0, *values), max(0.0, *values)
    room = drawing.width - _MARGIN - axis - 10 - _WIDE * 16 * beside
    unit = max(100, min(480, room)) / ((most - least) or 1.0)
    zero, top = axis - least * unit, drawing.y + 14
    drawing.y = top
    for mark, name, value in zip(chart.marks, names, values, strict=True):
        start, end = sorted((zero, zero + value * unit))
        look = (_OUTLINED if mark.doubts else _SOLID) | {"stroke": "tone", "stroke_width": 2}
        drawing.add("rect", x=start, y=drawing.y + 7, width=max(2.0, end - start), height=30, **look)
        drawing.y += 28
        drawing.text(axis - 12, (name, _PLAIN), text_anchor="end")
        drawing.text(end + 10, (mark.text, _STRONG), (chart.sign_of(mark), _DOUBT), (f" {mark.aside}", _QUIET))
        drawing.y += 16
    drawing.add("path", d=f"M{zero:.1f} {top:.1f}V{drawing.y:.1f}", stroke="ink", stroke_width=1.5)


def _events(drawing: _Drawing, chart: Chart) -> None:
    """Draw events in time, one per row, in two panels if one year has most of them."""
    ends = ((_MARGIN, _LEFT), (_BREAK, _RIGHT)) if len(chart.panels) > 1 else ((_MARGIN, _RIGHT),)
    scales = [*zip(chart.panels, ends, strict=True)]
    top = drawing.y + 36
    floor = top + _ROW * len(chart.marks) + 12
    for panel, (start, end) in scales:
        for day, label in panel.ticks():
            x = _x(scales, day)
            drawing.add("path", d=f"M{x:.1f} {top:.1f}V{floor:.1f}", stroke="rule")
            drawing.text(x, (label, _QUIET), y=top - 9, font_size=_SIZE, text_anchor="middle")
        drawing.add("path", d=f"M{start} {top:.1f}H{end}M{start} {floor:.1f}H{end}", stroke="ink-2", stroke_width=1.5)
    drawing.y = top - 5
    for mark in chart.marks:
        drawing.y += _ROW
        _event(drawing, mark, scales)
    key = "Dot: exact day. Bar: happened within this time, and began earlier if open to the left."
    key += f" The scale changes at {chart.panels[-1].first.year}." * (len(scales) > 1)
    drawing.y = floor + 12
    drawing.paragraph((key, _QUIET), size=_SIZE)


def _x(scales: Sequence[Scale], day: date, share: float = 0.0) -> float:
    """Return the position of the beginning of a day, or of a ``share`` of it."""
    panel, (start, end) = next((scale for scale in scales if day <= scale[0].last), scales[-1])
    passed = ((day - panel.first).days + share) / ((panel.last - panel.first).days + 1)
    return min(end, max(start, start + passed * (end - start)))


def _event(drawing: _Drawing, mark: Mark, scales: Sequence[Scale]) -> None:
    """Draw an event with its label: a dot for a day, else a capsule over the time when it may have happened."""
    when, is_day = mark.fact.when, mark.fact.when.earliest == mark.fact.when.latest
    start = _x(scales, when.earliest, 0.5) - 5 if is_day else _x(scales, when.earliest)
    end = start + 10 if is_day else max(_x(scales, when.latest, 1.0), start + _LEAST)
    title, speaker = shortened(mark.name, _LONGEST), f" · {mark.aside}" if mark.aside else ""
    runs = (title, _PLAIN), (charts.SIGN if mark.doubts else "", _DOUBT), (speaker, _QUIET)
    wide, beside = (_WIDE * _SIZE * len(text) for text in (f"{title} ? {speaker}", mark.text))
    left, right = start - _MARGIN / 2, drawing.width - _MARGIN / 2 - end - 16 - beside
    is_inside = max(left, right) < wide < end - start
    is_right = left < right and not is_inside
    radius = 5 if is_day else 9 if is_inside else 5.5
    cap = f"a{radius} {radius} 0 0 1 0"
    # What began before the scale is open to the left.
    first, begin = (f"{cap} {-2 * radius}", start + radius) if when.earliest >= scales[0][0].first else ("", start)
    shape = f"M{begin:.1f} {drawing.y - 4.5 - radius}H{end - radius:.1f}{cap} {2 * radius}H{begin:.1f}{first}"
    drawing.add("path", d=shape, **(_SOLID if is_day else _OUTLINED))
    drawing.text(end + 8, *(runs if is_right else ()), ("\u2002" * is_right + mark.text, _QUIET), **_LABEL)
    if is_inside:
        drawing.text(start + 12, *runs, font_size=_SIZE)
    elif not is_right:
        drawing.text(start - 8, *runs, text_anchor="end", **_LABEL)


_TERMINAL = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}"><style>'
    f".{{unique_id}}-matrix {{{{font: 20px {MONO}; white-space: pre}}}}\n{{styles}}</style>{_PAPER}"
    '<g transform="translate(9, 20)">{backgrounds}<g class="{unique_id}-matrix">{matrix}</g></g></svg>\n'
)
"""Rich's template for a page, without a window frame or external fonts."""


def _page(result: Answer, view: View) -> str:
    """Return the page of an answer as SVG made by Rich."""
    from io import StringIO

    from rich.console import Console
    from rich.terminal_theme import DEFAULT_TERMINAL_THEME
    from rich.text import Text

    from psfacts.render import pages

    console = Console(file=StringIO(), width=view.width, record=True, force_terminal=True, color_system="truecolor")
    page = pages.page(result, view._replace(colored=True, linked=False, spoken=False, hinted=False))
    console.print(Text.from_ansi(_NOT_XML.sub("\ufffd", page.rstrip("\n"))))
    drawn = console.export_svg(theme=DEFAULT_TERMINAL_THEME, code_format=_TERMINAL, unique_id="psfacts")
    return re.sub(' clip-path="[^"]*"', "", drawn).replace("</style>", f"{_INVERTED}</style>", 1)
