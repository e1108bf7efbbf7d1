"""Numbers in English text: in digits, in words, or mixed.

``4.5 million``, ``900,000``, ``350th``, ``one hundred and five``, ``three and a half million``, ``two dozen`` and
``nineteen ninety-one`` are read; ``one`` alone, ``dozens`` and ``a few dozen`` count nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal, localcontext
from typing import NamedTuple

_CARDINALS = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety"""
_ORDINALS = """zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth
    fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth thirtieth fortieth fiftieth sixtieth
    seventieth eightieth ninetieth"""
_KINDS = "z" + 9 * "u" + 10 * "t" + "w" + 7 * "y"
_VALUES = (*range(20), *range(20, 100, 10))
_SCALES = {"hundred": 2, "thousand": 3, "million": 6, "billion": 9, "trillion": 12}
"""Powers of ten."""

_HALF, _QUARTER = Decimal("0.5"), Decimal("0.25")
_OTHERS: tuple[tuple[str, str, int | Decimal], ...] = (
    *(("a", "a", 0), ("&", "and", 0), ("o", "of", 0), ("O", "oh", 0), ("v", "few several many some", 0)),
    *(("f", "half", _HALF), ("f", "quarter quarters", _QUARTER)),
    *(("m", "dozen", 12), ("M", "dozens", 12), ("p", "score", 20), ("P", "scores", 20)),
    *(("q", "threescore", 60), ("q", "fourscore", 80)),
)
"""Other words: their kind, the words, and their value."""

_VULGAR = {"½": _HALF, "¼": _QUARTER, "¾": _HALF + _QUARTER}
_HYPHENS = ("", "-", "‐", "‑")
_FACTORS = "hHsSmMpPqf"
"""Kinds of words that multiply what is before them; alone, they or ``a`` count one."""

_EXACT = Context(prec=10**9, Emax=MAX_EMAX, Emin=MIN_EMIN)
"""Arithmetic without rounding, for any number of digits."""

# The grammar of numbers, over the kinds of words: each word is a letter, before it a blank where it goes on with the
# word before. Digits are d, zero is z, one to nine u, ten to nineteen t, twenty w, thirty to ninety y, hundred h, and
# thousand to trillion s; as ordinals, the last two are H and S. The other letters are those of _OTHERS.
_BELOW_HUNDRED = r"(?>[wy] u|[zutwy])"
_COUNT = rf"(?>a(?= [hHsS])|d|{_BELOW_HUNDRED})(?:(?<!z) [hH](?:(?: &)? {_BELOW_HUNDRED}(?! [hH]))?)?"
_AND_A_HALF = r"(?: & a f)?"
_TERM = rf"{_COUNT}{_AND_A_HALF}(?:(?: [sS])+{_AND_A_HALF})?"
_FORM = re.compile(
    r"(?P<year>[tw](?: O [zu]| (?>[wy] u|[twy]))(?! [hHsSmMpPq]))"  # nineteen oh five, twenty twenty-two
    r"|[HS]"  # the hundredth
    r"|(?:[azutwy] )?f(?: o)?(?: a)? [hHsSmMpPq]"  # half a million, three quarters of a million
    rf"|(?:(?<!v )m|(?>[ad]|{_BELOW_HUNDRED}) [mM]){_AND_A_HALF}"  # a dozen and a half; a few dozen count nothing
    rf"|(?:q|{_BELOW_HUNDRED} p)(?:(?: &)? [zut])?"  # four score and seven
    rf"|(?>[ad] [pP]|{_BELOW_HUNDRED} P)(?= o)"  # a score of ships
    rf"|(?P<term>{_TERM})"  # one hundred and five, three and a half million
)
_NEXT_TERM = re.compile(rf"(?:(?P<and> & )|,(?=[zutwy])| ){_TERM}")
"""A further term of a number, with its joint: `` two hundred`` after ``sixty thousand``."""


class _Token(NamedTuple):
    """A word or a run of digits that may be part of a number."""

    kind: str
    """Its letter in the grammar."""
    value: Decimal
    start: int
    end: int
    joint: str
    """Its link to the token before: a blank or a hyphen (``" "``), a comma, or none (``"|"``)."""


