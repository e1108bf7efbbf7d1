"""The questions and their answers, over the fictional base."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

import psfacts
from conftest import Cli
from psfacts.answers.country import Comparison
from psfacts.errors import NotFoundError, UsageError
from psfacts.model import Entity, Erratum, Fact, FactBase, Indicator, Observation
from psfacts.store.places import Locator
from psfacts.store.store import Store


def ids(records: Sequence[Fact | Erratum | Entity | Indicator]) -> list[str]:
    return [record.id for record in records]


def table(comparison: Comparison) -> list[list[object]]:
    """Return a comparison's rows as plain values under the country's id."""
    return [[row.country, *(one.value if one else None for one in row.values.values())] for row in comparison.rows]


def changed(base: FactBase, *facts: Fact) -> Store:
    """Index ``base`` with facts added, or put in the place of those with the same id."""
    records = {fact.id: fact for fact in (*base.facts, *facts)}
    return Store.of(base.model_copy(update={"facts": tuple(records[key] for key in sorted(records))}))


def observation(store: Store, key: str, **update: object) -> Observation:
    """Return an observation of the store's with some fields changed."""
    fact = store.fact(key)
    assert isinstance(fact, Observation)
    return fact.model_copy(update=update)


def test_countries_come_by_region_then_name_without_outside_powers(store: Store) -> None:
    answer = psfacts.countries(store=store)
    assert [(one.id, one.regions, one.facts) for one in answer.countries] == [
        ("corvia", ("oake-bay", "amber-coast"), 6),
        ("belmara", ("amber-coast",), 6),
        ("drenlund", ("amber-coast",), 3),
    ]
    assert ids(answer.regions) == ["oake-bay", "amber-coast"]
    assert answer.groups == ()


def test_a_country_in_the_list_has_codes_capital_and_memberships(store: Store) -> None:
    belmara = psfacts.countries(store=store).countries[1]
    assert belmara.model_dump() == {
        "id": "belmara",
        "name": "Belmara",
        "iso": {"alpha2": "BX", "alpha3": "BXM", "numeric": "901"},
        "capital": "Hálmar",
        "regions": ("amber-coast",),
        "memberships": ({"organization": "amber-league", "value": "member", "fact": "league-belmara"},),
        "facts": 6,
    }


@pytest.mark.parametrize(
    ("groups", "expected", "named"),
    [
        (["oake bay"], ["corvia"], ("oake-bay",)),
        (["AL"], ["corvia", "belmara"], ("amber-league",)),
        (["AL", "amber-coast", "al"], ["corvia", "belmara", "drenlund"], ("amber-league", "amber-coast")),
    ],
)
def test_groups_narrow_the_list_to_their_members(
    store: Store, groups: list[str], expected: list[str], named: tuple[str, ...]
) -> None:
    answer = psfacts.countries(*groups, store=store)
    assert [one.id for one in answer.countries] == expected
    assert answer.groups == named


def test_only_the_latest_membership_counts(store: Store, fiction_base: FactBase) -> None:
    left = observation(
        store,
        "league-corvia",
        id="league-corvia-earlier",
        value="applicant",
        when=observation(store, "grain-belmara-2029").when,
    )
    assert psfacts.countries("AL", store=changed(fiction_base, left)).countries[0].memberships[0].value == "member"


def test_an_organization_of_unknown_members_is_not_taken_for_an_empty_one(store: Store) -> None:
    with pytest.raises(NotFoundError) as caught:
        psfacts.countries("harbour workers' union", store=store)
    assert caught.value.message == ("the fact base does not tell who is a member of Harbour Workers’ Union")
    assert caught.value.hint == "try: psfacts about harbour-workers-union"


def test_a_base_without_regions_lists_all_countries(fiction_base: FactBase) -> None:
    entities = tuple(one for one in fiction_base.entities if one.type != "region")
    answer = psfacts.countries(store=Store.of(fiction_base.model_copy(update={"entities": entities})))
    assert [one.id for one in answer.countries] == ["belmara", "corvia", "drenlund", "great-tarsk"]
    assert answer.regions == ()


