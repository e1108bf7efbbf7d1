"""The verifier must be able to fail: what is changed is found, at its fact, by its check, and nowhere else."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import date

import pytest

from psfacts.article import Copy, digest, normalise
from psfacts.errors import InvalidError
from psfacts.model import Erratum, Event, Fact, FactBase, Observation, Passage, Relation
from psfacts.store import Store
from psfacts.verification import Verification
from psfacts.verify import verify

Change = Callable[[FactBase], FactBase]


@pytest.fixture(scope="module")
def article(fiction_article_text: str) -> str:
    return fiction_article_text


def findings(found: Verification) -> dict[str, dict[str, tuple[str, ...]]]:
    """Give the problems by fact or erratum and check."""
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


def shifted(passage: Passage, by: int) -> Passage:
    return passage.model_copy(update={"start": passage.start + by, "end": passage.end + by})


def test_the_fiction_verifies(fiction_base: FactBase, article: str) -> None:
    found = verify(Store.of(fiction_base), Copy(article))
    assert findings(found) == {}
    assert {sighting.status for one in found.facts for sighting in one.passages} == {"in place"}
    assert (found.ok, found.identical, found.coverage.complete) == (True, True, True)


def test_a_changed_digit_of_a_value_is_found(fiction_base: FactBase, article: str) -> None:
    base = fact_changed(fiction_base, "grain-corvia-2030", value=25.6)
    assert findings(verify(Store.of(base), Copy(article))) == {
        "grain-corvia-2030": {
            "numbers": (
                "the value 25.6 does not stand in the passages",
                "the value 25.6 does not stand in the statement",
            )
        }
    }


def test_a_value_taken_from_another_country_is_found(fiction_base: FactBase, article: str) -> None:
    base = fact_changed(fiction_base, "grain-corvia-2030", value=40)
    assert findings(verify(Store.of(base), Copy(article))) == {
        "grain-corvia-2030": {"numbers": ("the value 40 does not stand in the statement",)}
    }


def test_a_changed_digit_of_a_statement_is_found(fiction_base: FactBase, article: str) -> None:
    base = fact_changed(
        fiction_base,
        "food-prices-belmara-2031",
        statement="Food in Belmara became 21% dearer in April 2031, says the Harbour Workers’ Union.",
    )
    assert findings(verify(Store.of(base), Copy(article))) == {
        "food-prices-belmara-2031": {
            "numbers": ("21 does not stand in the passages", "the value 12 does not stand in the statement")
        }
    }


def test_a_number_word_that_was_brought_in_is_found(fiction_base: FactBase, article: str) -> None:
    base = fact_changed(
        fiction_base, "league-corvia", statement="Corvia belongs to the Amber League with seven other countries."
    )
    assert findings(verify(Store.of(base), Copy(article))) == {
        "league-corvia": {"numbers": ("7 does not stand in the passages",)}
    }


def test_a_changed_name_in_a_statement_is_found(fiction_base: FactBase, article: str) -> None:
    base = fact_changed(fiction_base, "league-belmara", statement="Drenlund belongs to the Amber League.")
    assert findings(verify(Store.of(base), Copy(article))) == {
        "league-belmara": {
            "names": (
                "the statement names Drenlund, which is not among the entities",
                "the statement does not name Belmara, which it is about",
            )
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
    assert findings(verify(Store.of(base), Copy(article))) == {
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
    found = findings(verify(Store.of(fact_changed(fiction_base, was.id, when=when)), Copy(article)))
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
    found = findings(verify(Store.of(fact_changed(fiction_base, was.id, when=when)), Copy(article)))
    assert set(found) == {was.id}
    assert set(found[was.id]) == {"dates"}


def test_a_date_that_is_not_marked_as_inferred_is_found(fiction_base: FactBase, article: str) -> None:
    was = fact(fiction_base, "food-prices-belmara-2031")
    assert isinstance(was, Observation)
    base = fact_changed(fiction_base, was.id, when=was.when.model_copy(update={"inferred": False}))
    assert findings(verify(Store.of(base), Copy(article))) == {
        was.id: {"dates": ("the year 2031: is not printed, and not marked as inferred",)}
    }


def test_a_changed_reading_is_found_at_the_facts_that_rest_on_it(fiction_base: FactBase, article: str) -> None:
    base = erratum_changed(fiction_base, "crow-corvia", reading="Drenlund")
    found = findings(verify(Store.of(base), Copy(article)))
    resting = {one.id for one in fiction_base.facts if "crow-corvia" in one.errata}
    assert resting
    assert set(found) == resting
    assert {tuple(checks) for checks in found.values()} == {("names",)}


def test_an_erratum_at_a_wrong_place_is_found(fiction_base: FactBase, article: str) -> None:
    was = next(one for one in fiction_base.errata if one.id == "moran-moren")
    base = erratum_changed(fiction_base, was.id, evidence=tuple(shifted(one, 1) for one in was.evidence))
    found = findings(verify(Store.of(base), Copy(article)))
    assert found["moran-moren"]["passage"] == (f"“{was.printed}” does not stand at {was.evidence[0].start + 1}",)


def test_a_shifted_passage_is_missing_or_moved_but_never_in_place(fiction_base: FactBase, article: str) -> None:
    was = fact(fiction_base, "strait-closed-2031")
    base = fact_changed(fiction_base, was.id, evidence=tuple(shifted(one, 7) for one in was.evidence))
    found = verify(Store.of(base), Copy(article))
    checked = next(one for one in found.facts if one.id == was.id)
    assert checked.status == "moved"
    assert [(one.status, one.start) for one in checked.passages] == [("moved", was.evidence[0].start)]
    assert not found.coverage.complete


def test_a_passage_with_another_digest_is_missing(fiction_base: FactBase, article: str) -> None:
    was = fact(fiction_base, "strait-closed-2031")
    (passage,) = was.evidence
    base = fact_changed(fiction_base, was.id, evidence=(passage.model_copy(update={"sha256": digest("no")}),))
    found = findings(verify(Store.of(base), Copy(article)))
    assert found[was.id]["passage"] == (f"the passage {passage.start}-{passage.end} is not in the article",)


@pytest.mark.parametrize(
    ("printed", "tampered", "hit"),
    [
        ("40%", "41%", {"grain-belmara-2030", "grain-corvia-2030", "crow-corvia"}),
        ("President Ilsa Moran", "President Ilsa Moron", {"moren-harbours", "moran-moren"}),
        ("has kept", "has not kept", {"tarsk-garrison-skell"}),
    ],
)
def test_a_tampered_copy_is_found_where_it_was_tampered_with(
    fiction_base: FactBase, article: str, printed: str, tampered: str, hit: set[str]
) -> None:
    assert article.count(printed) == 1
    found = verify(Store.of(fiction_base), Copy(article.replace(printed, tampered)))
    assert hit <= set(findings(found))
    untouched = {one.id for one in fiction_base.facts} - set(findings(found))
    assert "league-belmara" in untouched
    assert not found.ok
    assert not found.identical


@pytest.mark.parametrize(
    ("shift", "reading"),
    [
        (lambda text: "Saved from the Orm Gazette\n\n" + text, "exact"),
        (lambda text: "\ufeff" + text.replace("\n", "\r\n"), "exact"),
        (lambda text: unicodedata.normalize("NFD", text), "exact"),
        (lambda text: text.replace("\n", "  \n"), "plain blanks"),
        (lambda text: text.replace("great", "great").replace(" ", "\u00a0"), "plain blanks"),
        (lambda text: text.replace("“", '"').replace("”", '"').replace("’", "'"), "curly quotes"),
        (lambda text: text.replace("Corvia and Drenlund", "Corvia\nand Drenlund"), "joined lines"),
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
    found = verify(Store.of(fiction_base), Copy(normalise(shift(article).encode())))
    assert findings(found) == {}
    assert found.ok
    assert {one.reading for checked in found.facts for one in checked.passages} <= {"exact", reading}
    assert any(one.reading == reading for checked in found.facts for one in checked.passages)


def test_a_text_that_is_not_the_article_is_refused(fiction_base: FactBase) -> None:
    with pytest.raises(InvalidError, match="none of the passages"):
        verify(Store.of(fiction_base), Copy("Something else altogether.\n" * 50))


def test_progress_is_told(fiction_base: FactBase, article: str) -> None:
    told: list[tuple[int, int]] = []
    verify(Store.of(fiction_base), Copy(article), lambda done, total: told.append((done, total)))
    count = len(fiction_base.facts)
    assert told == [(done, count) for done in range(1, count + 1)]


def test_relations_must_name_both_parties(fiction_base: FactBase, article: str) -> None:
    was = next(one for one in fiction_base.facts if isinstance(one, Relation))
    found = findings(verify(Store.of(fact_changed(fiction_base, was.id, statement="It is so.")), Copy(article)))
    assert set(found) == {was.id}
    assert len(found[was.id]["names"]) == 2
