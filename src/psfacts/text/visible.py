"""Escaping of data, file names and arguments for the screen."""

from __future__ import annotations

import re
import unicodedata

_ESCAPED = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""General categories of characters that control a screen or are invisible.

Controls (ESC and DEL among them), format characters (bidi and zero-width ones among them), lone surrogates, and
the line and paragraph separators.
"""

_IGNORABLE = (
    r"\xad\u034f\u061c\u115f-\u1160\u17b4-\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    r"\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""Code points of Unicode 18.0 with the property Default_Ignorable_Code_Point, which are invisible.

A test holds them to the property; those that are letters, marks or unassigned are in none of the categories above.
"""

_BLANK = r"\u2800\U0001d159"
"""Symbols that look like a blank: an empty Braille pattern, and a note without a head."""

_INVISIBLE = re.compile(f"[{_IGNORABLE}{_BLANK}]")


def escaped(character: str) -> str:
    r"""Return ``character`` as a Python string literal would have it: ``\x1b``, ``\u202e``, ``\U000e0001``."""
    return character.encode("unicode_escape").decode("ascii")


def is_hidden(character: str) -> bool:
    """Return whether ``character`` controls a screen or is invisible."""
    return unicodedata.category(character) in _ESCAPED or bool(_INVISIBLE.match(character))


def visible(text: str) -> str:
    r"""Return ``text`` on one line, with control and invisible characters escaped, such as ``\x1b``.

    Line ends and tabs are escaped, too, so that text in a cell or message cannot affect the layout.
    """
    if text.isprintable() and not _INVISIBLE.search(text):
        return text
    return "".join(escaped(character) if is_hidden(character) else character for character in text)
