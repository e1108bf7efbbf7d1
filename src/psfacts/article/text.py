"""The text of a source: read, normalised, and addressed by passages.

Offsets count code points of the normalised text. Digests are SHA-256 over a passage's UTF-8 bytes.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import sha256
from itertools import pairwise, product
from pathlib import Path
from typing import TypeVar

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
