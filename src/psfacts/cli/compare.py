"""``psfacts compare``."""

from __future__ import annotations

from typing import Annotated

import typer

from psfacts.cli import completion
from psfacts.cli.command import Group, command
from psfacts.cli.options import Options
from psfacts.cli.output import AnswerOutput
from psfacts.render import View


class Comparing(Options):
    """What compare takes."""

    silent: Annotated[
        bool, typer.Option("--silent", help="Rows for what the source is silent on, too, without a value.")
    ] = False

    @property
    def view(self) -> View:
        """How the comparison is looked at."""
        return super().view._replace(silent=self.silent)


@command(
    Group.ASK,
    """Compare countries by indicators.

    Without indicators all that have a value are compared; without countries or groups, all countries.

    Examples:
      psfacts compare remittances
      psfacts compare tajikistan uzbekistan
      psfacts compare central-asia --sort migrants
      psfacts compare remittances migrants central-asia --json
      psfacts compare remittances -o remittances.csv --columns country_name,value,unit
      psfacts compare remittances -o remittances.svg
    """,
)
def compare(
    options: Comparing,
    names: Annotated[
        list[str],
        typer.Argument(
            metavar="NAME",
            help="Indicators (the columns), and countries, regions or organizations (the rows), in any order.",
            autocompletion=completion.compared,
        ),
    ],
    sort: Annotated[
        str | None,
        typer.Option(
            metavar="KEY",
            help="Sort by one of the indicators, or by name; without it by the first indicator, where any is named.",
            show_default=False,
            autocompletion=completion.compared,
        ),
    ] = None,
) -> AnswerOutput:
    from psfacts.answers.compare import compare

    return AnswerOutput(compare(*names, sort=sort, store=options.store()))