def test_a_profile_holds_the_countrys_facts_and_its_regions(store: Store) -> None:
    profile = psfacts.country("Port Oake", store=store)
    assert profile.country == store.entity("corvia")
    assert ids(profile.regions) == ["oake-bay", "amber-coast"]
    assert [(one.organization, one.value) for one in profile.memberships] == [("amber-league", "member")]
    assert ids(profile.indicators) == ["league-membership", "grain", "ship-ban-vote"]
    assert ids(profile.observations) == ["league-corvia", "grain-corvia-2030", "vote-corvia"]
    assert ids(profile.events) == ["skell-secession-1998", "ambassadors-recalled-2031"]
    assert ids(profile.relations) == []
    assert ids(profile.claims) == ["grain-dependence", "coast-will-suffer", "moren-harbours"]
    assert ids(profile.errata) == ["crow-corvia", "moran-moren"]


def test_every_fact_and_erratum_has_its_place(store: Store) -> None:
    profile = psfacts.country("corvia", store=store)
    facts: tuple[Fact, ...] = (*profile.observations, *profile.events, *profile.relations, *profile.claims)
    assert set(profile.locators) == {*ids(facts), *ids(profile.errata)}
    assert profile.locators["grain-corvia-2030"] == (
        Locator(source="coast-2031", section="trade", title="Trade falls", paragraph=1),
    )


def test_a_profile_holds_a_countrys_own_observations_only(store: Store, fiction_base: FactBase) -> None:
    own = observation(store, "vote-belmara", id="vote-tarsk", subject="great-tarsk", entities=("great-tarsk",))
    profile = psfacts.country("tarsk", store=changed(fiction_base, own))
    assert ids(profile.observations) == ["vote-tarsk"]
    assert ids(profile.relations) == ["tarsk-garrison-skell"]


def test_indicators_tell_who_has_a_value(store: Store) -> None:
    answer = psfacts.indicators(store=store)
    assert [(one.id, one.subjects, one.countries) for one in answer.indicators] == [
        ("league-membership", ("belmara", "corvia", "drenlund"), 3),
        ("food-prices", ("belmara",), 1),
        ("grain", ("belmara", "corvia"), 2),
        ("ship-ban-vote", ("belmara", "corvia", "drenlund"), 3),
    ]
    assert answer.indicators[2].unit == "% of food supply"


def test_compared_numbers_fall_and_periods_are_never_merged(store: Store) -> None:
    answer = psfacts.compare("grain imports", store=store)
    assert ids(answer.indicators) == ["grain"]
    assert table(answer) == [["belmara", 40], ["belmara", 35], ["corvia", 25.5]]
    assert answer.silent == ("drenlund",)
    assert ids(answer.errata) == ["crow-corvia"]
    assert set(answer.locators) == {"grain-belmara-2030", "grain-belmara-2029", "grain-corvia-2030", "crow-corvia"}


def test_compared_categories_come_in_their_own_order(store: Store) -> None:
    assert table(psfacts.compare("ship-ban-vote", store=store)) == [
        ["belmara", "for"],
        ["corvia", "abstained"],
        ["drenlund", "against"],
    ]


def test_the_first_column_ranks_and_those_without_it_come_last(store: Store) -> None:
    answer = psfacts.compare("food-prices", "league-membership", "grain", store=store)
    assert table(answer) == [
        ["belmara", 12, "member", 40],
        ["belmara", None, None, 35],
        ["corvia", None, "member", 25.5],
        ["drenlund", None, "applicant", None],
    ]
    assert answer.silent == ()


def test_countries_alone_are_compared_by_all_that_any_has(store: Store) -> None:
    answer = psfacts.compare("DX", "corvia", store=store)
    assert ids(answer.indicators) == ["league-membership", "grain", "ship-ban-vote"]
    assert table(answer) == [["corvia", "member", 25.5, "abstained"], ["drenlund", "applicant", None, "against"]]


