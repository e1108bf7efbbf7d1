"""Names in a query: those of the base, and those of the world that the base may have nothing on."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from psfacts.finding.words import geography, world
from psfacts.model import Entity, Id, Indicator
from psfacts.text.names import fold, spellings

if TYPE_CHECKING:
    from psfacts.store.store import Store

_CODE_LENGTHS = (2, 3)
_LONGEST_UNSPACED = 10
"""Characters of the longest name that is looked for in a script without spaces."""


class Name(NamedTuple):
    """A name, and whose it is."""

    text: str
    """The usual name, such as ``Kazakhstan``."""

    entities: tuple[Id, ...] = ()
    """The entities of the base that go by it; none where the base has nothing on what it names."""

    is_code: bool = False
    """Whether it is written as an ISO code."""


class Names:
    """Looks names up, those of the base by SQL; names of the base win over those of the world."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def find(self, phrase: str) -> tuple[Name | None, tuple[Id, ...]]:
        """Return what the folded ``phrase`` is a name of, and the indicators that it is a name of."""
        records = self._store.by_name(phrase)
        entities = [record for record in records if isinstance(record, Entity)]
        indicators = tuple(record.id for record in records if isinstance(record, Indicator))
        return (self._of_base(phrase, entities) if entities else self._of_world(phrase)), indicators

    def is_organization(self, key: Id) -> bool:
        """Return whether an entity may have members that join it."""
        return self._store.entity(key).type == "organization"

    def memberships(self, organization: Id) -> list[Id]:
        """Return the indicators of who the members of an organization are."""
        return self._store.membership_indicators(organization)

    def has_part(self, word: str) -> bool:
        """Return whether ``word`` is a word of a name of the world."""
        return word in world().words or word in geography().words or bool(world().beginning(word))

    def split(self, word: str) -> Iterator[str]:
        """Split a word of a script without spaces into those that are names and the rest; leave others alone."""
        for is_unspaced, characters in groupby(word, _is_unspaced):
            part = "".join(characters)
            yield from self._pieces(part) if is_unspaced else (part,)

    def _pieces(self, word: str) -> Iterator[str]:
        rest, at = "", 0
        while at < len(word):
            pieces = (word[at : at + length] for length in range(_LONGEST_UNSPACED, 0, -1) if at + length <= len(word))
            known = next((piece for piece in pieces if any(self.find(piece))), "")
            if known and rest:
                yield rest
            if known:
                yield known
            rest = "" if known else rest + word[at]
            at += len(known) or 1
            if len(rest) == _LONGEST_UNSPACED:
                yield rest
                rest = ""
        if rest:
            yield rest

    def _of_base(self, phrase: str, entities: list[Entity]) -> Name:
        spelt = [entity for entity in entities if any(fold(label) == phrase for label in spellings(entity))]
        is_code = not spelt and " " not in phrase and len(phrase) in _CODE_LENGTHS
        return Name(entities[0].name, tuple(entity.id for entity in spelt or entities), is_code)

    def _of_world(self, phrase: str) -> Name | None:
        is_code = phrase.isascii() and phrase.isalpha() and len(phrase) in _CODE_LENGTHS
        line = world().line(phrase) or (is_code and world().line(phrase.upper()))
        if not line and " " not in phrase and not (phrase.isascii() or _is_unspaced(phrase[0])):
            line = world().beginning(phrase)
        if not line:
            return None
        # The base may have it under another of its names.
        for label in line:
            entities = [record for record in self._store.by_name(label) if isinstance(record, Entity)]
            if entities and not label.isupper():
                return Name(entities[0].name, tuple(entity.id for entity in entities), phrase.upper() in line)
        return Name(line[0], is_code=phrase.upper() in line[1:3])


def _is_unspaced(character: str) -> bool:
    """Return whether a character is of a script that sets no spaces between words: Chinese characters or kana."""
    return "\u2e80" <= character <= "\u9fff"
