"""Passages found again in a copy: each at a place of its own, in their order, and all else told."""

from __future__ import annotations

import re
import textwrap
import time
import unicodedata
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from psfacts.article.alignment import Alignment, Found
from psfacts.article.text import digest, normalise, passage
from psfacts.model import Passage

TEXT = """A “plain” title

  The first words, of which there are some. Then the second – isn’t it? Then come the well-known third ones.
  A new paragraph says “so” and “so”. The harbour’s five-day war is over. In 1998 it began.
Another heading

  The harbour’s five-day war is over. All three (and more) agreed. The last line.
"""
DENIAL = "it is not true that"


def known(text: str) -> list[Passage]:
    """Return the lines and sentences of ``text`` as passages, with the blanks that follow them."""
    matches = re.finditer(r"\S[^\n\r]*?(?:[.?!] |(?=[\n\r])|$)", text)
    return [passage(text, "s", match.start(), match.end()) for match in matches]


def aligned(copy: str, text: str = TEXT) -> Alignment:
    return Alignment(copy, known(text), len(text))


def told(copy: str, text: str = TEXT) -> list[tuple[str, str]]:
    """Return what became of the words of ``copy``, and which they are."""
    found = aligned(copy, text)
    return [(kind, copy[slice(*words)]) for kind, _, words in found.stretches]


def test_a_text_is_found_in_itself() -> None:
    found = aligned(TEXT)
    assert len(known(TEXT)) == 11
    assert [found.find(one) for one in known(TEXT)] == [
        Found(one.start, one.end, TEXT[one.start : one.end], "exact") for one in known(TEXT)
    ]
    assert (found.stretches, found.share) == ((), 1.0)


def test_passages_with_the_same_words_have_a_place_each() -> None:
    first, second = (one for one in known(TEXT) if TEXT[one.start :].startswith("The harbour’s"))
    changed = TEXT.replace("The harbour’s five-day war is over.", "The harbour’s five-day war goes on.", 1)
    found = aligned(changed)
    assert found.find(first) is None
    assert found.elsewhere(first) is None
    here = found.find(second)
    assert here is not None
    assert here.start == second.start
    assert told(changed) == [("changed", "The harbour’s five-day war goes on.")]


@pytest.mark.parametrize("number", range(11))
@pytest.mark.parametrize("where", ["before", "after"])
def test_words_beside_a_passage_are_told_with_their_place(number: int, where: str) -> None:
    one = known(TEXT)[number]
    at = one.start if where == "before" else one.end
    added = f"{DENIAL} " if TEXT[at : at + 1].strip() else f" {DENIAL}"
    copy = TEXT[:at] + added + TEXT[at:]
    found = aligned(copy)
    assert all(found.find(other) for other in known(TEXT))
    ((kind, (start, end), words),) = found.stretches
    assert (kind, copy[slice(*words)]) == ("added", DENIAL)
    assert start == end
    assert not TEXT[min(start, at) : max(start, at)].strip()


@pytest.mark.parametrize("number", range(11))
def test_words_within_a_passage_are_told(number: int) -> None:
    one = known(TEXT)[number]
    at = TEXT.index(" ", one.start) + 1
    found = aligned(TEXT[:at] + DENIAL + " " + TEXT[at:])
    assert found.find(one) is None
    ((kind, _, words),) = found.stretches
    assert kind == "changed"
    assert DENIAL in found.copy[slice(*words)]


@pytest.mark.parametrize("number", range(11))
def test_a_passage_that_is_taken_out_is_told(number: int) -> None:
    one = known(TEXT)[number]
    found = aligned(TEXT[: one.start] + TEXT[one.end :])
    assert found.find(one) is None
    ((kind, source, (first, last)),) = found.stretches
    assert (kind, source, first - last) == ("taken out", (one.start, one.end), 0)


def test_lines_of_their_own_before_and_after_are_told_apart() -> None:
    assert told(f"Saved page\n\n{TEXT}\nFoot of it\n") == [("head", "Saved page"), ("foot", "Foot of it")]
    assert told(f"Saved page\n{DENIAL} {TEXT}") == [("head", "Saved page"), ("added", DENIAL)]
    assert told(f"{TEXT.rstrip()} {DENIAL}\nFoot") == [("added", DENIAL), ("foot", "Foot")]


