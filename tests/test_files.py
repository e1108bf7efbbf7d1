"""Files are written whole or not at all, and nobody's file is replaced unasked."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import chdir
from io import BytesIO, FileIO
from pathlib import Path
from threading import Thread

import pytest

from conftest import posix
from psfacts.errors import OutputError
from psfacts.files import is_forbidden_on_windows, replacing, write, write_all, write_folder

FOLDER = [("a.csv", ["a\n"]), ("b.csv", ["b\n"])]


def failing(number: int) -> Callable[..., None]:
    """Return what fails as the system does."""

    def fail(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return fail


def pieces(error: BaseException) -> Iterator[str]:
    """Return the first words of a text of which the rest cannot be had."""
    yield "new"
    raise error


@pytest.mark.parametrize("number", ["999", "9" * 20])
def test_a_descriptor_that_nobody_has_opened_is_told(number: str) -> None:
    with pytest.raises(OutputError, match=f"/dev/fd/{number}: "):
        write(Path(f"/dev/fd/{number}"), "text", force=True)


@posix
@pytest.mark.parametrize("mask", [0o022, 0o077, 0o002])
def test_a_file_is_written_in_utf_8_with_line_ends_as_they_are(tmp_path: Path, mask: int) -> None:
    path = tmp_path / "facts.json"
    before = os.umask(mask)
    try:
        write(path, "Hálmar\r\nline\n")
    finally:
        os.umask(before)
    assert path.read_bytes() == "Hálmar\r\nline\n".encode()
    assert path.stat().st_mode & 0o777 == 0o666 & ~mask
    assert list(tmp_path.iterdir()) == [path]


def test_the_umask_of_the_process_is_never_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "umask", failing(errno.EPERM))
    write(tmp_path / "facts.json", "text")
    write(tmp_path / "facts.json", "text", force=True)
    write_folder(tmp_path / "folder", FOLDER)


def test_an_existing_file_is_kept_unless_forced(tmp_path: Path) -> None:
    path = tmp_path / "facts.json"
    write(path, "old")
    with pytest.raises(OutputError) as caught:
        write(path, "new")
    assert (caught.value.message, caught.value.hint) == (f"{path}: already exists", "use --force to replace it")
    assert path.read_text(encoding="utf-8") == "old"
    write(path, "new", force=True)
    assert path.read_text(encoding="utf-8") == "new"


@posix
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o666, 0o444, 0o755])
def test_a_file_that_is_replaced_passes_on_its_permissions(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "facts.json"
    write(path, "old")
    path.chmod(mode)
    with replacing(path, force=True) as temporary:
        assert temporary.parent.stat().st_mode & 0o077 == 0
        temporary.write_text("new", encoding="utf-8")
    assert stat.S_IMODE(path.stat().st_mode) == mode
    assert path.read_text(encoding="utf-8") == "new"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root gives files away")
def test_a_file_that_is_replaced_stays_its_owner_s(tmp_path: Path) -> None:
    path = tmp_path / "facts.json"
    write(path, "old")
    os.chown(path, 12345, 23456)
    write(path, "new", force=True)
    assert (path.stat().st_uid, path.stat().st_gid) == (12345, 23456)


@posix
@pytest.mark.parametrize("target", ["target.csv", "folder/target.csv", "other.csv", "folder/../target.csv"])
def test_a_symbolic_link_is_followed(tmp_path: Path, target: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "other.csv").symlink_to("folder/end.csv")
    (tmp_path / "link.csv").symlink_to(target)
    end = tmp_path / ("folder/end.csv" if target == "other.csv" else target)
    for old in (None, "old"):
        if old:
            end.write_text(old, encoding="utf-8")
        with pytest.raises(OutputError, match="already exists"):
            write(tmp_path / "link.csv", "new")
        write(tmp_path / "link.csv", "new", force=True)
        assert (tmp_path / "link.csv").is_symlink()
        assert end.read_text(encoding="utf-8") == "new"
        end.unlink()


@posix
def test_links_that_go_in_a_circle_are_said(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    with pytest.raises(OutputError, match="Too many levels of symbolic links"):
        write(tmp_path / "a", "new", force=True)


@posix
def test_a_name_as_long_as_names_can_be_is_written(tmp_path: Path) -> None:
    for name in ("字" * 82 + ".csv", "a" * 255):
        write(tmp_path / name, "text")
        write(tmp_path / name, "text", force=True)
    write_folder(tmp_path / ("b" * 255), FOLDER)
    assert len(list(tmp_path.iterdir())) == 3


@posix
@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("none/facts.json", "No such file or directory"),
        ("file/facts.json", "Not a directory"),
        ("a" * 256, "File name too long"),
        ("a/" * 3000 + "a", "File name too long"),
    ],
)
@pytest.mark.parametrize("force", [True, False])
def test_a_path_out_of_reach_is_said(tmp_path: Path, path: str, said: str, force: bool) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(OutputError, match=said):
        write(tmp_path / path, "text", force)
    with pytest.raises(OutputError, match=said):
        write_folder(tmp_path / path, FOLDER, force)


@pytest.mark.skipif(not shutil.which("setpriv"), reason="setpriv is not installed")
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root gives its rights up")
def test_a_folder_that_may_not_be_entered_is_said(tmp_path: Path) -> None:
    locked = tmp_path / "locked"
    locked.mkdir(0o000)
    code = f"from pathlib import Path; from psfacts.files import write; write(Path({str(locked / 'a')!r}), '')"
    limited = ["setpriv", "--bounding-set=-dac_override,-dac_read_search", sys.executable, "-c", code]
    done = subprocess.run(limited, capture_output=True, encoding="utf-8", check=False)
    assert done.stderr.splitlines()[-1] == f"psfacts.errors.OutputError: {locked / 'a'}: Permission denied"


@posix
def test_a_working_folder_that_was_deleted_is_said(tmp_path: Path) -> None:
    (tmp_path / "gone").mkdir()
    with chdir(tmp_path / "gone"):
        (tmp_path / "gone").rmdir()
        with pytest.raises(OutputError, match="No such file or directory"):
            write(Path("facts.csv"), "text")
        with pytest.raises(OutputError, match="No such file or directory"):
            write_folder(Path("facts"), FOLDER)


def test_a_full_disk_leaves_the_old_file_and_nothing_behind(tmp_path: Path) -> None:
    path = tmp_path / "facts.json"
    write(path, "old")
    with pytest.raises(OutputError) as caught:
        write(path, pieces(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))), force=True)
    assert caught.value.message == f"{path}: No space left on device"
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_an_interrupted_write_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        write(tmp_path / "facts.json", pieces(KeyboardInterrupt()))
    with pytest.raises(KeyboardInterrupt):
        write_folder(tmp_path / "folder", [("a.csv", ["a"]), ("b.csv", pieces(KeyboardInterrupt()))])
    assert list(tmp_path.iterdir()) == []


TOLD = """
import os, signal, sys
from pathlib import Path
from psfacts.files import write, write_folder

