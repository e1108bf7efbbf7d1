"""The text of a source: read, normalised, addressed by passages, and searched for them by their digests.

Offsets count code points of the normalised text. Digests are SHA-256 over a passage's UTF-8 bytes.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import sha256
from itertools import pairwise, product
from pathlib import Path
from typing import NamedTuple, TypeVar

from psfacts.errors import InvalidError
from psfacts.files import content
from psfacts.model import Passage
from psfacts.text.names import normalize

K = TypeVar("K")

MAX_ARTICLE_BYTES = 16 * 2**20
"""Maximum size of an article in bytes."""

_MOST_BLANKS = 40
"""Maximum length of a passage of blanks."""

_FEW_BLANKS = 4
"""Maximum length for which all kinds of blanks are tried."""


_EDGE = re.compile(r"(?<!\w)\w|(?<![^\w\s])[^\w\s]|(?<!\s)\s|\n")
"""Pattern of the beginnings of words, punctuation and blanks, where passages begin and end."""

_LINE = re.compile(r"(?m)^[^\S\n]*+(?=\S)")
"""Pattern of text before the first word of a line."""

_LONG = 600
"""Length above which passages are looked for at the beginnings of lines only."""

_READ_AGAIN = 64
"""Maximum number of passes over a text in search of such long ones."""

Places = dict[Passage, Sequence[int]]
"""Places where passages begin in a text."""


@dataclass(frozen=True)
class Copy:
    """A user's copy of a source; ``text`` is as :func:`normalise` gives it."""

    text: str

    @cached_property
    def sha256(self) -> str:
        """Digest of the whole text."""
        return digest(self.text)


def digest(text: str) -> str:
    """Return the SHA-256 digest of ``text``'s UTF-8 bytes in lower-case hexadecimal."""
    return sha256(text.encode()).hexdigest()


def normalise(raw: bytes, name: str = "the article") -> str:
    """Return the normalised text of a copy: decoded from UTF-8, without a BOM, CRLF as LF, in NFC.

    Raises InvalidError, about ``name``, if the bytes are not UTF-8.
    """
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        what = f"{name}: not UTF-8: byte {error.start} cannot be decoded"
        raise InvalidError(what, "save it as plain text in UTF-8") from None
    return normalize("NFC", text.replace("\r\n", "\n"))


def read(path: Path) -> str:
    """Read and normalise an article: a file, a pipe or, as ``-``, standard input.

    Raises InvalidError if it is missing, neither file nor pipe, unreadable, empty, too large or not UTF-8.
    """
    hint = "give the path of your copy of the article, a plain text file"
    raw = content(path, MAX_ARTICLE_BYTES, hint)
    if len(raw) > MAX_ARTICLE_BYTES:
        raise InvalidError(f"{path}: larger than {MAX_ARTICLE_BYTES // 2**20} MiB", hint)
    text = normalise(raw, str(path))
    if not text.strip():
        raise InvalidError(f"{path}: empty", hint)
    return text


def passage(text: str, source: str, start: int, end: int) -> Passage:
    """Make the passage of ``source`` that runs from ``start`` to ``end`` in its normalised ``text``."""
    return Passage(source=source, start=start, end=end, sha256=digest(text[start:end]))


def cut(length: int, spans: Iterable[tuple[int, int, K]]) -> Iterator[tuple[int, int, frozenset[K]]]:
    """Cut a text of some ``length`` wherever a span begins or ends; return each part with the keys of its spans."""
    changes: dict[int, Counter[K]] = defaultdict(Counter, {0: Counter(), length: Counter()})
    for start, end, key in spans:
        changes[start][key] += 1
        changes[end][key] -= 1
    here: Counter[K] = Counter()
    for start, end in pairwise(sorted(changes)):
        here += changes[start]
        yield start, end, frozenset(here)


def is_blank(passage: Passage) -> bool:
    """Return whether a passage consists of a few blanks and line ends, by its digest."""
    return passage.end - passage.start <= _MOST_BLANKS and passage.sha256 in _blanks(passage.end - passage.start)


