"""The verifier must be able to fail: what is changed is found, at its fact, by its check, and nowhere else."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import date

import pytest

from psfacts.answers.checks import Verification, verify
from psfacts.article.text import Copy, digest, normalise, passage
from psfacts.errors import InvalidError, UsageError
from psfacts.model import Erratum, Event, Fact, FactBase, Observation, Passage, Relation
from psfacts.store.store import Store

UNNAMED = "{} is neither named in the passages, nor read there by an erratum, nor taken from context"

Change = Callable[[FactBase], FactBase]


@pytest.fixture(scope="module")
def article(fiction_article_text: str) -> str:
    return fiction_article_text


def findings(found: Verification) -> dict[str, dict[str, tuple[str, ...]]]:
    """Return the problems by fact or erratum and check."""
    problems: dict[str, dict[str, tuple[str, ...]]] = {}
    for fact in found.facts:
        problems[fact.id] = {check.check: check.problems for check in fact.checks if not check.ok}
    for erratum in found.errata:
        problems[erratum.id] = {"passage": erratum.problems} if erratum.problems else {}
    return {key: checks for key, checks in problems.items() if checks}


def fact_changed(base: FactBase, key: str, **fields: object) -> FactBase:
    def change(fact: Fact) -> Fact:
        return fact.model_copy(update=fields) if fact.id == key else fact

    return base.model_copy(update={"facts": tuple(change(fact) for fact in base.facts)})


def erratum_changed(base: FactBase, key: str, **fields: object) -> FactBase:
    def change(erratum: Erratum) -> Erratum:
        return erratum.model_copy(update=fields) if erratum.id == key else erratum

    return base.model_copy(update={"errata": tuple(change(erratum) for erratum in base.errata)})


def fact(base: FactBase, key: str) -> Fact:
    return next(one for one in base.facts if one.id == key)


def shifted(was: Passage, by: int) -> Passage:
    return was.model_copy(update={"start": was.start + by, "end": was.end + by})


def test_the_fiction_verifies(fiction_base: FactBase, article: str) -> None:
    found = verify(Copy(article), store=Store.of(fiction_base))
    assert findings(found) == {}
    assert {sighting.status for one in found.facts for sighting in one.passages} == {"in place"}
    assert (found.ok, found.identical, found.coverage.complete) == (True, True, True)


def test_a_changed_digit_of_a_value_is_found(fiction_base: FactBase, article: str) -> None:
    base = fact_changed(fiction_base, "grain-corvia-2030", value=25.6)
    assert findings(verify(Copy(article), store=Store.of(base))) == {
        "grain-corvia-2030": {
            "numbers": ("the value 25.6 does not stand in the passages",),
            "statement": ("the value 25.6 does not stand in the statement",),
        }
    }


def test_a_value_taken_from_another_country_is_found(fiction_base: FactBase, article: str) -> None:
    base = fact_changed(fiction_base, "grain-corvia-2030", value=40)
    assert findings(verify(Copy(article), store=Store.of(base))) == {
        "grain-corvia-2030": {"statement": ("the value 40 does not stand in the statement",)}
    }


def test_a_number_that_two_countries_share_is_found_where_it_is_printed_once(
    fiction_base: FactBase, article: str
) -> None:
    statement = "Grain from Great Tarsk was 40% of what Corvia ate in 2030."
    base = fact_changed(fiction_base, "grain-corvia-2030", value=40, statement=statement)
    assert findings(verify(Copy(article), store=Store.of(base))) == {
        "grain-belmara-2030": {
            "numbers": ("the value 40 stands in the passages once, and grain-corvia-2030 has it too",)
        },
        "grain-corvia-2030": {
            "numbers": ("the value 40 stands in the passages once, and grain-belmara-2030 has it too",)
        },
    }


def test_a_percentage_that_lost_its_sign_is_found(fiction_base: FactBase, article: str) -> None:
    base = fact_changed(
        fiction_base,
        "food-prices-belmara-2031",
        statement="Food in Belmara became 12 crowns dearer in April 2031, says the Harbour Workers’ Union.",
    )
    assert findings(verify(Copy(article), store=Store.of(base))) == {
        "food-prices-belmara-2031": {"numbers": ("12 is stated, and 12% stands in the passages",)}
    }


def test_a_category_that_is_not_the_stated_one_is_found(fiction_base: FactBase, article: str) -> None:
    base = fact_changed(fiction_base, "vote-corvia", value="against")
    assert findings(verify(Copy(article), store=Store.of(base))) == {
        "vote-corvia": {"statement": ("the statement says “abstained”, and the value is “against”",)}
    }


def test_a_relation_that_goes_the_other_way_round_is_found(fiction_base: FactBase, article: str) -> None:
    base = fact_changed(fiction_base, "tarsk-garrison-skell", subject="skell-isles", object="great-tarsk")
    problem = "the statement names Great Tarsk before Skell Isles, from which the relation goes out"
    assert findings(verify(Copy(article), store=Store.of(base))) == {"tarsk-garrison-skell": {"statement": (problem,)}}


def test_a_relation_may_be_stated_in_the_passive(fiction_base: FactBase, article: str) -> None:
    statement = "Since 1998 a garrison on the Skell Isles has been kept by Great Tarsk."
    base = fact_changed(fiction_base, "tarsk-garrison-skell", statement=statement)
    assert findings(verify(Copy(article), store=Store.of(base))) == {}


@pytest.mark.parametrize(
    ("key", "written", "changed", "problem"),
    [
        (
            "moren-harbours",
            "Ilsa Moren",
            "Ilsa Morun",
            "the name “Morun” is stated, and stands neither in the passages nor in the fact base",
        ),
        (
            "league-belmara",
            "the Amber League",
            "the Umber League",
            "the name “Umber” is stated, and stands neither in the passages nor in the fact base",
        ),
        (
            "vote-belmara",
            "Belmara voted",
            "Blemara voted",
            "the statement does not name Belmara, but “Blemara”, a name that is not known",
        ),
    ],
)
def test_a_name_that_nobody_bears_is_found(
    fiction_base: FactBase, article: str, key: str, written: str, changed: str, problem: str
) -> None:
    statement = fact(fiction_base, key).statement.replace(written, changed)
    found = findings(verify(Copy(article), store=Store.of(fact_changed(fiction_base, key, statement=statement))))
    assert set(found) == {key}
    assert problem in found[key]["names"]


def test_a_changed_digit_of_a_statement_is_found(fiction_base: FactBase, article: str) -> None:
    base = fact_changed(
        fiction_base,
        "food-prices-belmara-2031",
        statement="Food in Belmara became 21% dearer in April 2031, says the Harbour Workers’ Union.",
    )
    assert findings(verify(Copy(article), store=Store.of(base))) == {
        "food-prices-belmara-2031": {
            "numbers": ("21 does not stand in the passages",),
            "statement": ("the value 12 does not stand in the statement",),
        }
    }


def test_a_number_word_that_was_brought_in_is_found(fiction_base: FactBase, article: str) -> None:
    base = fact_changed(
        fiction_base, "league-corvia", statement="Corvia belongs to the Amber League with seven other countries."
    )
    assert findings(verify(Copy(article), store=Store.of(base))) == {
        "league-corvia": {"numbers": ("7 does not stand in the passages",)}
    }


def test_a_changed_name_in_a_statement_is_found(fiction_base: FactBase, article: str) -> None:
    base = fact_changed(fiction_base, "league-belmara", statement="Drenlund belongs to the Amber League.")
    assert findings(verify(Copy(article), store=Store.of(base))) == {
        "league-belmara": {
            "names": ("the statement names Drenlund, which is not among the entities",),
            "statement": ("the statement does not name Belmara, which it is about",),
        }
    }


def test_a_changed_country_of_a_fact_is_found(fiction_base: FactBase, article: str) -> None:
    was = fact(fiction_base, "food-prices-belmara-2031")
    entities = tuple(sorted({*was.entities} - {"belmara"} | {"drenlund"}))
    base = fact_changed(
        fiction_base,
        was.id,
        entities=entities,
        subject="drenlund",
        statement=was.statement.replace("Belmara", "Drenlund"),
    )
    assert findings(verify(Copy(article), store=Store.of(base))) == {
        was.id: {
            "names": (
                "Drenlund is neither named in the passages, nor read there by an erratum, nor taken from context",
            )
        }
    }


@pytest.mark.parametrize(
    ("earliest", "latest", "text", "problems"),
    [
        (
            date(2031, 5, 1),
            date(2031, 5, 31),
            "May 2031",
            (
                "the month May: the passages print March",
                "the month March is stated, but neither printed nor within the time of the fact",
            ),
        ),
        (
            date(2030, 3, 1),
            date(2030, 3, 31),
            "March 2031",
            (
                "the year 2030: the passages print 2031",
                "the year 2031 of “March 2031” lies outside of 2030-03-01 to 2030-03-31",
            ),
        ),
    ],
)
def test_a_changed_month_or_year_is_found(
    fiction_base: FactBase, article: str, earliest: date, latest: date, text: str, problems: tuple[str, ...]
) -> None:
    was = fact(fiction_base, "strait-closed-2031")
    assert isinstance(was, Event)
    when = was.when.model_copy(update={"earliest": earliest, "latest": latest, "text": text})
    found = findings(verify(Copy(article), store=Store.of(fact_changed(fiction_base, was.id, when=when))))
    assert set(found) == {was.id}
    assert set(found[was.id]) == {"dates"}
    assert found[was.id]["dates"][0] == problems[0]


def test_a_day_against_the_printed_one_is_found_although_the_year_is_inferred(
    fiction_base: FactBase, article: str
) -> None:
    was = fact(fiction_base, "league-drenlund")
    assert isinstance(was, Observation)
    assert was.when.inferred
    when = was.when.model_copy(update={"earliest": date(2031, 5, 5), "text": "since 5 May 2031"})
    found = findings(verify(Copy(article), store=Store.of(fact_changed(fiction_base, was.id, when=when))))
    assert set(found) == {was.id}
    assert set(found[was.id]) == {"dates"}


def test_a_date_that_is_not_marked_as_inferred_is_found(fiction_base: FactBase, article: str) -> None:
    was = fact(fiction_base, "food-prices-belmara-2031")
    assert isinstance(was, Observation)
    base = fact_changed(fiction_base, was.id, when=was.when.model_copy(update={"inferred": False}))
    assert findings(verify(Copy(article), store=Store.of(base))) == {
        was.id: {"dates": ("the year 2031: is not printed, and not marked as inferred",)}
    }


def test_a_changed_reading_is_found_at_the_facts_that_rest_on_it(fiction_base: FactBase, article: str) -> None:
    base = erratum_changed(fiction_base, "crow-corvia", reading="Drenlund")
    found = findings(verify(Copy(article), store=Store.of(base)))
    resting = {one.id for one in fiction_base.facts if "crow-corvia" in one.errata}
    assert resting
    assert found.pop("crow-corvia") == {
        "passage": (
            "the reading names Drenlund, which is not among the entities",
            "the reading “Drenlund” names none of the entities",
        )
    }
    assert set(found) == resting
    assert {tuple(checks) for checks in found.values()} == {("names",)}


def test_a_name_that_is_printed_only_by_mistake_names_nobody(fiction_base: FactBase, article: str) -> None:
    was = next(one for one in fiction_base.errata if one.id == "crow-corvia")
    start = article.rindex("Drenlund")
    misprint = was.model_copy(
        update={
            "id": "drenlund-corvia",
            "printed": "Drenlund",
            "evidence": (passage(article, "coast-2031", start, start + len("Drenlund")),),
        }
    )
    base = fiction_base.model_copy(update={"errata": (*fiction_base.errata, misprint)})
    assert findings(verify(Copy(article), store=Store.of(base))) == {
        "vote-drenlund": {"names": (UNNAMED.format("Drenlund"),)}
    }


def test_an_erratum_at_a_wrong_place_is_found(fiction_base: FactBase, article: str) -> None:
    was = next(one for one in fiction_base.errata if one.id == "moran-moren")
    base = erratum_changed(fiction_base, was.id, evidence=tuple(shifted(one, 1) for one in was.evidence))
    found = findings(verify(Copy(article), store=Store.of(base)))
    assert found["moran-moren"]["passage"] == (f"“{was.printed}” does not stand at {was.evidence[0].start + 1}",)


def test_a_passage_at_a_wrong_place_is_found(fiction_base: FactBase, article: str) -> None:
    was = fact(fiction_base, "strait-closed-2031")
    (one,) = was.evidence
    base = fact_changed(fiction_base, was.id, evidence=(shifted(one, 7),))
    found = verify(Copy(article), store=Store.of(base))
    assert findings(found) == {was.id: {"passage": ("the passage 237-306 stands at 230, out of its order",)}}
    assert not found.coverage.complete


def test_a_passage_that_stands_elsewhere_in_another_copy_is_no_finding(fiction_base: FactBase, article: str) -> None:
    found = verify(Copy("Saved.\n" + article), store=Store.of(fiction_base))
    checked = next(one for one in found.facts if one.id == "strait-closed-2031")
    assert checked.status == "moved"
    assert [(one.status, one.start) for one in checked.passages] == [("moved", 237)]
    assert found.ok


def test_a_passage_with_another_digest_is_missing(fiction_base: FactBase, article: str) -> None:
    was = fact(fiction_base, "strait-closed-2031")
    (one,) = was.evidence
    base = fact_changed(fiction_base, was.id, evidence=(one.model_copy(update={"sha256": digest("no")}),))
    found = findings(verify(Copy(article), store=Store.of(base)))
    assert found[was.id]["passage"] == (f"the passage {one.start}-{one.end} is not in the article",)


@pytest.mark.parametrize(
    ("printed", "tampered", "hit"),
    [
        (
            "40%",
            "4,140%",
            {
                "grain-belmara-2030": {
                    "passage": ("the passage 299-407 is not in the article",),
                    "numbers": ("40 does not stand in the passages", "the value 40 does not stand in the passages"),
                },
                "grain-corvia-2030": {"passage": ("the passage 299-407 is not in the article",)},
            },
        ),
        (
            "President Ilsa Moran",
            "President Ilsa Moron",
            {
                "moren-harbours": {
                    "passage": ("the passage 850-933 is not in the article",),
                    "errata": ("“Moran”, which the erratum moran-moren reads, does not stand at 873",),
                },
                "moran-moren": {"passage": ("“Moran” does not stand at 873",)},
            },
        ),
        (
            "In March 2031",
            "In September 2031",
            {
                "strait-closed-2031": {
                    "passage": ("the passage 230-299 is not in the article",),
                    "dates": ("the month March: the passages print September",),
                }
            },
        ),
        (
            "prices in Belmara",
            "prices in Drenlund",
            {
                "food-prices-belmara-2031": {
                    "passage": ("the passage 443-528 is not in the article",),
                    "names": (UNNAMED.format("Belmara"),),
                }
            },
        ),
        (
            "has kept",
            "has not kept",
            {"tarsk-garrison-skell": {"passage": ("the passage 744-801 is not in the article",)}},
        ),
    ],
    ids=["digit", "name", "month", "country", "word"],
)
def test_a_tampered_copy_is_found_where_it_was_tampered_with_and_as_what(
    fiction_base: FactBase, article: str, printed: str, tampered: str, hit: dict[str, dict[str, tuple[str, ...]]]
) -> None:
    assert article.count(printed) == 1
    found = verify(Copy(article.replace(printed, tampered)), store=Store.of(fiction_base))
    assert findings(found) == hit
    assert (found.ok, found.identical) == (False, False)


def test_an_erratum_that_reads_an_unlisted_name_is_found(fiction_base: FactBase, article: str) -> None:
    base = erratum_changed(fiction_base, "moran-moren", reading="Moren of Drenlund")
    found = findings(verify(Copy(article), store=Store.of(base)))
    assert found == {"moran-moren": {"passage": ("the reading names Drenlund, which is not among the entities",)}}


@pytest.mark.parametrize(
    ("key", "fields", "problem"),
    [
        (
            "grain-belmara-2030",
            {"latest": date(2030, 11, 30)},
            "“2030” ends on 2030-12-31, and the fact on 2030-11-30",
        ),
        (
            "strait-closed-2031",
            {"earliest": date(2031, 3, 2)},
            "“March 2031” begins on 2031-03-01, and the fact on 2031-03-02",
        ),
        (
            "garrison-shots-2031",
            {"text": "mid-April 2031", "earliest": date(2031, 4, 11), "latest": date(2031, 4, 20)},
            "the part of the month mid: the passages print late",
        ),
        (
            "tarsk-garrison-skell",
            {"latest": date(2031, 12, 31)},
            "“since 1998” ends on 2031-12-31, after the source appeared on 2031-07-01",
        ),
        (
            "vote-corvia",
            {"earliest": date(2031, 4, 1)},
            "the month April of 2031-04-01 is not in “between March and June 2031”",
        ),
    ],
)
def test_days_that_do_not_fit_the_words_for_the_time_are_found(
    fiction_base: FactBase, article: str, key: str, fields: dict[str, object], problem: str
) -> None:
    when = fact(fiction_base, key).when
    assert when
    base = fact_changed(fiction_base, key, when=when.model_copy(update=fields))
    found = findings(verify(Copy(article), store=Store.of(base)))
    assert set(found) == {key}
    assert problem in found[key]["dates"]


@pytest.mark.parametrize(
    ("shift", "reading"),
    [
        (lambda text: "Saved from the Orm Gazette\n\n" + text, "exact"),
        (lambda text: "\ufeff" + text.replace("\n", "\r\n"), "exact"),
        (lambda text: unicodedata.normalize("NFD", text), "exact"),
        (lambda text: text.replace("\n", "  \n"), "exact"),
        (lambda text: text.replace("great", "great").replace(" ", "\u00a0"), "blanks"),
        (lambda text: text.replace("“", '"').replace("”", '"').replace("’", "'"), "quotation marks"),
        (lambda text: text.replace("Corvia and Drenlund", "Corvia\nand Drenlund"), "line breaks"),
    ],
    ids=[
        "header line",
        "BOM and CRLF",
        "NFD",
        "trailing blanks",
        "no-break spaces",
        "straight quotes",
        "wrapped lines",
    ],
)
def test_a_copy_with_small_shifts_is_understood(
    fiction_base: FactBase, article: str, shift: Callable[[str], str], reading: str
) -> None:
    found = verify(Copy(normalise(shift(article).encode())), store=Store.of(fiction_base))
    assert findings(found) == {}
    assert found.ok
    assert {one.reading for checked in found.facts for one in checked.passages} <= {"exact", reading}
    assert any(one.reading == reading for checked in found.facts for one in checked.passages)


def test_a_text_that_is_not_the_article_is_refused(fiction_base: FactBase) -> None:
    with pytest.raises(InvalidError, match="none, or hardly any, of the passages"):
        verify(Copy("Something else altogether.\n" * 50), store=Store.of(fiction_base))


def test_progress_is_told(fiction_base: FactBase, article: str) -> None:
    told: list[tuple[int, int]] = []
    verify(Copy(article), lambda done, total: told.append((done, total)), store=Store.of(fiction_base))
    count = len(fiction_base.facts) + len(fiction_base.errata)
    assert told == [(done, count) for done in range(1, count + 1)]


def test_relations_must_name_both_parties(fiction_base: FactBase, article: str) -> None:
    was = next(one for one in fiction_base.facts if isinstance(one, Relation))
    found = findings(verify(Copy(article), store=Store.of(fact_changed(fiction_base, was.id, statement="It is so."))))
    assert set(found) == {was.id}
    assert len(found[was.id]["statement"]) == 2


def with_second_source(base: FactBase, text: str) -> FactBase:
    """Return ``base`` with a source of the one sentence ``text``, and two facts that cite it, one of them both."""
    source = base.sources[0].model_copy(
        update={
            "id": "second",
            "length": len(text),
            "sha256": digest(text),
            "sections": (base.sources[0].sections[0].model_copy(update={"paragraphs": ()}),),
        }
    )
    whole = passage(text, "second", 0, len(text))
    was = fact(base, "league-belmara")
    alone = was.model_copy(update={"id": "second-alone", "evidence": (whole,)})
    both = was.model_copy(update={"id": "second-both", "evidence": (*was.evidence, whole)})
    return base.model_copy(update={"sources": (*base.sources, source), "facts": (*base.facts, alone, both)})


def test_of_several_sources_the_one_that_the_copy_is_of_is_verified(fiction_base: FactBase, article: str) -> None:
    text = "Belmara belongs to the Amber League by mid-2031."
    store = Store.of(with_second_source(fiction_base, text))
    first, second = verify(Copy(article), store=store), verify(Copy("Header\n" + text), store=store)
    assert (first.ok, first.source, first.left_out) == (True, "coast-2031", ("second-alone", "second-both"))
    assert len(first.facts) == len(fiction_base.facts)
    assert (second.ok, second.source, [one.id for one in second.facts]) == (True, "second", ["second-alone"])
    assert {one.source for one in second.coverage.sections} == {"second"}


def test_a_fact_that_rests_on_two_sources_is_checked_against_both(fiction_base: FactBase, article: str) -> None:
    text = "Belmara belongs to the Amber League by mid-2031."
    store = Store.of(with_second_source(fiction_base, text))
    found = verify([Copy("Header\n" + text), Copy(article)], store=store)
    assert findings(found) == {}
    assert (found.ok, found.source, found.identical, found.left_out) == (True, None, False, ())
    assert [(one.source, one.identical, one.coverage.complete) for one in found.sources] == [
        ("coast-2031", True, True),
        ("second", False, True),
    ]
    assert {one.source for one in found.coverage.sections} == {"coast-2031", "second"}
    changed = verify([Copy(article), Copy(text.replace("belongs", "never belonged"))], store=store)
    assert findings(changed) == {
        key: {"passage": ("the passage 0-48 is not in the article",)} for key in ("second-alone", "second-both")
    }


def test_articles_that_do_not_go_together_are_refused(fiction_base: FactBase, article: str) -> None:
    store = Store.of(with_second_source(fiction_base, "Belmara belongs to the Amber League by mid-2031."))
    with pytest.raises(InvalidError, match="two of the articles are copies of coast-2031"):
        verify([Copy(article), Copy("Header\n" + article)], store=store)
    with pytest.raises(InvalidError, match="none, or hardly any"):
        verify([Copy(article), Copy("Something else altogether, of about that length.")], store=store)
    with pytest.raises(UsageError, match="needs a copy"):
        verify([], store=store)


@pytest.mark.parametrize(
    ("denial", "every"),
    [
        ("it is not true that ", 5),
        pytest.param("it is not true that ", 1, marks=pytest.mark.slow),
        pytest.param("Nobody believes that ", 1, marks=pytest.mark.slow),
        pytest.param("not ", 1, marks=pytest.mark.slow),
        pytest.param("allegedly, ", 1, marks=pytest.mark.slow),
    ],
)
def test_a_denial_is_found_wherever_it_is_set(fiction_base: FactBase, article: str, denial: str, every: int) -> None:
    store = Store.of(fiction_base)
    cited = {(one.start, one.end) for fact in fiction_base.facts for one in fact.evidence}
    for start, end in sorted(cited)[::every]:
        for at in (start, end, article.index(" ", start) + 1, article.rindex(" ", start, end - 1) + 1):
            found = verify(Copy(article[:at] + denial + article[at:]), store=store)
            assert not found.ok
            words = [change.text for change in found.sources[0].changes if change.kind in ("added", "changed")]
            assert any(denial.strip() in text for text in words), (article[start:end], at)


def test_words_taken_out_that_no_fact_cites_are_found(fiction_base: FactBase, article: str) -> None:
    found = verify(Copy(article.replace("Trade falls\n", "")), store=Store.of(fiction_base))
    assert findings(found) == {}
    assert not found.ok
    (change,) = found.sources[0].changes
    assert (change.kind, change.section, change.start, change.end, change.text) == ("taken out", "trade", 215, 226, "")


def test_lines_around_a_saved_page_are_told_and_accepted(fiction_base: FactBase, article: str) -> None:
    found = verify(Copy(f"Saved from the web\n\n{article}\nAll rights reserved\n"), store=Store.of(fiction_base))
    (source,) = found.sources
    assert found.ok
    assert [(change.kind, change.text) for change in source.changes] == [
        ("head", "Saved from the web"),
        ("foot", "All rights reserved"),
    ]
    size = source.copy_coverage
    assert (size.length, size.known, size.outside, size.added) == (len(article) + 41, len(article) + 4, 37, 0)


def test_a_paragraph_that_moved_out_of_its_order_is_found(fiction_base: FactBase, article: str) -> None:
    lines = article.splitlines(keepends=True)
    moved = "".join([*lines[:5], lines[6], lines[5], *lines[7:]])
    assert sorted(moved) == sorted(article)
    found = verify(Copy(moved), store=Store.of(fiction_base))
    problems = {problem for checks in findings(found).values() for problem in checks["passage"]}
    assert not found.ok
    assert problems == {"the passage 531-624 stands at 230, out of its order"}


def test_a_large_file_is_refused_at_once(fiction_base: FactBase) -> None:
    with pytest.raises(InvalidError, match="none, or hardly any"):
        verify(Copy("lorem ipsum dolor\n" * 200_000), store=Store.of(fiction_base))