def pieces():
    yield "x" * 100000
    os.kill(os.getpid(), getattr(signal, sys.argv[2]))
    yield "more"

path = Path(sys.argv[1])
if sys.argv[3] == "file":
    write(path / "facts.csv", pieces())
else:
    write_folder(path / "folder", [("a.csv", pieces())])
print("lived on")
"""


@posix
@pytest.mark.parametrize("kind", ["file", "folder"])
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGINT"])
def test_a_process_that_is_told_to_end_leaves_nothing_behind(tmp_path: Path, name: str, kind: str) -> None:
    usual = "default_int_handler" if name == "SIGINT" else "SIG_DFL"
    heard = f"import signal; signal.signal(signal.{name}, signal.{usual})\n"  # who starts the tests may be deaf
    done = subprocess.run([sys.executable, "-c", heard + TOLD, tmp_path, name, kind], capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (-2 if name == "SIGINT" else 128 + getattr(signal, name), b"")
    assert list(tmp_path.iterdir()) == []


@posix
def test_what_a_process_does_about_signals_stays(tmp_path: Path) -> None:
    code = f"import signal; signal.signal(signal.SIGHUP, signal.SIG_IGN)\n{TOLD}"
    done = subprocess.run([sys.executable, "-c", code, tmp_path, "SIGHUP", "file"], capture_output=True, check=True)
    assert done.stdout == b"lived on\n"
    assert (tmp_path / "facts.csv").exists()


def test_outside_of_the_main_thread_no_signal_is_touched(tmp_path: Path) -> None:
    thread = Thread(target=write, args=(tmp_path / "facts.csv", "text"))
    thread.start()
    thread.join()
    assert (tmp_path / "facts.csv").read_text(encoding="utf-8") == "text"


def test_a_file_that_came_meanwhile_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "facts.csv"

    def ours() -> Iterator[str]:
        yield "ours"
        path.write_text("theirs", encoding="utf-8")

    with pytest.raises(OutputError, match="already exists"):
        write(path, ours())
    assert path.read_text(encoding="utf-8") == "theirs"
    assert list(tmp_path.iterdir()) == [path]


def test_of_many_that_write_a_file_at_once_one_does(tmp_path: Path) -> None:
    def written(number: int) -> int | None:
        try:
            write(tmp_path / "facts.csv", str(number))
        except OutputError:
            return None
        return number

    for _ in range(20):
        with ThreadPoolExecutor(8) as pool:
            (number,) = [number for number in pool.map(written, range(8)) if number is not None]
        assert (tmp_path / "facts.csv").read_text(encoding="utf-8") == str(number)
        (tmp_path / "facts.csv").unlink()
    assert list(tmp_path.iterdir()) == []


def test_a_name_that_is_taken_but_cannot_be_filled_is_given_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "replace", failing(errno.EIO))
    with pytest.raises(OutputError):
        write(tmp_path / "facts.csv", "text")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("number", [errno.EBUSY, errno.EXDEV, errno.EACCES])
def test_a_file_that_cannot_be_replaced_is_written_in_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    path = tmp_path / "facts.csv"
    path.write_text("a longer text", encoding="utf-8")
    inode = path.stat().st_ino
    monkeypatch.setattr(Path, "replace", failing(number))
    write(path, "new", force=True)
    assert (path.read_text(encoding="utf-8"), path.stat().st_ino) == ("new", inode)
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_in_a_folder_that_cannot_be_written_is_written_in_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "facts.csv"
    path.write_text("a longer text", encoding="utf-8")
    monkeypatch.setattr(os, "access", lambda *_: False)
    monkeypatch.setattr(Path, "replace", failing(errno.EXDEV))
    with replacing(path, force=True) as temporary:
        assert temporary.parent != tmp_path
        temporary.write_text("new", encoding="utf-8")
    assert path.read_text(encoding="utf-8") == "new"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root mounts")
def test_a_mount_point_is_written_in_place(tmp_path: Path) -> None:
    outside, inside = tmp_path / "outside.csv", tmp_path / "inside.csv"
    for path in (outside, inside):
        path.write_text("old", encoding="utf-8")
    mount = ["mount", "--bind", str(outside), str(inside)]
    if not shutil.which("mount") or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("nothing can be mounted here")
    try:
        write(inside, "new", force=True)
    finally:
        subprocess.run(["umount", inside], check=True)  # noqa: S607 -- whichever there is
    assert outside.read_text(encoding="utf-8") == "new"
    assert inside.read_text(encoding="utf-8") == "old"


def test_a_folder_in_the_way_is_said_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "facts.json"
    path.mkdir()
    for force in (True, False):
        with pytest.raises(OutputError, match="not a regular file"):
            write(path, "text", force)
    assert list(tmp_path.iterdir()) == [path]


def test_a_disk_is_no_file_to_replace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "disk"
    path.touch()
    state = os.stat_result((stat.S_IFBLK | 0o660, *path.stat()[1:]))
    monkeypatch.setattr(Path, "stat", lambda *_, **__: state)
    with pytest.raises(OutputError, match="not a regular file"):
        write(path, "text", force=True)


@posix
def test_a_named_pipe_is_written_to(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with ThreadPoolExecutor(1) as pool:
        read = pool.submit(pipe.read_bytes)
        time.sleep(0.2)
        write(pipe, "text" * 100_000)
        assert read.result() == b"text" * 100_000
    assert pipe.is_fifo()


@posix
def test_a_named_pipe_that_nobody_reads_is_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for force in (True, False):
        with pytest.raises(OutputError) as caught:
            write(pipe, "text", force)
        assert caught.value.message == f"{pipe}: nobody reads from this pipe"
    assert pipe.is_fifo()


@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="no names of open files here")
@pytest.mark.parametrize("name", ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"])
def test_standard_output_by_its_name_is_written_to(tmp_path: Path, name: str) -> None:
    code = f"from pathlib import Path; from psfacts.files import write; write(Path({name!r}), 'text\\n')"
    piped = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert piped.stdout == b"text\n"
    path = tmp_path / "log.txt"
    path.write_text("before\n", encoding="utf-8")
    with path.open("ab") as file:
        subprocess.run([sys.executable, "-c", code], stdout=file, check=True)
    assert path.read_text(encoding="utf-8") == "before\ntext\n"


def test_a_stream_takes_the_bytes_and_stays_open() -> None:
    stream = BytesIO()
    write(stream, ["a", "\n"])
    write(stream, "b\n")
    assert stream.getvalue() == b"a\nb\n"


def test_a_reader_that_went_away_is_no_fault_of_the_disk() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with pytest.raises(BrokenPipeError), os.fdopen(writing, "wb", buffering=0) as stream:
        write(stream, "text")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_device_that_takes_nothing_is_said() -> None:
    with pytest.raises(OutputError, match="/dev/full: No space left on device"):
        write(Path("/dev/full"), "text")


class Sips(FileIO):
    """A stream that takes a few bytes at a time, and now and then none."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, "w")
        self.asked = 0

    def write(self, data: bytes | memoryview, /) -> int | None:  # type: ignore[override]
        """Take seven bytes, twice of three times."""
        self.asked += 1
        return None if self.asked % 3 == 0 else super().write(bytes(data[:7]))


