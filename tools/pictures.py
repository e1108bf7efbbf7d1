"""The charts that the documentation shows."""

from __future__ import annotations

from pathlib import Path

import psfacts
from psfacts.render import svg

PICTURES = Path(__file__).parents[1] / "docs" / "pictures"


def files() -> dict[Path, str]:
    """Return the pictures in docs/pictures that commands draw."""
    store = psfacts.load()
    charts = {
        "remittances": psfacts.compare("remittances", store=store),
        "timeline": psfacts.timeline(store=store),
    }
    return {PICTURES / f"{name}.svg": svg.answer(chart) for name, chart in charts.items()}
