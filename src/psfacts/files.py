"""Reading files and pipes; writing files whole or not at all, without replacing existing ones unasked."""

from __future__ import annotations

import errno
import os
import re
import signal
import stat
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from functools import partial
from itertools import islice
from pathlib import Path
from types import FrameType
from typing import BinaryIO, NoReturn, cast

from psfacts.errors import InvalidError, OutputError

STDIN = Path("-")
"""File name for standard input."""

_PATIENCE = 1
"""Seconds to wait for the first bytes of a pipe."""

_PIECE = 2**20
"""Bytes read at a time, so that memory grows with the file, not with the limit."""


Target = Path | BinaryIO
"""Target of a file: its path, or a binary stream."""

_DESCRIPTOR = re.compile(r"(?:/dev|/proc/self)/fd/([0-9]{1,9})")
_STREAMS = {"/dev/stdout": 1, "/dev/stderr": 2}

_IN_PLACE = (errno.EBUSY, errno.EXDEV, errno.EACCES, errno.EPERM)
"""Errors for files that can be written but not replaced, mainly because they are mount points."""

_SAID: dict[int | None, tuple[str, str]] = {
    errno.EEXIST: ("already exists", "use --force to replace it"),
    errno.ENXIO: ("nobody reads from this pipe", "start what reads from it first"),
}
"""Messages and hints for errors."""

_ENDINGS = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]

