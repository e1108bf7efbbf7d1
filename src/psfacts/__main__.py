"""``python -m psfacts``."""

from __future__ import annotations

import sys

from psfacts.cli import main

if __name__ == "__main__":
    sys.exit(main())
