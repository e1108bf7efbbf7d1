"""How much of an article is used, what is left of it, and what it is silent on."""

from __future__ import annotations

import pytest

from psfacts.answers.checks import Gap, coverage
from psfacts.article.text import Copy, digest, passage
from psfacts.model import FactBase
from psfacts.store.store import Store


def without(base: FactBase, *keys: str) -> Store:
    """Return ``base`` without some facts or uncited passages."""
    facts = tuple(one for one in base.facts if one.id not in keys)
    uncited = tuple(one for one in base.uncited if one.id not in keys)
    return Store.of(base.model_copy(update={"facts": facts, "uncited": uncited}))


def test_all_of_the_fiction_is_accounted_for(store: Store) -> None:
    found = coverage(store=store)
    assert (found.complete, found.gaps) == (True, ())
    shares = [(one.section, one.length, one.cited, one.uncited, one.unused, one.facts) for one in found.sections]
    assert shares == [
        ("introduction", 215, 163, 52, 0, 2),
        ("trade", 410, 391, 19, 0, 8),
        ("quarrels", 488, 461, 27, 0, 8),
    ]
    assert [one.reasons for one in found.sections] == [
        {"blank": 5, "title": 47},
        {"blank": 8, "heading": 11},
        {"blank": 8, "heading": 19},
    ]


def test_a_gap_is_named_by_section_and_place(fiction_base: FactBase) -> None:
    found = coverage(store=without(fiction_base, "strait-closed-2031", "heading-trade"))
    assert not found.complete
    assert found.gaps == (Gap(source="coast-2031", section="trade", start=215, end=299, text=None),)
    assert [one.unused for one in found.sections] == [0, 84, 0]


def test_with_the_article_a_gap_is_shown_in_its_words(fiction_base: FactBase, fiction_article_text: str) -> None:
    found = coverage(Copy(fiction_article_text), store=without(fiction_base, "strait-closed-2031"))
    assert [one.text for one in found.gaps] == ["In March 2031 Great Tarsk closed the Strait of Orm to foreign ships. "]


def test_words_that_are_left_are_shown_without_the_blanks_around_them(
    fiction_base: FactBase, fiction_article_text: str
) -> None:
    found = coverage(Copy(fiction_article_text), store=without(fiction_base, "heading-trade", "strait-closed-2031"))
    assert [(one.section, one.text) for one in found.gaps] == [
        ("trade", "Trade falls\n\n  In March 2031 Great Tarsk closed the Strait of Orm to foreign ships. "),
    ]


def test_with_a_copy_that_differs_a_gap_is_named_without_words(
    fiction_base: FactBase, fiction_article_text: str
) -> None:
    found = coverage(Copy("Header\n" + fiction_article_text), store=without(fiction_base, "strait-closed-2031"))
    assert [one.text for one in found.gaps] == [None]


def test_a_passage_that_several_facts_cite_counts_once(fiction_base: FactBase) -> None:
    assert coverage(store=without(fiction_base, "vote-belmara")).sections[2].cited == 461
    assert (
        coverage(store=without(fiction_base, "vote-belmara", "vote-corvia", "vote-drenlund")).sections[2].cited == 371
    )


def test_the_end_of_an_article_may_be_left_over(fiction_base: FactBase) -> None:
    votes = [one.id for one in fiction_base.facts if one.evidence[0].end == 1112]
    (gap,) = coverage(store=without(fiction_base, *votes)).gaps
    assert (gap.section, gap.start, gap.end) == ("quarrels", 1022, 1113)


@pytest.mark.parametrize("at_hand", [True, False])
def test_blanks_between_passages_need_no_record(
    fiction_base: FactBase, fiction_article_text: str, at_hand: bool
) -> None:
    copy = Copy(fiction_article_text) if at_hand else None
    found = coverage(copy, store=Store.of(fiction_base))
    assert (found.complete, found.gaps) == (True, ())
    assert [(one.uncited, one.unused, one.reasons) for one in found.sections] == [
        (52, 0, {"blank": 5, "title": 47}),
        (19, 0, {"blank": 8, "heading": 11}),
        (27, 0, {"blank": 8, "heading": 19}),
    ]


def test_a_short_word_before_a_paragraph_is_no_blank_where_the_article_is_at_hand(fiction_base: FactBase) -> None:
    text = "One.\n\nTwo.\nNo.\n\nThree.\n"
    section = fiction_base.sources[0].sections[0].model_copy(update={"paragraphs": (0, 6, 11, 16)})
    source = fiction_base.sources[0].model_copy(
        update={"length": len(text), "sha256": digest(text), "sections": (section,)}
    )
    was = fiction_base.facts[0]
    evidence = tuple(passage(text, source.id, *span) for span in ((0, 4), (6, 10), (16, 22)))
    store = Store.of(
        fiction_base.model_copy(
            update={
                "sources": (source,),
                "facts": (was.model_copy(update={"evidence": evidence}),),
                "errata": (),
                "uncited": (),
            }
        )
    )
    assert [(one.start, one.end, one.text) for one in coverage(Copy(text), store=store).gaps] == [(11, 14, "No.")]


def test_silence_is_told_country_by_indicator(store: Store) -> None:
    found = coverage(store=store)
    assert [one.id for one in found.indicators] == ["food-prices", "grain", "league-membership", "ship-ban-vote"]
    assert {one.name: list(one.values.values()) for one in found.matrix} == {
        "Belmara": [1, 2, 1, 1],
        "Corvia": [0, 1, 1, 1],
        "Drenlund": [0, 0, 1, 1],
    }


def test_one_source_of_several_can_be_measured_alone(fiction_base: FactBase) -> None:
    second = fiction_base.sources[0].model_copy(update={"id": "second"})
    store = Store.of(fiction_base.model_copy(update={"sources": (*fiction_base.sources, second)}))
    assert not coverage(store=store).complete
    assert coverage(only=store.source("coast-2031"), store=store).complete
    assert [one.source for one in coverage(only=second, store=store).gaps] == ["second"]
