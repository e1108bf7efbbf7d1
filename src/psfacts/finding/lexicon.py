"""All words that a query can be understood by: names of the base and of the world, indicators, words of the field."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from psfacts.finding.stemming import Stemmer
from psfacts.finding.vocabulary import Group, countries, groups, names
from psfacts.model import Entity, Id, Indicator
from psfacts.text.names import fold, spellings

Words = tuple[str, ...]

_CYRILLIC_WORD = re.compile("[а-я]{4,}")
_CYRILLIC_ENDINGS = "аеиоуыьэюя"
"""Letters that names are declined in; what stands before them is how a name is known in all its cases."""


@dataclass(frozen=True)
class Meaning:
    """What a run of words stands for; often several things at once."""

    entity: Id | None = None
    """The entity of the base that goes by this name."""
    indicator: Id | None = None
    """The indicator of the base that goes by this name."""
    elsewhere: str | None = None
    """The country, person or other of the world that goes by this name, where the base has none like it."""
    is_of_field: bool = False
    """Whether the vocabulary has the words, synonyms or not."""
    is_topic: bool = False
    """Whether that is a topic, about which a base that has none of its words tells nothing."""
    synonyms: tuple[str, ...] = ()
    """Other words for it that occur in the base."""
    measured: Id | None = None
    """The indicator that goes by one of the other words."""
    hinted: tuple[Id, ...] = ()
    """Entities that it hints at without being their name."""


class Lexicon:
    """Meanings of words. Names of the base win over those of the world; words of the field are known by their stems."""

    def __init__(
        self,
        entities: Iterable[Entity],
        indicators: Iterable[Indicator],
        stemmer: Stemmer,
        occurs: Callable[[str], bool],
    ) -> None:
        """Take in all names; ``occurs`` tells whether a stem does in the base."""
        self.codes: dict[str, Meaning] = {}
        self.acronyms: set[str] = set()
        self.offices: dict[str, list[Id]] = {}
        self._entities: dict[Words, Id] = {}
        self._indicators: dict[Words, Id] = {}
        self._foreign: set[Words] = set()
        self._elsewhere: dict[Words, str] = {}
        self._name_beginnings: dict[str, Meaning] = {}
        self._beginnings: dict[str, list[Group]] = {}
        self._occurs = cache(occurs)
        for entity in entities:
            self._add_entity(entity)
        for indicator in indicators:
            for label in spellings(indicator):
                self._indicators[_words(label)] = indicator.id
        self._add_countries()
        self._add_names()
        self._groups = self._grouped(stemmer)
        self._add_stems(stemmer)
        tables: tuple[Mapping[Words, object], ...] = (
            *(self._entities, self._indicators, self._elsewhere),
            self._groups,
        )
        self._longest = max((len(words) for table in tables for words in table), default=0)
        self.stems = frozenset(stem for words in (*self._groups, *self._indicators) for stem in words)
        self._unspaced = {words[0] for table in tables for words in table if len(words) == 1 and is_unspaced(words[0])}

    @property
    def names(self) -> Iterator[str]:
        """The words of the names of the base and of its countries; misspelt words are put right to them."""
        return (word for words in self._entities if words not in self._foreign for word in words)

    @property
    def words(self) -> Iterator[str]:
        """All other words but those of scripts without spaces."""
        for group in groups():
            for word in group.words:
                yield from () if is_unspaced(word) else fold(word).split()
        for words in self._elsewhere:
            yield from words

    def longest(self, words: Sequence[str], stems: Sequence[str], at: int) -> tuple[int, Meaning | None]:
        """Return how many words from ``at`` on have a meaning together, the longest run first, and the meaning."""
        for length in range(min(self._longest, len(words) - at), 0, -1):
            meaning = self._meaning(tuple(words[at : at + length]), tuple(stems[at : at + length]))
            if meaning:
                return length, meaning
        meaning = self._by_beginning(words[at])
        return (1, meaning) if meaning else (0, None)

    def split(self, word: str) -> list[str]:
        """Split a word of a script without spaces into those that are known and the rest."""
        pieces: list[str] = []
        rest = ""
        while word:
            known = next((word[:length] for length in range(len(word), 0, -1) if word[:length] in self._unspaced), "")
            if known:
                pieces += filter(None, (rest, known))
                rest = ""
            else:
                rest += word[0]
            word = word[len(known) or 1 :]
        return [*pieces, *filter(None, (rest,))]

    def knows(self, word: str, stem: str) -> bool:
        """Return whether ``word`` has a meaning or is a part of what has one."""
        return word in self._parts or stem in self.stems or self._by_beginning(word) is not None

    def _add_entity(self, entity: Entity) -> None:
        for label in spellings(entity):
            self._entities[_words(label)] = entity.id
            if label.isupper():
                self.acronyms.add(fold(label))
            beginning = fold(label).rstrip(_CYRILLIC_ENDINGS)
            if _CYRILLIC_WORD.fullmatch(beginning):
                self._name_beginnings.setdefault(beginning, Meaning(entity=entity.id))
        for office in entity.role.split(" and ") if entity.role else ():
            self.offices.setdefault(fold(office), []).append(entity.id)
        for code in (entity.iso.alpha2, entity.iso.alpha3, entity.iso.numeric) if entity.iso else ():
            self.codes[code] = Meaning(entity=entity.id)

    def _add_countries(self) -> None:
        for country in countries():
            known = self.codes.get(country.codes[0])
            key = known.entity if known else self._entities.get(_words(country.name))
            for label in (country.name, *country.others):
                if label.endswith("*"):
                    self._name_beginnings[fold(label)] = Meaning(entity=key, elsewhere=None if key else country.name)
                elif key:
                    self._entities.setdefault(_words(label), key)
                else:
                    self._elsewhere.setdefault(_words(label), country.name)
            for code in country.codes:
                self.codes.setdefault(code, Meaning(entity=key, elsewhere=None if key else country.name))

    def _add_names(self) -> None:
        for labels in names():
            words = [_words(label) for label in labels]
            key = next((self._entities[one] for one in words if one in self._entities), None)
            for one in words:
                if key is None:
                    self._elsewhere.setdefault(one, labels[0])
                elif one not in self._entities:
                    self._entities[one] = key
                    self._foreign.add(one)

    def _grouped(self, stemmer: Stemmer) -> dict[Words, list[Group]]:
        """Return the groups of words by the stems of each, and learn the beginnings."""
        found: list[tuple[Words, Group]] = []
        for group in groups():
            for word in group.words:
                if word.endswith("*"):
                    self._beginnings.setdefault(fold(word), []).append(group)
                else:
                    found.append((_words(word), group))
        stems = self._stems_of = _stems(stemmer, (words for words, _ in found))
        by_stems: dict[Words, list[Group]] = {}
        for words, group in found:
            by_stems.setdefault(tuple(stems[word] for word in words), []).append(group)
        return by_stems

    def _add_stems(self, stemmer: Stemmer) -> None:
        """Let indicators and entities be known by the stems of their names, too."""
        self._parts = {word for table in (self._entities, self._elsewhere) for words in table for word in words}
        stems = _stems(stemmer, (*self._entities, *self._indicators))
        for words, key in list(self._entities.items()):
            self._entities.setdefault(tuple(stems[word] for word in words), key)
        for words, key in list(self._indicators.items()):
            self._indicators.setdefault(tuple(stems[word] for word in words), key)

    def _meaning(self, words: Words, stems: Words) -> Meaning | None:
        entity = self._entities.get(words) or self._entities.get(stems)
        indicator = self._indicators.get(words) or self._indicators.get(stems)
        elsewhere = None if entity else self._elsewhere.get(words)
        grouped = self._groups.get(stems, [])
        if not (entity or indicator or elsewhere or grouped):
            return None
        meant = self._of_groups(grouped, " ".join(words))
        return replace(meant, entity=entity, indicator=indicator, elsewhere=elsewhere)

    def _of_groups(self, grouped: Sequence[Group], word: str) -> Meaning:
        synonyms = dict.fromkeys(other for group in grouped for other in (*group.plain, *group.further))
        hinted = dict.fromkeys(self._entities.get(_words(other)) for group in grouped for other in group.further)
        measured = (self._indicators.get(_words(other)) for group in grouped for other in group.plain)
        return Meaning(
            is_of_field=bool(grouped),
            is_topic=any(group.is_topic for group in grouped),
            synonyms=tuple(other for other in synonyms if other != word and self._all_occur(other)),
            measured=next(filter(None, measured), None),
            hinted=tuple(key for key in hinted if key),
        )

    def _all_occur(self, phrase: str) -> bool:
        return all(self._occurs(self._stems_of.get(word, word)) for word in _words(phrase))

    def _by_beginning(self, word: str) -> Meaning | None:
        for length in range(len(word), 2, -1):
            beginning = word[:length]
            if beginning in self._name_beginnings:
                return self._name_beginnings[beginning]
            if beginning in self._beginnings:
                return self._of_groups(self._beginnings[beginning], word)
        return None


@cache
def _words(phrase: str) -> Words:
    return tuple(fold(phrase).split())


def _stems(stemmer: Stemmer, runs: Iterable[Words]) -> dict[str, str]:
    """Return the stems of all words; only ASCII words have other stems than themselves."""
    words = dict.fromkeys(word for run in runs for word in run)
    ascii_words = [word for word in words if word.isascii()]
    return {word: word for word in words} | dict(zip(ascii_words, stemmer.stems(ascii_words), strict=True))


def is_unspaced(word: str) -> bool:
    """Return whether ``word`` is of a script that sets no spaces between words: Chinese characters or kana."""
    return any("\u2e80" <= character <= "\u9fff" for character in word[:8])
