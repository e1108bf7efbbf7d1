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

TEXT = "one two three\nbread 4 0:8 2:2:5\ncafe\u0301 0 1\nwhy -12\n"


def ids(found: Search) -> list[str]:
    return [hit.fact.id for hit in found.hits]


def test_the_more_questions_have_a_word_the_more_usual_it_is() -> None:
    usage = Asked(TEXT).usage(["bread"])
    assert usage.counts == {"one": 8, "three": 2}
    assert usage.shares["one"] == 1 > usage.shares["three"] > 0
    assert (usage.certainty("one"), usage.certainty("three"), usage.certainty("two")) == (1, 0.25, 0)


def test_words_together_are_as_usual_as_the_less_usual_of_them() -> None:
    assert Asked(f"{TEXT}price 0 0:3\n").usage(["bread", "price"]).counts == {"one": 3}


@pytest.mark.parametrize("stems", [[], ["unknown"], [""], ["bread", "unknown"], ["0:8"], ["\n"]])
def test_words_that_nobody_uses_say_nothing(stems: list[str]) -> None:
    assert Asked(TEXT).usage(stems).counts == {}
    assert Asked(TEXT).odds([stem for stem in stems if stem != "bread"], "one") == 0


def test_words_of_near_misses_speak_against_an_answer() -> None:
    words = Asked(TEXT)
    assert words.odds(["why"], "one") < 0 < words.odds(["bread"], "one")
    assert words.odds(["bread", "why"], "one") == pytest.approx(
        words.odds(["bread"], "one") + words.odds(["why"], "one")
    )
    assert words.odds(["bread"], "three") < words.odds(["bread"], "two") < words.odds(["bread"], "one")


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
