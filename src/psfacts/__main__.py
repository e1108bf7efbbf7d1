"""The program, as ``psfacts`` and as ``python -m psfacts``."""

from __future__ import annotations

import gc
import os
import sys
from typing import NoReturn


def main() -> int:
    """Run the program and give its exit code; an interrupt is quiet from the first import on."""
    gc.disable()  # the process gives one answer: what it makes is needed to the end
    # Looking for pydantic plugins reads the metadata of every installed package; psfacts needs none.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    try:
        from psfacts.cli import main as run

        return run()
    except KeyboardInterrupt:
        return 130


def script() -> NoReturn:
    """Run as the installed command, and leave at once.

    All is written and every file closed by then. Taking thousands of objects apart one by one, as the interpreter
    does at its end, would only make the user wait; profilers need that end, and have it under ``python -m psfacts``.
    """
    os._exit(main())


if __name__ == "__main__":
    sys.exit(main())
