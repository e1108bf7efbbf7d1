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
from functools import cached_property
from itertools import accumulate, combinations, islice, pairwise, product
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
        rf"|(?P<hyphenation>(?<=\w)[-‐\u00ad][^\S{LINE_ENDS}]*[{LINE_ENDS}]\s*(?=\w))|(?P<hidden>[{_HIDDEN}]++(?!\s))"
        rf"|(?P<space>{rest}[\s{_HIDDEN}]+)|(?P<single>['‘’‚‛`´′ʼ])|(?P<hyphen>[-‐‑‒–—―−])"
    )
    for rest in ("", _LONE_SPACE)
)
"""Patterns of all places that editions write differently, and of those except single spaces."""
_BEFORE_OPENING = frozenset("([{‘“„«–—-")

Form = tuple[str, str]
"""Replacement of a spot, where it opens something and elsewhere."""

_BLANK: Sequence[Kind] = ("space", "line", "paragraph")
_HYPHEN: Sequence[Kind] = ("hyphen", "hyphenation")
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
            kind = _BLANK[min(len(f"{printed}.".splitlines()), len(_BLANK)) - 1]
        before = text[match.start() - 1 : match.start()]
        yield Spot(*match.span(), kind, printed, not before or before.isspace() or before in _BEFORE_OPENING)


class Recipe(NamedTuple):
    """A way to write all spots of a text, as another edition may."""

    forms: Mapping[Kind, Form] = {}
    """Forms of some kinds; other spots stay as printed."""

    width: int = 0
    """Width of lines, if paragraphs are filled."""

    breaks_words: bool = False
    """True if lines are broken after hyphens, too."""


_STRAIGHT: dict[Kind, Form] = {"double": ('"', '"'), "single": ("'", "'")}
_CURLY: dict[Kind, Form] = {"double": ("“", "”"), "single": ("‘", "’")}
_LINES: dict[Kind, Form] = {"line": ("\n", "\n"), "paragraph": ("\n\n", "\n\n")}
_LEVEL: dict[Kind, Form] = {"space": (" ", " "), "hidden": ("", ""), **_LINES}
_JOINED: dict[Kind, Form] = {**_LEVEL, "line": (" ", " "), "hyphenation": ("-", "-")}
READINGS = [Recipe({**gaps, **quotes}) for gaps in ({}, _LEVEL, _JOINED) for quotes in ({}, _STRAIGHT, _CURLY)]
"""Readings of a whole copy: as it is, with plain blanks or lines joined; with straight or curly quotation marks."""