_DEVICES = {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"}
_DEVICES |= {f"{port}{digit}" for port in ("COM", "LPT") for digit in "123456789¹²³"}
_NOT_IN_NAMES = re.compile(r'[<>:"|?*\x00-\x1f]')


class UnreadableError(InvalidError):
    """A file does not exist or cannot be read."""

    def __init__(self, path: Path, what: str, hint: str) -> None:
        super().__init__(f"{path}: {what}", hint, (what,))


def content(path: Path, most: int, hint: str) -> bytes:
    """Read a file or a pipe to its end, or somewhat more than ``most`` bytes of it.

    Raises UnreadableError as :func:`opened` does.
    """
    with opened(path, hint) as file:
        return b"".join(islice(iter(partial(file.read, _PIECE), b""), most // _PIECE + 1))


def is_regular(path: Path) -> bool:
    """Return whether there is a file that can be read repeatedly, unlike a pipe."""
    return path != STDIN and os.path.isfile(path)  # noqa: PTH113 -- a Path raises where a name cannot be one


@contextmanager
def opened(path: Path, hint: str) -> Iterator[BinaryIO]:
    """Open a file or a pipe; ``-`` is standard input.

    Raises UnreadableError, with ``hint`` for what to give, if there is neither, or if it cannot be read while it
    is open.
    """
    try:
        if path == STDIN:
            if sys.stdin is None:
                raise UnreadableError(STDIN, "standard input is closed", hint)
            yield cast(BinaryIO, sys.stdin.buffer)
            return
        is_pipe = path.is_fifo()
        if not is_pipe and not stat.S_ISREG(path.stat().st_mode):
            raise UnreadableError(path, "not a regular file", hint)
        with open(_written_pipe(path, hint) if is_pipe else path, "rb") as file:  # noqa: PTH123 -- or a descriptor
            yield file
    except (OSError, ValueError) as error:
        what = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise UnreadableError(path, what, hint) from None


def _written_pipe(path: Path, hint: str) -> int:
    """Open a pipe with a writer, or one that gets a writer soon: opening any other would block forever."""
    if not os.access(path, os.R_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    pipes: list[int] = []
    opening = threading.Thread(target=lambda: pipes.append(os.open(path, os.O_RDONLY)), daemon=True)
    opening.start()
    opening.join(_PATIENCE)
    if not pipes:
        raise UnreadableError(path, "not a regular file, and nobody writes to the pipe", hint)
    return pipes[0]


def write(target: Target, text: str | Iterable[str], force: bool = False) -> None:
    """Write ``text``, or an iterator of pieces, in UTF-8 without changing line ends.

    Raises OutputError and BrokenPipeError as :func:`replacing` does.
    """
    with replacing(target, force) as temporary:
        _write(temporary, [text] if isinstance(text, str) else text)


@contextmanager
def replacing(target: Target, force: bool = False) -> Iterator[Path]:
    """Yield the path for a temporary file, which becomes ``target`` once it is written.

    The temporary file is beside ``target``, in a folder of its own, and is renamed to it. A file that is replaced
    passes on its permissions and, where that is allowed, its owner; a symbolic link is followed. What cannot be
    replaced is written in place: streams, pipes, character devices, and files that are mount points or in a folder
    that cannot be written.

    Raises OutputError where there is a file and ``force`` is not given, though it came meanwhile, or where ``target``
    cannot be written; nothing is left behind then, nor if the process is interrupted or terminated. Raises
    BrokenPipeError where the reader of a pipe is gone.
    """
    with _writing(target):
        destination = _destination(target, force)
        if isinstance(destination, Path):
            before, folder = _state(destination), destination.parent
            is_closed = before and not os.access(folder, os.W_OK | os.X_OK)
            with _temporary(None if is_closed else folder) as temporary:
                yield temporary
                _deliver(temporary, destination, force)
        else:
            with destination as stream, _temporary() as temporary:
                yield temporary
                _copy(temporary, stream)


def write_folder(path: Target, files: Iterable[tuple[str, Iterable[str]]], force: bool = False) -> None:
    """Write files in UTF-8, each a name and its text in pieces, to the folder ``path``, whole or not at all.

    Raises OutputError where something other than an empty folder is there and ``force`` is not given, or where the
    folder cannot be written. With ``force``, files of the same names are replaced, others stay.
    """
    if not isinstance(path, Path):
        raise OutputError("a folder of files cannot go to a stream", "name a folder")
    with _writing(path):
        before = _state(path)
        if before and not stat.S_ISDIR(before.st_mode):
            raise OutputError(f"{path}: not a folder", "give another name")
        if before and not force and any(path.iterdir()):
            raise OSError(errno.EEXIST, "")
        with _temporary(path if before else path.parent) as folder:
            folder.mkdir()
            for name, pieces in files:
                _write(folder / name, pieces)
            if not before:
                folder.rename(path)
                return
            for file in sorted(folder.iterdir()):
                _deliver(file, Path(os.path.realpath(path / file.name)), force)


def write_all(stream: BinaryIO, data: bytes) -> None:
    """Write all of ``data``, though the stream takes only parts of it, or would not wait.

    An unbuffered stream reports how much it took, and a stream that another process made non-blocking that it took
    nothing; Python's own text streams lose the rest.
    """
    stream.flush()
    raw = getattr(stream, "raw", stream)
    rest = memoryview(data)
    while rest:
        taken = raw.write(rest)
        if taken is None:
            from select import select

            select([], [raw], [])
        rest = rest[taken or 0 :]


def is_standard_output(path: Path) -> bool:
    """Return whether ``path`` is the standard output of this process."""
    return _descriptor(path) == 1


def is_forbidden_on_windows(name: str) -> bool:
    """Return whether Windows treats ``name`` as a device, or changes it."""
    stem = name.partition(".")[0].rstrip(" ").upper()
    return name.endswith((".", " ")) or stem in _DEVICES or bool(_NOT_IN_NAMES.search(name))


def _destination(target: Target, force: bool) -> Path | AbstractContextManager[BinaryIO]:
    """Return the path of the file to replace, with links followed, or the stream to copy to."""
    if not isinstance(target, Path):
        return nullcontext(target)
    if sys.platform == "win32" and is_forbidden_on_windows(target.name):
        raise OutputError(f"{target}: Windows allows no file of this name", "give another name")
    descriptor, before = _descriptor(target), _state(target)
    if descriptor is not None:
        return os.fdopen(os.dup(descriptor), "wb", buffering=0)
    if before and (stat.S_ISFIFO(before.st_mode) or stat.S_ISCHR(before.st_mode)):
        # Without waiting: nobody may read from a pipe.
        return os.fdopen(os.open(target, os.O_WRONLY | getattr(os, "O_NONBLOCK", 0)), "wb", buffering=0)
    if before and not stat.S_ISREG(before.st_mode):
        raise OutputError(f"{target}: not a regular file", "give another name")
    if (before or target.is_symlink()) and not force:
        raise OSError(errno.EEXIST, "")
    return Path(os.path.realpath(target))


def _descriptor(path: Path) -> int | None:
    """Return the file descriptor that ``path`` names; opening it by name would truncate it."""
    name = os.fspath(path)
    found = _DESCRIPTOR.fullmatch(name)
    return int(found[1]) if found else _STREAMS.get(name)


def _state(path: Path) -> os.stat_result | None:
    """Return the state of the file at ``path``, following links; ``None`` if there is none."""
    try:
        return path.stat()
    except FileNotFoundError:
        return None


def _deliver(temporary: Path, path: Path, force: bool) -> None:
    """Rename ``temporary`` to ``path``; without ``force``, only if no other process took that name meanwhile."""
    if force:
        _replace(temporary, path)
        return
    path.touch(exist_ok=False)
    try:
        _replace(temporary, path)
    except BaseException:
        path.unlink()
        raise


def _replace(temporary: Path, path: Path) -> None:
    """Rename ``temporary`` to ``path``, or copy its contents if the file there cannot be replaced."""
    before = _state(path)
    if before:
        with suppress(OSError, AttributeError):  # only root gives files away, and Windows has no owners of this kind
            os.chown(temporary, before.st_uid, before.st_gid)
        with suppress(OSError):  # some file systems have no permissions
            temporary.chmod(stat.S_IMODE(before.st_mode))
    try:
        temporary.replace(path)
    except OSError as error:
        if not before or error.errno not in _IN_PLACE:
            raise
        with os.fdopen(os.open(path, os.O_WRONLY), "wb", buffering=0) as stream:
            _copy(temporary, stream)
            stream.truncate()


@contextmanager
def _temporary(folder: Path | None = None) -> Iterator[Path]:
    """Yield the path for a temporary file or folder, and remove what is left of it in the end.

    It is in a folder that nobody else may enter, in ``folder``, by default where temporary files belong. Its name is
    short, because the target's may have the maximum length.
    """
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(prefix=".psfacts-", dir=folder, ignore_cleanup_errors=True) as own:
        yield Path(own, "new")


def _write(path: Path, pieces: Iterable[str]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(pieces)


def _copy(path: Path, stream: BinaryIO) -> None:
    with path.open("rb") as file:
        while data := file.read(2**20):
            write_all(stream, data)


@contextmanager
def _writing(target: Target) -> Iterator[None]:
    """Convert errors of writing ``target`` to OutputError; termination signals raise SystemExit meanwhile.

    So nothing is left behind. Signal handlers of others stay.
    """

    def end(number: int, frame: FrameType | None) -> NoReturn:  # noqa: ARG001 -- the signature of a handler
        for each in handled:
            signal.signal(each, signal.SIG_IGN)
        raise SystemExit(128 + number)

    is_main = threading.current_thread() is threading.main_thread()
    handled = [each for each in _ENDINGS if is_main and signal.getsignal(each) is signal.SIG_DFL]
    for each in handled:
        signal.signal(each, end)
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        name = str(target if isinstance(target, Path) else getattr(target, "name", "the stream"))
        what, hint = _SAID.get(error.errno, (error.strerror or str(error), "look at the folder and its disk"))
        raise OutputError(f"{name.replace('<stdout>', 'standard output')}: {what}", hint) from None
    finally:
        for each in handled:
            signal.signal(each, signal.SIG_DFL)