def test_groups_and_countries_overlap_without_repetition(store: Store) -> None:
    answer = psfacts.compare("amber-coast", "AL", "oake bay", "corvia", "ship-ban-vote", "tarsk", store=store)
    assert [row.country for row in answer.rows] == ["belmara", "corvia", "drenlund"]
    assert answer.silent == ("great-tarsk",)


def test_an_outside_power_with_a_value_is_a_row_too(store: Store, fiction_base: FactBase) -> None:
    own = observation(store, "vote-corvia", id="vote-tarsk", subject="great-tarsk", entities=("great-tarsk",))
    answer = psfacts.compare("ship-ban-vote", store=changed(fiction_base, own))
    assert [row.country for row in answer.rows] == ["belmara", "corvia", "great-tarsk", "drenlund"]


def test_those_on_whom_the_source_is_silent_are_named(store: Store) -> None:
    answer = psfacts.compare("great-tarsk", store=store)
    assert (answer.indicators, answer.rows, answer.silent) == ((), (), ("great-tarsk",))


def test_compare_needs_a_name(store: Store) -> None:
    with pytest.raises(UsageError, match="compare needs at least one name"):
        psfacts.compare(store=store)


def test_a_person_cannot_be_compared(store: Store) -> None:
    with pytest.raises(NotFoundError) as caught:
        psfacts.compare("grain", "moren", store=store)
    assert caught.value.message == "'moren' is a person, not an indicator, a country, an organization or a region"


def test_a_timeline_is_in_the_order_of_time(store: Store) -> None:
    answer = psfacts.timeline(store=store)
    assert [(one.when.earliest.isoformat(), one.id) for one in answer.events] == [
        ("1998-03-01", "skell-secession-1998"),
        ("2031-03-01", "strait-closed-2031"),
        ("2031-04-21", "garrison-shots-2031"),
        ("2031-06-01", "ambassadors-recalled-2031"),
    ]
    assert ids(answer.errata) == ["crow-corvia"]
    assert (answer.about, answer.since, answer.until) == ((), None, None)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["drenlund"], ["ambassadors-recalled-2031"]),
        (["skell"], ["skell-secession-1998", "garrison-shots-2031"]),
        (["drenlund", "strait of orm"], ["strait-closed-2031", "ambassadors-recalled-2031"]),
        (["moren"], []),
    ],
)
def test_names_narrow_a_timeline_and_bring_the_events_of_their_regions(
    store: Store, names: list[str], expected: list[str]
) -> None:
    assert ids(psfacts.timeline(*names, store=store).events) == expected


def test_dates_narrow_a_timeline(store: Store) -> None:
    answer = psfacts.timeline("skell-isles", since=date(2031, 1, 1), until=date(2031, 12, 31), store=store)
    assert ids(answer.events) == ["garrison-shots-2031"]
    assert (answer.about, answer.since, answer.until) == (("skell-isles",), date(2031, 1, 1), date(2031, 12, 31))


def test_since_cannot_be_after_until(store: Store) -> None:
    with pytest.raises(UsageError, match=r"since \(2031-01-02\) is after until \(2031-01-01\)"):
        psfacts.timeline(since=date(2031, 1, 2), until=date(2031, 1, 1), store=store)
    assert psfacts.timeline(since=date(2031, 3, 1), until=date(2031, 3, 1), store=store).events


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Moren", ["moren-harbours"]),
        ("amber league", ["league-belmara", "league-corvia", "league-drenlund"]),
        ("Skellby", ["skell-secession-1998", "tarsk-garrison-skell", "garrison-shots-2031"]),
        ("amber coast", ["grain-dependence", "coast-will-suffer", "ambassadors-recalled-2031"]),
        (
            "drenlund",
            [
                "grain-dependence",
                "coast-will-suffer",
                "league-drenlund",
                "ambassadors-recalled-2031",
                "vote-drenlund",
            ],
        ),
    ],
)
def test_any_entity_can_be_asked_about(store: Store, name: str, expected: list[str]) -> None:
    answer = psfacts.about(name, store=store)
    assert ids(answer.facts) == expected
    assert set(answer.locators) == {*expected, *ids(answer.errata)}


