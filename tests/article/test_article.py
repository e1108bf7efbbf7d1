"""A user's copy: read, normalised, and its passages found again."""

from __future__ import annotations

import os
import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import posix
from psfacts.article.text import MAX_ARTICLE_BYTES, digest, normalise, passage, read
from psfacts.errors import InvalidError


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


@posix
def test_a_pipe_is_refused_without_waiting_for_a_writer(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    with pytest.raises(InvalidError, match="not a regular file"):
        read(path)


@posix
@pytest.mark.skipif(os.name == "posix" and os.geteuid() == 0, reason="root reads every file")
def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "article.txt"
    path.write_text("words", encoding="utf-8")
    path.chmod(0)
    with pytest.raises(InvalidError, match="Permission denied"):
        read(path)
