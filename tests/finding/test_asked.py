"""Facts are found by the words of people's questions, and what people ask in vain is refused."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import psfacts
from conftest import BUILT_IN
from psfacts.answers.search import Search
from psfacts.exporting.sqlite import export_database
from psfacts.finding.asked import Asked, asked

CONTENT = (
    b"digest\none two three\n* 2\n@minsk 0 4:0\nbread -2 8:0 2:2\nbread_price 0 3:2\n"
    + "caf\u00e9 0\nprice 1 1:0,2\nwhy 12\n".encode()
)
"""Weights are in halves: those of nothing, and then those of facts one and three."""


def ids(found: Search) -> list[str]:
    return [hit.fact.id for hit in found.hits]


def speaking(words: list[str], entities: tuple[str, ...] = ()) -> dict[str, float]:
    """Return how much more than for the second fact words speak for the others."""
    odds = Asked(CONTENT).usage(words, entities).odds
    return {key: 2 * (value - odds["two"]) for key, value in odds.items() if key != "two"}


def test_words_speak_for_facts_and_for_no_answer() -> None:
    usage = Asked(CONTENT).usage(["bread"], [])
    assert speaking(["bread"]) == pytest.approx({"one": 4, "three": 1})
    assert 1 > usage.shares["one"] > usage.shares["three"] > usage.shares["two"] > 0
    assert Asked(CONTENT).usage(["why", "bread"], []).odds["one"] == pytest.approx(usage.odds["one"] - 6)


def test_neighbouring_words_and_entities_speak_as_well() -> None:
    assert speaking(["bread", "price"]) == pytest.approx({"one": 4.5, "three": 3})
    assert speaking(["price", "bread"]) == pytest.approx({"one": 4.5, "three": 1.5})
    assert speaking(["bread"], ("minsk",)) == pytest.approx({"one": 6, "three": 1})


@pytest.mark.parametrize("stem", ["unknown", "", "8:0", "\n", "one", "digest", "brea", "bread_price_", "zzz", " "])
def test_a_word_that_nobody_uses_says_nothing(stem: str) -> None:
    assert speaking(["bread", stem]) == pytest.approx(speaking(["bread"]))
    assert Asked(CONTENT).usage(["bread", stem], []).unknown == 0.5


def test_a_word_in_another_script_is_known() -> None:
    assert Asked(CONTENT).usage(["caf\u00e9"], []).unknown == 0


def test_each_feature_is_found_where_the_file_has_it() -> None:
    weights = list(asked().weights())
    assert [name.encode() for name, _, _ in weights] == sorted(name.encode() for name, _, _ in weights)
    for name, nothing, facts in weights[:: len(weights) // 200]:
        words = name.split("_")
        if not name.startswith(("@", "*")) and len(words) == 1:
            assert asked().usage(words, []).unknown == 0
            assert all(asked().speaks_for(name, fact) == (weight > nothing) for fact, weight in facts.items())


def test_every_fact_of_the_built_in_base_has_questions() -> None:
    facts = psfacts.load().facts
    assert asked().facts == {fact.id for fact in facts}


@pytest.mark.parametrize(
    ("query", "fact"),
    [
        ("grocery bills going through the roof on the steppe", "food-prices-kazakhstan-2022-05"),
        ("whose soldiers keep the peace in Artsakh", "russian-peacekeepers-karabakh"),
    ],
)
def test_facts_are_found_by_words_that_they_do_not_have(query: str, fact: str) -> None:
    assert fact in ids(psfacts.search(query))[:3]


def test_a_person_whom_the_base_does_not_know_is_not_answered_by_his_country() -> None:
    found = psfacts.search("Tokayev")
    assert ids(found) == []
    assert "tokayev" in found.missing[0].words


def test_a_base_that_nobody_wrote_questions_for_is_searched_by_its_own_words(unasked: Path) -> None:
    found = psfacts.search("ammunition depot in Transnistria", store=psfacts.load(unasked))
    assert ids(found)[:1] == ["transnistria-ammunition-depot-2"]


def test_of_very_many_equal_facts_the_same_are_found_on_every_run(tmp_path: Path) -> None:
    document = json.loads(BUILT_IN.read_bytes())
    fact = next(fact for fact in document["facts"] if fact["kind"] == "claim" and not fact["errata"])
    words = ("Harbours", "Railways")  # neither is so common that other words decide
    document["facts"] = [
        fact | {"id": f"copy-{at}", "statement": f"{words[at % 2]}: {fact['statement']}", "replaces": []}
        for at in range(500)
    ]
    document["errata"] = []
    base, file = tmp_path / "base.json", tmp_path / "base.db"
    base.write_text(json.dumps(document), encoding="utf-8")
    export_database(psfacts.load(base), file)
    code = (
        "import psfacts, sys\n"
        "found = psfacts.search(sys.argv[1], store=psfacts.load(sys.argv[2]), limit=9)\n"
        "print(*(hit.fact.id for hit in found.hits))"
    )
    command = [sys.executable, "-c", code, "harbours or railways"]
    found = {
        subprocess.check_output([*command, str(path)], env={**os.environ, "PYTHONHASHSEED": seed})
        for path in (base, file)
        for seed in ("1", "2", "3")
    }
    assert len(found) == 1
    assert b"copy-" in found.pop()


@pytest.mark.parametrize(
    "query", ["gas", "sanctions", "inflation", "tell me about moldova", "macron", "what about georgia"]
)
def test_a_topic_or_a_name_alone_is_answered_by_the_facts_about_it(query: str) -> None:
    assert ids(psfacts.search(query))


@pytest.mark.parametrize(
    "query",
    [
        "did Armenia cut off gas to the Azerbaijanis",
        "did Russia withdraw from Afghanistan",
        "is Moldova in NATO",
        "army of Armenia",
        "economy of Moldova",
        "weather in Paris",
        "kangaroos in Moldova",
        "Is Putin a war criminal?",
        "thanks",
        "how are you",
    ],
)
def test_what_only_sounds_alike_is_refused(query: str) -> None:
    assert ids(psfacts.search(query)) == []


def test_the_answer_in_a_line_lacks_nothing_that_is_asked_for() -> None:
    assert psfacts.search("Who was Kurilla in June 2022?").answer
    assert psfacts.search("Who is Kurilla's superior in the Pentagon?").answer is None
