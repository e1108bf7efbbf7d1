"""Pieces of the sentences that errors are made of."""

from __future__ import annotations

from collections.abc import Iterable

SHOWN = 60
"""How many characters of somebody's words a message shows."""

BASIS = {"context": "the context", "original": "the original", "outside": "outside knowledge"}
"""What the reading of an erratum is concluded from, in words."""


def quoted(text: str, shown: int = SHOWN) -> str:
    """Return ``text`` in quotation marks, in one line and shortened, for use in a message."""
    line = " ".join(text[: 4 * shown].split())
    if len(line) > shown or len(text) > 4 * shown:
        line = line[: shown - 1].rstrip() + "…"
    return "'" + line.encode(errors="backslashreplace").decode() + "'"


def a(noun: str) -> str:
    """Put the indefinite article before ``noun``."""
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"


def either(words: Iterable[str]) -> str:
    """Join ``words`` as alternatives: ``a, b or c``."""
    *first, last = words
    return f"{', '.join(first)} or {last}" if first else last
