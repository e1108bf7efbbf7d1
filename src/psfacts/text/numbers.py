"""Numbers in English text: in digits, in words, or mixed.

``4.5 million``, ``900,000``, ``350th``, ``one hundred and five``, ``three and a half million``, ``two dozen`` and
``nineteen ninety-one`` are read; ``one`` alone, ``dozens`` and ``a few dozen`` count nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal
from typing import Literal

_CARDINALS = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety"""
_ORDINALS = """zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth
    fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth thirtieth fortieth fiftieth sixtieth
    seventieth eightieth ninetieth"""
_VALUES = (*range(20), *range(20, 100, 10))
_SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_FRACTIONS = {"half": Decimal("0.5"), "quarter": Decimal("0.25")}
_VULGAR = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}
_CROWDS = {"dozen": 12, "score": 20}
_HYPHENS = ("", "-", "‐", "‑")
_VAGUE = ("few", "several", "many", "some")

_EXACT = Context(prec=10**9, Emax=MAX_EMAX, Emin=MIN_EMIN)
"""Arithmetic without rounding, for any number of digits."""

Kind = Literal["digits", "unit", "hundred", "scale", "crowd", "fraction", "helper"]


@dataclass(frozen=True)
class _Token:
    """A word or a run of digits that may be part of a number."""

    kind: Kind
    word: str
    value: Decimal
    start: int
    end: int
    is_last: bool = False
    """Whether it ends a number, like an ordinal."""
    joint: str = ""
    """Separator from the token before: a blank or hyphens (``" "``), a comma, or anything else (``""``)."""


@dataclass(frozen=True)
class Number:
    """A number with its place in a text."""

    start: int
    end: int
    value: Decimal
    is_year: bool = False
    """Whether it is spoken like a year: ``nineteen ninety-one``."""


def _words() -> Iterator[tuple[str, tuple[Kind, int | Decimal, bool]]]:
    """Return the words of numbers, each with its kind, its value, and whether it ends a number."""
    for words, is_last in ((_CARDINALS, False), (_ORDINALS, True)):
        yield from ((word, ("unit", value, is_last)) for word, value in zip(words.split(), _VALUES, strict=True))
    for word, value in {"hundred": 100, **_SCALES}.items():
        kind: Kind = "hundred" if value == 100 else "scale"
        yield from (
            (word, (kind, value, False)),
            (f"{word}s", (kind, value, False)),
            (f"{word}th", (kind, value, True)),
        )
    for word, value in _CROWDS.items():
        yield from ((word, ("crowd", value, False)), (f"{word}s", ("crowd", value, False)))
    yield from ((word, ("fraction", value, False)) for word, value in _FRACTIONS.items())
    yield ("quarters", ("fraction", _FRACTIONS["quarter"], False))
    yield from ((word, ("crowd", value, False)) for word, value in {"threescore": 60, "fourscore": 80}.items())
    yield ("twice", ("unit", 2, True))
    yield from ((word, ("helper", 0, False)) for word in ("a", "and", "of", "oh", *_VAGUE))


_WORDS = dict(_words())
_TOKEN = re.compile(
    r"(?<![\w.])(?<!\d,)(?P<digits>\d+(?:[.,]\d+)*+)(?P<vulgar>[½¼¾])?(?P<ordinal>st|nd|rd|th)?(?!\w)"
    rf"|\b(?:{'|'.join(sorted(_WORDS, key=len, reverse=True))})\b",
    re.IGNORECASE,
)
_IN_DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?")
_PERCENT = re.compile(r"\s*(?:%|per ?cent\b)", re.IGNORECASE)
_SHARED_SIGN = re.compile(r",|,?\s+(?:(?:and|or|to)\s+)?|\s?[–-]\s?", re.IGNORECASE)
"""Separators of numbers that share a percent sign: ``11, 30 and 28 percent``."""


def numbers(text: str) -> set[Decimal]:
    """Return the numbers that ``text`` mentions."""
    return set(counted(text))


def counted(text: str) -> Counter[Decimal]:
    """Return the numbers that ``text`` mentions, with their counts."""
    return Counter(number.value for number in find(text))


