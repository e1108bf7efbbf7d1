"""The commands that list the contents of the base."""

from __future__ import annotations

import os
import sys
from functools import partial
from pathlib import Path
from typing import get_args

import psfacts
from psfacts.cli import values
from psfacts.cli.console import wrote
from psfacts.cli.options import Listing, Names, Options, Output, Reading
from psfacts.files import write
from psfacts.model import EntityType
from psfacts.text.visible import visible

_DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")
"""Environment variables of which one is set where a browser can be opened."""


class Countries(Options):
    """List the countries by region.

    Each line has the country's codes, capital, memberships and number of facts.

    Examples:
      psfacts countries
      psfacts countries central-asia
      psfacts countries csto --json
    """

    groups: Names = values.GROUP.any_number("GROUP", "Only the countries of these regions and organizations.")

    def _run(self) -> Output:
        return self.answered(psfacts.countries(*self.groups, store=self.store()))


class Indicators(Options):
    """List the indicators that countries can be compared by, and who has values.

    Examples:
      psfacts indicators
      psfacts indicators --json
    """

    def _run(self) -> Output:
        return self.answered(psfacts.indicators(store=self.store()))


class Errata(Options):
    """List misprints and doubts: how they are read, why, and how sure that is.

    All places where the printed words cannot be taken literally, by kind.

    Examples:
      psfacts errata
      psfacts errata azerbaijan armenia
      psfacts errata --json
    """

    names: Names = values.ANY.any_number("NAME", "Only errata about these entities or indicators, or with these ids.")

    def _run(self) -> Output:
        return self.answered(psfacts.errata(*self.names, store=self.store()))


class Facts(Listing):
    """List the facts that match the filters.

    Examples:
      psfacts facts --about moldova
      psfacts facts --by putin --kind claim
      psfacts facts --topic sanctions --since 2022 --format csv
    """

    def _run(self) -> Output:
        return self.part(psfacts.facts)


class Entities(Listing):
    """List the people, countries, organizations, places, groups and regions that the facts are about.

    Examples:
      psfacts entities
      psfacts entities person
      psfacts entities organization --about kazakhstan
    """

    of_type: EntityType | None = values.one_of(get_args(EntityType)).optional(
        "TYPE", "Only entities of this type: country, organization, person, place, group or region."
    )

    def _run(self) -> Output:
        return self.part(partial(psfacts.entities, self.of_type))


class Topics(Listing):
    """List the topics, with the number of facts on each.

    Examples:
      psfacts topics
      psfacts topics --about moldova
    """

    def _run(self) -> Output:
        return self.part(psfacts.topics)


class Sources(Listing):
    """List the sources that the facts are drawn from.

    Examples:
      psfacts sources
      psfacts sources --json
    """

    def _run(self) -> Output:
        return self.part(psfacts.sources)


class Browse(Reading):
    """Open the fact base as a page in a browser.

    The page is the one that psfacts export facts.html writes, in a temporary file. With a name, it opens at that entry.
    Where there is no browser, the path of the file is printed.

    Examples:
      psfacts browse
      psfacts browse moldova
      psfacts browse remittances
    """

    words: Names = values.COMPARED.any_number(
        "NAME", "A country or any other entity, an indicator, or the id of a fact."
    )

    def _run(self) -> Output:
        import webbrowser
        from tempfile import mkdtemp

        from psfacts.exporting.site.page import address, page

        store = self.store()
        text = page(store, address(store, " ".join(self.words)) if self.words else "")
        file = Path(mkdtemp(prefix="psfacts-"), "facts.html")
        write(file, text)
        has_browser = sys.platform in ("darwin", "win32") or any(map(os.environ.get, _DISPLAYS))
        is_open = has_browser and webbrowser.open(file.as_uri())
        return Output(wrote(file) + ("" if is_open else f"open {visible(file.as_uri())}\n"))
