"""Finding the entities that a text mentions."""

from __future__ import annotations

import re
from collections.abc import Iterable

from psfacts.model import Entity, Id
from psfacts.text.names import fold, spellings

_POSSESSIVE = re.compile(r"(?<=\w)['’]s?\b|(?<=s)['’](?!\w)")


def without_possessives(text: str) -> str:
    """Return ``text`` without possessive endings."""
    return _POSSESSIVE.sub("", text)


class Spotter:
    """Finds the names of ``entities`` in text, longest first: ``Russian Empire`` does not mention Russia.

    Codes and ids are ignored, since ``AM`` or ``IN`` are also words.
    """

    def __init__(self, entities: Iterable[Entity]) -> None:
        self._names = {tuple(fold(label).split()): entity.id for entity in entities for label in spellings(entity)}
        self._longest = max(map(len, self._names), default=0)

    def mentions(self, text: str) -> tuple[tuple[Id, str], ...]:
        """Return what ``text`` is about, in its order, each with the word before it.

        Of names within one another, the longest counts.
        """
        words = fold(without_possessives(text)).split()
        found: list[tuple[Id, str]] = []
        at = 0
        while at < len(words):
            runs = (tuple(words[at : at + length]) for length in range(self._longest, 0, -1))
            name = next((run for run in runs if run in self._names), ())
            if name:
                found.append((self._names[name], words[at - 1] if at else ""))
            at += max(len(name), 1)
        return tuple(found)

    def spot(self, text: str) -> frozenset[Id]:
        """Return the ids of the entities that ``text`` is about: of names within one another, the longest counts."""
        return frozenset(key for key, _ in self.mentions(text))

    def spot_all(self, text: str) -> frozenset[Id]:
        """Return the ids of all entities that have a name in ``text``, names within other names included."""
        words = fold(without_possessives(text)).split()
        runs = (tuple(words[at : at + length]) for at in range(len(words)) for length in range(1, self._longest + 1))
        return frozenset(self._names[run] for run in runs if run in self._names)
