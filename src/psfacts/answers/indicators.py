"""The list of what can be compared."""

from __future__ import annotations

from psfacts.answers.answer import BUILT_IN, Answer, asked
from psfacts.model import Id, Indicator
from psfacts.store.store import Store


class IndicatorSummary(Indicator):
    """An indicator and who has a value for it."""

    subjects: tuple[Id, ...]
    """Ids of the entities with at least one observation. Sorted."""

    countries: int
    """How many countries have at least one observation."""


class Indicators(Answer):
    """Answer to: what can be compared?"""

    indicators: tuple[IndicatorSummary, ...]
    """All indicators, by name."""


@asked
def indicators(*, store: Store = BUILT_IN) -> Indicators:
    """List what can be compared, and who has a value for it."""
    found = []
    for indicator in sorted(store.indicators, key=lambda indicator: (indicator.name, indicator.id)):
        subjects = store.subjects_of(indicator.id)
        countries = sum(kind == "country" for kind in subjects.values())
        found.append(IndicatorSummary(**dict(indicator), subjects=tuple(subjects), countries=countries))
    return Indicators(indicators=tuple(found))
