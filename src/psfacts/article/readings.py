"""Forms of a text that say the same: other quotation marks, blanks, hyphens and line breaks.

A fact base holds digests, not words: a passage is only known again in the very form that it was taken in. So a copy is
read in other forms, all of it in each of READINGS, and a place where a passage must stand in all forms that
:func:`variants` thinks of.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from itertools import combinations, islice, product
from typing import Literal, NamedTuple, cast

Kind = Literal["gap", "hyphenation", "hidden", "double", "single", "hyphen"]

_HIDDEN = "\u00ad\u200b-\u200f\u2060\ufeff"
LINE_ENDS = "\n\r\x0b\x0c\x85\u2028\u2029"
_LONE_SPACE = rf"(?! (?![\s{_HIDDEN}]))"
_SPOT, _ODD_SPOT = (
    re.compile(
        r"(?P<double>[\"“”„‟″]|«[ \u00a0\u202f]?|[ \u00a0\u202f]?»)"
        rf"|(?P<hyphenation>(?<=\w)[-‐\u00ad][^\S{LINE_ENDS}]*[{LINE_ENDS}]\s*(?=\w))|(?P<gap>{rest}[\s{_HIDDEN}]+)"
        r"|(?P<single>['‘’‚‛`´′ʼ])|(?P<hyphen>[-‐‑‒–—―−])"
    )
    for rest in ("", _LONE_SPACE)
)
"""All places that others may write otherwise, and those but for single spaces."""
_BEFORE_OPENING = frozenset("([{‘“„«–—-")

Form = tuple[str, str]
"""What stands for a spot: where it opens something, and elsewhere."""

_FORMS: dict[Kind, tuple[Form, ...]] = {
    "gap": tuple((gap, gap) for gap in (" ", "\n", "\u00a0", "  ", "\n\n", "\u202f", "\u2009", "\t", "\n  ")),
    "hyphenation": tuple((form, form) for form in ("-", "", "-\n")),
    "hidden": (("", ""),),
    "double": (
        ('"', '"'),
        ("“", "”"),
        ("„", "“"),
        ("«", "»"),
        ("« ", " »"),
        ("«\u00a0", "\u00a0»"),
        ("‘", "’"),
        ("'", "'"),
    ),
    "single": (("'", "'"), ("‘", "’"), ("’", "’"), ('"', '"'), ("“", "”")),
    "hyphen": tuple((hyphen, hyphen) for hyphen in "-–—‐‑−"),
}
"""The forms of each kind of spot that others write, the usual ones first."""

_WIDTHS = range(20, 141)
_PARAGRAPH = 2000
"""Characters within which the beginning of a paragraph is looked for."""

_MOST_AT_ONCE = 1500
"""How many combinations of one sort are tried for a passage."""


class Spot(NamedTuple):
    """A place in a text that others may write otherwise."""

    start: int
    end: int
    kind: Kind
    text: str
    opens: bool

    @property
    def line_ends(self) -> int:
        """How many line ends stand there."""
        return sum(map(self.text.count, LINE_ENDS)) - self.text.count("\r\n") if self.text != " " else 0


Writing = Callable[[Spot], str]
"""How each spot of a text is written."""


def spots(text: str, start: int, end: int, pattern: re.Pattern[str] = _SPOT) -> Iterator[Spot]:
    """Return the spots of ``text`` between two offsets, in order."""
    for match in pattern.finditer(text, start, end):
        kind, printed = cast(Kind, match.lastgroup), match[0]
        if kind == "gap" and printed != " " and not any(map(str.isspace, printed)):
            kind = "hidden"
        before = text[match.start() - 1 : match.start()]
        yield Spot(*match.span(), kind, printed, not before or before.isspace() or before in _BEFORE_OPENING)


def as_printed(spot: Spot) -> str:
    """Write ``spot`` as it stands."""
    return spot.text


def _plain(spot: Spot) -> str:
    """Write a blank of any kind as a space, and line ends as LF without blanks around them."""
    if spot.kind == "gap":
        return "\n" * spot.line_ends or " "
    return "" if spot.kind == "hidden" else spot.text


def _joined(spot: Spot) -> str:
    """Undo line breaks within paragraphs, which empty lines tell apart, and those after a hyphen."""
    if spot.kind == "hyphenation":
        return "-"
    return " " if spot.kind == "gap" and spot.line_ends == 1 else _plain(spot)


def _quoting(forms: Mapping[Kind, Form], rest: Writing, spot: Spot) -> str:
    """Write ``spot`` in the form of its kind, if there is one, else as ``rest`` does."""
    form = forms.get(spot.kind)
    return form[not spot.opens] if form else rest(spot)


_QUOTES: tuple[dict[Kind, Form], ...] = (
    {},
    {"double": ('"', '"'), "single": ("'", "'")},
    {"double": ("“", "”"), "single": ("‘", "’")},
)
READINGS: tuple[Writing, ...] = tuple(
    partial(_quoting, quotes, gaps) if quotes else gaps for gaps in (as_printed, _plain, _joined) for quotes in _QUOTES
)
"""How a copy is read as a whole, the first as it stands: with plain blanks, or lines joined; with straight or curly
quotation marks."""


class Reading:
    """A stretch of a copy, its spots written in some way, and where each character comes from."""

    def __init__(self, copy: str, start: int, end: int, writing: Writing) -> None:
        self._places, self._sources, self._end = [0], [start], end
        if writing is as_printed:
            self.text = copy[start:end]
            return
        pieces: list[str] = []
        length, reached = 0, start
        for spot in spots(copy, start, end, _ODD_SPOT if writing in READINGS else _SPOT):
            form = writing(spot)
            pieces += (copy[reached : spot.start], form)
            length += spot.start - reached + len(form)
            reached = spot.end
            if len(form) != spot.end - spot.start:
                self._places.append(length)
                self._sources.append(reached)
        pieces.append(copy[reached:end])
        self.text = "".join(pieces)

    def to_copy(self, place: int) -> int:
        """Return the offset in the copy of the character at ``place``."""
        at = bisect_right(self._places, place) - 1
        return min(self._sources[at] + place - self._places[at], *self._sources[at + 1 : at + 2], self._end)

    def from_copy(self, offset: int) -> int:
        """Return the place of the character that stands at ``offset`` in the copy."""
        at = max(0, bisect_right(self._sources, offset) - 1)
        place = self._places[at] + max(0, offset - self._sources[at])
        return min(place, *self._places[at + 1 : at + 2], len(self.text))


class Recipe(NamedTuple):
    """A way to write all spots of a text, as another edition of it may."""

    forms: tuple[tuple[Kind, Form], ...] = ()
    """The forms of some kinds; the other spots stay as they are printed."""

    width: int = 0
    """How many columns a line has, where paragraphs are wrapped."""

    line_end: str = ""
    """What ends a wrapped line."""

    breaks_words: bool = False
    """Whether lines are broken after hyphens too."""


class Window:
    """A stretch of a copy in which the first or the last characters are a passage, in a form that is to be found."""

    def __init__(self, copy: str, start: int, end: int) -> None:
        self._copy = copy
        self._start, self._end = start, end
        self._spots = list(spots(copy, start, end))
        edges = [start, *(edge for spot in self._spots for edge in (spot.start, spot.end)), end]
        self._literals = [copy[first:last] for first, last in zip(edges[::2], edges[1::2], strict=True)]

    def variants(self, learned: Sequence[Recipe]) -> Iterator[tuple[Recipe | None, list[str]]]:
        """Return forms of all spots: those that a whole edition may have by a recipe, ``learned`` ones first.

        Then come single spots that differ from the rest, in pairs and threes where they are line breaks or the like.
        """
        recipes = dict.fromkeys([*learned, *islice(self._uniform(), _MOST_AT_ONCE)])
        yield from ((recipe, self._written(recipe)) for recipe in recipes)
        bases = [self._written(recipe) for recipe in dict.fromkeys([*learned, Recipe()])]
        for base in bases:
            for at, spot in enumerate(self._spots):
                for form in _FORMS[spot.kind]:
                    yield None, [*base[:at], form[not spot.opens], *base[at + 1 :]]
        for width in _WIDTHS:
            for line_end, breaks_words in (("\n", False), ("\n", True), (" \n", False)):
                for forms in dict.fromkeys([*(recipe.forms for recipe in learned), ()]):
                    recipe = Recipe(forms, width, line_end, breaks_words)
                    yield recipe, self._written(recipe)
        gaps = [at for at, spot in enumerate(self._spots) if spot.kind == "gap"]
        for base in bases:
            for several, (gap, _) in product((2, 3), _FORMS["gap"]):
                for places in islice(combinations(gaps, several), _MOST_AT_ONCE):
                    yield None, [gap if at in places else form for at, form in enumerate(base)]

    def reading(self, forms: Sequence[str]) -> Reading:
        """Return the stretch with its spots in these ``forms``."""
        written = {spot.start: form for spot, form in zip(self._spots, forms, strict=True)}
        return Reading(self._copy, self._start, self._end, lambda spot: written[spot.start])

    def text(self, forms: Sequence[str]) -> str:
        """Return the words of the stretch with its spots in these ``forms``."""
        pieces = [""] * (2 * len(self._spots) + 1)
        pieces[::2], pieces[1::2] = self._literals, forms
        return "".join(pieces)

    def _uniform(self) -> Iterator[Recipe]:
        """Return recipes that give each kind one form, those that change the fewest kinds first."""
        kinds = list(dict.fromkeys(spot.kind for spot in self._spots))
        options = [[None, *((kind, form) for form in _FORMS[kind])] for kind in kinds]
        for changed in range(1, len(kinds) + 1):
            for chosen in combinations(range(len(kinds)), changed):
                for forms in product(*(options[at][1:] for at in chosen)):
                    yield Recipe(tuple(form for form in forms if form))

    def _written(self, recipe: Recipe) -> list[str]:
        forms = dict(recipe.forms)
        breaks = self._breaks(recipe) if recipe.width else {}
        return [breaks.get(spot.start, _quoting(forms, as_printed, spot)) for spot in self._spots]

    @cached_property
    def _paragraph(self) -> tuple[int, int, list[Spot]]:
        """The start of the paragraph that the stretch begins in, how many line ends part paragraphs, and all spots."""
        separator = "\n\n" if "\n\n" in self._copy else "\n"
        found = self._copy.rfind(separator, max(0, self._start - _PARAGRAPH), self._start)
        first = found + len(separator) if found >= 0 else self._start
        end = Spot(self._end, self._end, "gap", "", opens=False)
        return first, len(separator), [*spots(self._copy, first, self._start), *self._spots, end]

    def _breaks(self, recipe: Recipe) -> dict[int, str]:
        """Return how spots are written where each paragraph is filled into lines of a width."""
        reached, separator, found = self._paragraph
        first, length, before = reached, 0, None
        written: dict[int, str] = {}
        for spot in found:
            is_hyphen = recipe.breaks_words and spot.kind in ("hyphen", "hyphenation")
            if spot.kind != "gap" and not is_hyphen:
                continue
            word = spot.start - reached + is_hyphen
            blank = 1 if before and before.kind == "gap" else 0
            if before and length + blank + word > recipe.width:
                written[before.start] = recipe.line_end if before.kind == "gap" else before.text[0] + "\n"
                length = word
            else:
                length += blank + word
            reached = spot.end
            if spot.start == first or spot.line_ends >= separator:
                length, before = len(spot.text.rsplit("\n", 1)[-1]), None
            else:
                written[spot.start] = " " if spot.kind == "gap" else spot.text[0]
                before = spot
        return written


def differences(printed: str, original: str) -> str:
    """Return in what two forms of the same words differ, such as ``blanks, quotation marks``; else ``exact``."""
    if printed == original:
        return "exact"
    kinds: dict[str, tuple[Kind, ...]] = {"quotation marks": ("double", "single"), "hyphens": ("hyphen", "hyphenation")}
    found = [name for name, marks in kinds.items() if _only(printed, marks) != _only(original, marks)]
    ours, theirs = _only(printed, ("gap",)), _only(original, ("gap",))
    broken = len(_only(printed, ("hyphenation",))) != len(_only(original, ("hyphenation",)))
    if broken or len(ours) != len(theirs):
        found.append("line breaks")
    else:
        other = [one + another for one, another in zip(ours, theirs, strict=True) if one != another]
        found += dict.fromkeys("line breaks" if set(LINE_ENDS) & set(gap) else "blanks" for gap in other)
    return ", ".join(sorted(found)) or "blanks"


def _only(text: str, kinds: Sequence[Kind]) -> list[str]:
    """Return the spots of some kinds in ``text``, hyphens without the line ends that follow them."""
    found = (spot for spot in spots(text, 0, len(text)) if spot.kind in kinds)
    return [spot.text[0] if spot.kind == "hyphenation" else spot.text for spot in found]