def test_what_is_told_about_an_entity_brings_its_errata(store: Store) -> None:
    answer = psfacts.about("moren", store=store)
    assert (answer.entity, ids(answer.indicators), ids(answer.errata)) == (
        store.entity("ilsa-moren"),
        [],
        ["moran-moren"],
    )


def test_about_sends_an_indicator_to_compare(store: Store) -> None:
    with pytest.raises(NotFoundError) as caught:
        psfacts.about("food prices", store=store)
    assert caught.value.hint == "try: psfacts compare food-prices"


def test_facts_come_in_the_order_asked_for(store: Store) -> None:
    answer = psfacts.fact("vote-corvia", "grain-belmara-2030", "vote-corvia", store=store)
    assert answer.facts == (store.fact("vote-corvia"), store.fact("grain-belmara-2030"))
    assert [(one.fact, one.passage, one.locator.section) for one in answer.passages] == [
        ("vote-corvia", store.fact("vote-corvia").evidence[0], "quarrels"),
        ("grain-belmara-2030", store.fact("grain-belmara-2030").evidence[0], "trade"),
    ]
    assert ids(answer.indicators) == ["grain", "ship-ban-vote"]
    assert ids(answer.errata) == ["crow-corvia"]
    assert set(answer.locators) == {"vote-corvia", "grain-belmara-2030", "crow-corvia"}


@pytest.mark.parametrize(
    ("key", "message", "hint"),
    [
        ("grain-belmara-2031", "no fact has the id 'grain-belmara-2031'", "did you mean grain-belmara-2030"),
        ("Vote-Corvia", "no fact has the id 'Vote-Corvia'", "did you mean vote-corvia"),
        ("vot", "no fact has the id 'vot'", "did you mean vote-belmara"),
        ("zzz", "no fact has the id 'zzz'", "try: psfacts facts"),
        ("crow-corvia", "'crow-corvia' is an erratum, not a fact", "try: psfacts errata"),
        ("belmara", "'belmara' is a country, not a fact", "try: psfacts country belmara"),
        ("grain", "'grain' is an indicator, not a fact", "try: psfacts compare grain"),
    ],
)
def test_an_id_that_is_no_facts_is_told_what_to_try(store: Store, key: str, message: str, hint: str) -> None:
    with pytest.raises(NotFoundError) as caught:
        psfacts.fact("vote-corvia", key, store=store)
    assert caught.value.message == message
    assert caught.value.hint.startswith(hint)


def test_fact_needs_an_id(store: Store) -> None:
    with pytest.raises(UsageError, match="fact needs at least one id"):
        psfacts.fact(store=store)


def test_errata_come_by_kind_and_then_in_the_order_of_the_source(store: Store) -> None:
    answer = psfacts.errata(store=store)
    assert ids(answer.errata) == ["crow-corvia", "moran-moren"]
    assert [place.section for place in answer.locators["crow-corvia"]] == ["trade", "quarrels", "quarrels"]


def test_the_errata_of_an_indicator_are_those_of_its_values(cli: Cli) -> None:
    store = psfacts.load()
    values = store.observations(indicators=["remittances"])
    answer = psfacts.errata("money sent home", store=store)
    assert answer.about == ("remittances",)
    assert {erratum.id for erratum in answer.errata} == {key for value in values for key in value.errata}
    assert "Errata that touch Grain from Great Tarsk" in cli("errata", "grain").stdout


def test_names_narrow_errata(store: Store) -> None:
    answer = psfacts.errata("moren", "drenlund", store=store)
    assert ids(answer.errata) == ["moran-moren"]
    assert answer.about == ("ilsa-moren", "drenlund")