def test_passages_in_another_order_are_not_accepted() -> None:
    lines = TEXT.splitlines(keepends=True)
    swapped = "".join([*lines[:2], lines[3], lines[2], *lines[4:]])
    found = aligned(swapped)
    missing = [one for one in known(TEXT) if found.find(one) is None]
    assert 3 <= len(missing) <= 4
    assert all(swapped[found.elsewhere(one) or 0 :].startswith(TEXT[one.start : one.end].rstrip()) for one in missing)
    assert {kind for kind, _ in told(swapped)} == {"added", "taken out"}


def test_what_stands_instead_lies_between_the_neighbours() -> None:
    changed = next(one for one in known(TEXT) if TEXT[one.start :].startswith("In 1998"))
    copy = "Header\n" + TEXT.replace("In 1998 it began.", "It began in 1999, they say.")
    assert aligned(copy).instead(changed).text == "It began in 1999, they say."


def test_what_stands_instead_is_guessed_by_place_where_nothing_was_found() -> None:
    (one,) = (passage("The first words.", "s", 0, 16),)
    assert Alignment("The worst words.", [one], 16).instead(one).text == "The worst words."


STRAIGHT = str.maketrans("“”‘’", "\"\"''")


def wrapped(width: int, between: str = "\n") -> Callable[[str], str]:
    """Return what fills each line of a text into lines of some ``width``."""
    return lambda text: between.join(
        textwrap.fill(line, width) for line in text.splitlines() if line or between == "\n"
    )


EDITIONS: dict[str, Callable[[str], str]] = {
    "straight quotes": lambda text: text.translate(STRAIGHT),
    "low quotes": lambda text: text.replace("“", "„").replace("”", "“"),
    "guillemets": lambda text: text.replace("“", "«\u00a0").replace("”", "\u00a0»"),
    "no-break spaces": lambda text: text.replace(" ", "\u00a0"),
    "one no-break space": lambda text: text.replace("In 1998", "In\u00a01998"),
    "thin spaces": lambda text: text.replace(" – ", "\u2009–\u2009"),
    "two blanks": lambda text: text.replace(". ", ".  "),
    "trailing blanks": lambda text: text.replace("\n", "  \n"),
    "tabs": lambda text: text.replace("  ", "\t"),
    "no indentation": lambda text: text.replace("\n  ", "\n"),
    "empty lines": lambda text: text.replace("\n", "\n\n"),
    "wrapped at 72": wrapped(72),
    "wrapped at 30": wrapped(30),
    "wrapped, with empty lines": lambda text: "\n\n".join(
        textwrap.fill(line, 50) for line in text.splitlines() if line
    ),
    "CR": lambda text: text.replace("\n", "\r"),
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "NFD": lambda text: unicodedata.normalize("NFD", text),
    "other hyphens": lambda text: text.replace("-", "\u2011"),
    "no dashes": lambda text: text.replace("–", "-"),
    "em dashes": lambda text: text.replace("–", "—"),
    "straight and wrapped": lambda text: wrapped(40)(text.translate(STRAIGHT)),
}


@pytest.mark.parametrize("name", EDITIONS)
@pytest.mark.parametrize("is_copy", [True, False], ids=["in the copy", "in the source"])
def test_other_editions_are_understood_whichever_side_has_which(name: str, is_copy: bool) -> None:
    other = normalise(EDITIONS[name](TEXT).encode())
    copy, source = (other, TEXT) if is_copy else (TEXT, other)
    found = aligned(copy, source)
    assert [source[one.start : one.end] for one in known(source) if found.find(one) is None] == []
    assert found.stretches == ()
    for one in known(source):
        here = found.find(one)
        assert here is not None
        assert digest(here.text) == one.sha256
        letters = ("".join(filter(str.isalnum, text)) for text in (here.text, copy[here.start : here.end]))
        assert len(set(letters)) == 1


def test_soft_hyphens_of_a_copy_are_passed_over() -> None:
    assert told(re.sub(r"(\w\w\w)(\w\w\w)", "\\1\u00ad\\2", TEXT)) == []


def test_words_that_stand_twice_are_not_taken_for_each_other_where_soft_hyphens_shift_them() -> None:
    lines = [f"Sentence {number} stands here.\n" for number in range(800)]
    pair = "As all the papers say, the second harbour town waits. And yet the second harbour town sails.\n"
    text = "".join([*lines[:400], pair, *lines[400:]])
    words = "second harbour town"
    first, second = (match.start() for match in re.finditer(words, text))
    nested = [passage(text, "s", start, start + len(words)) for start in (first, second)]
    copy = text.replace("papers", "pa\u00adpers").replace("sails", "sa" + "\u00ad" * (second - first) + "ils")
    found = Alignment(copy, [*known(text), *nested], len(text))
    assert all(found.find(one) for one in (*known(text), *nested))
    assert found.stretches == ()


