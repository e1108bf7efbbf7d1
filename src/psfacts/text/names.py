"""Names: folded for comparison, those of records, suggestions for unknown ones, and names found in text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import Literal
from unicodedata import category, combining
from unicodedata import name as name_of
from unicodedata import normalize as reordered

from psfacts.model import Entity, Id, Indicator

_APOSTROPHES = frozenset("'`‘’ʹʻʼʽʾʿ＇")
_COMMON_MARK = re.compile("COMBINING (?!KATAKANA)|(MONGOLIAN FREE )?VARIATION SELECTOR")
"""Names of marks that belong to no script: accents, but for the one that tells Japanese syllables apart."""
_POSSESSIVE = re.compile(r"(?<=\w)['’]s?\b|(?<=s)['’](?!\w)")
_NEAR = 0.7
_HARDLY = 0.15
_MOST_SUGGESTIONS = 3
_LONGEST_NEAR = 200

_LONG = 1000
"""Minimum length of a run of marks that is sorted here, since :mod:`unicodedata` takes quadratic time."""


def normalize(form: Literal["NFC", "NFD", "NFKD"], text: str) -> str:
    """Return the normal form ``form`` of ``text``, in linear time."""
    marks = "".join(filter(combining, set(text))) if len(text) > _LONG and not text.isascii() else ""
    return reordered(form, re.sub(f"[{marks}]{{32,}}", _ordered, text) if marks else text)


def _ordered(marks: re.Match[str]) -> str:
    """Return a run of marks in canonical order, by their combining classes."""
    return "".join(sorted("".join(reordered("NFD", mark) for mark in marks[0]), key=combining))


def fold(text: str) -> str:
    """Return the form of ``text`` in which names are compared.

    Case, accents and compatibility forms are levelled as in Unicode's compatibility caseless matching (D146);
    accents of Latin, Greek and Cyrillic, apostrophes and invisible characters vanish; whatever else is no letter, digit
    or mark becomes one space. Marks of other scripts are letters to their readers, such as the vowel signs of Hindi.

    >>> fold("  O‘zbekiston—Respublikasi! ")
    'ozbekiston respublikasi'
    """
    levelled = normalize("NFKD", normalize("NFKD", normalize("NFD", text).casefold()).casefold())
    return " ".join(normalize("NFD", levelled.translate(_FOLDED)).split())


class _Folded(dict[int, str]):
    """Cache of the folded form of each character."""

    def __missing__(self, code: int) -> str:
        character, kind = chr(code), category(chr(code))
        is_mark = kind.startswith("M")
        is_kept = character.isalnum() or (is_mark and not _COMMON_MARK.match(name_of(character, "")))
        vanishes = character in _APOSTROPHES or (not is_kept and (is_mark or kind == "Cf"))
        self[code] = "" if vanishes else character if is_kept else " "
        return self[code]


_FOLDED = _Folded()


def labels(record: Entity | Indicator) -> tuple[str, ...]:
    """Return all names of ``record``, the usual one first, ISO codes and the id last."""
    iso = record.iso if isinstance(record, Entity) else None
    codes = (iso.alpha2, iso.alpha3, iso.numeric) if iso else ()
    return (*spellings(record), *codes, record.id)


def spellings(record: Entity | Indicator) -> tuple[str, ...]:
    """Return the names of ``record`` that people write: its labels without codes and the id."""
    if isinstance(record, Indicator):
        return (record.name, *record.aliases)
    return tuple(filter(None, (record.name, record.short, *record.aliases, record.capital)))


def near(name: str, candidates: Iterable[Sequence[str]]) -> tuple[str, ...]:
    """Return up to three labels similar to ``name``, best first, and not much worse than the best.

    A candidate is the list of labels of a record, of which the nearest is returned, or the first of equally near ones.
    """
    folded = fold(name)
    if not folded or len(folded) > _LONGEST_NEAR:
        return ()
    from difflib import SequenceMatcher

    matcher = SequenceMatcher(b=folded, autojunk=False)

    def nearness(label: str) -> float:
        other = fold(label)
        matcher.set_seq1(other)
        if all(ratio() >= _NEAR for ratio in (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio)):
            return matcher.ratio()
        return _NEAR if set(folded.split()) <= set(other.split()) else 0.0

    scores = ([(nearness(label), label) for label in candidate] for candidate in candidates)
    nearest = (max(labels, key=itemgetter(0)) for labels in scores)
    scored = sorted((-score, label) for score, label in nearest if score >= _NEAR)
    return tuple(label for score, label in scored[:_MOST_SUGGESTIONS] if score <= scored[0][0] + _HARDLY)


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
