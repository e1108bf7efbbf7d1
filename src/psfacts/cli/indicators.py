"""``psfacts indicators``."""

from __future__ import annotations

from psfacts.cli.console import Color, Reply
from psfacts.cli.options import Colors, Data, Formats, Json, shape


def indicators(data: Data = None, form: Formats = None, json: Json = False, color: Colors = Color.AUTO) -> Reply:
    """List what can be compared, and for how many countries.

    Examples:
      psfacts indicators
      psfacts indicators --json

    """
    import psfacts

    store = psfacts.load(data)
    return Reply(psfacts.indicators(store=store), shape(form, json), color)