class Reading:
    """A text with the letters of a copy, by a ``recipe``, and a mapping of its characters to the copy."""

    def __init__(self, pieces: Sequence[str], offsets: Sequence[int], recipe: Recipe) -> None:
        self.text = "".join(pieces)
        self.recipe = recipe
        self._pieces = pieces
        self._offsets = offsets

    @cached_property
    def _places(self) -> Sequence[int]:
        """Place of each piece, and of the end."""
        return [0, *accumulate(map(len, self._pieces))]

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
        self.spots = [*spots(copy, start, end, pattern)]
        self._edges = [start, *(edge for spot in self.spots for edge in (spot.start, spot.end)), end]
        self._words = [copy[first:last] for first, last in zip(self._edges[::2], self._edges[1::2], strict=True)]

    def reading(self, recipe: Recipe) -> Reading:
        """Return the window with all spots written by a recipe."""
        return self._reading(recipe, self._written(recipe))

    def variants(self, likes: Sequence[Recipe]) -> Iterator[Reading]:
        """Return all readings that may be meant beside texts that are written by some recipes.

        A whole edition may have one kind of spots in another form, or two, or lines of another width; else it is single
        spots that differ from the rest, in pairs and threes where they are blanks.
        """
        for like, forms in product(likes, self._uniform()):
            yield self.reading(like._replace(forms={**like.forms, **forms}))
        written = [(like, self._written(like)) for like in likes]
        for (like, usual), (at, spot) in product(written, enumerate(self.spots)):
            for form in _FORMS[spot.kind]:
                yield self._reading(like, [*usual[:at], form[not spot.opens], *usual[at + 1 :]])
        for width, breaks_words, like in product(_WIDTHS, (False, True), likes):
            yield self.reading(Recipe(like.forms, width, breaks_words))
        gaps = [at for at, spot in enumerate(self.spots) if spot.kind in _BLANK]
        for (like, usual), several, (gap, _) in product(written, (2, 3), _GAPS):
            for some in islice(combinations(gaps, several), _MOST_AT_ONCE):
                yield self._reading(like, [gap if at in some else form for at, form in enumerate(usual)])

    def _uniform(self) -> Iterator[dict[Kind, Form]]:
        """Return forms of one kind of spots, then of two."""
        kinds = list(dict.fromkeys(spot.kind for spot in self.spots))
        for some in (*combinations(kinds, 1), *combinations(kinds, 2)):
            for forms in product(*(_FORMS[kind] for kind in some)):
                yield dict(zip(some, forms, strict=True))

    def _reading(self, recipe: Recipe, forms: Sequence[str]) -> Reading:
        pieces = [""] * (2 * len(forms) + 1)
        pieces[::2], pieces[1::2] = self._words, forms
        return Reading(pieces, self._edges, recipe)

    def _written(self, recipe: Recipe) -> list[str]:
        """Return how all spots are written by a recipe."""
        forms = [
            recipe.forms[spot.kind][not spot.opens] if spot.kind in recipe.forms else spot.text for spot in self.spots
        ]
        return self._filled(recipe, forms) if recipe.width else forms

    def _filled(self, recipe: Recipe, forms: list[str]) -> list[str]:
        """Return the ``forms`` with line ends where paragraphs are filled into lines."""
        before, reached, parting = self._paragraph
        end = Spot(self._edges[-1], self._edges[-1], "space", "", opens=False)
        kinds = (*_BLANK, *_HYPHEN) if recipe.breaks_words else _BLANK
        numbered = enumerate([*before, *self.spots, end], -len(before))
        breakable = [(number, spot) for number, spot in numbered if spot.kind in kinds]
        length = breakable[0][1].start - reached + (breakable[0][1].kind in _HYPHEN)
        for (number, spot), (_, following) in pairwise(breakable):
            is_hyphen = spot.kind in _HYPHEN
            word = following.start - spot.end + (following.kind in _HYPHEN)
            if spot.start == reached or spot.kind in parting:
                length = len(spot.text.rsplit("\n", 1)[-1]) + word
                continue
            is_full = length + (not is_hyphen) + word > recipe.width
            length = word if is_full else length + (not is_hyphen) + word
            if number >= 0:
                forms[number] = spot.text[0] * is_hyphen + ("\n" if is_full else "" if is_hyphen else " ")
        return forms

    @cached_property
    def _paragraph(self) -> tuple[list[Spot], int, Sequence[Kind]]:
        """The spots between the start of the paragraph and the window, that start, and what parts paragraphs."""
        first, last = max(0, self._edges[0] - _PARAGRAPH), self._edges[-1]
        is_spaced = "\n\n" in self._copy[first : last + _PARAGRAPH]
        separator, parting = ("\n\n", _BLANK[2:]) if is_spaced else ("\n", _BLANK[1:])
        found = self._copy.rfind(separator, first, self._edges[0])
        start = found + len(separator) if found >= 0 else self._edges[0]
        return [*spots(self._copy, start, self._edges[0])], start, parting


def readings(copy: str) -> Iterator[Reading]:
    """Return a copy in each of READINGS, without duplicates."""
    window = Window(copy, 0, len(copy), _ODD_SPOT)
    known: set[str] = set()
    for recipe in READINGS:
        reading = window.reading(recipe)
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
