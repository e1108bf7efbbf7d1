"""A user's copy of a source."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from psfacts.article.text import digest


@dataclass(frozen=True)
class Copy:
    """A user's copy of a source; ``text`` is as :func:`psfacts.article.text.normalise` gives it."""

    text: str

    @cached_property
    def sha256(self) -> str:
        """Digest of the whole text."""
        return digest(self.text)
