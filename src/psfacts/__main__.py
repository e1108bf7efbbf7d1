"""The program, as ``psfacts`` and as ``python -m psfacts``."""

from __future__ import annotations

import gc
import os
import sys


def script() -> int:
    """Run the program and return its exit code; an interrupt is quiet from the first import on."""
    gc.disable()  # the process gives one answer: what it makes is needed to the end
    # Looking for pydantic plugins reads the metadata of every installed package; psfacts needs none.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    try:
        from psfacts.cli import main

        return main()
    except KeyboardInterrupt:
        return 130
    finally:
        gc.freeze()  # the interpreter looks for cycles when it ends, though its memory goes with the process


if __name__ == "__main__":
    sys.exit(script())
