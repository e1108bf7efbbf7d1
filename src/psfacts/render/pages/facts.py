"""The list of the facts."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType

from psfacts.answers.facts import Facts
from psfacts.render.pages import shown
from psfacts.render.pages.layout import Page, listed_of


def draw(facts: Facts, page: Page) -> Iterator[RenderableType]:
    """Show a fact a line, under its value, who says so or its time."""
    yield from page.head("Facts", listed_of(len(facts.facts), facts.total, "fact"))
    yield from page.rule()
    yield from page.rows([shown.under_value(page, fact) for fact in facts.facts], right=True)
    yield from page.foot()
