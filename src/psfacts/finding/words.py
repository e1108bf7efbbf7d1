"""What search knows beside the fact base: words that mean nearly the same, names of the world, and plain English.

The files are searched as text for the few words of a query, so that nothing is made of them before the first one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, cached_property

from psfacts.finding.stemming import Stemmer
from psfacts.loading.files import resource

LONGEST_NAME = 8
"""Words of the longest name or phrase that is looked for."""

_SHORTEST_BEGINNING = 3
_LONGEST_BEGINNING = 40


class Wordlist:
    """A file of words and phrases, each line a group of them, folded and set apart by commas."""

    def __init__(self, name: str) -> None:
        """Read the file."""
        self._text = "".join(f", {line},\n" for line in _lines(name))

    def line(self, phrase: str) -> tuple[str, ...]:
        """Return the first group that holds ``phrase``; an empty one where there is none."""
        at = self._text.find(f", {phrase},")
        return self._group(at) if at >= 0 else ()

    def beginning(self, word: str) -> tuple[str, ...]:
        """Return the group with the longest beginning of ``word`` that a star stands behind."""
        for length in range(min(len(word), _LONGEST_BEGINNING), _SHORTEST_BEGINNING - 1, -1):
            if group := self.line(f"{word[:length]}*"):
                return group
        return ()

    def starting(self, beginning: str) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Return the phrases that start with ``beginning``, each with its group."""
        at = self._text.find(f", {beginning}")
        while at >= 0:
            yield self._text[at + 2 : self._text.index(",", at + 2)], self._group(at)
            at = self._text.find(f", {beginning}", at + 2)

    @property
    def groups(self) -> list[tuple[str, ...]]:
        """All groups."""
        return [tuple(line[2:-1].split(", ")) for line in self._text.splitlines()]

    @cached_property
    def words(self) -> frozenset[str]:
        """All single words of the file."""
        return frozenset(self._text.replace(",", " ").split())

    def _group(self, at: int) -> tuple[str, ...]:
        start = self._text.rfind("\n", 0, at) + 1
        return tuple(self._text[start + 2 : self._text.index(",\n", at)].split(", "))


@cache
def world() -> Wordlist:
    """Return the names of countries, organizations, persons and places: first the usual one."""
    return Wordlist("world.txt")


@cache
def geography() -> Wordlist:
    """Return the names of seas, rivers, mountains, regions and cities."""
    return Wordlist("geography.txt")


@cache
def vocabulary() -> Wordlist:
    """Return the groups of words that mean nearly the same."""
    return Wordlist("vocabulary.txt")


def alike(stemmer: Stemmer, stems: Sequence[str]) -> dict[int, list[tuple[int, tuple[str, ...]]]]:
    """Return by place the runs of words that the vocabulary has: their length and their group, by the stems."""
    found: list[tuple[int, list[str], tuple[str, ...]]] = []
    for at, stem in enumerate(stems):
        # A word and its stem differ in the last letter at most, as "country" and "countri" do, beside what is cut off.
        beginning = stem[:-1] if len(stem) > _SHORTEST_BEGINNING else stem
        found += ((at, phrase.split(), group) for phrase, group in vocabulary().starting(beginning))
    known = dict.fromkeys(word for _, words, _ in found for word in words)
    stem_of = dict(zip(known, stemmer.stems(list(known)), strict=True))
    runs: dict[int, list[tuple[int, tuple[str, ...]]]] = {}
    for at, words, group in found:
        if [stem_of[word] for word in words] == list(stems[at : at + len(words)]):
            runs.setdefault(at, []).append((len(words), group))
    return runs


def _lines(name: str) -> Iterator[str]:
    text = resource(f"finding/{name}").decode()
    return (line for line in text.splitlines() if line and not line.startswith("#"))


@cache
def months() -> dict[str, str]:
    """Return the months and seasons in other languages: the English name by the folded other."""
    named = (line.partition(": ") for line in _lines("months.txt"))
    return {other: name for name, _, others in named for other in others.split()}


def _set(name: str) -> frozenset[str]:
    return frozenset(word for line in _lines(name) for word in line.split())


STOP = _set("stop.txt") | _set("foreign.txt")
"""Words that say nothing about what is looked for, in English and some other languages."""

WEAK = _set("weak.txt")
"""Words that say little."""


@cache
def english() -> frozenset[str]:
    """Return the stems of common English words."""
    return _set("english.txt")
