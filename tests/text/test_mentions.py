"""Names spotted in running text."""

from __future__ import annotations

import pytest

from psfacts.store.store import Store
from psfacts.text.names import Spotter


@pytest.fixture(scope="module")
def spotter(store: Store) -> Spotter:
    return Spotter(store.entities)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Belmara and CORVIA", {"belmara", "corvia"}),
        ("the Corvian President", {"corvia"}),
        ("Tarsk’s garrison, Great Tarsk's ships", {"great-tarsk"}),
        ("the Harbour Workers' Union", {"harbour-workers-union"}),
        ("in Hálmar, or Halmar", {"belmara"}),
        ("Бельмара", {"belmara"}),
        ("President Ilsa Moren", {"ilsa-moren"}),
        ("Moren said", {"ilsa-moren"}),
        ("the Amber League-Corvia talks", {"amber-league", "corvia"}),
        ("Belmarans, Corvians and amber", set()),
        ("BX, BXM and 901", set()),
        ("the Strait\nof Orm", {"strait-of-orm"}),
        ("", set()),
    ],
)
def test_entities_are_spotted_by_any_of_their_names_but_codes(spotter: Spotter, text: str, found: set[str]) -> None:
    assert spotter.spot(text) == found


def test_of_names_within_one_another_the_longest_is_what_a_text_is_about(store: Store) -> None:
    oake = store.entity("corvia").model_copy(update={"id": "oake", "name": "Oake", "aliases": (), "capital": None})
    spotter = Spotter([*store.entities, oake])
    assert spotter.spot("Oake Bay") == {"oake-bay"}
    assert spotter.spot_all("Oake Bay") == {"oake-bay", "oake"}


def test_mentions_come_in_order_with_the_word_before(spotter: Spotter) -> None:
    assert spotter.mentions("Belmara was told by Corvia, and Corvia by Drenlund") == (
        ("belmara", ""),
        ("corvia", "by"),
        ("corvia", "and"),
        ("drenlund", "by"),
    )


def test_nobody_is_spotted_where_nobody_is_known() -> None:
    assert Spotter([]).spot("Belmara") == Spotter([]).spot_all("Belmara") == frozenset()
