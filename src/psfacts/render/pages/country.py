"""The profile of a country."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import RenderableType
from rich.text import Text

from psfacts.answers.country import Profile
from psfacts.model import Entity, Fact, Iso
from psfacts.render.pages import facts
from psfacts.render.pages.parts import QUIET, STRONG, card, joined, words
from psfacts.render.pages.sheet import Sheet
from psfacts.store.groups import Membership
from psfacts.store.store import Store


def draw(profile: Profile, store: Store, width: int) -> Iterator[RenderableType]:
    """Show who it is, then the facts by kind, then what the marks mean."""
    sheet = Sheet(store, width, profile.errata, profile.locators)
    shown: tuple[Fact, ...] = (*profile.observations, *profile.events, *profile.relations, *profile.claims)
    yield header(sheet, profile.country, profile.regions, profile.memberships)
    yield from facts.all_kinds(sheet, shown, profile.indicators, profile.country.id, profile.regions)
    yield from sheet.foot(shown)


def header(
    sheet: Sheet, country: Entity, regions: Iterable[Entity], memberships: Iterable[Membership]
) -> RenderableType:
    """Show name, codes, capital, regions and memberships of a country in a box."""
    lines = [
        ("Capital", words(country.capital or "")),
        ("Regions", words(", ".join(region.name for region in regions))),
        ("Memberships", membership_words(sheet, memberships)),
    ]
    return card(words((country.name, STRONG)), iso_codes(country.iso), lines, sheet.width)


def iso_codes(iso: Iso | None) -> Text:
    """Return the codes of a country, quietly; nothing where it has none."""
    return words((f"{iso.alpha2} · {iso.alpha3} · {iso.numeric}", QUIET)) if iso else Text()


def membership_words(sheet: Sheet, memberships: Iterable[Membership]) -> Text:
    """Return where a country stands with organizations: the bare name means a member."""
    return joined(
        (sheet.short(one.organization) + ("" if one.value == "member" else f" ({one.value})") for one in memberships),
        ", ",
    )
