"""Equivalent forms of a text: other quotation marks, blanks, hyphens and line breaks.

A fact base holds digests, not words: a passage is only known again in the very form that it was taken in. So a copy is
read in other forms, all of it in each of READINGS, and a stretch that must hold a passage in all forms that
:meth:`Window.variants` thinks of.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate, combinations, islice, product
from typing import Literal, NamedTuple, cast

Kind = Literal["space", "line", "paragraph", "hidden", "hyphenation", "double", "single", "hyphen"]
"""Kind of a spot: a blank without a line end, with one or with more; nothing that is seen; a hyphen and a line end
within a word; a quotation mark; a hyphen or a dash."""

_HIDDEN = "\u00ad\u200b-\u200f\u2060\ufeff"
LINE_ENDS = "\n\r\x0b\x0c\x85\u2028\u2029"
_LONE_SPACE = rf"(?! (?![\s{_HIDDEN}]))"
_SPOT, _ODD_SPOT = (
    re.compile(
        r"(?P<double>[\"“”„‟″]|«[ \u00a0\u202f]?|[ \u00a0\u202f]?»)"
        rf"|(?P<hyphenation>(?<=\w)[-‐\u00ad][^\S{LINE_ENDS}]*[{LINE_ENDS}]\s*(?=\w))|(?P<space>{rest}[\s{_HIDDEN}]+)"
        r"|(?P<single>['‘’‚‛`´′ʼ])|(?P<hyphen>[-‐‑‒–—―−])"
    )
    for rest in ("", _LONE_SPACE)
)
"""Patterns of all places that editions write differently, and of those except single spaces."""
_BEFORE_OPENING = frozenset("([{‘“„«–—-")

Form = tuple[str, str]
"""Replacement of a spot, where it opens something and elsewhere."""

_BLANK: Sequence[Kind] = ("space", "line", "paragraph")
_GAPS = [(gap, gap) for gap in (" ", "\n", "\u00a0", "  ", "\n\n", "\u202f", "\u2009", "\t", "\n  ")]
_FORMS: dict[Kind, Sequence[Form]] = {
    **dict.fromkeys(_BLANK, _GAPS),
    "hidden": [("", "")],
    "hyphenation": [("-", "-"), ("", ""), ("-\n", "-\n")],
    "double": [*zip("\"“„«‘'", "\"”“»’'", strict=True), ("« ", " »"), ("«\u00a0", "\u00a0»")],
    "single": [*zip("'‘’\"“", "'’’\"”", strict=True)],
    "hyphen": [*zip("-–—‐‑−", "-–—‐‑−", strict=True)],
}
"""Forms of each kind of spot, the usual ones first."""

_NAMES: dict[Kind, str] = {
    **dict.fromkeys(("space", "hidden"), "blanks"),
    **dict.fromkeys(("line", "paragraph", "hyphenation"), "line breaks"),
    **dict.fromkeys(("double", "single"), "quotation marks"),
    "hyphen": "hyphens",
}
"""Names of the kinds of spots."""

_WIDTHS = range(20, 141)
_LINES = (("\n", False), ("\n", True), (" \n", False))
"""Line ends of filled paragraphs, and whether words are broken after hyphens."""

_PARAGRAPH = 2000
"""Number of characters in which to look for the beginning of a paragraph."""

_MOST_AT_ONCE = 1500
"""Maximum number of combinations of one kind tried for a passage."""


class Spot(NamedTuple):
    """A place in a text that editions may write differently."""

    start: int
    end: int
    kind: Kind
    text: str
    opens: bool


def spots(text: str, start: int, end: int, pattern: re.Pattern[str] = _SPOT) -> Iterator[Spot]:
    """Return the spots of ``text`` between two offsets, in order."""
    for match in pattern.finditer(text, start, end):
        kind, printed = cast(Kind, match.lastgroup), match[0]
        if kind == "space" and printed != " ":
            lines = len(f"{printed}.".splitlines())
            blank = "space" if lines == 1 else "line" if lines == 2 else "paragraph"
            kind = cast(Kind, blank if any(map(str.isspace, printed)) else "hidden")
        before = text[match.start() - 1 : match.start()]
        yield Spot(*match.span(), kind, printed, not before or before.isspace() or before in _BEFORE_OPENING)


@dataclass(frozen=True)
class Recipe:
    """A way to write all spots of a text, as another edition may."""

    forms: Mapping[Kind, Form] = field(default_factory=dict)
    """Forms of some kinds; other spots stay as printed."""

    width: int = 0
    """Width of lines, if paragraphs are filled."""

    line_end: str = ""
    """The line end of such lines."""

    breaks_words: bool = False
    """Whether lines are broken after hyphens too."""

    def write(self, found: Sequence[Spot]) -> list[str]:
        """Return how each of some spots is written, lines aside."""
        return [self.forms[spot.kind][not spot.opens] if spot.kind in self.forms else spot.text for spot in found]

    def fill(self, found: Sequence[Spot], start: int, parting: Sequence[Kind]) -> dict[int, str]:
        """Return how spots are written, by where they begin, if paragraphs are filled into lines, one from ``start``.

        The kinds that are ``parting`` paragraphs stay as they are.
        """
        written: dict[int, str] = {}
        length, reached, breakable = 0, start, None
        for spot in found:
            is_hyphen = spot.kind in ("hyphen", "hyphenation")
            if not (self.breaks_words if is_hyphen else spot.kind in _BLANK):
                continue
            word = spot.start - reached + is_hyphen
            length += word + (breakable is not None and breakable.kind in _BLANK)
            if breakable and length > self.width:
                is_gap = breakable.kind in _BLANK
                written[breakable.start] = self.line_end if is_gap else breakable.text[0] + "\n"
                length = word
            reached, breakable = spot.end, spot
            if spot.start == start or spot.kind in parting:
                length, breakable = len(spot.text.rsplit("\n", 1)[-1]), None
            else:
                written[spot.start] = spot.text[0] if is_hyphen else " "
        return written


_STRAIGHT: dict[Kind, Form] = {"double": ('"', '"'), "single": ("'", "'")}
_CURLY: dict[Kind, Form] = {"double": ("“", "”"), "single": ("‘", "’")}
_LEVEL: dict[Kind, Form] = {
    "space": (" ", " "),
    "line": ("\n", "\n"),
    "paragraph": ("\n\n", "\n\n"),
    "hidden": ("", ""),
}
_JOINED: dict[Kind, Form] = {**_LEVEL, "line": (" ", " "), "hyphenation": ("-", "-")}
READINGS = [Recipe({**gaps, **quotes}) for gaps in ({}, _LEVEL, _JOINED) for quotes in ({}, _STRAIGHT, _CURLY)]
"""How a copy is read as a whole, the first as it stands: with plain blanks, or lines joined; with straight or curly
quotation marks."""


class Reading:
    """A text with the letters of a copy, and a mapping of its characters to the copy."""

    def __init__(self, text: str, places: Sequence[int] = (), offsets: Sequence[int] = ()) -> None:
        self.text = text
        self._places = places or (0, len(text))
        self._offsets = offsets or (0, len(text))

    def to_copy(self, place: int) -> int:
        """Return the offset in the copy of the character at ``place``."""
        return _across(place, self._places, self._offsets)

    def from_copy(self, offset: int) -> int:
        """Return the place of the character at ``offset`` in the copy."""
        return _across(offset, self._offsets, self._places)


def _across(place: int, here: Sequence[int], there: Sequence[int]) -> int:
    """Map ``place`` to a text whose pieces begin ``there`` instead of ``here``."""
    piece = min(max(1, bisect_right(here, place)), len(here) - 1) - 1
    return min(there[piece] + place - here[piece], there[piece + 1])


class Window:
    """A part of a copy, split at the spots that editions may write differently."""

    def __init__(self, copy: str, start: int, end: int, pattern: re.Pattern[str] = _SPOT) -> None:
        self._copy = copy
        self._start = start
        self.spots = [*spots(copy, start, end, pattern)]
        self._edges = [start, *(edge for spot in self.spots for edge in (spot.start, spot.end)), end]
        self._words = [copy[first:last] for first, last in zip(self._edges[::2], self._edges[1::2], strict=True)]

    def text(self, forms: Sequence[str]) -> str:
        """Return the text of the window with its spots in these ``forms``."""
        return "".join(self._pieces(forms))

    def reading(self, forms: Sequence[str]) -> Reading:
        """Return the window with its spots in these ``forms``."""
        pieces = self._pieces(forms)
        return Reading("".join(pieces), [0, *accumulate(map(len, pieces))], self._edges)

    def variants(self, learned: Sequence[Recipe]) -> Iterator[tuple[Recipe | None, list[str]]]:
        """Return forms of all spots: those that a whole edition may have by a recipe, ``learned`` ones first.

        Then come single spots that differ from the rest, in pairs and threes where they are blanks.
        """
        written = [self._write(recipe) for recipe in (*learned, Recipe())]
        yield from zip(learned, written, strict=False)
        known = [*(recipe.forms for recipe in learned), {}]
        bases = [forms for at, forms in enumerate(known) if forms not in known[:at]]
        for base, forms in product(bases, self._uniform()):
            recipe = Recipe({**base, **forms})
            yield recipe, self._write(recipe)
        for like in written:
            for at, spot in enumerate(self.spots):
                for form in _FORMS[spot.kind]:
                    yield None, [*like[:at], form[not spot.opens], *like[at + 1 :]]
        for width, (line_end, breaks_words), base in product(_WIDTHS, _LINES, bases):
            recipe = Recipe(base, width, line_end, breaks_words)
            yield recipe, self._write(recipe)
        gaps = [at for at, spot in enumerate(self.spots) if spot.kind in _BLANK]
        for like, several, (gap, _) in product(written, (2, 3), _GAPS):
            for some in islice(combinations(gaps, several), _MOST_AT_ONCE):
                yield None, [gap if at in some else form for at, form in enumerate(like)]

    def _pieces(self, forms: Sequence[str]) -> list[str]:
        pieces = [""] * (2 * len(forms) + 1)
        pieces[::2], pieces[1::2] = self._words, forms
        return pieces

    def _uniform(self) -> Iterator[dict[Kind, Form]]:
        """Return forms of one kind of spots, then of two."""
        kinds = list(dict.fromkeys(spot.kind for spot in self.spots))
        for some in (*combinations(kinds, 1), *combinations(kinds, 2)):
            for forms in product(*(_FORMS[kind] for kind in some)):
                yield dict(zip(some, forms, strict=True))

    def _write(self, recipe: Recipe) -> list[str]:
        breaks = recipe.fill(*self._paragraph) if recipe.width else {}
        forms = recipe.write(self.spots)
        return [breaks.get(spot.start, form) for spot, form in zip(self.spots, forms, strict=True)]

    @cached_property
    def _paragraph(self) -> tuple[list[Spot], int, Sequence[Kind]]:
        """All spots from the start of the paragraph that the window begins in, that place, what parts paragraphs."""
        first, last = max(0, self._start - _PARAGRAPH), self._edges[-1]
        is_spaced = "\n\n" in self._copy[first : last + _PARAGRAPH]
        separator, parting = ("\n\n", _BLANK[2:]) if is_spaced else ("\n", _BLANK[1:])
        found = self._copy.rfind(separator, first, self._start)
        start = found + len(separator) if found >= 0 else self._start
        end = Spot(last, last, "space", "", opens=False)
        return [*spots(self._copy, start, self._start), *self.spots, end], start, parting


def readings(copy: str) -> Iterator[Reading]:
    """Return a copy in each of READINGS, without duplicates."""
    window = Window(copy, 0, len(copy), _ODD_SPOT)
    known: set[str] = set()
    for recipe in READINGS:
        reading = window.reading(recipe.write(window.spots))
        if reading.text not in known:
            known.add(reading.text)
            yield reading


def differences(printed: str, original: str) -> str:
    """Return the differences of two forms of the same words, such as ``blanks, quotation marks``, or ``exact``."""
    ours, theirs = _marks(printed), _marks(original)
    other = [name for name in sorted({*ours, *theirs}) if ours[name] != theirs[name]]
    return ", ".join(other) or ("exact" if printed == original else "blanks")


def _marks(text: str) -> dict[str, list[str]]:
    """Return the spots of ``text`` except plain spaces, by name."""
    marks: dict[str, list[str]] = defaultdict(list)
    for spot in spots(text, 0, len(text), _ODD_SPOT):
        is_broken = spot.kind == "hyphenation"
        marks[_NAMES[spot.kind]].append(spot.text[1:] if is_broken else spot.text)
        if is_broken:
            marks["hyphens"].append(spot.text[0])
    return marks
