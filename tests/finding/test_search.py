"""Search: what people ask in their own words, and what they are told."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from random import Random
from time import process_time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import psfacts
from conftest import Cli, together
from psfacts.answers.search import Search
from psfacts.errors import NotFoundError, UsageError
from psfacts.finding import periods, words
from psfacts.finding.evidence import MOST
from psfacts.finding.finder import Finder
from psfacts.finding.words import STOP, WEAK, english
from psfacts.model import FactBase, Kind, When
from psfacts.store.store import Store
from psfacts.text.names import fold


@pytest.fixture(scope="session")
def built_in() -> Store:
    return psfacts.load()


def ids(search: Search) -> list[str]:
    return [hit.fact.id for hit in search.hits]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("how much grain does Corvia get?", "grain-corvia-2030"),
        ("grain in Corvië", "grain-corvia-2030"),
        ("Бельмара food prices", "food-prices-belmara-2031"),
        ("who closed the strait to ships", "strait-closed-2031"),
        ("spring 1998", "skell-secession-1998"),
        ("shots in april 2031", "garrison-shots-2031"),
        ("costlier bread in Belmara", "food-prices-belmara-2031"),
        ("soldiers stationed on the isles", "tarsk-garrison-skell"),
        ("Drenlund league application", "league-drenlund"),
        ("Moren on harbours", "moren-harbours"),
        ("ambassadors called home", "ambassadors-recalled-2031"),
    ],
)
def test_the_fact_that_answers_comes_first(store: Store, query: str, first: str) -> None:
    assert ids(psfacts.search(query, store=store))[0] == first


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("kazakhstan inflation", "inflation-kazakhstan-2022-05"),
        ("KAZ inflation", "inflation-kazakhstan-2022-05"),
        ("🇰🇿 inflation", "inflation-kazakhstan-2022-05"),
        ("инфляция в Казахстане", "inflation-kazakhstan-2022-05"),
        ("哈萨克斯坦的通胀", "inflation-kazakhstan-2022-05"),
        ("AM CSTO", "csto-membership-armenia"),
        ("ARM membership ODKB", "csto-membership-armenia"),
        ("Armenian OVKS member", "csto-membership-armenia"),
        ("seasonal labourers from tajikistan", "labour-migrants-tajikistan-2021"),
        ("how did Uzbekistan vote?", "un-vote-uzbekistan"),
        ("who is the president of moldova?", "sandu-president"),
    ],
)
def test_names_are_understood_in_any_form(built_in: Store, query: str, first: str) -> None:
    assert ids(psfacts.search(query, store=built_in))[0] == first


def test_facts_about_the_named_country_come_before_others(built_in: Store) -> None:
    hits = psfacts.search("labour migrants of kyrgyzstan", store=built_in).hits
    assert hits[0].fact.id == "labour-migrants-kyrgyzstan-2021"
    assert all({"kyrgyzstan", "central-asia"} & set(hit.fact.entities) for hit in hits)


def test_misspelt_words_are_put_right_and_that_is_told(store: Store) -> None:
    found = psfacts.search("grian in Belmraa", store=store)
    assert [(one.written, one.read) for one in found.corrections] == [("grian", "grain"), ("belmraa", "belmara")]
    assert set(ids(found)) >= {"grain-belmara-2029", "grain-belmara-2030"}


def test_known_words_are_left_alone(store: Store) -> None:
    assert psfacts.search("grain in Corvia and Latvia, and wheat", store=store).corrections == ()


@pytest.mark.parametrize(
    ("query", "missing"),
    [
        ("unemployment in Latvia", "There is nothing about 'Latvia'."),
        ("LVA grain", "There is nothing about 'Latvia'."),
        ("food prices in Corvia", "There is no value of 'Food prices' for Corvia."),
        ("How did Great Tarsk vote?", "There is nothing on 'vote' that has to do with Great Tarsk."),
        ("unemployment in Belmara", "There is nothing on 'unemployment' that has to do with Belmara."),
        ("grain in Belmara in 2019", "There is nothing like that from '2019'."),
        ("who is the president of Belmara", "Nobody is named as 'president' of Belmara."),
        ("Skell Isles and Drenlund", "There is no fact about Skell Isles and Drenlund together."),
        ("how many ships did Great Tarsk turn away", "No fact about that states the number that is asked for."),
        ("xylophones", "There is nothing on 'xylophones'."),
        ("Lavrov on Great Tarsk", "There is nothing about 'Sergey Lavrov'."),
        ("OTAN and Corvia", "There is nothing about 'North Atlantic Treaty Organization'."),
    ],
)
def test_what_is_missing_is_told_instead_of_a_wrong_answer(store: Store, query: str, missing: str) -> None:
    found = psfacts.search(query, store=store)
    assert found.hits == ()
    assert [one.text for one in found.missing] == [missing]


def test_what_a_record_answers_by_itself_has_no_facts_beside_it(store: Store) -> None:
    found = psfacts.search("capital of Corvia", store=store)
    assert found.answer is not None
    assert (found.answer.kind, found.answer.fact, found.hits, found.related) == ("capital", None, (), ())


def test_what_comes_closest_stands_apart_from_hits(store: Store) -> None:
    found = psfacts.search("grain in Latvia", store=store)
    assert (found.hits, found.related[0].fact.id) == ((), "grain-dependence")
    assert psfacts.search("grain in Corvia", store=store).related == ()


def test_missing_names_entities_and_indicators_by_id(store: Store) -> None:
    (missing,) = psfacts.search("food prices in Corvia", store=store).missing
    assert (missing.entities, missing.indicators) == (("corvia",), ("food-prices",))


@pytest.mark.parametrize("words", ["", " ", "?!", "the of and", '"', "🙈", "\ud800", "\x00", "()*:^-+"])
def test_nothing_to_look_for_finds_nothing(store: Store, words: str) -> None:
    found = psfacts.search(words, store=store)
    assert (found.hits, found.missing) == ((), ())
    assert json.loads(found.model_dump_json())["hits"] == []


@given(
    st.text(max_size=200)
    | st.lists(st.sampled_from(['"', "AND", "NEAR(", "*", "grain", "Corvia", "-", ":"])).map(" ".join)
)
@example('grain" OR 1=1 --')
@example("NEAR(grain corvia, 2) NOT statement:grain ^x {a b}: c*")
@example("\ud83d grain \x00 corvia")
@settings(deadline=None, max_examples=100)
def test_whatever_is_asked_is_answered(store: Store, words: str) -> None:
    found = psfacts.search(words, store=store)
    assert Search.model_validate_json(found.model_dump_json()) == found


@pytest.mark.parametrize("piece", ["grain ", "Corvia", "w", "谷", '"', "2031-05 "])
def test_a_long_paste_is_answered(store: Store, piece: str) -> None:
    pasted = (piece * 10_000)[:10_000]
    assert psfacts.search(pasted, store=store).query == pasted


def test_the_marked_words_are_those_that_match(store: Store) -> None:
    hit = psfacts.search("belmaran grain", store=store).hits[0]
    assert [hit.fact.statement[start:end] for start, end in hit.marks] == ["Grain", "Belmara"]


def test_scores_fall_and_hits_are_limited(store: Store) -> None:
    scores = [hit.score for hit in psfacts.search("grain from Great Tarsk", limit=3, store=store).hits]
    assert len(scores) == 3
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)


def test_a_part_of_the_hits_says_of_how_many(store: Store) -> None:
    every = psfacts.search("grain", store=store)
    part = psfacts.search("grain", limit=1, offset=1, store=store)
    assert (every.total, part.total) == (len(every.hits), every.total)
    assert (every.offset, part.offset) == (0, 1)
    assert ids(part) == ids(every)[1:2]
    assert psfacts.search("grain", offset=99, store=store).total == every.total


@pytest.mark.parametrize(
    ("query", "kind", "value", "unit", "fact", "entity"),
    [
        ("Kazakhstan inflation", "value", 14, "%", "inflation-kazakhstan-2022-05", "kazakhstan"),
        ("is Armenia a member of the CSTO?", "value", "member", None, "csto-membership-armenia", "armenia"),
        ("is Armenia in the CSTO?", "value", "member", None, "csto-membership-armenia", "armenia"),
        ("who is the president of Moldova?", "holder", "Maia Sandu", None, "sandu-president", "maia-sandu"),
        ("when did Macron visit Moldova?", "time", "15 June 2022", None, "macron-visits-moldova", None),
        ("capital of Moldova", "capital", "Chișinău", None, None, "moldova"),
        ("ISO code of Kazakhstan", "code", "KZ", None, None, "kazakhstan"),
        ("which region is Georgia in?", "region", "South Caucasus", None, None, "georgia"),
        ("memberships of Belarus", "membership", "EAEU membership: member", None, None, "belarus"),
        ("highest remittances", "comparison", 30, "% of GDP", "remittances-tajikistan-2021", "tajikistan"),
        ("which country has the lowest remittances", "comparison", 11, "% of GDP", None, "uzbekistan"),
        ("which countries are in the EAEU?", "comparison", "member", None, None, "armenia"),
        ("which countries are members of the EAEU?", "comparison", "member", None, None, "armenia"),
    ],
)
def test_the_answer_stands_in_a_line(
    built_in: Store, query: str, kind: str, value: object, unit: str | None, fact: str | None, entity: str | None
) -> None:
    answer = psfacts.search(query, store=built_in).answer
    assert answer is not None
    assert (answer.kind, answer.value, answer.unit, answer.entity) == (kind, value, unit, entity)
    assert fact is None or answer.fact == fact


def test_a_comparison_is_sorted_the_way_it_was_asked_for(built_in: Store) -> None:
    most, least = (psfacts.search(f"{word} remittances", store=built_in) for word in ("highest", "lowest"))
    assert most.answer
    assert least.answer
    assert [one.value for one in most.answer.compared] == [30, 28, 11]
    assert least.answer.compared == most.answer.compared[::-1]
    assert most.hits[0].fact == most.answer.compared[0]
    assert most.ways == ("psfacts compare remittances",)


@pytest.mark.parametrize(
    "query",
    ["Uzbekistan inflation", "who is the president of Kazakhstan?", "what did Putin say?", "Moldova", "grain", ""],
)
def test_no_answer_is_guessed(built_in: Store, query: str) -> None:
    assert psfacts.search(query, store=built_in).answer is None


@pytest.mark.parametrize(
    ("query", "ways"),
    [
        ("moldova", ("psfacts country moldova",)),
        ("tell me about MD", ("psfacts country moldova",)),
        ("tell us about sandu", ("psfacts about maia-sandu",)),
        ("putin quotes", ("psfacts facts --by vladimir-putin", "psfacts about vladimir-putin")),
        ("remittances", ("psfacts compare remittances",)),
        ("inflation in Kazakhstan", ()),
    ],
)
def test_the_way_on_is_told(built_in: Store, query: str, ways: tuple[str, ...]) -> None:
    assert psfacts.search(query, store=built_in).ways == ways


@pytest.mark.parametrize(
    ("query", "readings"),
    [
        ("KZ inflation", [("kz", "Kazakhstan")]),
        ("md eu candidate", [("md", "Moldova")]),
        ("498", [("498", "Moldova")]),
        ("the war of 2020 AZE", [("aze", "Azerbaijan")]),
        ("us sanctions on Russia", [("us", "United States")]),
        ("5 kg of bread", []),
        ("398 soldiers", []),
        ("tell us about Moldova", []),
        ("he is in Moldova", []),
        ("KAZAKHSTAN IS IN THE EAEU", []),
        ("baltic exports", []),
        ("gobi", []),
    ],
)
def test_no_guess_is_silent(built_in: Store, query: str, readings: list[tuple[str, str]]) -> None:
    corrections = psfacts.search(query, store=built_in).corrections
    assert [(one.written, one.read) for one in corrections] == readings


def test_a_code_answers_as_its_name_does(built_in: Store) -> None:
    for code in ("MD", "MDA", "498", "md"):
        assert ids(psfacts.search(code, store=built_in)) == ids(psfacts.search("Moldova", store=built_in))


@pytest.mark.parametrize(("kind", "found"), [("claim", {"grain-dependence"}), ("event", set())])
def test_kinds_are_filtered(store: Store, kind: Kind, found: set[str]) -> None:
    assert set(ids(psfacts.search("dependence on grain", kinds=[kind], store=store))) == found


def test_facts_are_filtered_by_entity_and_its_regions(store: Store) -> None:
    assert set(ids(psfacts.search("grain", about=["Corvian"], store=store))) == {
        "grain-corvia-2030",
        "grain-dependence",
    }


def test_facts_are_filtered_by_time(store: Store) -> None:
    assert ids(psfacts.search("grain", since=date(2030, 1, 1), store=store)) == [
        "grain-belmara-2030",
        "grain-corvia-2030",
    ]
    assert ids(psfacts.search("grain", until=date(2029, 12, 31), store=store)) == ["grain-belmara-2029"]


def test_hits_that_the_options_leave_out_are_told_of(store: Store) -> None:
    found = psfacts.search("grain in Corvia", until=date(1900, 1, 1), store=store)
    assert found.hits == ()
    assert [one.text for one in found.missing] == ["The options leave out the facts that do."]


def test_what_cannot_be_asked_is_an_error(store: Store) -> None:
    with pytest.raises(UsageError, match="limit is 0"):
        psfacts.search("grain", limit=0, store=store)
    with pytest.raises(UsageError, match="is after until"):
        psfacts.search("grain", since=date(2031, 1, 1), until=date(2030, 1, 1), store=store)
    with pytest.raises(NotFoundError, match="no entity is called 'Atlantis'"):
        psfacts.search("grain", about=["Atlantis"], store=store)


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("grain in 2030", "2030-01-01", "2030-12-31"),
        ("april 2022", "2022-04-01", "2022-04-30"),
        ("late April 2022", "2022-04-21", "2022-04-30"),
        ("spring 2022", "2022-03-01", "2022-05-31"),
        ("7 april 2022", "2022-04-07", "2022-04-07"),
        ("april 7th 2022", "2022-04-07", "2022-04-07"),
        ("2022-04-07", "2022-04-07", "2022-04-07"),
        ("2022-04", "2022-04-01", "2022-04-30"),
        ("may 2022", "2022-05-01", "2022-05-31"),
        ("early 2022", "2022-01-01", "2022-04-30"),
        ("the 1990s", "1990-01-01", "1999-12-31"),
        ("7 апреля 2022", "2022-04-07", "2022-04-07"),
        ("в мае 2022 года", "2022-05-01", "2022-05-31"),
        ("im März 2022", "2022-03-01", "2022-03-31"),
        ("novembre 2021", "2021-11-01", "2021-11-30"),
        ("осень 2021", "2021-09-01", "2021-11-30"),
        ("2022 04 7th", "2022-04-07", "2022-04-07"),
        ("7 may 2031", "2031-05-07", "2031-05-07"),
    ],
)
def test_periods_are_understood(words: str, first: str, last: str) -> None:
    period, used = periods.find(fold(words).split())
    assert period is not None
    assert used
    assert period.bounds == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    "words", ["prices may rise", "", "grain", "the fall of prices", "19 %", "lets an army march through"]
)
def test_what_is_no_period_is_none(words: str) -> None:
    assert periods.find(fold(words).split())[0] is None


def test_a_month_without_a_year_is_one_of_any_year() -> None:
    period, _ = periods.find(["in", "may"])
    assert period is not None
    may = When(earliest=date(2031, 5, 4), latest=date(2031, 5, 4), text="4 May 2031", inferred=False)
    june = When(earliest=date(2031, 6, 1), latest=date(2031, 6, 30), text="June 2031", inferred=False)
    assert (period.meets(may), period.meets(june)) == (True, False)


def test_a_day_may_come_first() -> None:
    period, used = periods.find(["7", "may"])
    assert period is not None
    assert (period.months, period.days, set(used)) == ((5, 5), (7, 7), {0, 1})


@pytest.mark.parametrize("query", ["1998年 Skell Isles", "1998年3月2日 Skell Isles"])
def test_chinese_dates_are_understood(store: Store, query: str) -> None:
    assert ids(psfacts.search(query, store=store))[0] == "skell-secession-1998"


@pytest.mark.parametrize("asked", ["casualties when", "how many tonnes of shells when", "the death toll when"])
def test_what_only_a_number_answers_is_not_answered_without_one(store: Store, asked: str) -> None:
    assert ids(psfacts.search("the garrison of Great Tarsk came under fire", store=store))[0] == "garrison-shots-2031"
    found = psfacts.search(f"{asked} the garrison of Great Tarsk came under fire", store=store)
    assert (found.hits, found.related[0].fact.id) == ((), "garrison-shots-2031")


def test_a_number_of_things_asks_for_no_number(store: Store) -> None:
    assert ids(psfacts.search("a number of shots at the garrison", store=store)) == ["garrison-shots-2031"]


def test_what_one_person_did_is_not_told_of_a_compatriot(fiction_base: FactBase) -> None:
    president = next(one for one in fiction_base.entities if one.id == "ilsa-moren")
    changes = {"id": "tomas-vell", "name": "Tomas Vell", "short": None, "role": "Minister"}
    minister = president.model_copy(update=changes)
    people = tuple(sorted((*fiction_base.entities, minister), key=lambda one: one.id))
    store = Store.of(fiction_base.model_copy(update={"entities": people}))
    assert ids(psfacts.search("Ilsa Moren on closing harbours", store=store)) == ["moren-harbours"]
    assert ids(psfacts.search("Tomas Vell on closing harbours", store=store)) == []


def test_what_is_told_of_one_member_is_not_told_of_the_others(fiction_base: FactBase) -> None:
    fact = next(one for one in fiction_base.facts if one.id == "coast-will-suffer")
    changes = {"statement": "On the Amber Coast, Corvia is short of salt.", "entities": ("amber-coast", "corvia")}
    facts = tuple(one.model_copy(update=changes) if one is fact else one for one in fiction_base.facts)
    store = Store.of(fiction_base.model_copy(update={"facts": facts}))
    assert ids(psfacts.search("salt on the Amber Coast", store=store)) == ["coast-will-suffer"]
    assert ids(psfacts.search("salt in Corvia", store=store)) == ["coast-will-suffer"]
    assert ids(psfacts.search("salt in Drenlund", store=store)) == []


def test_an_event_comes_first_for_the_words_of_its_title(store: Store) -> None:
    title = store.fact("strait-closed-2031").headline
    assert ids(psfacts.search(title, store=store))[0] == "strait-closed-2031"


def test_threads_may_search_together(fiction_base: FactBase) -> None:
    once = ids(psfacts.search("grian in Belmara", store=Store.of(fiction_base)))
    store = Store.of(fiction_base)
    assert together(lambda: tuple(ids(psfacts.search("grian in Belmara", store=store)))) == {tuple(once)}


def test_the_words_that_search_knows_are_in_order() -> None:
    for name in ("vocabulary.txt", "geography.txt", "world.txt"):
        text = Path(words.__file__).with_name(name).read_text(encoding="utf-8")
        for line in filter(None, text.splitlines()):
            labels = [] if line.startswith("#") else line.split(", ")
            folded = labels if name != "world.txt" else [label for label in labels[1:] if not label.isupper()]
            assert [label.removesuffix("*") for label in folded] == [fold(label) for label in folded]
    assert not STOP & WEAK


def test_search_loads_neither_rich_nor_typer() -> None:
    import subprocess
    import sys

    code = "import sys, psfacts.answers.search; print(*({'rich', 'typer'} & set(sys.modules)))"
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == ""


def test_the_program_answers_with_json(cli: Cli) -> None:
    answer = json.loads(cli("search", "grain", "corvia", "--limit", "1", "--json").stdout)
    assert list(answer) == [
        *("schema_version", "query", "corrections", "answer", "ways", "total", "is_cut", "hits", "related", "missing"),
        *("indicators", "errata", "locators"),
    ]
    assert [hit["fact"]["id"] for hit in answer["hits"]] == ["grain-corvia-2030"]
    assert (answer["query"], answer["related"]) == ("grain corvia", [])


def test_no_answer_is_no_error(cli: Cli) -> None:
    assert json.loads(cli("search", "latvia", "--json").stdout)["hits"] == []


def test_the_program_takes_its_options(cli: Cli) -> None:
    options = ("--kind", "observation", "--about", "belmara", "--since", "2030", "--until", "2030-12")
    answer = json.loads(cli("search", "grain", *options, "--json").stdout)
    assert [hit["fact"]["id"] for hit in answer["hits"]] == ["grain-belmara-2030"]


@pytest.mark.parametrize("option", [("--limit", "0"), ("--kind", "rumour"), ("--since", "yesterday")])
def test_the_program_refuses_options_that_mean_nothing(cli: Cli, option: tuple[str, str]) -> None:
    assert "psfacts: " in cli("search", "grain", *option, code=2).stderr


@pytest.mark.parametrize(
    ("query", "first", "swapped"),
    [
        (
            "Did Turkey give Azerbaijan military aid?",
            "turkey-aided-azerbaijan",
            "Did Azerbaijan give Turkey military aid?",
        ),
        ("When did Macron visit Moldova?", "macron-visits-moldova", "When did Sandu visit France?"),
        ("Who supports Azerbaijan?", "turkey-supports-azerbaijan", "Who supports Turkey?"),
        ("What did Putin say about Peter the Great?", "putin-", "What did Lukashenko say about Peter the Great?"),
        ("How did Kazakhstan vote?", "un-vote-kazakhstan", "How did Sweden vote?"),
        ("Macron's visit to Chisinau", "macron-visits-moldova", "Sandu's visit to Paris"),
        (
            "How much money flows to Uzbekistan from Russia?",
            "remittances-uzbekistan-2021",
            "What share of Russia's GDP is money sent from Uzbekistan?",
        ),
        (
            "How many Tajiks came to Russia for work?",
            "labour-migrants-tajikistan-2021",
            "How many Russians came to Tajikistan for work?",
        ),
        (
            "What help did Azerbaijan receive from Turkey?",
            "turkey-aided-azerbaijan",
            "What help did Turkey receive from Azerbaijan?",
        ),
        (
            "What did Russia blame on Ukraine in Transnistria?",
            "russia-accuses-ukraine-transnistria",
            "What did Transnistria blame on Ukraine?",
        ),
        (
            "What aid have Central Asian states sent to Ukraine?",
            "central-asian-leaders-humanitarian-aid",
            "What aid has Ukraine sent to Central Asian states?",
        ),
        (
            "Has Russia mediated a ceasefire between Armenia and Azerbaijan?",
            "russia-mediated-karabakh",
            "Has Armenia mediated a ceasefire between Russia and Azerbaijan?",
        ),
    ],
)
def test_who_did_what_to_whom_is_told_apart(built_in: Store, query: str, first: str, swapped: str) -> None:
    assert ids(psfacts.search(query, store=built_in))[0].startswith(first)
    assert ids(psfacts.search(swapped, store=built_in)) == []


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("Is there a figure for gig workers among labour migrants?", "labour-migrants-include-informal"),
        ("Have Russians moved to Transnistria when it was Soviet?", "russians-move-to-transnistria"),
        ("Have Lukashenko's troops joined the war?", "belarus-no-troops"),
        ("remittances from Tajik workers", "remittances-tajikistan-2021"),
        ("Which nation gets the smallest part of its GDP as money from Moscow?", "remittances-uzbekistan-2021"),
        ("Who depends most on money from Russia?", "remittances-tajikistan-2021"),
        ("Quand Macron a-t-il visité la Moldavie?", "macron-visits-moldova"),
        ("In which month did the war over Karabakh break out?", "karabakh-war-2020"),
        ("Who visited Central Asia in summer?", "kurilla-visits-central-asia"),
        ("what happened in karabakh in autumn", "karabakh-war-2020"),
    ],
)
def test_what_a_question_asks_for_is_read_from_its_grammar(built_in: Store, query: str, first: str) -> None:
    assert ids(psfacts.search(query, store=built_in))[0] == first


@pytest.mark.parametrize(
    ("query", "missing"),
    [
        ("Who visited Central Asia in winter?", "There is nothing like that from 'winter'."),
        ("Did Macron visit Moldova in the winter of 2022?", "There is nothing like that from 'winter 2022'."),
        ("Which airline flies to Belarus?", "There is nothing on 'airline' and 'flies' that has to do with Belarus."),
        (
            "What help did Turkey receive from Azerbaijan?",
            "The fact that comes closest tells it the other way round, or of others.",
        ),
        ("Who won the 2020 election in Belarus?", "There is nothing on 'won' that has to do with Belarus."),
        ("Who is the leader of Transnistria?", "Nobody is named as 'leader' of Transnistria."),
    ],
)
def test_a_question_is_not_answered_by_what_lacks_what_it_asks_for(built_in: Store, query: str, missing: str) -> None:
    answer = psfacts.search(query, store=built_in)
    assert (answer.hits, [one.text for one in answer.missing]) == ((), [missing])


def test_who_is_in_an_organization_is_told_by_its_members_alone(built_in: Store) -> None:
    assert ids(psfacts.search("Is the UK in NATO?", store=built_in))[0] == "uk-nato-member"
    assert ids(psfacts.search("Is Georgia in NATO?", store=built_in)) == []


@pytest.mark.parametrize(
    ("words", "met"),
    [("since 2021", "2021 2022"), ("until 2021", "2019 2020 2021"), ("before march 2020", "2019"), ("in 2021", "2021")],
)
def test_a_time_may_only_begin_or_end(words: str, met: str) -> None:
    period, _ = periods.find(words.split())
    assert period
    days = [date(year, 12, 1) for year in range(2019, 2023)]
    times = [When(earliest=day, latest=day, text="a day", inferred=False) for day in days]
    assert [str(time.latest.year) for time in times if period.meets(time)] == met.split()


def test_a_winter_goes_on_in_the_year_that_follows() -> None:
    winter, _ = periods.find(["winter", "2021"])
    assert winter
    days = ("2020-12-31", "2021-01-31", "2021-06-30", "2021-12-01", "2022-02-28", "2022-03-01")
    times = [When(earliest=day, latest=day, text="a day", inferred=False) for day in map(date.fromisoformat, days)]
    met = [winter.meets(time) for time in times]
    assert met == [True, True, False, True, True, False]


def test_who_is_named_to_be_left_out_need_not_be_told_of(built_in: Store) -> None:
    query = "besides Russia and the West, with whom does Central Asia trade?"
    assert ids(psfacts.search(query, store=built_in))[0] == "central-asia-cooperation-with-asian-powers"


def test_how_much_support_asks_for_no_number(built_in: Store) -> None:
    query = "How much support did Armenia get from Russia in the war over Karabakh?"
    assert ids(psfacts.search(query, store=built_in))[0] == "russia-limited-support-armenia"


@pytest.mark.parametrize("query", ["putin quotes", "what did Putin say?", "statements by Putin"])
def test_whoever_asks_for_words_gets_what_that_one_says(built_in: Store, query: str) -> None:
    hits = psfacts.search(query, store=built_in).hits
    assert hits
    assert all("vladimir-putin" in hit.fact.asserted_by or hit.fact.kind == "event" for hit in hits)


def test_a_vague_word_beside_a_name_asks_for_what_the_name_alone_does(built_in: Store) -> None:
    assert ids(psfacts.search("moldova overview", store=built_in)) == ids(psfacts.search("moldova", store=built_in))


def test_an_amount_is_told_only_in_the_unit_that_is_asked_for(built_in: Store) -> None:
    share = psfacts.search("What percentage of GDP did remittances make in Uzbekistan in 2021?", store=built_in)
    money = psfacts.search("How many dollars of remittances did Uzbekistan get in 2021?", store=built_in)
    assert share.answer
    assert (share.answer.value, money.answer, money.hits) == (11, None, ())


def test_a_state_of_affairs_is_told_by_its_time_and_is_nothing_that_happened(built_in: Store) -> None:
    when = psfacts.search("When did Moldova become an EU candidate?", store=built_in)
    did = psfacts.search("Did Russia sanction Belarus?", store=built_in)
    assert when.answer
    assert (when.answer.kind, when.answer.value) == ("time", "since 23 June 2022")
    assert did.answer is None


def test_what_is_told_of_a_region_tells_no_time_of_its_countries(built_in: Store) -> None:
    for country in ("Kazakhstan", "Tajikistan"):
        assert psfacts.search(f"When did Kurilla visit {country}?", store=built_in).answer is None
    assert psfacts.search("When did Kurilla visit Central Asia?", store=built_in).answer


@pytest.mark.parametrize(
    ("query", "months"),
    [
        ("by how much did remittances fall in 2022", (1, 12)),
        ("prices may rise in 2022", (1, 12)),
        ("what happened in fall 2022", (9, 11)),
        ("what happened in the fall of 2022", (9, 11)),
        ("votes of 7 may 2022", (5, 5)),
        ("march of 2022", (3, 3)),
        ("explosions in may", (5, 5)),
    ],
)
def test_a_verb_is_no_month_or_season(query: str, months: tuple[int, int]) -> None:
    period, _ = periods.find(query.split())
    assert period
    assert period.months == months


def test_a_time_is_not_called_missing_that_the_closest_facts_have(built_in: Store) -> None:
    missing = psfacts.search("Why did Lukashenko win the election of August 2020?", store=built_in).missing
    assert missing
    assert not any("2020" in one.text for one in missing)


def test_what_holds_both_ways_is_found_both_ways(built_in: Store) -> None:
    for query in ("Does Moldova border Ukraine?", "Does Ukraine border Moldova?"):
        assert ids(psfacts.search(query, store=built_in))[0] == "moldova-borders-ukraine"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("grian", "grain"),
        ("embrago", "embargo"),
        ("straight", None),
        ("baltic", None),
        ("siberia", None),
        ("danube", None),
        ("pears", None),
        ("merger", None),
        ("scold", None),
    ],
)
def test_a_swap_comes_first_and_geography_stays(store: Store, typed: str, meant: str | None) -> None:
    readings = {one.written: one.read for one in psfacts.search(f"the {typed} of Corvia", store=store).corrections}
    assert readings.get(typed) == meant


@pytest.mark.slow
def test_made_up_typos_are_put_right(built_in: Store) -> None:
    """Of six hundred words with one letter swapped, dropped, doubled or changed, nineteen in twenty are."""
    random = Random(13)  # noqa: S311 -- the same typos every time
    reader = built_in.kept(Finder)._reader
    told = " ".join(fact.statement for fact in built_in.facts)
    words = sorted({word for word in fold(told).split() if word.isascii() and word.isalpha() and len(word) > 4})
    right = tried = 0
    while tried < 600:
        word = random.choice(words)
        at = random.randrange(1, len(word) - 1)
        letter = random.choice("abcdefghijklmnopqrstuvwxyz")
        swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        made = (swapped, word[:at] + word[at + 1 :], word[:at] + word[at - 1 :], word[:at] + letter + word[at + 1 :])
        typo = random.choice(made)
        stem, meant = reader.stemmer.stems([typo, word])
        if stem == meant or reader.knows(stem) or stem in english():
            continue
        tried += 1
        right += reader.stemmer.stems([reader.read(typo).words[0]]) == [meant]
    assert right >= 0.95 * tried


@pytest.mark.parametrize(
    "letters",
    ["a", "谷", "哈萨克斯坦", "カザフ", "ประเทศ", "មក", "казах", "كازا", "9", "'", "a\u0301", "🇰🇿", "grain-", "x.y"],
)
def test_a_text_without_a_blank_takes_no_time(built_in: Store, letters: str) -> None:
    psfacts.search("warm", store=built_in)
    started = process_time()
    psfacts.search((letters * 4000)[:4000], store=built_in)
    assert process_time() - started < 1


def test_what_more_facts_share_than_are_looked_at_is_told(fiction_base: FactBase) -> None:
    fact = fiction_base.facts[0]
    many = tuple(fact.model_copy(update={"id": f"{fact.id}-{number:03}"}) for number in range(2 * MOST))
    store = Store.of(fiction_base.model_copy(update={"facts": many}))
    found = psfacts.search(fact.statement, store=store)
    assert (found.is_cut, found.total) == (True, MOST)
    assert not psfacts.search("salt", store=store).is_cut


@pytest.mark.parametrize(
    "query",
    [
        "What countries get remittances from Russia?",
        "What Central Asian countries get remittances from Russia?",
        "Which of the Central Asian states get remittances from Russia?",
        "What are the countries that get remittances from Russia?",
        "What other countries are members of the EAEU?",
        "which former Soviet republics are in the CSTO",
    ],
)
def test_which_countries_asks_to_compare(built_in: Store, query: str) -> None:
    answer = psfacts.search(query, store=built_in).answer
    assert answer
    assert answer.kind == "comparison"


@pytest.mark.parametrize("asks", ["What", "Which"])
def test_what_happens_to_countries_compares_nothing(built_in: Store, asks: str) -> None:
    query = f"{asks} effect do falling remittances have on the home countries of migrants?"
    found = psfacts.search(query, store=built_in)
    assert found.answer is None
    assert ids(found)[0] == "remittance-decline-downturn"


def test_what_is_told_in_other_words_is_weighed_less_than_another_time_or_name(built_in: Store) -> None:
    assert ids(psfacts.search("who rules France", store=built_in)) == ["macron-president"]
    assert ids(psfacts.search("who rules France in 2010", store=built_in)) == []


def test_the_built_in_base_is_looked_at_whole(built_in: Store) -> None:
    assert len(built_in.facts) < MOST
