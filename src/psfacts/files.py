"""Files written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from psfacts.errors import OutputError


def write(path: Path, text: str | Iterable[str], force: bool = False) -> None:
    """Write ``text``, or pieces of it as they come, in UTF-8 to a temporary file beside ``path`` and rename it.

    Line ends are written as they are. Raises OutputError as :func:`replacing` does.
    """
    with replacing(path, force) as temporary, temporary.open("w", encoding="utf-8", newline="") as file:
        file.writelines([text] if isinstance(text, str) else text)


@contextmanager
def replacing(path: Path, force: bool = False) -> Iterator[Path]:
    """Return the path of an empty temporary file beside ``path``, and rename it to ``path`` once it is written.

    Raises OutputError where ``path`` exists and ``force`` is not given, or where it cannot be written; nothing is left
    behind then, nor where anything else goes wrong.
    """
    if os.path.lexists(path) and not force:
        raise OutputError(f"{path}: already exists", "use --force to replace it")
    if path.exists() and not path.is_file():
        raise OutputError(f"{path}: not a regular file", "give another name")
    temporary: Path | None = None
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:100]}.")
        os.close(handle)
        temporary = Path(name)
        yield temporary
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(path)
    except OSError as error:
        raise OutputError(f"{path}: {error.strerror or error}", "look at the folder and its disk") from None
    finally:
        if temporary:
            temporary.unlink(missing_ok=True)


def write_folder(path: Path, files: Iterable[tuple[str, Iterable[str]]], force: bool = False) -> None:
    """Write files in UTF-8, each a name and its text in pieces, to the folder ``path``, whole or not at all.

    Raises OutputError where something other than an empty folder is there and ``force`` is not given, or where the
    folder cannot be written. With ``force``, files of the same names are replaced, others stay.
    """
    if path.exists() and not path.is_dir():
        raise OutputError(f"{path}: not a folder", "give another name")
    try:
        if path.is_dir() and any(path.iterdir()) and not force:
            raise OutputError(f"{path}: already exists", "use --force to replace it")
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.name[:100]}.") as made:
            folder = Path(made, "made")
            folder.mkdir()
            for name, pieces in files:
                with folder.joinpath(name).open("w", encoding="utf-8", newline="") as file:
                    file.writelines(pieces)
            if not path.exists():
                folder.replace(path)
            else:
                for written in sorted(folder.iterdir()):
                    written.replace(path / written.name)
    except OSError as error:
        raise OutputError(f"{path}: {error.strerror or error}", "look at the folder and its disk") from None


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
