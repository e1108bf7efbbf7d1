"""The list of the countries."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from rich.console import RenderableType
from rich.text import Text

from psfacts.answers.countries import Countries, CountrySummary
from psfacts.render.pages.layout import Page, way
from psfacts.render.pages.parts import STRONG, joined, words
from psfacts.render.pages.tables import Cells, Column
from psfacts.store.groups import Membership

_COLUMNS = (
    Column("Country", wraps=12),
    Column("Code"),
    Column("Capital", wraps=10),
    Column("Member of", wraps=12),
    Column("Facts about it", right=True),
)


def draw(countries: Countries, page: Page) -> Iterator[RenderableType]:
    """Show a country a line, under the narrowest region that it does not share with all others."""
    listed = countries.countries
    shared = {region.id for region in countries.regions if all(region.id in one.regions for one in listed)}
    names = [page.name(key) for key in countries.groups] or [one.name for one in countries.regions if one.id in shared]
    yield from page.head(", ".join(names) or "Countries", _count(len(listed)))
    groups: list[tuple[list[Text], list[Cells]]] = []
    for region, group in groupby(listed, key=lambda one: next((key for key in one.regions if key not in shared), None)):
        heading = page.name(region) if region else "Others" if groups else ""
        indent = "  " if heading and not page.view.spoken else ""
        rows: list[Cells] = [(words(indent, one.name), *_row(page, one)) for one in group]
        groups.append(([words((heading, STRONG))] if heading else [], rows))
    yield from page.groups(_COLUMNS, groups)
    ways = [way("profile", f"psfacts country {one.id}") for one in listed[:1]]
    yield from page.foot(*ways, way("all codes", "--full"), more="")


def _count(count: int) -> str:
    return "1 country" if count == 1 else f"{count} countries"


def _row(page: Page, one: CountrySummary) -> Cells:
    """Return all but the name of a country."""
    codes = [one.iso.alpha2, *([one.iso.alpha3, one.iso.numeric] if page.full else [])] if one.iso else []
    return (
        words(" ".join(codes)),
        words(one.capital or ""),
        joined((_membership(page, membership) for membership in one.memberships), ", "),
        words(str(one.facts)),
    )


def _membership(page: Page, membership: Membership) -> Text:
    """Return where a country stands with an organization: the bare name means a member."""
    fact = page.store.fact(membership.fact)
    standing = "" if membership.value == "member" else f" ({membership.value})"
    doubts = [key for key in fact.errata if page.store.erratum(key).kind == "doubt"]
    return page.marked(f"{page.short(membership.organization)}{standing}", fact, errata=doubts)
