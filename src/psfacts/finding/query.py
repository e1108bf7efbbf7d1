"""What a query asks for: its names, indicators, words and times, each as a concept that facts can be held against."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from psfacts.finding import periods
from psfacts.finding.lexicon import Lexicon, Meaning, is_unspaced
from psfacts.finding.periods import Period
from psfacts.finding.stemming import Stemmer
from psfacts.finding.vocabulary import ENGLISH, STOP, WEAK
from psfacts.model import Id
from psfacts.text.dates import MONTHS
from psfacts.text.mentions import without_possessives
from psfacts.text.names import fold

LONGEST = 4000
"""Characters of a query that are read."""

MOST_WORDS = 60
"""Words of a query that are read."""

_LONGEST_CODE = 3
_CHINESE_DATE = re.compile(r"(\d{1,4})([年月日号])")
_FLAG = re.compile("([\U0001f1e6-\U0001f1ff])([\U0001f1e6-\U0001f1ff])")

Want = Literal["number", "time", "person", "place", "words"]
"""What kind of answer a question word asks for."""

_WANTS: dict[Want, str] = {
    "number": """
        how many, how much, how high, how long, how big, how large, how far, how old, what percentage, what share,
        what number, what proportion, figure, figures, statistics, number, headcount, percent, percentage, per capita,
        gdp, population, casualties, death toll, fatalities, tonnage, tonnes, tons, square kilometres, square miles,
        сколько, количество, численность, процент, население, жертвы, 多少, 人口, wie viele, wie viel, anzahl, prozent,
        bevolkerung, combien, nombre, pourcentage, cuantos, cuantas, kac
    """,
    "time": "when, когда, wann, quand, cuando, ne zaman, kiedy",
    "person": "who, whom, кто, 谁, wer, qui, quien, kto",
    "place": "where, где, wo, donde, nerede, gdzie",
    "words": "said, say, says, claim, claims, according",
}
"""Words that tell what kind of answer is asked for: question words, and names of what only a number can answer."""

_PHRASES = {want: [f" {' '.join(one.split())} " for one in told.split(",")] for want, told in _WANTS.items()}

_NO_NUMBER = ("a number of", "any number of")
"""Where ``number`` asks for none."""


@dataclass(frozen=True)
class Word:
    """A folded word of a query, and how it was written."""

    text: str
    written: str
    is_upper: bool = False
    is_title: bool = False
    is_first: bool = False


@dataclass(frozen=True)
class Concept:
    """One thing that a query names."""

    words: tuple[str, ...]
    meaning: Meaning
    holders: tuple[Id, ...] = ()
    """Persons who hold the office that it names."""
    is_unknown_name: bool = False
    """Whether it is written as a name, though none that is known."""

    @property
    def text(self) -> str:
        """The words in a row."""
        return " ".join(self.words)

    @property
    def is_foreign(self) -> bool:
        """Whether it is a word of another script that the vocabulary happens not to have."""
        return not self.text.isascii() and not self.meaning.is_of_field

    @property
    def is_named(self) -> bool:
        """Whether it is somebody's or something's name, and nothing else."""
        return bool(self.meaning.entity or self.meaning.elsewhere) and not self.meaning.indicator


@dataclass(frozen=True)
class Query:
    """A query, understood."""

    concepts: tuple[Concept, ...]
    period: Period | None
    period_words: str
    wants: frozenset[Want]
    corrections: tuple[tuple[str, str], ...]

    @property
    def asks_for_person(self) -> bool:
        """Whether it asks who."""
        return "person" in self.wants


@dataclass(frozen=True)
class Reader:
    """Understands queries by a lexicon, a stemmer, and what the base knows and how it spells it."""

    lexicon: Lexicon
    stemmer: Stemmer
    knows: Callable[[str], bool]
    """Returns whether a stem occurs in the base."""
    nearest: Callable[[str], str | None]
    """Puts a misspelt word right."""

    def read(self, text: str) -> Query:
        """Understand ``text``, whatever it is."""
        written = self._words(text)
        stems = self.stemmer.stems([word.text for word in written])
        words, corrections = self._put_right(written, stems)
        folded = [word.text for word in words]
        if corrections:
            stems = self.stemmer.stems(folded)
        period, used = periods.find(folded)
        return Query(
            concepts=tuple(self._concepts(words, stems, used)),
            period=period,
            period_words=" ".join(words[at].written for at in sorted(used)),
            wants=_wants(" ".join(folded)),
            corrections=corrections,
        )

    def _words(self, text: str) -> list[Word]:
        words: list[Word] = []
        spelt = _CHINESE_DATE.sub(_date, _FLAG.sub(_letters, text[:LONGEST]))
        for piece in without_possessives(spelt).split()[:MOST_WORDS]:
            for folded in fold(piece).split():
                for part in self.lexicon.split(folded) if is_unspaced(folded) else [folded]:
                    words.append(Word(part, part, piece.isupper(), piece[:1].isupper(), not words))
        return words[:MOST_WORDS]

    def _put_right(self, words: Sequence[Word], stems: Sequence[str]) -> tuple[list[Word], tuple[tuple[str, str], ...]]:
        right: list[Word] = []
        corrections: dict[str, str] = {}
        for word, stem in zip(words, stems, strict=True):
            meant = None if self._is_known(word, stem) else self.nearest(word.text)
            if meant:
                corrections[word.text] = meant
            right.append(replace(word, text=meant) if meant else word)
        return right, tuple(corrections.items())

    def _is_known(self, word: Word, stem: str) -> bool:
        return (
            word.text in STOP
            or word.text in WEAK
            or word.text in periods.WORDS
            or not word.text.isalpha()
            or self.lexicon.knows(word.text, stem)
            or word.text.upper() in self.lexicon.codes
            or stem in ENGLISH
            or self.knows(stem)
        )

    def _concepts(self, words: Sequence[Word], stems: Sequence[str], used: frozenset[int]) -> Iterator[Concept]:
        texts = [word.text for word in words]
        is_shouted = all(word.is_upper for word in words) and not all(map(self._may_be_code, texts))
        at = 0
        while at < len(words):
            length, meaning = (0, None) if at in used else self.lexicon.longest(texts, stems, at)
            if length == 1 and texts[at] in STOP and not (meaning and meaning.entity and words[at].is_upper):
                length, meaning = 0, None
            # A code written like one means more than a word of the field, and less than a name.
            may_be_code = not length or (length == 1 and words[at].is_upper and not (meaning and meaning.entity))
            code = self._code(words[at], stems[at], is_shouted) if may_be_code and at not in used else None
            if meaning or code:
                named = tuple(texts[at : at + max(length, 1)])
                meant = code or meaning or Meaning()
                yield Concept(named, meant, self._holders(" ".join(named), meant))
            elif at not in used and texts[at] not in STOP:
                yield self._plain(words[at], stems[at])
            at += max(length, 1)

    def _holders(self, text: str, meaning: Meaning) -> tuple[Id, ...]:
        offices = self.lexicon.offices
        return tuple(dict.fromkeys(key for word in (text, *meaning.synonyms) for key in offices.get(word, ())))

    def _may_be_code(self, text: str) -> bool:
        return len(text) <= _LONGEST_CODE or text in self.lexicon.acronyms

    def _code(self, word: Word, stem: str, is_shouted: bool) -> Meaning | None:
        """Return what an ISO code means: written like one, or where the word can be nothing else."""
        meaning = self.lexicon.codes.get(word.text.upper())
        if meaning is None:
            return None
        if word.is_upper and not word.text.isdigit():
            return None if is_shouted and word.text in STOP else meaning
        is_free = word.text not in STOP and not self.knows(stem)
        return meaning if is_free and meaning.entity else None

    def _plain(self, word: Word, stem: str) -> Concept:
        is_unknown = word.text.isascii() and word.text not in WEAK and not self.knows(stem)
        is_name = is_unknown and word.is_title and not word.is_first
        return Concept((word.text,), Meaning(), self._holders(word.text, Meaning()), is_unknown_name=is_name)


def _date(match: re.Match[str]) -> str:
    """Return a part of a Chinese date in words that periods are known by."""
    number = int(match[1])
    return f" {MONTHS[number - 1]} " if match[2] == "月" and 1 <= number <= 12 else f" {number} "


def _wants(words: str) -> frozenset[Want]:
    """Return what kinds of answer the folded ``words`` of a query ask for."""
    asked = f" {words} "
    for phrase in _NO_NUMBER:
        asked = asked.replace(f" {phrase} ", " ")
    return frozenset(want for want, phrases in _PHRASES.items() if any(phrase in asked for phrase in phrases))


def _letters(flag: re.Match[str]) -> str:
    """Return the ISO code that a flag is made of."""
    return " " + "".join(chr(ord(half) - 0x1F1E6 + ord("A")) for half in flag.groups()) + " "
