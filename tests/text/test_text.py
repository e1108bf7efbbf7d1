"""Words made safe to show."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psfacts.render import json as rendered
from psfacts.text.visible import visible

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
    ],
)
def test_what_acts_on_a_screen_is_made_visible(text: str, shown: str) -> None:
    assert visible(text) == shown


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
