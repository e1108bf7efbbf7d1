"""``psfacts browse``."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from psfacts.cli import completion
from psfacts.cli.command import Group, command
from psfacts.cli.options import Reading
from psfacts.cli.output import TextOutput
from psfacts.text.visible import visible


@command(
    Group.BROWSE,
    """Look at the fact base in a browser: the page of psfacts export facts.html, in a temporary file.

    With a name, at what it says of that. Where there is no browser, it says where the file is.

    Examples:
      psfacts browse
      psfacts browse moldova
      psfacts browse remittances
    """,
)
def browse(
    options: Reading,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="NAME",
            help="A country or any other entity, an indicator, or the id of a fact.",
            show_default=False,
            autocompletion=completion.compared,
        ),
    ] = None,
) -> TextOutput:
    import webbrowser
    from tempfile import mkdtemp

    from psfacts.exporting.site.page import address, page
    from psfacts.files import write

    store = options.store()
    text = page(store, address(store, " ".join(words)) if words else "")
    file = Path(mkdtemp(prefix="psfacts-"), "facts.html")
    write(file, text)
    is_open = _has_browser() and webbrowser.open(file.as_uri())
    return TextOutput(f"wrote {visible(str(file))}\n" + ("" if is_open else f"open {visible(file.as_uri())}\n"))


def _has_browser() -> bool:
    """Return whether a browser has a screen to be shown on, or the user names one."""
    screens = ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")
    return sys.platform in ("darwin", "win32") or any(map(os.environ.get, screens))