def percentages(text: str) -> set[Decimal]:
    """Return the percentages in ``text``: ``14%``, ``11, 30 and 28 percent``."""
    shares: set[Decimal] = set()
    following: Number | None = None
    for number in reversed(list(find(text))):
        between = text[number.end : following.start] if following else ""
        if _PERCENT.match(text, number.end) or (between and _SHARED_SIGN.fullmatch(between)):
            shares.add(number.value)
            following = number
        else:
            following = None
    return shares


def exact(value: float) -> Decimal:
    """Return a number of a fact base in the form used for numbers in texts."""
    return Decimal(str(value))


def plain(number: Decimal) -> str:
    """Return a number in digits: ``4,500,000`` or ``25.5``."""
    written = f"{number:,f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


def find(text: str) -> Iterator[Number]:
    """Return the numbers in ``text``, in order."""
    tokens = list(_tokens(text))
    reader = _Reader(tokens)
    at = 0
    while at < len(tokens):
        found = reader.number(at)
        if found:
            yield found[0]
        at = found[1] if found else at + 1


def _tokens(text: str) -> Iterator[_Token]:
    reached = 0
    for match in _TOKEN.finditer(text):
        between = text[reached : match.start()]
        joint = _joint(between) if reached else ""
        reached = match.end()
        if not match["digits"]:
            kind, value, is_last = _WORDS[match[0].lower()]
            yield _Token(kind, match[0].lower(), Decimal(value), match.start(), match.end(), is_last, joint)
            continue
        runs = list(_IN_DIGITS.finditer(text, *match.span("digits")))
        for run in runs:
            value = Decimal(run[0].replace(",", ""))
            is_last = run is not runs[-1] or bool(match["ordinal"])
            if match["vulgar"] and run is runs[-1]:
                value = _EXACT.add(value, _VULGAR[match["vulgar"]])
            end = match.end() if run is runs[-1] else run.end()
            yield _Token("digits", run[0], value, run.start(), end, is_last, joint)
            joint = ""


def _joint(between: str) -> str:
    """Return how two tokens are joined by the text ``between`` them; a dash with blanks around it separates them."""
    mark = between.strip()
    if mark in _HYPHENS:
        return " " if between.startswith(mark) else ""
    return mark if mark == "," else ""


