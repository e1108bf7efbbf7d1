"""Words from data, file names and the command line, made safe to show on a screen."""

from __future__ import annotations

import unicodedata

_ESCAPED = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""General categories of what acts on a screen, or hides from it, instead of being read.

Controls (ESC and DEL among them), format characters (bidi and zero-width ones among them), lone surrogates, and
the line and paragraph separators.
"""

_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u3164\uffa0")
"""Letters and marks that Unicode gives no glyph (Default_Ignorable_Code_Point beside category Cf)."""

_SHORT = {"\n": r"\n", "\r": r"\r", "\t": r"\t"}


def escaped(character: str) -> str:
    r"""Return ``character`` as a Python string literal would have it: ``\x1b``, ``\u202e``, ``\U000e0001``."""
    code = ord(character)
    if code < 0x100:
        return _SHORT.get(character, f"\\x{code:02x}")
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def is_hidden(character: str) -> bool:
    """Return whether ``character`` acts on a screen or hides from it, instead of being read."""
    return unicodedata.category(character) in _ESCAPED or character in _BLANK


def visible(text: str) -> str:
    r"""Return ``text`` in one line, with everything that could act on a screen made visible, such as ``\x1b``.

    Line ends and tabs are among it: what is shown in a cell or in a message has no say over the layout.
    """
    if text.isprintable() and _BLANK.isdisjoint(text):
        return text
    return "".join(escaped(character) if is_hidden(character) else character for character in text)
