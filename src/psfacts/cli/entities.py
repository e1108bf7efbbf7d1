"""``psfacts entities``."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from psfacts.cli.command import Group, command
from psfacts.cli.listing import Listing
from psfacts.cli.options import offering, one_of
from psfacts.cli.output import AnswerOutput

if TYPE_CHECKING:
    from psfacts.model import EntityType


class Type(StrEnum):
    """The types of entities."""

    COUNTRY = "country"
    ORGANIZATION = "organization"
    PERSON = "person"
    PLACE = "place"
    GROUP = "group"
    REGION = "region"


@command(
    Group.BROWSE,
    """List who and what the facts are about: countries, persons, organizations, places, groups and regions.

    Examples:
      psfacts entities
      psfacts entities person
      psfacts entities organization --about kazakhstan
    """,
)
def entities(
    options: Listing,
    of_type: Annotated[
        str | None,
        typer.Argument(
            metavar="TYPE",
            help="Only entities of this type: country, organization, person, place, group or region.",
            show_default=False,
            autocompletion=offering(Type),
        ),
    ] = None,
) -> AnswerOutput:
    from psfacts.answers.entities import entities

    kind: EntityType | None = one_of(Type, "TYPE", of_type).value if of_type is not None else None
    found = entities(kind, options.wanted, limit=options.most, offset=options.first, store=options.store())
    return AnswerOutput(found)