LONG = "".join(
    f"Sentence {number} says at some length that {number * 7919 % 997} ships came from {name}. It is {name}. "
    for number in range(40)
    for name in (f"Harbour{number}", f"Strait{number}")
)
SAVED = "Saved page\n\n{}\nFoot of it\n"


def test_a_copy_in_which_every_long_sentence_is_changed_is_known_again_by_the_others() -> None:
    found = aligned(SAVED.format(LONG.replace("at some length", "briefly")), LONG)
    changed = [one for one in known(LONG) if found.find(one) is None]
    assert [LONG[one.start : one.end][:8] for one in changed] == ["Sentence"] * 80


def test_of_an_article_that_stands_twice_in_a_page_one_is_found_and_the_other_told() -> None:
    copy = SAVED.format(f"{LONG}\n{LONG}")
    found = aligned(copy, LONG)
    assert all(found.find(one) for one in known(LONG))
    told = {kind: copy[slice(*words)] for kind, _, words in found.stretches}
    assert told["head"].startswith("Saved page")
    assert LONG.strip() in "\n".join(told.values())


WORDS = st.sampled_from(["grain", "ships", "the strait", "in 2031", "not", "harbour", "rose by 9%", "Corvia", "(all)"])
SENTENCES = st.lists(WORDS, min_size=2, max_size=7).map(lambda words: " ".join(words).capitalize() + ". ")
PARAGRAPHS = st.lists(st.lists(SENTENCES, min_size=1, max_size=5).map("".join), min_size=1, max_size=4)


@settings(deadline=None, max_examples=25)
@given(PARAGRAPHS.map("\n".join), st.data())
def test_whatever_is_put_in_is_told_and_whatever_is_found_keeps_its_order(text: str, data: st.DataObject) -> None:
    """However alike the sentences of a text are, no two take one place, and no words come in untold."""
    at = data.draw(st.integers(0, len(text) - 1))
    copy = text[:at] + " Nevertheless " + text[at:]
    found = aligned(copy, text)
    places = [(one, here) for one in known(text) if (here := found.find(one))]
    for (one, here), (other, there) in pairwise(places):
        assert one.end <= other.start
        assert here.end <= there.start
    assert any("Nevertheless" in copy[slice(*words)] for _, _, words in found.stretches)
    assert any(kind not in ("head", "foot") for kind, _, _ in found.stretches)


@settings(deadline=None, max_examples=50)
@given(PARAGRAPHS.map("\n".join))
def test_a_copy_with_a_header_has_all_passages(text: str) -> None:
    found = aligned("Saved from the web.\n\n" + text, text)
    assert all(found.find(one) for one in known(text))
    assert [kind for kind, _, _ in found.stretches] == ["head"]


def junk(size: int) -> str:
    return ("lorem ipsum dolor sit amet " * (size // 27 + 1))[:size]


@pytest.mark.parametrize(
    "copy",
    [
        TEXT + junk(100_000),
        junk(100_000) + "\n" + TEXT,
        TEXT[:300] + junk(100_000) + TEXT[300:],
        TEXT + " " * 100_000 + "x",
        TEXT + "-\n" * 30_000,
        TEXT.replace(" ", " " * 8_000, 12),
        "“" * 30_000,
        "a.b." * 15_000,
        "\u00a0" * 100_000,
    ],
    ids=["foot", "head", "middle", "blanks", "hyphens", "wide", "quotes", "edges", "no-break"],
)
def test_odd_copies_take_little_time(copy: str) -> None:
    started = time.process_time()
    found = aligned(copy)
    assert found.stretches is not None
    assert time.process_time() - started < 5


def test_a_long_source_takes_time_in_proportion() -> None:
    text = "".join(f"Sentence {number} of this text says {number * 7919 % 1000} things. " for number in range(3000))
    started = time.process_time()
    found = aligned("Header\n" + text[:80_000] + DENIAL + " " + text[80_000:], text)
    assert time.process_time() - started < 10
    assert [kind for kind, _, _ in found.stretches] == ["head", "changed"]
