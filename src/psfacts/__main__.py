"""The program, as ``psfacts`` and as ``python -m psfacts``."""

from __future__ import annotations

import atexit
import gc
import os
import sys


def main() -> int:
    """Run the program and give its exit code; an interrupt is quiet from the first import on."""
    gc.disable()  # the process gives one answer: what it makes is needed to the end
    atexit.register(gc.freeze)
    # Looking for pydantic plugins reads the metadata of every installed package; psfacts needs none.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    try:
        from psfacts.cli import main as run

        return run()
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
