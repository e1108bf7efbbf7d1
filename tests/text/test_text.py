"""Words made safe to show."""

from __future__ import annotations

import json
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psfacts.render import json as rendered
from psfacts.text.visible import is_hidden, visible

ANYTHING = st.text(st.characters())
"""Any code points, lone surrogates among them."""


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", ""),
        ("Chișinău, Молдова, 摩尔多瓦", "Chișinău, Молдова, 摩尔多瓦"),
        ("[red]not markup[/]", "[red]not markup[/]"),
        ("\x1b[31mred", r"\x1b[31mred"),
        ("a\nb\tc\rd", r"a\nb\tc\rd"),
        ("\x00\x07\x7f\x9b", r"\x00\x07\x7f\x9b"),
        ("\u202egnp.exe\u2066\u200b\ufeff\u00ad", r"\u202egnp.exe\u2066\u200b\ufeff\xad"),
        ("\u2028\u2029\u3164", r"\u2028\u2029\u3164"),
        ("\U000e0041", r"\U000e0041"),
        ("mold\udcff", r"mold\udcff"),
        ("Hal\U000e0163\U000e0155mar", r"Hal\U000e0163\U000e0155mar"),
        ("Hal\ufe00\ufe0fmar", r"Hal\ufe00\ufe0fmar"),
        ("\u2065\ufff0\U000e0fff", r"\u2065\ufff0\U000e0fff"),
        ("\u2800\u2800", r"\u2800\u2800"),
        ("São\u00a0Tomé\u3000", "São\u00a0Tomé\u3000"),
    ],
)
def test_what_acts_on_a_screen_is_made_visible(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_all_that_unicode_would_have_ignored_is_made_visible() -> None:
    """Hold the table to the property, as another library has it."""
    regex = pytest.importorskip("regex", reason="regex comes with the extra 'dev'")
    ignorable = regex.compile(r"\p{Default_Ignorable_Code_Point}|\p{Variation_Selector}")
    characters = [chr(code) for code in range(sys.maxunicode + 1)]
    assert [character for character in characters if ignorable.match(character) and not is_hidden(character)] == []
    seen = regex.compile(r"[\p{L}\p{M}\p{N}\p{P}\p{S}\p{Zs}]")
    hidden = [character for character in characters if is_hidden(character) and not ignorable.match(character)]
    assert [character for character in hidden if seen.match(character)] == ["\u2800", "\U0001d159"]


@given(ANYTHING)
def test_what_is_shown_has_no_controls_and_can_be_encoded(text: str) -> None:
    shown = visible(text)
    assert not {unicodedata.category(character) for character in shown} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    shown.encode()


@given(ANYTHING)
def test_json_keeps_the_value_and_shows_no_controls(text: str) -> None:
    line = rendered.value({"text": text})
    assert json.loads(line) == {"text": text}
    assert json.loads(rendered.ascii_only(line)) == {"text": text}
    assert rendered.ascii_only(line).isascii()
    assert not {unicodedata.category(character) for character in line[:-1]} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
