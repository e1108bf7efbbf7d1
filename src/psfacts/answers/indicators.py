"""The list of what can be compared."""

from __future__ import annotations

from psfacts.answers.answer import BUILT_IN, Answer, asked
from psfacts.answers.common import by_name
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
    return Indicators(indicators=tuple(_indicator_summary(store, one) for one in by_name(store.indicators)))


def _indicator_summary(store: Store, indicator: Indicator) -> IndicatorSummary:
    subjects = store.subjects_of(indicator.id)
    countries = sum(kind == "country" for kind in subjects.values())
    return IndicatorSummary(**indicator.model_dump(), subjects=tuple(subjects), countries=countries)
