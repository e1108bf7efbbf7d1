"""A user's copy of a source, in which passages are found again under the declared READINGS."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from psfacts.article.text import digest
from psfacts.model import Offset, Passage


def _plain_blanks(text: str) -> str:
    """Make every kind of blank a space and drop blanks at the ends of lines, bare CRs and invisible characters."""
    text = text.replace("\r", "\n")
    text = "".join(" " if unicodedata.category(one) == "Zs" else one for one in text)
    return re.sub(r"[ \t]+(?=\n|\Z)", "", re.sub(r"[\u200b\u2060\ufeff\u00ad]", "", text))


def _curly_quotes(text: str) -> str:
    """Make straight quotation marks curly: opening after a blank, a bracket or another opening mark, else closing."""
    text = re.sub(r'(?:(?<=[\s(\[‘])|^)"', "“", text)
    text = re.sub(r"(?:(?<=[\s(\[“])|^)'", "‘", text)
    return text.replace('"', "”").replace("'", "’")


def _joined_lines(text: str) -> str:
    """Join the lines of a paragraph, paragraphs being told apart by empty lines, and drop repeated blanks."""
    return re.sub(r"[ \t]+", " ", re.sub(r"(?<!\n)\n(?!\n)[ \t]*", " ", text))


READINGS: dict[str, Callable[[str], str]] = {
    "exact": lambda text: text,
    "plain blanks": _plain_blanks,
    "curly quotes": _curly_quotes,
    "joined lines": _joined_lines,
}
"""What is done to a copy, each on top of those before it, until a passage is found again.

``exact`` is the normalised copy; ``plain blanks`` takes no-break and other blanks for spaces and drops those at line
ends; ``curly quotes`` takes straight quotation marks for curly ones; ``joined lines`` undoes line breaks within
paragraphs.
"""


@dataclass(frozen=True)
class Found:
    """Where a passage stands in a copy."""

    start: Offset
    """Offset of its first character in the copy's text as read."""

    reading: str
    """The last of READINGS that it took."""

    text: str
    """The copy's text as read."""

    end: Offset
    """Offset just after its last character in it."""

    @property
    def words(self) -> str:
        """The words that stand there."""
        return self.text[self.start : self.end]


class Copy:
    """A user's copy of a source.

    ``text`` is the copy as :func:`normalise` gives it.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._shifts: dict[str, list[int]] = {name: [0] for name in READINGS}
        self._found: dict[Passage, Found | None] = {}

    @cached_property
    def _texts(self) -> dict[str, str]:
        """The copy under each of READINGS, those that change nothing left out."""
        texts: dict[str, str] = {}
        text = self.text
        for name, reading in READINGS.items():
            text = reading(text)
            if text not in texts.values():
                texts[name] = text
        return texts

    @cached_property
    def _starts(self) -> dict[str, list[int]]:
        """Where words, punctuation and blanks start in each of the texts."""
        pattern = re.compile(r"(?<!\w)\w|(?<![^\w\s])[^\w\s]|(?<!\s)\s")
        return {name: [match.start() for match in pattern.finditer(text)] for name, text in self._texts.items()}

    def find(self, passage: Passage) -> Found | None:
        """Find ``passage`` by its digest: at its place, shifted as another was, or anywhere at the start of a word."""
        if passage not in self._found:
            self._found[passage] = self.near(passage) or self._anywhere(passage)
        return self._found[passage]

    def instead(self, passage: Passage) -> Found:
        """Return what stands where ``passage`` should: between the places of those passages that were found next to it.

        Only :meth:`find` adds to those, so all that are to be found are looked for first.
        """
        found = [(one, at) for one, at in self._found.items() if at and one.source == passage.source]
        before = max(
            (pair for pair in found if pair[0].end <= passage.start), key=lambda pair: pair[0].end, default=None
        )
        after = min(
            (pair for pair in found if pair[0].start >= passage.end), key=lambda pair: pair[0].start, default=None
        )
        anchor = before or after
        reading = anchor[1].reading if anchor else "exact"
        text = anchor[1].text if anchor else self.text
        first = _shift(before or after)
        last = _shift(after) if after and after[1].text is text else first
        return Found(max(0, passage.start + first), reading, text, max(0, passage.end + last))

    def near(self, passage: Passage) -> Found | None:
        """Find ``passage`` at its place, or shifted as another was."""
        for name, text in self._texts.items():
            for shift in self._shifts[name]:
                start = passage.start + shift
                end = passage.end + shift
                if start >= 0 and end <= len(text) and digest(text[start:end]) == passage.sha256:
                    return Found(start, name, text, end)
        return None

    def _anywhere(self, passage: Passage) -> Found | None:
        length = passage.end - passage.start
        for name, text in self._texts.items():
            for start in self._starts[name]:
                if start + length <= len(text) and digest(text[start : start + length]) == passage.sha256:
                    self._shifts[name].append(start - passage.start)
                    return Found(start, name, text, start + length)
        return None


def _shift(found: tuple[Passage, Found] | None) -> int:
    return found[1].start - found[0].start if found else 0
