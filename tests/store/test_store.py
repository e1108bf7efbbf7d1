"""The index: records by id, facts by entity, kind and time, places in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from conftest import together
from psfacts.errors import NotFoundError
from psfacts.model import Erratum, Fact, FactBase, Observation, Passage
from psfacts.store.places import Locator
from psfacts.store.store import Store

SHA = "0" * 64


def ids(records: Sequence[Fact | Erratum]) -> list[str]:
    return [record.id for record in records]


def test_lists_are_those_of_the_base(store: Store, fiction_base: FactBase) -> None:
    assert store.sources == fiction_base.sources
    assert store.entities == fiction_base.entities
    assert store.indicators == fiction_base.indicators
    assert store.facts == fiction_base.facts
    assert store.errata == fiction_base.errata
    assert store.uncited == fiction_base.uncited


def test_records_are_found_by_id(store: Store) -> None:
    assert store.source("coast-2031").author == "A. Nonne"
    assert store.entity("belmara").name == "Belmara"
    assert store.indicator("grain").unit == "% of food supply"
    assert store.fact("league-corvia").entities == ("amber-league", "corvia")
    assert store.erratum("moran-moren").printed == "Moran"


def test_an_unknown_id_is_not_found(store: Store) -> None:
    with pytest.raises(NotFoundError, match="no erratum has the id 'belmara'"):
        store.erratum("belmara")


def test_names_lead_to_records(store: Store) -> None:
    assert store.by_name("halmar") == (store.entity("belmara"),)
    assert store.by_name("grain imports") == (store.indicator("grain"),)
    assert store.by_name("nobody") == ()


def test_regions_come_with_the_narrowest_first(store: Store) -> None:
    assert [region.id for region in store.regions_of("corvia")] == ["oake-bay", "amber-coast"]
    assert store.regions_of("great-tarsk") == ()


def test_facts_come_in_the_order_of_the_source(store: Store) -> None:
    assert ids(store.facts_about(["corvia", "skell-isles"])) == [
        "grain-dependence",
        "grain-corvia-2030",
        "league-corvia",
        "skell-secession-1998",
        "tarsk-garrison-skell",
        "garrison-shots-2031",
        "moren-harbours",
        "vote-corvia",
    ]
    assert store.facts_about([]) == ()


def test_a_profile_leaves_out_the_observations_of_others(store: Store) -> None:
    around = ["great-tarsk"]
    others = [one.id for one in store.facts_about(around) if isinstance(one, Observation)]
    assert others
    assert {one.id for one in store.facts_in_profile(around)} == {one.id for one in store.facts_about(around)} - set(
        others
    )
    assert store.count_in_profile(around) == len(store.facts_in_profile(around))


def test_observations_come_with_the_latest_first(store: Store) -> None:
    assert ids(store.observations(indicators=["grain"], subjects=["belmara"])) == [
        "grain-belmara-2030",
        "grain-belmara-2029",
    ]
    assert len(store.observations(subjects=["belmara"])) == 5
    assert len(store.observations(indicators=["ship-ban-vote"])) == 3
    assert len(store.observations()) == 10
    assert store.observations(indicators=[]) == ()


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        (
            None,
            None,
            ["skell-secession-1998", "strait-closed-2031", "garrison-shots-2031", "ambassadors-recalled-2031"],
        ),
        (date(2031, 4, 30), None, ["garrison-shots-2031", "ambassadors-recalled-2031"]),
        (date(2031, 5, 1), None, ["ambassadors-recalled-2031"]),
        (None, date(1998, 3, 1), ["skell-secession-1998"]),
        (None, date(1998, 2, 28), []),
        (date(2031, 3, 10), date(2031, 3, 11), ["strait-closed-2031"]),
    ],
)
def test_events_fit_where_their_period_overlaps(
    store: Store, since: date | None, until: date | None, expected: list[str]
) -> None:
    assert ids(store.events(since=since, until=until)) == expected


def test_errata_are_found_by_entity_and_by_fact(store: Store) -> None:
    assert ids(store.errata_of(touching=["corvia"])) == ["crow-corvia"]
    assert ids(store.errata_of(facts=[store.fact("moren-harbours")])) == ["moran-moren"]
    assert ids(store.errata_of(touching=["corvia"], facts=[store.fact("moren-harbours")])) == [
        "crow-corvia",
        "moran-moren",
    ]
    assert store.errata_of() == ()


@pytest.mark.parametrize(
    ("words", "section", "title", "paragraph"),
    [
        ("The Amber Coast after", "introduction", "Introduction", None),
        ("Belmara, Corvia and", "introduction", "Introduction", 1),
        ("Trade falls", "trade", "Trade falls", None),
        ("In March 2031", "trade", "Trade falls", 1),
        ("Belmara and Corvia are", "trade", "Trade falls", 2),
        ("In the vote", "quarrels", "Old quarrels return", 2),
    ],
)
def test_places_are_told_in_words(
    store: Store, fiction_article: Path, words: str, section: str, title: str, paragraph: int | None
) -> None:
    start = fiction_article.read_text(encoding="utf-8").index(words)
    passage = Passage(source="coast-2031", start=start, end=start + 1, sha256=SHA)
    assert store.locator(passage) == Locator(source="coast-2031", section=section, title=title, paragraph=paragraph)


def test_a_place_is_told_once_a_record(store: Store) -> None:
    quarrels = {"source": "coast-2031", "section": "quarrels", "title": "Old quarrels return"}
    locators = store.locators([store.erratum("crow-corvia")])
    assert locators == {
        "crow-corvia": (
            Locator(source="coast-2031", section="trade", title="Trade falls", paragraph=1),
            Locator(**quarrels, paragraph=1),
            Locator(**quarrels, paragraph=2),
        )
    }


def test_threads_may_share_a_store(store: Store) -> None:
    assert together(lambda: store.count_in_profile(["belmara"])) == {6}
