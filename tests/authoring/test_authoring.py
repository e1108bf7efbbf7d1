"""From the words of an article to passages, and from a draft to a fact base."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from pydantic import JsonValue

from psfacts.article.text import digest, passage
from psfacts.authoring import build as authoring
from psfacts.authoring.build import Article
from psfacts.errors import InvalidError
from psfacts.exporting import json as base_json
from psfacts.model import Claim, Event, Observation, Passage, Relation

TEXT = "Title\n\nShips sail.  Ships return, and ships  sail.\nThe end.\n"
ARTICLE = Article(TEXT)


def quote(words: str, **more: JsonValue) -> dict[str, JsonValue]:
    return {"source": "s", "quote": words, **more}


def covered(node: JsonValue) -> str:
    """Return the words of TEXT that a passage, as it stands in a base, covers."""
    assert isinstance(node, dict)
    start, end = node["start"], node["end"]
    assert isinstance(start, int)
    assert isinstance(end, int)
    assert node["sha256"] == digest(TEXT[start:end])
    return TEXT[start:end]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Ships", ["Ships", "Ships"]),
        ("ships sail", ["ships  sail"]),
        ("sail. The end", ["sail.\nThe end"]),
        ("Ships … sail.", ["Ships sail.", "Ships return, and ships  sail."]),
        ("hip", []),
        ("sail.", ["sail.", "sail."]),
        ("Ships.return", []),
    ],
)
def test_words_are_found_whole_whatever_blanks_stand_between(words: str, found: list[str]) -> None:
    assert [TEXT[start:end] for start, end in ARTICLE.find(words)] == found


def test_a_passage_runs_on_over_the_blanks_of_its_line() -> None:
    assert TEXT[slice(*span(authoring.locate(ARTICLE, "s", "Ships sail.")))] == "Ships sail.  "
    assert TEXT[slice(*span(authoring.locate(ARTICLE, "s", "Ships sail.", whole=False)))] == "Ships sail."
    assert TEXT[slice(*span(authoring.locate(ARTICLE, "s", "ships sail.")))] == "ships  sail."


def span(made: Passage) -> tuple[int, int]:
    return made.start, made.end


def test_one_of_several_places_is_chosen_by_number() -> None:
    assert authoring.locate(ARTICLE, "s", "Ships", 2).start == TEXT.index("Ships return")
    assert [one.start for one in authoring.passages(ARTICLE, "s", "Ships")] == [7, 20]


@pytest.mark.parametrize(
    ("words", "nth", "problem"),
    [
        ("Boats", None, "the article does not have 'Boats'"),
        ("Ships", None, "the article has 'Ships' 2 times"),
        ("Ships", 3, "the article does not have 'Ships' 3 times"),
        ("Ships", 0, "nth is at least 1, not 0"),
        (" ", None, "'' has no words, or none on one side of '…'"),
        ("… sail", None, "'… sail' has no words, or none on one side of '…'"),
    ],
)
def test_words_that_cannot_be_located_are_said(words: str, nth: int | None, problem: str) -> None:
    with pytest.raises(InvalidError) as caught:
        authoring.locate(ARTICLE, "s", words, nth)
    assert caught.value.message == problem


def test_a_draft_s_quotes_become_passages_wherever_they_stand() -> None:
    draft: JsonValue = {
        "facts": [{"id": "a", "evidence": [quote("Ships sail."), quote("Ships", nth=2)]}],
        "errata": [{"id": "b", "evidence": [quote("Ships sail.")]}],
        "uncited": [{"id": "c", "passage": quote("Title"), "reason": "title"}],
    }
    made = authoring.pin(draft, {"s": ARTICLE})
    words = [covered(one) for one in passages_of(made)]
    assert words == ["Ships sail.  ", "Ships ", "Ships sail.", "Title"]


def passages_of(node: JsonValue) -> list[JsonValue]:
    """Return what has an offset in a JSON document, in order."""
    if isinstance(node, dict):
        return [node] if "start" in node else [one for value in node.values() for one in passages_of(value)]
    return [one for item in node for one in passages_of(item)] if isinstance(node, list) else []


def test_all_quotes_that_cannot_be_pinned_are_told_with_their_places() -> None:
    draft: JsonValue = {
        "facts": [
            {"id": "a", "evidence": [quote("Boats"), quote("Ships")]},
            {"evidence": [{"source": "t", "quote": "Ships sail."}]},
        ]
    }
    with pytest.raises(InvalidError) as caught:
        authoring.pin(draft, {"s": ARTICLE})
    assert caught.value.problems == (
        "facts[0] (a).evidence[0]: the article does not have 'Boats'",
        "facts[0] (a).evidence[1]: the article has 'Ships' 2 times; give more words, or nth",
        "facts[1].evidence[0]: no article is at hand for the source 't'",
    )
    assert caught.value.message == "facts[0] (a).evidence[0]: the article does not have 'Boats' (and 2 more)"


def test_a_source_is_measured_and_its_sections_are_found() -> None:
    source: JsonValue = {
        "id": "s",
        "sections": [{"id": "top", "title": "Top"}, {"id": "rest", "title": "Rest", "start": "The end."}],
    }
    assert authoring.measured(source, ARTICLE) == {
        "id": "s",
        "length": len(TEXT),
        "sha256": digest(TEXT),
        "sections": [
            {"id": "top", "title": "Top", "start": 0, "paragraphs": [7]},
            {"id": "rest", "title": "Rest", "start": 51, "paragraphs": [51]},
        ],
    }


def test_a_section_starts_at_the_line_that_is_its_title() -> None:
    source: JsonValue = {"id": "s", "sections": [{"id": "a", "title": "A"}, {"id": "b", "title": "The end."}]}
    made = authoring.measured(source, ARTICLE)
    assert isinstance(made, dict)
    assert made["sections"] == [
        {"id": "a", "title": "A", "start": 0, "paragraphs": [7]},
        {"id": "b", "title": "The end.", "start": 51, "paragraphs": []},
    ]


def test_a_section_that_is_not_found_is_said() -> None:
    source: JsonValue = {"id": "s", "sections": [{"id": "a", "title": "A"}, {"id": "b", "title": "Nowhere"}]}
    with pytest.raises(InvalidError) as caught:
        authoring.measured(source, ARTICLE)
    assert caught.value.message == "the article has no line 'Nowhere', the title of the section 'b'"
    assert caught.value.hint == "give the words that it starts with, as its start"


def test_facts_and_evidence_are_sorted_by_place_other_records_by_id_and_sets_by_code_point() -> None:
    first, second = (passage(TEXT, "s", *place).model_dump(mode="json") for place in ((0, 5), (7, 12)))
    base: JsonValue = {
        "schema_version": 1,
        "entities": [{"id": "b", "aliases": ["y", "x", "y"]}, {"id": "a", "categories": ["z", "y"]}],
        "facts": [
            {"id": "a", "evidence": [second]},
            {"id": "b", "entities": ["y", "x", "y"], "evidence": [second, first]},
            {"id": "c"},
        ],
    }
    assert base_json.in_order(base) == {
        "schema_version": 1,
        "entities": [{"id": "a", "categories": ["z", "y"]}, {"id": "b", "aliases": ["x", "y"]}],
        "facts": [
            {"id": "c"},
            {"id": "b", "entities": ["x", "y"], "evidence": [first, second]},
            {"id": "a", "evidence": [second]},
        ],
    }


def test_a_fact_is_written_with_what_it_says_first_and_its_look_up_words_last_in_one_line() -> None:
    keywords: list[JsonValue] = ["a word that a person would look it up by"] * 9
    fact: JsonValue = {
        "keywords": [*keywords, "b"],
        "note": None,
        "value": 1,
        "statement": "It is so.",
        "kind": "observation",
        "id": "a",
    }
    base = base_json.in_order({"facts": [fact]})
    assert isinstance(base, dict)
    (made,) = base["facts"] if isinstance(base["facts"], list) else []
    assert list(made) == ["id", "kind", "value", "statement", "note", "keywords"]  # type: ignore[arg-type]
    assert base_json.formatted({"facts": [{"id": "a", "keywords": keywords}]}).splitlines()[4:5] == [
        f'      "keywords": {json.dumps(keywords)}'
    ]


def test_the_keys_of_facts_are_those_of_the_model() -> None:
    fields = {name for kind in (Observation, Event, Relation, Claim) for name in kind.model_fields}
    assert set(base_json.FACT) == fields


@pytest.mark.parametrize("sections", ["[]", "[1]", "{}", "null"])
def test_a_draft_without_sections_is_refused_in_words(tmp_path: Path, fiction_article: Path, sections: str) -> None:
    path = tmp_path / "draft.json"
    path.write_text(f'{{"sources": [{{"id": "s", "sections": {sections}}}]}}', encoding="utf-8")
    with pytest.raises(InvalidError):
        authoring.built(path, [fiction_article])


@pytest.mark.parametrize("depth", [60, 400, 600, 5000])
def test_a_draft_that_is_nested_too_deeply_is_refused(tmp_path: Path, fiction_article: Path, depth: int) -> None:
    path = tmp_path / "draft.json"
    path.write_text('{"sources": [{"id": "s", "sections": ' + "[" * depth + "]" * depth + "}]}", encoding="utf-8")
    with pytest.raises(InvalidError) as caught:
        authoring.built(path, [fiction_article])
    assert caught.value.message.startswith(f"{path}: nested too deeply")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("word " * 100_000, "word … nowhere"),
        ("one two " * 50_000, "two … one … two"),
        ("a " * 100_000, "a " * 2_000 + "b"),
        ("x" + " " * 200_000 + "x", "x … y"),
        ("(" * 100_000, "( … )"),
    ],
    ids=["ellipsis", "ellipses", "alike", "blanks", "marks"],
)
def test_words_are_looked_for_in_time(text: str, words: str) -> None:
    started = time.process_time()
    list(Article(text).find(words))
    assert time.process_time() - started < 3


def test_quotes_of_words_that_stand_everywhere_are_refused_in_time() -> None:
    article = Article("a grain the in " * 50_000)
    begun = time.perf_counter()
    with pytest.raises(InvalidError, match="has 'a' more than 20 times") as caught:
        authoring.pin({"facts": [{"evidence": [{"source": "s", "quote": "a"}] * 300}]}, {"s": article})
    assert len(caught.value.problems) == 300
    assert time.perf_counter() - begun < 5


def test_words_of_the_article_may_hold_an_ellipsis() -> None:
    article = Article("And so on… then … more.")
    (found,) = authoring.passages(article, "s", "so on… then")
    assert (found.start, found.end) == (4, 16)
    assert list(article.find("And … then")) == [(0, 15)]


def test_what_is_no_passage_is_left_for_validate_to_name() -> None:
    base: JsonValue = {"facts": [{"id": "a", "evidence": [{"source": "s", "start": "x"}, "no"]}], "uncited": []}
    assert authoring.build(base, {}) == base


def test_what_fits_in_a_line_stands_in_one() -> None:
    value: JsonValue = {"short": [1, {"a": None}], "long": ["x" * 70, "y" * 70], "empty": []}
    assert base_json.formatted(value) == (
        f'{{\n  "short": [1, {{"a": null}}],\n  "long": [\n    "{"x" * 70}",\n    "{"y" * 70}"\n  ],\n  "empty": []\n}}'
    )


def test_the_draft_of_the_fiction_makes_its_fact_base(fiction_path: Path, fiction_article: Path) -> None:
    draft = fiction_path.with_name("draft.json")
    assert authoring.built(draft, [fiction_article]) == fiction_path.read_text(encoding="utf-8")


def test_a_source_in_a_draft_needs_no_measures(fiction_path: Path, fiction_article: Path, tmp_path: Path) -> None:
    draft = json.loads(fiction_path.with_name("draft.json").read_bytes())
    for source in draft["sources"]:
        del source["length"], source["sha256"]
        for section in source["sections"]:
            del section["start"], section["paragraphs"]
    path = tmp_path / "draft.json"
    path.write_text(json.dumps(draft), encoding="utf-8")
    made = json.loads(authoring.built(path, [fiction_article]))
    known = json.loads(fiction_path.read_bytes())
    for source in (*made["sources"], *known["sources"]):
        source["sections"] = [dict(sorted(section.items())) for section in source["sections"]]
    assert made == known


@pytest.mark.parametrize(
    ("content", "articles", "problem"),
    [
        ("{", 1, "ends too early"),
        ("[]", 1, "has 0 sources, but 1 article given"),
        ('{"sources": [{"id": "s"}, {"id": "t"}]}', 1, "has 2 sources, but 1 article given"),
        ('{"sources": [{"id": "s"}]}', 2, "has 1 source, but 2 articles given"),
    ],
)
def test_a_draft_that_cannot_be_built_is_said(
    tmp_path: Path, fiction_article: Path, content: str, articles: int, problem: str
) -> None:
    path = tmp_path / "draft.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InvalidError) as caught:
        authoring.built(path, [fiction_article] * articles)
    assert caught.value.message.startswith(f"{path}: {problem}")


def test_a_base_is_not_built_on_another_article_than_it_was_pinned_on(
    fiction_path: Path, fiction_article_text: str
) -> None:
    base = json.loads(fiction_path.read_bytes())
    tampered = fiction_article_text.replace("40%", "41%")
    with pytest.raises(InvalidError, match="is not what the article has there"):
        authoring.build(base, {"coast-2031": tampered})