class Number(NamedTuple):
    """A number with its place in a text."""

    start: int
    end: int
    value: Decimal
    is_year: bool = False
    """True if it is spoken like a year: ``nineteen ninety-one``."""


def _words() -> Iterator[tuple[str, tuple[str, int | Decimal, bool]]]:
    """Return the words of numbers, each with its kind, its value, and whether it ends a number."""
    for words, is_last in ((_CARDINALS, False), (_ORDINALS, True)):
        for word, kind, value in zip(words.split(), _KINDS, _VALUES, strict=True):
            yield word, (kind, value, is_last)
    for word, power in _SCALES.items():
        kind, value = "h" if power == 2 else "s", Decimal(f"1e{power}")  # of one digit, however many are multiplied
        yield from ((word, (kind, value, False)), (f"{word}s", (kind, value, False)))
        yield f"{word}th", (kind.upper(), value, True)
    for kind, others, other in _OTHERS:
        yield from ((word, (kind, other, False)) for word in others.split())
    yield "twice", ("u", 2, True)


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
    is_share, reached = False, len(text)
    for number in reversed(list(find(text))):
        shares_sign = is_share and _SHARED_SIGN.fullmatch(text, number.end, reached)
        is_share, reached = bool(shares_sign or _PERCENT.match(text, number.end)), number.start
        if is_share:
            shares.add(number.value)
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
    kinds = "".join(token.joint + token.kind for token in tokens)
    at = 0
    while form := _FORM.search(kinds, 2 * at):
        start, at = form.start() // 2, form.end() // 2
        if text[tokens[start].start : tokens[at - 1].end].lower() == "one":
            continue
        with localcontext(_EXACT):
            value, scale = _valued(tokens[start:at])
            if form["year"]:
                value += 99 * tokens[start].value  # its first half counts hundreds
            is_open = form["term"] and tokens[start].kind != "d"
            while is_open and scale > 1 and (following := _NEXT_TERM.match(kinds, 2 * at)):
                more, smaller = _valued(tokens[at : following.end() // 2])
                if more >= (100 if following["and"] else scale):
                    break
                value, scale, at = value + more, smaller, following.end() // 2
        yield Number(tokens[start].start, tokens[at - 1].end, value, bool(form["year"]))


def _valued(tokens: Sequence[_Token]) -> tuple[Decimal, Decimal]:
    """Return the value of a term and its scale: counts are added, and larger words multiply what is before them."""
    value, scale = Decimal(tokens[0].kind in f"a{_FACTORS}"), Decimal(1)
    is_added = False
    for token in tokens:
        is_added = is_added or token.kind == "&"
        if token.kind in _FACTORS and not (is_added and token.kind == "f"):
            value *= token.value
            scale *= 1 if token.kind in "hHf" else token.value
        else:
            value += token.value * (scale if token.kind == "f" else 1)
    return value, scale


def _tokens(text: str) -> Iterator[_Token]:
    reached, is_last = 0, True
    for match in _TOKEN.finditer(text):
        joint = "|" if is_last else _joint(text[reached : match.start()])
        reached = match.end()
        if not match["digits"]:
            kind, value, is_last = _WORDS[match[0].lower()]
            yield _Token(kind, Decimal(value), match.start(), reached, joint)
            continue
        *runs, last = _IN_DIGITS.finditer(text, *match.span("digits"))
        for run in runs:
            yield _Token("d", _in_digits(run[0]), run.start(), run.end(), joint)
            joint = "|"
        value = _EXACT.add(_in_digits(last[0]), _VULGAR.get(match["vulgar"], 0))
        yield _Token("d", value, last.start(), reached, joint)
        is_last = bool(match["ordinal"])


def _in_digits(run: str) -> Decimal:
    return Decimal(run.replace(",", ""))


def _joint(between: str) -> str:
    """Return how two tokens are joined by the text ``between`` them; a dash with blanks around it separates them."""
    mark = between.strip()
    if mark in _HYPHENS and between.startswith(mark):
        return " "
    return mark if mark == "," else "|"