def test_what_a_stream_does_not_take_at_once_is_written_again(tmp_path: Path) -> None:
    with Sips(tmp_path / "file") as stream:
        write_all(stream, bytes(range(256)))
        assert stream.asked > 30
    assert (tmp_path / "file").read_bytes() == bytes(range(256))


@posix
def test_a_stream_that_would_not_wait_is_waited_for() -> None:
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    text = bytes(10**6)
    with ThreadPoolExecutor(1) as pool, os.fdopen(reading, "rb") as reader:
        read = pool.submit(reader.read)
        with os.fdopen(writing, "wb") as stream:
            write_all(stream, text)
        assert read.result() == text


@posix
def test_a_folder_is_written_whole(tmp_path: Path) -> None:
    path = tmp_path / "folder"
    write_folder(path, FOLDER)
    with pytest.raises(OutputError, match="already exists"):
        write_folder(path, FOLDER)
    (path / "a.csv").chmod(0o600)
    (path / "own.txt").touch()
    write_folder(path, [("a.csv", ["new"])], force=True)
    assert {file.name: file.read_text(encoding="utf-8") for file in path.iterdir()} == {
        "a.csv": "new",
        "b.csv": "b\n",
        "own.txt": "",
    }
    assert stat.S_IMODE((path / "a.csv").stat().st_mode) == 0o600
    with pytest.raises(OutputError, match="not a folder"):
        write_folder(path / "a.csv", FOLDER, force=True)
    assert list(tmp_path.iterdir()) == [path]


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    write_folder(tmp_path, FOLDER)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["a.csv", "b.csv"]


@pytest.mark.parametrize(
    "name",
    [
        *("CON", "con", "nul.csv", "Aux.tar.gz", "COM1", "com¹.csv", "LPT9.json", "PRN .csv", "CONIN$", "conout$.txt"),
        *("facts.", "facts ", "facts.csv.", "a:b.csv", "what?.csv", "a*b", 'say "hi".csv', "a<b", "a|b", "a\tb"),
    ],
)
def test_names_that_windows_takes_for_others_are_known(name: str) -> None:
    assert is_forbidden_on_windows(name)


@pytest.mark.parametrize("name", ["facts.csv", "console.csv", "com.csv", "com10.csv", ".nul", "null", "Беларусь.db"])
def test_names_that_windows_takes_are_known(name: str) -> None:
    assert not is_forbidden_on_windows(name)


def test_a_name_that_windows_forbids_is_refused_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    with pytest.raises(OutputError) as caught:
        write(tmp_path / "nul.csv", "text")
    assert caught.value.message == f"{tmp_path / 'nul.csv'}: Windows allows no file of this name"
