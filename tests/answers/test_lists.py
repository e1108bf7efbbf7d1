"""The parts of a fact base as lists, and what is let into them."""

from __future__ import annotations

import json

import pytest

import psfacts
from conftest import Cli
from psfacts.answers.answer import Wanted
from psfacts.errors import NotFoundError, UsageError
from psfacts.model import Fact, FactBase, Topic
from psfacts.store.store import Store


def test_without_filters_the_lists_hold_everything(store: Store) -> None:
    assert {fact.id for fact in psfacts.facts(store=store).facts} == {fact.id for fact in store.facts}
    assert {entity.id for entity in psfacts.entities(store=store).entities} == {entity.id for entity in store.entities}
    assert psfacts.sources(store=store).sources == tuple(store.sources)
    topics = {topic.id: topic.facts for topic in psfacts.topics(store=store).topics}
    assert topics == {key: sum(key in fact.topics for fact in store.facts) for key in topics}
    assert set(topics) == {key for fact in store.facts for key in fact.topics}


@pytest.mark.parametrize(
    ("wanted", "let"),
    [
        (Wanted(kinds=["event"]), lambda fact: fact.kind == "event"),
        (Wanted(by=("moren",)), lambda fact: "ilsa-moren" in fact.asserted_by),
        (Wanted(topics=("trade",)), lambda fact: "trade" in fact.topics),
        (Wanted(standings=["assessed"]), lambda fact: fact.standing == "assessed"),
        (
            Wanted(about=("Ilsa Moren",), standings=["attributed", "assessed"]),
            lambda fact: "ilsa-moren" in fact.entities and fact.standing != "reported",
        ),
    ],
)
def test_filters_keep_what_fits_all_of_them(store: Store, wanted: Wanted, let: object) -> None:
    assert callable(let)
    expected = {fact.id for fact in store.facts if let(fact)}
    found = psfacts.facts(wanted, store=store)
    assert expected
    assert {fact.id for fact in found.facts} == expected
    assert found.total == len(expected)
    named = {key for fact in found.facts for key in fact.entities}
    assert {entity.id for entity in psfacts.entities(None, wanted, store=store).entities} == named


@pytest.mark.parametrize("words", [["facts"], ["timeline"], ["entities"], ["topics"], ["sources"]], ids=" ".join)
def test_a_topic_that_there_is_not_is_an_error_with_the_nearest_ones(cli: Cli, words: list[str]) -> None:
    done = cli(*words, "--topic", "trad", code=3)
    assert "no topic is called 'trad'" in done.stderr
    assert "did you mean trade?" in done.stderr
    assert not done.stdout


def test_topics_go_by_their_names_and_a_declared_one_without_facts_is_an_empty_answer(fiction_base: FactBase) -> None:
    used = {key for fact in fiction_base.facts for key in fact.topics}
    topics = tuple(Topic(id=key, name=f"About {key}") for key in sorted({*used, "winters"}))
    store = Store.of(fiction_base.model_copy(update={"topics": topics}))
    assert psfacts.facts(Wanted(topics=("about trade",)), store=store).facts
    assert psfacts.facts(Wanted(topics=("winters",)), store=store).total == 0
    assert psfacts.timeline(topics=("About winters",), store=store).topics == ("winters",)
    with pytest.raises(NotFoundError, match="no topic is called 'summers'"):
        psfacts.timeline(topics=("summers",), store=store)


def test_a_part_says_of_how_many(cli: Cli, store: Store) -> None:
    whole = json.loads(cli("facts", "--json").stdout)
    part = json.loads(cli("facts", "--limit", "3", "--offset", "2", "--json").stdout)
    assert part["facts"] == whole["facts"][2:5]
    assert part["total"] == whole["total"] == len(store.facts)
    assert f"3 of {len(store.facts)} facts" in cli("facts", "--limit", "3").stdout
    assert "2 of" in cli("entities", "--limit", "2").stdout


def test_what_no_list_can_be_made_of_is_an_error(store: Store) -> None:
    with pytest.raises(UsageError):
        psfacts.facts(limit=0, store=store)
    with pytest.raises(UsageError):
        psfacts.topics(offset=-1, store=store)
    with pytest.raises(NotFoundError):
        psfacts.facts(Wanted(about=("atlantis",)), store=store)


def test_the_order_is_that_of_the_source(store: Store) -> None:
    def place(fact: Fact) -> tuple[str, int]:
        return fact.evidence[0].source, fact.evidence[0].start

    found = psfacts.facts(store=store).facts
    assert list(map(place, found)) == sorted(map(place, found))


@pytest.mark.parametrize(
    ("key", "command"),
    [
        ("corvia", ["country", "corvia"]),
        ("ilsa-moren", ["about", "ilsa-moren"]),
        ("grain", ["compare", "grain"]),
        ("crow-corvia", ["errata", "crow-corvia"]),
        ("coast-2031", ["cite", "coast-2031"]),
    ],
)
def test_fact_takes_the_id_of_any_record(cli: Cli, key: str, command: list[str]) -> None:
    assert "".join(cli("fact", key).stdout.split()) == "".join(cli(*command).stdout.split())
    assert cli("fact", key, "--json").stdout == cli(*command, "--json").stdout


def test_countries_count_the_facts_about_them_and_not_those_about_their_regions(store: Store) -> None:
    for one in psfacts.countries(store=store).countries:
        profile = psfacts.country(one.id, store=store)
        found = (*profile.observations, *profile.events, *profile.relations, *profile.claims)
        assert one.facts == sum(one.id in fact.entities for fact in found)