class _Reader:
    """Parser of numbers. Each method takes the index of a token, and returns the parsed value and the next index."""

    def __init__(self, tokens: list[_Token]) -> None:
        self.tokens = tokens

    def number(self, at: int) -> tuple[Number, int] | None:
        """Read the longest number that begins with the token at ``at``."""
        first = self.tokens[at]
        is_rank = first.kind in ("hundred", "scale") and first.is_last
        found = (first.value, at + 1) if is_rank else self._part(at) or self._crowd(at) or self._sum(at)
        year = self._year(at)
        if year:
            found = year
        if found is None or (found[1] == at + 1 and first.word == "one"):
            return None
        value, end = found
        return Number(first.start, self.tokens[end - 1].end, value, bool(year)), end

    def _is(self, at: int, *which: str, joint: str | None = " ") -> bool:
        """Return whether the token at ``at`` is one of these kinds or words, and goes on with the one before it.

        With ``joint`` None it begins the number.
        """
        if at >= len(self.tokens):
            return False
        token = self.tokens[at]
        goes_on = joint is None or (token.joint == joint and not self.tokens[at - 1].is_last)
        return goes_on and (token.kind in which or token.word in which)

    def _value(self, at: int) -> Decimal:
        return self.tokens[at].value

    def _below_hundred(self, at: int, joint: str | None) -> tuple[Decimal, int] | None:
        """Read ``five``, ``fifteen``, ``fifty`` or ``fifty-five``."""
        if not self._is(at, "unit", joint=joint):
            return None
        value = self._value(at)
        if value >= 20 and self._is(at + 1, "unit") and 0 < self._value(at + 1) < 10:
            return value + self._value(at + 1), at + 2
        return value, at + 1

    def _below_thousand(self, at: int, joint: str | None) -> tuple[Decimal, int] | None:
        """Read ``two hundred and five`` or ``nineteen hundred``; ``a`` where a hundred or a scale follows."""
        found = self._below_hundred(at, joint)
        if found is None and self._is(at, "a", joint=joint) and self._is(at + 1, "hundred", "scale"):
            found = Decimal(1), at + 1
        if found is None or not found[0] or not self._is(found[1], "hundred"):
            return found
        value, at = 100 * found[0], found[1] + 1
        rest = self._below_hundred(at + self._is(at, "and"), " ")
        return (value + rest[0], rest[1]) if rest and not self._is(rest[1], "hundred") else (value, at)

    def _term(self, at: int, joint: str | None) -> tuple[Decimal, Decimal, int] | None:
        """Read a number before a scale, such as ``4.5 million`` or ``three and a half million``, and the scale."""
        is_digits = self._is(at, "digits", joint=joint)
        found = (self._value(at), at + 1) if is_digits else self._below_thousand(at, joint)
        if found is None:
            return None
        value, at = self._with_fraction(*found)
        scale = Decimal(1)
        while self._is(at, "scale", "hundred" if is_digits else "scale"):
            scale, at = scale * self._value(at), at + 1
        value, end = self._with_fraction(value, at) if scale > 1 else (value, at)
        return _EXACT.multiply(value, scale), scale, end

    def _with_fraction(self, value: Decimal, at: int) -> tuple[Decimal, int]:
        """Read on over ``and a half``."""
        if self._is(at, "and") and self._is(at + 1, "a") and self._is(at + 2, "fraction"):
            return _EXACT.add(value, self._value(at + 2)), at + 3
        return value, at

    def _sum(self, at: int) -> tuple[Decimal, int] | None:
        """Read ``sixty thousand two hundred``: numbers before ever smaller scales; digits have one scale at most."""
        term = self._term(at, None)
        if term is None:
            return None
        is_digits = self.tokens[at].kind == "digits"
        value, scale, at = term
        while scale > 1 and not is_digits:
            is_after_and = self._is(at, "and")
            joint = "," if self._is(at, "unit", joint=",") else " "
            following = self._term(at + is_after_and, joint)
            if following is None or following[0] >= (100 if is_after_and else scale):
                break
            value, scale, at = value + following[0], following[1], following[2]
        return value, at

    def _part(self, at: int) -> tuple[Decimal, int] | None:
        """Read ``half a million``, ``a quarter of a million`` or ``half a dozen``."""
        count = Decimal(1)
        if self._is(at, "a", "unit", joint=None) and self._is(at + 1, "fraction"):
            count, at = self._value(at) or count, at + 1
        elif not self._is(at, "fraction", joint=None):
            return None
        share, at = count * self._value(at), at + 1
        at += self._is(at, "of")
        at += self._is(at, "a")
        return (share * self._value(at), at + 1) if self._is(at, "scale", "hundred", "crowd") else None

    def _crowd(self, at: int) -> tuple[Decimal, int] | None:
        """Read ``a dozen``, ``two dozen``, ``a score of`` or ``four score and seven``; ``a few dozen`` is no number."""
        is_vague = at > 0 and self.tokens[at - 1].word in _VAGUE and self.tokens[at].joint == " "
        if self._is(at, "threescore", "fourscore", joint=None) or (self._is(at, "dozen", joint=None) and not is_vague):
            count = Decimal(1), at
        elif self._is(at, "a", "digits", joint=None):
            count = self._value(at) or Decimal(1), at + 1
        else:
            count = self._below_hundred(at, None) or (Decimal(0), len(self.tokens))
        if not self._is(count[1], "crowd", joint=None if count[1] == at else " "):
            return None
        unit, word, end = self._value(count[1]), self.tokens[count[1]].word, count[1] + 1
        if word in ("dozen", "dozens"):
            value, end = self._with_fraction(count[0], end)
            return unit * value, end
        is_points = self._is(at, "digits", joint=None) or self._is(at, "a", joint=None) or word == "scores"
        if is_points and not self._is(end, "of"):
            return None
        rest = self._below_hundred(end + self._is(end, "and"), " ")
        return (unit * count[0] + rest[0], rest[1]) if rest and rest[0] < 20 else (unit * count[0], end)

    def _year(self, at: int) -> tuple[Decimal, int] | None:
        """Read ``nineteen ninety-one``, ``nineteen oh five`` or ``twenty twenty-two``."""
        if not self._is(at, "unit", joint=None) or not 10 <= self._value(at) <= 20:
            return None
        is_oh = self._is(at + 1, "oh")
        rest = self._below_hundred(at + 1 + is_oh, " ")
        if rest is None or (rest[0] < 10) != is_oh or self._is(rest[1], "hundred", "scale", "crowd"):
            return None
        return 100 * self._value(at) + rest[0], rest[1]
