"""Files are written whole or not at all."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import posix
from psfacts.errors import OutputError
from psfacts.files import write


def test_a_file_is_written_in_utf_8_with_line_ends_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "facts.json"
    write(path, "Hálmar\r\nline\n")
    assert path.read_bytes() == "Hálmar\r\nline\n".encode()
    assert list(tmp_path.iterdir()) == [path]


@posix
def test_a_new_file_may_be_read_by_whom_the_umask_lets(tmp_path: Path) -> None:
    path = tmp_path / "facts.json"
    write(path, "text")
    assert path.stat().st_mode & 0o777 == 0o666 & ~current_umask()


def current_umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def test_an_existing_file_is_kept_unless_forced(tmp_path: Path) -> None:
    path = tmp_path / "facts.json"
    write(path, "old")
    with pytest.raises(OutputError) as caught:
        write(path, "new")
    assert (caught.value.message, caught.value.hint) == (f"{path}: already exists", "use --force to replace it")
    assert path.read_text(encoding="utf-8") == "old"
    write(path, "new", force=True)
    assert path.read_text(encoding="utf-8") == "new"


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="No such file or directory"):
        write(tmp_path / "none" / "facts.json", "text")


def test_a_full_disk_leaves_the_old_file_and_nothing_behind(tmp_path: Path) -> None:
    path = tmp_path / "facts.json"
    write(path, "old")

    def pieces() -> Iterator[str]:
        yield "new"
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with pytest.raises(OutputError) as caught:
        write(path, pieces(), force=True)
    assert caught.value.message == f"{path}: No space left on device"
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_an_interrupted_write_leaves_nothing_behind(tmp_path: Path) -> None:
    def pieces() -> Iterator[str]:
        yield "new"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write(tmp_path / "facts.json", pieces())
    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_the_way_is_said_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "facts.json"
    path.mkdir()
    with pytest.raises(OutputError, match="not a regular file"):
        write(path, "text", force=True)
    assert list(tmp_path.iterdir()) == [path]
