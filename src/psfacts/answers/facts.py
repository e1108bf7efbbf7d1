"""The facts as a list."""

from __future__ import annotations

from psfacts.answers.answer import ALL, BUILT_IN, Answer, Wanted, asked, backing, indicators_of, part
from psfacts.model import Erratum, Fact, Indicator
from psfacts.store.places import Locators
from psfacts.store.store import Store


class Facts(Answer):
    """Answer to: which facts are there?"""

    total: int
    """How many facts there are of those asked for; ``facts`` may be a part of them."""

    facts: tuple[Fact, ...]
    """Facts in the order of the source."""

    indicators: tuple[Indicator, ...]
    """The indicators of the observations among ``facts``."""

    errata: tuple[Erratum, ...]
    """Errata that their readings rest on."""

    locators: Locators
    """Where facts and errata stand."""


@asked
def facts(wanted: Wanted = ALL, *, limit: int | None = None, offset: int = 0, store: Store = BUILT_IN) -> Facts:
    """List the facts that are ``wanted``: all, or at most ``limit`` of them from the ``offset`` on.

    Raises UsageError where ``limit`` is less than 1, or ``offset`` less than 0.
    """
    found = wanted.facts(store)
    shown = part(found, limit, offset)
    return Facts(total=len(found), facts=shown, indicators=indicators_of(store, shown), **backing(store, shown))
