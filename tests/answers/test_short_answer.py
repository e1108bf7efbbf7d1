"""The answer in a line is only what is asked for, word by word, and what is missing is told rightly."""

from __future__ import annotations

import pytest

import psfacts
from psfacts.answers.search import Search


def told(query: str) -> str | None:
    answer = psfacts.search(query).answer
    return answer.text if answer else None


def missing(found: Search) -> str:
    return " ".join(one.text for one in found.missing)


@pytest.mark.parametrize(
    "query",
    [
        "remittances per capita Tajikistan",
        "capital punishment in Belarus",
        "former capital of Kazakhstan",
        "When will Moldova's membership start?",
    ],
)
def test_a_record_answers_only_a_query_that_asks_for_nothing_else(query: str) -> None:
    assert told(query) is None


@pytest.mark.parametrize("word", ["vice", "former", "first", "last", "shadow"])
def test_the_holder_of_an_office_is_told_only_of_that_office(word: str) -> None:
    assert (
        told("Who is the president of Belarus?") == "Alexander Lukashenko was President of Belarus (as of 22 July 2022)"
    )
    assert told(f"Who is the {word} president of Belarus?") is None


@pytest.mark.parametrize("verb", ["hates", "advises", "elected", "supports"])
def test_whoever_has_to_do_with_a_holder_is_another(verb: str) -> None:
    assert told(f"Who {verb} the president of Belarus?") is None


@pytest.mark.parametrize(
    ("query", "opposite"),
    [
        ("When did Macron visit Moldova?", "When did Macron leave Moldova?"),
        ("Labour migrants from Uzbekistan in 2021", "Skilled labour migrants from Uzbekistan in 2021"),
        ("Which country has the highest remittances?", "Which country has the second highest remittances?"),
        (
            "Which country has the most migrants in Russia?",
            "Which country has more migrants in Russia than Tajikistan?",
        ),
        ("Which countries are members of the EAEU?", "Which countries are not members of the EAEU?"),
        ("Inflation in Kazakhstan in May 2022", "Inflation in Kazakhstan before May 2022"),
        ("How many Tajiks worked in Russia in 2021?", "How many Tajiks worked in Russia after 2021?"),
    ],
)
def test_a_word_that_turns_the_question_is_not_passed_over(query: str, opposite: str) -> None:
    assert told(query)
    assert told(opposite) is None


def test_the_most_of_one_is_no_comparison() -> None:
    assert told("Which Central Asian country has the highest inflation?") is None


def test_countries_that_are_named_are_compared() -> None:
    text = "Remittances from Russia: Kyrgyzstan 28% of GDP, Uzbekistan 11% of GDP (2021)"
    for query in ("Does Kyrgyzstan get more remittances than Uzbekistan?", "remittances Uzbekistan vs Kyrgyzstan"):
        found = psfacts.search(query)
        assert found.answer
        assert (found.answer.kind, found.answer.text) == ("comparison", text)
        assert found.ways[0].startswith("psfacts compare remittances ")


def test_a_value_that_the_base_has_is_not_called_missing() -> None:
    assert "Kazakhstan" not in missing(psfacts.search("inflation of Kazakhstan and Uzbekistan"))
    found = psfacts.search("Labour migrants from Tajikistan in 2022")
    assert (found.hits, missing(found)) == ((), "There is nothing like that from '2022'.")


def test_an_office_that_somebody_holds_is_not_called_vacant() -> None:
    assert "Nobody" not in missing(psfacts.search("Who elected the president of Moldova?"))
    assert "Nobody is named" in missing(psfacts.search("Who is the president of Armenia?"))


def test_every_way_on_leads_somewhere() -> None:
    assert psfacts.search("Which EU country has the highest remittances?").ways == ()


@pytest.mark.parametrize("query", ["hello", "???", ""])
def test_what_shares_nothing_with_a_query_does_not_come_close(query: str) -> None:
    found = psfacts.search(query)
    assert (found.hits, found.related) == ((), ())


def test_a_search_that_compares_nothing_reads_no_values(monkeypatch: pytest.MonkeyPatch) -> None:
    def compared(*_: object, **__: object) -> None:
        raise AssertionError("it compares")

    monkeypatch.setattr("psfacts.answers.country.compare", compared)
    assert psfacts.search("remittances").ways == ("psfacts compare remittances",)
    assert psfacts.search("how many labour migrants").ways == ("psfacts compare labour-migrants",)
