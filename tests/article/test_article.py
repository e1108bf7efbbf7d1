"""A user's copy: read, normalised, and its passages found again."""

from __future__ import annotations

import os
import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psfacts.article.copy import READINGS, Copy, Found
from psfacts.article.text import MAX_ARTICLE_BYTES, digest, normalise, passage, read
from psfacts.errors import InvalidError
from psfacts.model import Passage

TEXT = "A “plain” title\n\nThe first words. Then the  second – isn’t it?\nA last line.\n"


def at(words: str) -> Passage:
    start = TEXT.index(words)
    return passage(TEXT, "source", start, start + len(words))


def test_normalising_drops_the_bom_makes_line_ends_lf_and_composes() -> None:
    raw = b"\xef\xbb\xbf" + unicodedata.normalize("NFD", "Hálmar\r\nCafé\n").encode()
    assert normalise(raw) == "Hálmar\nCafé\n"


@pytest.mark.parametrize("text", ["a" + "\u0315" * 50_000 + "\u0300" * 50_000, "\u0300\u0344\u0315" * 30_000])
def test_marks_in_any_order_are_normalised_in_time(text: str) -> None:
    started = time.process_time()
    assert unicodedata.is_normalized("NFC", normalise(text.encode())[:2000])
    assert time.process_time() - started < 5


@given(st.text(st.sampled_from("aе\u0300\u0301\u0315\u0323\u0344é"), min_size=1, max_size=60), st.integers(20, 60))
def test_a_long_text_is_normalised_as_unicode_says(text: str, times: int) -> None:
    assert normalise((text * times).encode()) == unicodedata.normalize("NFC", text * times)


def test_offsets_count_code_points_and_digests_utf_8_bytes() -> None:
    made = passage("𝔘né passage", "source", 1, 3)
    assert (made.start, made.end) == (1, 3)
    assert made.sha256 == digest("né") == "82b5c347493f76b114b701be8bf9205789f699075946fdf09051bf799d9cc117"


def test_a_copy_is_read_and_normalised(tmp_path: Path) -> None:
    path = tmp_path / "article.txt"
    path.write_bytes(b"\xef\xbb\xbfOne\r\ntwo\r\n")
    assert read(path) == "One\ntwo\n"


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \n\t\n", "empty"),
        (b"caf\xe9", "not UTF-8: byte 3 cannot be decoded"),
        (b"\xff\xfea\x00", "not UTF-8: byte 0 cannot be decoded"),
        (b"x" * (MAX_ARTICLE_BYTES + 1), "larger than 16 MiB"),
    ],
    ids=["empty", "blank", "Latin-1", "UTF-16", "too large"],
)
def test_what_is_no_text_is_refused(tmp_path: Path, content: bytes, problem: str) -> None:
    path = tmp_path / "article.txt"
    path.write_bytes(content)
    with pytest.raises(InvalidError) as caught:
        read(path)
    assert caught.value.message == f"{path}: {problem}"


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidError, match="No such file or directory"):
        read(tmp_path / "none.txt")
    with pytest.raises(InvalidError, match="not a regular file"):
        read(tmp_path)
    with pytest.raises(InvalidError, match="null"):
        read(Path("a\0b"))


def test_a_pipe_is_refused_without_waiting_for_a_writer(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    with pytest.raises(InvalidError, match="not a regular file"):
        read(path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads every file")
def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "article.txt"
    path.write_text("words", encoding="utf-8")
    path.chmod(0)
    with pytest.raises(InvalidError, match="Permission denied"):
        read(path)


@pytest.mark.parametrize(
    ("reading", "before", "after"),
    [
        ("exact", "a\u00a0b \n“c”", "a\u00a0b \n“c”"),
        ("plain blanks", "a\u00a0b\u2003c  \nd\t\ne\u200bf\u00adg\rh", "a b c\nd\nefg\nh"),
        ("curly quotes", '"It\'s \'so\'", ("she") said', "“It’s ‘so’”, (“she”) said"),
        ("joined lines", "one\ntwo  three\n\nfour\n  five", "one two three\n\nfour five"),
    ],
)
def test_readings_do_what_they_are_called(reading: str, before: str, after: str) -> None:
    assert READINGS[reading](before) == after


def place(copy: str, words: str) -> tuple[int, str] | None:
    found = Copy(copy).find(at(words))
    assert found is None or found.words == words
    return (found.start, found.reading) if found else None


def test_a_passage_is_found_at_its_place() -> None:
    assert place(TEXT, "The first words.") == (TEXT.index("The first"), "exact")


def test_a_passage_is_found_where_it_was_moved_to() -> None:
    assert place("A header\n" + TEXT, "The first words.") == (9 + TEXT.index("The first"), "exact")
    assert place(TEXT.removeprefix("A “plain” title\n\n"), "A last line.") == (46, "exact")


@pytest.mark.parametrize(
    ("copy", "words", "reading"),
    [
        (TEXT.replace("first words", "first\u00a0words"), "The first words.", "plain blanks"),
        (TEXT.replace("’", "'"), "isn’t it?", "curly quotes"),
        (TEXT.replace("The first words", "The first\nwords"), "The first words.", "joined lines"),
    ],
)
def test_a_passage_is_found_under_the_least_reading_that_it_takes(copy: str, words: str, reading: str) -> None:
    found = place(copy, words)
    assert found is not None
    assert found[1] == reading


def test_a_passage_is_not_found_where_a_letter_differs() -> None:
    assert place(TEXT.replace("first words", "first word"), "The first words.") is None
    assert place("", "The first words.") is None


def test_what_stands_instead_of_a_missing_passage_lies_between_its_neighbours() -> None:
    copy = Copy("Header\n" + TEXT.replace("The first words. ", "The very last words. "))
    changed = at("The first words. ")
    assert copy.find(at("A “plain” title")) == Found(7, "exact", copy.text, 22)
    assert copy.find(at("Then the")) is not None
    assert copy.find(changed) is None
    assert copy.instead(changed).words == "The very last words. "


def test_what_stands_instead_is_guessed_by_place_where_nothing_was_found() -> None:
    copy = Copy(TEXT.replace("first", "worst"))
    assert copy.instead(at("The first words.")).words == "The worst words."
