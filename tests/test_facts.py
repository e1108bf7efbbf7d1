"""The built-in fact base: its records against one another, and against the article where it is at hand."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

import psfacts
from conftest import problems_of
from psfacts.answers.checks import verify
from psfacts.article.alignment import Alignment
from psfacts.article.text import Copy, digest
from psfacts.article.text import read as read_article
from psfacts.checking.copies import passages
from psfacts.exporting import json as base_json
from psfacts.model import FactBase
from psfacts.store.open import read
from psfacts.store.store import Store

ROOT = Path(__file__).parents[1]
LONGEST_RUN = 8
"""Consecutive words that a statement may have in common with the article; names and titles included."""
LONGEST_TITLE = 60
"""Characters that stand in a line of a narrow terminal beside a time and whom it concerns."""


@pytest.fixture(scope="module")
def base() -> FactBase:
    return read(ROOT / "data" / "facts.json")


@pytest.fixture(scope="module")
def article() -> str:
    """Read the article: $PSFACTS_ARTICLE, or the copy that developers share."""
    path = Path(os.environ.get("PSFACTS_ARTICLE") or ROOT.parent / "shared" / "article.txt")
    if not path.exists():
        pytest.skip(f"the article is not at hand: {path} does not exist, and PSFACTS_ARTICLE names no other copy")
    return read_article(path)


def test_the_base_keeps_every_rule_for_files_that_are_not_trusted(base: FactBase) -> None:
    assert problems_of(base, base.lists) == ()


def test_the_file_is_sorted_and_formatted_by_the_authoring_aid() -> None:
    text = (ROOT / "data" / "facts.json").read_text(encoding="utf-8")
    assert base_json.formatted(base_json.in_order(json.loads(text))) + "\n" == text


def test_every_entity_indicator_and_erratum_is_used(base: FactBase) -> None:
    used = {entity for fact in base.facts for entity in fact.entities}
    assert {one.id for one in base.entities} - used == set()
    observed = {fact.indicator for fact in base.facts if fact.kind == "observation"}
    assert {one.id for one in base.indicators} - observed == {"cis-membership"}, "the article names no CIS member"
    rested_on = {erratum for fact in base.facts for erratum in fact.errata}
    assert {one.id for one in base.errata} - rested_on == set()


def test_every_fact_has_a_short_title_of_its_own(base: FactBase) -> None:
    titles = Counter(fact.title for fact in base.facts)
    assert [fact.id for fact in base.facts if not fact.title or len(fact.title) > LONGEST_TITLE] == []
    assert [title for title, times in titles.items() if times > 1] == []
    assert [fact.id for fact in base.facts if str(fact.title)[-1] in ".:;,"] == []


def test_a_dated_statement_tells_its_year_or_its_period(base: FactBase) -> None:
    dated = [fact for fact in base.facts if fact.when]
    assert {fact.id for fact in dated if not re.search(r"\b(?:19|20)\d\d\b", fact.statement)} == {
        "russians-move-to-transnistria",
        "transnistria-industrialised",
    }, "both name the Soviet period"


def test_ids_that_went_lead_to_one_successor_and_are_not_used_again(base: FactBase) -> None:
    went = Counter(key for one in (*base.facts, *base.errata) for key in one.replaces)
    assert [key for key, times in went.items() if times > 1] == []
    lists = (base.sources, base.entities, base.indicators, base.facts, base.errata, base.uncited)
    assert {record.id for records in lists for record in records} & set(went) == set()
    assert [one.id for one in (*base.facts, *base.errata) if list(one.replaces) != sorted(one.replaces)] == []


def test_topics_are_those_that_are_declared(base: FactBase) -> None:
    ids = [topic.id for topic in base.topics]
    assert ids == sorted({topic for fact in base.facts for topic in fact.topics})
    assert len({topic.name for topic in base.topics}) == len(ids)


def test_a_fact_begins_with_what_it_says_and_ends_with_its_look_up_words() -> None:
    document = json.loads((ROOT / "data" / "facts.json").read_text(encoding="utf-8"))
    typed = {
        "observation": ["indicator", "subject", "value"],
        "relation": ["subject", "predicate", "object"],
        "event": [],
        "claim": [],
    }
    for fact in document["facts"]:
        first = ["id", "kind", *typed[fact["kind"]], "title", "statement", "when"]
        assert [*fact][: len(first)] == first, fact["id"]
        assert [*fact][-1] == "keywords", fact["id"]


def test_a_figure_printed_beside_another_country_is_told_in_both_profiles(base: FactBase) -> None:
    store = Store.of(base)
    for name in ("ukraine", "uzbekistan"):
        assert "remittances-ukraine-uzbekistan" in [one.id for one in psfacts.country(name, store=store).errata]
    assert "afghanistan-azerbaijan" in [one.id for one in psfacts.errata("azerbaijan", store=store).errata]
    assert "white-belarus" not in [one.id for one in psfacts.errata("azerbaijan", store=store).errata]


def test_the_article_is_the_one_that_the_base_was_drawn_from(base: FactBase, article: str) -> None:
    (source,) = base.sources
    assert (digest(article), len(article)) == (source.sha256, source.length)


def test_every_fact_and_erratum_verifies_and_every_character_is_accounted_for(base: FactBase, article: str) -> None:
    found = verify(Copy(article), store=Store.of(base))
    assert [one.model_dump() for one in found.facts if one.status != "ok"] == []
    assert [one.model_dump() for one in found.errata if one.status != "ok"] == []
    assert found.coverage.gaps == ()
    assert found.ok
    assert found.identical


def test_a_figure_taken_for_the_country_that_it_is_printed_beside_is_found(base: FactBase, article: str) -> None:
    was = next(one for one in base.facts if one.id == "remittances-uzbekistan-2021")
    entities = sorted({*was.entities} - {"uzbekistan"} | {"ukraine"})
    changed = was.model_copy(
        update={
            "subject": "ukraine",
            "entities": tuple(entities),
            "statement": was.statement.replace("Uzbekistan", "Ukraine"),
        }
    )
    facts = tuple(changed if one.id == was.id else one for one in base.facts)
    found = verify(Copy(article), store=Store.of(base.model_copy(update={"facts": facts})))
    failed = {
        one.id: [check.check for check in one.checks if not check.ok] for one in found.facts if one.status != "ok"
    }
    assert failed == {was.id: ["names"]}


def test_passages_neither_begin_nor_end_within_a_word(base: FactBase, article: str) -> None:
    for fact in base.facts:
        for passage in fact.evidence:
            ends = article[passage.start - 1 : passage.start + 1], article[passage.end - 1 : passage.end + 1]
            assert not any(len(pair) == 2 and pair.isalnum() for pair in ends), (fact.id, passage)


def words_of(text: str) -> Iterator[str]:
    """Return the words of ``text`` in small letters, apostrophes made straight."""
    for match in re.finditer(r"[^\W_]+(?:['’.,-][^\W_]+)*", text):
        yield match[0].lower().replace("’", "'")


def test_nothing_copies_a_long_run_of_the_article(base: FactBase, article: str) -> None:
    length = LONGEST_RUN + 1
    printed = list(words_of(article))
    runs = {tuple(printed[at : at + length]) for at in range(len(printed))}
    written = {f"{fact.id}.statement": fact.statement for fact in base.facts}
    written |= {f"{fact.id}.title": fact.title or "" for fact in base.facts}
    written |= {f"{fact.id}.keywords": ". ".join(fact.keywords) for fact in base.facts}
    written |= {
        f"{one.id}.{field}": getattr(one, field) for one in base.errata for field in ("printed", "reading", "reason")
    }
    written |= {f"{one.id}.description": one.description for one in base.indicators}
    for place, text in written.items():
        words = list(words_of(text))
        copied = [
            " ".join(words[at : at + length]) for at in range(len(words)) if tuple(words[at : at + length]) in runs
        ]
        assert not [run for run in copied if len(run.split()) == length], place


def test_the_article_itself_is_not_in_the_project(article: str) -> None:
    sentences = [one.strip() for one in article.split(". ") if len(one.split()) > 14]
    assert len(sentences) > 40
    suffixes = {".py", ".md", ".json", ".jsonl", ".toml", ".txt", ".yaml"}
    files = (path for path in ROOT.rglob("*") if path.suffix in suffixes)
    tracked = [path for path in files if not path.relative_to(ROOT).parts[0].startswith(".venv")]
    for path in tracked:
        text = path.read_text(encoding="utf-8", errors="ignore")
        assert not [one for one in sentences if one in text], path


DENIAL = "it is not true that "


def denied(base: FactBase, article: str) -> Iterator[tuple[str, int]]:
    """Return the article with a denial before, after and in each cited passage, and where that stands."""
    spans = sorted({(passage.start, passage.end) for fact in base.facts for passage in fact.evidence})
    for start, end in spans:
        for at in (start, end, article.index(" ", start) + 1):
            yield article[:at] + DENIAL + article[at:], at


@pytest.mark.parametrize("every", [600, pytest.param(120, marks=pytest.mark.slow)])
def test_a_denial_in_the_article_is_found(base: FactBase, article: str, every: int) -> None:
    for copy, at in islice(denied(base, article), 0, None, every):
        found = verify(Copy(copy), store=Store.of(base))
        assert not found.ok, at
        assert any(DENIAL.strip() in change.text for change in found.sources[0].changes), at


@pytest.mark.slow
def test_a_denial_is_found_wherever_in_the_article_it_is_set(base: FactBase, article: str) -> None:
    (source,) = base.sources
    known = passages(Store.of(base))[source.id]
    for copy, at in denied(base, article):
        stretches = Alignment(copy, known, source.length).stretches
        told = [copy[slice(*words)].split() for kind, _, words in stretches if kind != "head"]
        assert any(set(DENIAL.split()) <= {*words} for words in told), at
