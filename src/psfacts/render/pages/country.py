"""The profile of a country."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.text import Text

from psfacts.answers.country import Profile
from psfacts.model import Fact
from psfacts.render import times
from psfacts.render.pages import shown
from psfacts.render.pages.layout import Page
from psfacts.render.pages.parts import Piece, joined
from psfacts.store.groups import Membership
from psfacts.text.phrases import counted


def draw(profile: Profile, page: Page) -> Iterator[RenderableType]:
    """Show who it is, then the facts about it by kind; those about its regions where they are asked for."""
    country = profile.country
    found: tuple[Fact, ...] = (*profile.observations, *profile.events, *profile.relations, *profile.claims)
    own = [fact for fact in found if country.id in fact.entities]
    in_head = {} if page.full else {one.fact: _in_head(page, one) for one in profile.memberships}
    told: list[Piece] = [country.iso.alpha2 if country.iso else "", country.capital or "", *in_head.values()]
    yield from page.head(country.name, joined(told), counted(len(own), "fact"))
    left = [fact for fact in found if not in_head.get(fact.id)]
    yield from shown.about(page, left, country, profile.regions, errata=profile.errata)


def _in_head(page: Page, membership: Membership) -> Text:
    """Return a membership in a few words; nothing where somebody asserts it, who has to be named beside it."""
    fact = page.store.fact(membership.fact)
    if fact.standing != "reported" or not fact.when:
        return Text()
    since = f" {page.brief_time(fact)}" if times.goes_on(fact.when, page.written(fact)) else ""
    return page.marked(f"{page.short(membership.organization)} {membership.value}{since}", fact)
