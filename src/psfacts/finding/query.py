"""What a query asks for: its names, indicators, words and times, each as a concept that facts can be held against."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from string import ascii_uppercase
from typing import Literal, NamedTuple

from psfacts.finding import periods
from psfacts.finding.names import Name, Names
from psfacts.finding.periods import Period
from psfacts.finding.stemming import Stemmer
from psfacts.finding.words import LONGEST_NAME, STOP, WEAK, alike, english
from psfacts.model import Id
from psfacts.text.names import fold, without_possessives
from psfacts.text.phrases import words_of

_FLAGS = {0x1F1E6 + at: letter for at, letter in enumerate(ascii_uppercase)}
"""Letters for the characters that flags are made of, which are ISO codes."""

LONGEST = 4000
"""Characters of a query that are read."""

MOST_WORDS = 60
"""Words of a query that are read."""

MOST_MISSPELT = 10
"""Words of a query that are tried to be put right: what has more that nobody knows is no misspelt English."""

_ACRONYM = 5
"""Letters of the longest word that is written in capitals where not all is."""

Want = Literal["number", "time", "person"]
"""What kind of answer a question word asks for."""

_WANTS: dict[Want, str] = {
    "number": """
        how many, how much, how high, how long, how big, how large, how far, how old, what percentage, what share,
        what number, what proportion, figure, figures, statistics, number, headcount, percent, percentage, per capita,
        rate, rates, volume, value of, share of, per, population, casualties, deaths, killed, death toll, fatalities,
        tonnage, tonnes, tons, square kilometres, square miles
    """,
    "time": "what day, which day, what date, which date, what month, which month, what year, which year",
    "person": "name of",
}
"""Words that tell what kind of answer is asked for: question words, and names of what only a number can answer."""

_PHRASES = {want: [f" {' '.join(phrase.split())} " for phrase in told.split(",")] for want, told in _WANTS.items()}

_FIRST: dict[str, Want] = {"when": "time", "who": "person", "whom": "person"}
"""Question words that only ask where a question or a sentence in it begins: elsewhere they join clauses."""

OPENING = 3
"""Words of a query within which it begins to ask, after ``so``, ``and since`` or ``tell me``."""

_BEING = words_of("is are was were")
"""Words that ask with ``in`` who belongs to an organization."""

ASKING = words_of("did do does has have had will would can could should may might didnt doesnt dont wont")
"""Auxiliary verbs: in a question, who acts comes after them."""

_YES_OR_NO = _BEING | ASKING | words_of("am isnt arent wasnt werent hasnt havent hadnt cant couldnt wouldnt")
"""Verbs that a question begins with which asks whether something is so, and neither for a number nor for a time."""

_NO_NUMBER = ("a number of", "any number of", "how much support", "how much help", "how much influence")
"""Where ``number`` and ``how much`` ask for none."""

_LEFT_OUT = words_of("besides except excluding apart")
"""Words before what somebody names only to leave it out."""

MEMBERSHIP = words_of("member members membership memberships belong belongs join joined")
"""Words for belonging to an organization."""

_PRONOUNS = frozenset({"us"})
"""Pronouns that are names as well."""

_TELLING = words_of("tell give show let help inform remind teach")
"""Words after which a pronoun is one."""

Runs = Sequence[tuple[int, tuple[str, ...]]]
"""Runs of words from one place on that the vocabulary has: their length and their group."""

_OFFICES = words_of(
    "president presidents premier premiers chancellor minister ministers king queen monarch leader leaders head"
    " secretary commander chairman chief governor mayor ambassador ruler"
)
"""Words for who is in office."""


class Word(NamedTuple):
    """A folded word of a query, and how it was written."""

    text: str
    is_upper: bool
    is_possessive: bool = False
    stem: str = ""


class Concept(NamedTuple):
    """One thing that a query names."""

    words: tuple[str, ...]
    at: int
    """The place of its first word."""
    stems: tuple[str, ...] = ()
    """The stems of those of its words that say something."""
    name: Name | None = None
    """Whose name it is."""
    indicators: tuple[Id, ...] = ()
    """The indicators that go by these words, or by others that mean the same."""
    synonyms: tuple[str, ...] = ()
    """Other words for it."""
    is_possessive: bool = False
    is_left_out: bool = False
    """Whether it is named only to be left out: ``besides Russia and the West``."""

    @property
    def entities(self) -> tuple[Id, ...]:
        """The entities of the base that go by it."""
        return self.name.entities if self.name else ()

    @property
    def text(self) -> str:
        """The words in a row."""
        return " ".join(self.words)

    @property
    def has_words(self) -> bool:
        """Whether it is more than a name."""
        return not self.name or bool(self.indicators)

    @property
    def is_weak(self) -> bool:
        """Whether it says little."""
        return self.text in WEAK

    @property
    def is_office(self) -> bool:
        """Whether it names an office."""
        return bool(set(self.words) & _OFFICES)


@dataclass(frozen=True)
class Query:
    """A query, understood."""

    words: tuple[str, ...]
    """All its words, folded and put right."""
    stems: tuple[str, ...]
    """Their stems; for a code those of the name that it stands for."""
    concepts: tuple[Concept, ...]
    period: Period | None
    period_words: str
    wants: frozenset[Want]
    memberships: tuple[Id, ...]
    """The indicators of the membership that it asks for."""
    is_foreign: bool
    """Whether most of its words are of another language than English, as far as they are no names."""
    readings: tuple[tuple[str, str], ...]
    """Words that were not taken as they stand: misspelt ones and codes, each with what it was read as."""

    @cached_property
    def entities(self) -> tuple[Id, ...]:
        """The entities that it names."""
        return tuple(dict.fromkeys(key for concept in self.concepts if concept.name for key in concept.name.entities))

    @cached_property
    def indicators(self) -> tuple[Id, ...]:
        """The indicators that it names, in words or by asking for the members of an organization."""
        named = (key for concept in self.concepts for key in concept.indicators)
        return tuple(dict.fromkeys((*named, *self.memberships)))

    @property
    def offices(self) -> tuple[Concept, ...]:
        """The offices that it asks the holder of."""
        return tuple(concept for concept in self.concepts if concept.is_office) if "person" in self.wants else ()


class Reader:
    """Understands queries by names, a stemmer, and what the base knows and how it spells it."""

    def __init__(
        self, names: Names, stemmer: Stemmer, knows: Callable[[str], bool], nearest: Callable[[str], str | None]
    ) -> None:
        """Take what tells whether a stem occurs in the base, and what puts a misspelt word right."""
        self.names = names
        self.stemmer = stemmer
        self.knows = knows
        self.nearest = nearest

    def read(self, text: str) -> Query:
        """Understand ``text``, whatever it is."""
        words = self._stemmed(self._words(text))
        runs = alike(self.stemmer, [word.stem for word in words])
        readings = self._readings(words, {at + more for at in runs for length, _ in runs[at] for more in range(length)})
        if readings:
            words = self._stemmed([word._replace(text=readings.get(word.text, word.text)) for word in words])
            runs = alike(self.stemmer, [word.stem for word in words])
        folded = [word.text for word in words]
        period, used = periods.find(folded)
        concepts = tuple(self._concepts(words, runs, used))
        is_foreign = self._is_foreign(words, concepts)
        joined = self._joined(words, concepts)
        memberships = tuple(indicator for key in joined for indicator in self.names.memberships(key))
        if joined and not memberships and MEMBERSHIP.isdisjoint(folded):  # "in" says what "member" does
            concepts += (Concept(("member",), len(words)),)
        codes = {
            concept.text: concept.name.text
            for concept in concepts
            if concept.name and (concept.name.is_code or concept.text in _PRONOUNS)
        }
        spelt_out = {one.at: one.stems for one in concepts if one.name and one.name.is_code}
        return Query(
            words=tuple(folded),
            stems=tuple(stem for at, word in enumerate(words) for stem in spelt_out.get(at, (word.stem,))),
            concepts=concepts,
            period=period,
            period_words=" ".join(words[at].text for at in sorted(used)),
            wants=_wants(" ".join(folded)),
            is_foreign=is_foreign,
            memberships=memberships,
            readings=tuple((readings | codes).items()),
        )

    def _joined(self, words: Sequence[Word], concepts: Sequence[Concept]) -> list[Id]:
        """Return the organizations whose members are asked for, as by ``is Armenia in the EAEU``."""
        texts = {word.text for word in words}
        asks_who = not MEMBERSHIP.isdisjoint(texts)
        asks_where = (
            not _BEING.isdisjoint(texts)
            and all(concept.name or concept.is_weak for concept in concepts)
            and (len(concepts) > 1 or "who" in texts)
        )
        asked = (one for one in concepts if asks_who or (asks_where and _before(words, one.at)[-1:] == ["in"]))
        return [key for concept in asked for key in concept.entities if self.names.is_organization(key)]

    def _words(self, text: str) -> list[Word]:
        words: list[Word] = []
        pieces = text[:LONGEST].translate(_FLAGS).split()[:MOST_WORDS]
        is_shouted = all(piece.isupper() for piece in pieces) and any(len(piece) > _ACRONYM for piece in pieces)
        for piece in pieces:
            plain = without_possessives(piece)
            is_upper = plain.isupper() and not is_shouted
            for folded in fold(plain).split():
                parts = islice(self.names.split(folded), MOST_WORDS - len(words))
                words += (Word(part, is_upper, plain != piece) for part in parts)
        return words[:MOST_WORDS]

    def _stemmed(self, words: Sequence[Word]) -> list[Word]:
        stems = self.stemmer.stems([word.text for word in words])
        return [word._replace(stem=stem) for word, stem in zip(words, stems, strict=True)]

    def _readings(self, words: Sequence[Word], alike_at: Collection[int]) -> dict[str, str]:
        """Return what misspelt words are meant to be, but for those in places that the vocabulary has."""
        unknown = (word for at, word in enumerate(words) if at not in alike_at and not self._is_known(word))
        tried = islice(dict.fromkeys(word.text for word in unknown), MOST_MISSPELT)
        return {text: right for text in tried if (right := self.nearest(text))}

    def _is_known(self, word: Word) -> bool:
        text = word.text
        is_plain = text in WEAK or text in STOP or text in periods.WORDS or not text.isalpha()
        return is_plain or self.knows(word.stem) or word.stem in english() or self.names.has_part(text)

    def _is_foreign(self, words: Sequence[Word], concepts: Sequence[Concept]) -> bool:
        plain = [words[concept.at] for concept in concepts if not concept.name]
        unknown = [word for word in plain if not self._is_known(word)]
        return len(unknown) > 1 and 2 * len(unknown) >= len(plain)

    def _concepts(self, words: Sequence[Word], runs: Mapping[int, Runs], used: frozenset[int]) -> Iterator[Concept]:
        said: set[tuple[str, ...]] = set()
        at = 0
        is_left_out = False
        while at < len(words):
            # The year before a code counts nothing, as a number before a unit does.
            before = words[at - 1].text if at and at - 1 not in used else ""
            concept = None if at in used else self._concept(words, runs.get(at, ()), at, before)
            if concept and concept.words not in said:
                is_left_out = self._is_left_out(words, at, is_left_out)
                yield concept._replace(is_left_out=is_left_out)
                said.add(concept.words)
            at += len(concept.words) if concept else 1

    @staticmethod
    def _is_left_out(words: Sequence[Word], at: int, is_other_left_out: bool) -> bool:
        """Return whether what stands at a place is left out, or goes on with what is by ``and``."""
        before = _before(words, at)
        return not _LEFT_OUT.isdisjoint(before) or (is_other_left_out and before[-1:] in (["and"], ["or"]))

    def _concept(self, words: Sequence[Word], runs: Runs, at: int, before: str) -> Concept | None:
        """Return the longest run of words from a place on that has a meaning, or else the word there."""
        for length in range(min(LONGEST_NAME, len(words) - at), 0, -1):
            texts = tuple(word.text for word in words[at : at + length])
            phrase = " ".join(texts)
            name, indicators = self.names.find(phrase)
            if length == 1 and name and not self._is_meant(name, words, at, before):
                name = None
            groups = [group for run, group in runs if run == length]
            if name or indicators or groups:
                break
        if length == 1 and not name and (phrase in STOP or phrase in _PRONOUNS):
            return None
        synonyms = tuple(dict.fromkeys(word for group in groups for word in group if word != phrase))
        alike_indicators = (key for word in synonyms for key in self.names.find(word)[1])
        said = words[at : at + length]
        if name and name.is_code:  # people ask for what it stands for
            said = self._stemmed([Word(text, is_upper=False) for text in fold(name.text).split()])
        return Concept(
            texts,
            at,
            tuple(word.stem for word in said if word.text not in STOP),
            name,
            is_possessive=words[at + length - 1].is_possessive,
            indicators=indicators or tuple(islice(alike_indicators, 1)),
            synonyms=synonyms,
        )

    def _is_meant(self, name: Name, words: Sequence[Word], at: int, before: str) -> bool:
        """Return whether a single word is meant as the name that it may be: not as another word, or as a unit."""
        word = words[at]
        if word.text.isdigit():
            return len(words) == 1
        if word.text in STOP or word.text in _PRONOUNS:
            return word.is_upper or (word.text in _PRONOUNS and before not in _TELLING)
        if not name.is_code:
            return bool(name.entities) or not self.knows(word.stem)
        if before.isdigit():
            return False
        return word.is_upper or bool(name.entities and not self.knows(word.stem) and word.stem not in english())


def _before(words: Sequence[Word], at: int) -> list[str]:
    """Return the two words before a place, an article left out."""
    return [word.text for word in words[max(0, at - 2) : at] if word.text != "the"]


def _wants(words: str) -> frozenset[Want]:
    """Return what kinds of answer the folded ``words`` of a query ask for."""
    first, *_ = each = words.split() or [""]
    if first in _YES_OR_NO:
        return frozenset()
    asked = f" {words} "
    for phrase in _NO_NUMBER:
        asked = asked.replace(f" {phrase} ", " ")
    opening = frozenset(_FIRST[word] for word in (*each[:OPENING], each[-1]) if word in _FIRST)
    return opening | {want for want, phrases in _PHRASES.items() if any(phrase in asked for phrase in phrases)}