@cache
def _blanks(length: int) -> frozenset[str]:
    """Return the digests of blanks of a ``length``: any for the shortest, else line ends with an indentation."""
    forms = {line_ends * "\n" + (length - line_ends) * " " for line_ends in range(length + 1)}
    if length <= _FEW_BLANKS:
        forms.update(map("".join, product("\n \t\u00a0", repeat=length)))
    return frozenset(map(digest, forms))


class _Link(NamedTuple):
    """The last passage of a chain, which has a score: the length of all its passages."""

    score: int
    passage: Passage
    place: int
    before: _Link | None


def look(text: str, start: int, end: int, passages: Iterable[Passage]) -> Places:
    """Return the places of each of ``passages`` in ``text``, from ``start`` to ``end``.

    The time this takes is in proportion to the text: it grows with the number of different lengths of passages, up to
    a bound, not with the number of passages.
    """
    wanted: dict[tuple[int, bytes], list[Passage]] = defaultdict(list)
    for passage in passages:
        wanted[passage.end - passage.start, bytes.fromhex(passage.sha256)].append(passage)
    found: dict[tuple[int, bytes], list[int]] = defaultdict(list)
    for place, fitting in _candidates(text, start, end, sorted({length for length, _ in wanted})):
        state, reached = sha256(), place
        for length in fitting:
            state.update(text[reached : place + length].encode())
            reached = place + length
            key = length, state.digest()
            if key in wanted:
                found[key].append(place)
    return {passage: found[key] for key in found for passage in wanted[key]}


def _candidates(text: str, start: int, end: int, lengths: Sequence[int]) -> Iterator[tuple[int, list[int]]]:
    """Return the edges of words in ``text``, each with those of ``lengths``, rising, that lead from it to another."""
    longest = max(lengths, default=0)
    usual = lengths[: bisect_right(lengths, _LONG)]
    lines = {line.end() for line in _LINE.finditer(text, start, end)} if longest > _LONG else ()
    edges = [match.start() for match in _EDGE.finditer(text, start, end)]
    is_edge = bytearray(end - start + longest + 1)
    for edge in (*edges, end):
        is_edge[edge - start] = 1
    budget = _READ_AGAIN * (end - start)
    for place in edges:
        if text[place] == "\n" or not text[place].isspace():
            is_line = place in lines and budget > 0
            fitting = [length for length in (lengths if is_line else usual) if is_edge[place - start + length]]
            budget -= fitting[-1] if is_line and fitting else 0
            yield place, fitting


def chain(places: Places, most: int) -> list[tuple[Passage, int]]:
    """Return passages that go forward in the source and the text alike, with their places: of all such, the longest.

    As in a patience diff, they are passages whose words stand in the text as often as there are passages of them; if
    there are none, those whose words stand there twice as often, and so on, up to ``most``.
    """
    times = Counter(passage.sha256 for passage in places)
    shares = {passage: len(found) / times[passage.sha256] for passage, found in places.items()}
    share = min((share for share in shares.values() if share >= 1), default=0)
    numbers = Counter[str]()
    # The chains that no other one excels: of those that end before it in the text, each has the highest score.
    links: list[_Link] = []
    for passage in sorted(places, key=lambda passage: (passage.start, -passage.end)):
        number = numbers[passage.sha256]
        numbers[passage.sha256] += 1
        if shares[passage] == share <= most:
            place = places[passage][number]
            first = last = bisect_right(links, place, key=lambda link: link.place)
            before = links[first - 1] if first else None
            score = passage.end - passage.start + (before.score if before else 0)
            while last < len(links) and links[last].score <= score:
                last += 1
            links[first:last] = [_Link(score, passage, place, before)]
    kept, link = [], links[-1] if links else None
    while link:
        kept.append((link.passage, link.place))
        link = link.before
    return kept[::-1]
