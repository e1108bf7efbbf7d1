"""Files written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from psfacts.errors import OutputError


def write(path: Path, text: str, force: bool = False) -> None:
    """Write ``text`` in UTF-8 to a temporary file beside ``path`` and rename it.

    Raises OutputError where ``path`` exists and ``force`` is not given, or where it cannot be written; nothing is left
    behind then.
    """
    if path.exists() and not force:
        raise OutputError(f"{path}: exists", "give --force to replace it")
    temporary = ""
    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", dir=path.parent, prefix=f".{path.name}.", delete=False
        ) as file:
            temporary = file.name
            file.write(text)
        Path(temporary).chmod(0o666 & ~_umask())
        Path(temporary).replace(path)
    except OSError as error:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        raise OutputError(f"{path}: {error.strerror or error}", "look at the folder and its disk") from None


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
