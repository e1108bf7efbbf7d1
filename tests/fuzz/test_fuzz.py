"""A short run of the fuzz. A long one is made by hand: see :mod:`fuzz`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).with_name("fuzz.py")


LONGER = ["--bases=60", "--databases=12", "--arguments=80", "--articles=12", "--queries=40"]


@pytest.mark.parametrize(
    "kinds",
    [
        ["--bases=8", "--databases=2", "--arguments=12", "--articles=1", "--queries=4"],
        *(pytest.param([kind], marks=pytest.mark.slow) for kind in LONGER),
    ],
    ids=lambda kinds: ", ".join(kind[2:] for kind in kinds),
)
def test_nonsense_is_answered_or_refused_in_order(kinds: list[str]) -> None:
    asked = [sys.executable, str(SCRIPT), "--seed=1", "--workers=1", *kinds]
    done = subprocess.run(asked, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout[-3000:]
