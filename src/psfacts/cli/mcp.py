"""``psfacts mcp``."""

from __future__ import annotations

import sys
from contextlib import redirect_stdout

from psfacts.cli.command import Group, command
from psfacts.cli.options import Reading
from psfacts.cli.output import TextOutput
from psfacts.errors import UsageError


@command(
    Group.TAKE_AWAY,
    """Serve the fact base to agents, by the Model Context Protocol on standard input and output.

    Agents' programs start this themselves: docs/agents.md shows how the usual ones are told of it. It needs the extra
    mcp: pip install 'psfacts[mcp]'.

    Examples:
      psfacts mcp
      psfacts mcp --data facts.db
    """,
)
def mcp(options: Reading) -> TextOutput:
    from psfacts import __version__

    store = options.store()
    try:
        from psfacts.agents.server import run
    except ImportError:
        raise UsageError("the package mcp is not installed", "pip install 'psfacts[mcp]'") from None
    with redirect_stdout(sys.__stdout__):
        run(store, __version__)
    return TextOutput("")
