"""The words that a fact cites, in their paragraph, with the errata printed there."""

from __future__ import annotations

import re
import time

import pytest

import psfacts
from psfacts.answers.fact import Excerpt, Segment, excerpt
from psfacts.article.text import Copy, digest, passage
from psfacts.checking.copies import aligned
from psfacts.model import FactBase
from psfacts.render import Format, View
from psfacts.render import text as render
from psfacts.store.store import Store

BETWEEN = (
    "Great Tarsk has kept a garrison on the isles ever since. In late April, shots were fired at the garrison. "
    "Corvian President Ilsa "
)


def shown(store: Store, key: str, text: str) -> Excerpt | None:
    return excerpt(store, store.fact(key).evidence[0], aligned(store, store.sources[0], Copy(text)))


def cut(*pieces: tuple[str, bool, str]) -> tuple[Segment, ...]:
    """Return segments of words, whether they are cited, and the erratum that they are printed for."""
    return tuple(
        Segment(text=text, cited=cited, errata=(erratum,) if erratum else ()) for text, cited, erratum in pieces
    )


def test_a_passage_stands_in_its_paragraph_cut_at_errata(store: Store, fiction_article_text: str) -> None:
    assert shown(store, "skell-secession-1998", fiction_article_text) == Excerpt(
        reading="exact",
        text="In the spring of 1998 the Skell Isles broke away from Crow, but no country has recognised them.",
        segments=cut(
            ("  ", False, ""),
            ("In the spring of 1998 the Skell Isles broke away from ", True, ""),
            ("Crow", True, "crow-corvia"),
            (", but no country has recognised them. ", True, ""),
            (BETWEEN, False, ""),
            ("Moran", False, "moran-moren"),
            (" said that her country “will close no harbour of ours”.", False, ""),
        ),
    )


def test_a_shifted_copy_shows_the_same(store: Store, fiction_article_text: str) -> None:
    here = shown(store, "vote-corvia", fiction_article_text)
    assert here == shown(store, "vote-corvia", "Saved from the web.\n\n" + fiction_article_text)


def test_another_form_is_named_and_shown_as_the_copy_has_it(store: Store, fiction_article_text: str) -> None:
    found = shown(store, "food-prices-belmara-2031", fiction_article_text.replace("’", "'"))
    assert found is not None
    assert found.reading == "quotation marks"
    assert found.text.startswith("According to the Harbour Workers' Union")


def test_a_copy_without_the_passage_shows_none(store: Store, fiction_article_text: str) -> None:
    assert shown(store, "vote-corvia", fiction_article_text.replace("Crow abstained", "Crow slept")) is None


def test_a_fact_tells_whether_the_copy_has_its_passages(store: Store, fiction_article_text: str) -> None:
    def found(copy: Copy | None) -> list[bool | None]:
        return [one.found for one in psfacts.fact("vote-corvia", copy=copy, store=store).passages]

    assert found(None) == [None]
    assert found(Copy(fiction_article_text)) == [True]
    assert found(Copy("Something else.")) == [False]


def test_the_article_of_another_source_says_nothing_of_a_passage(
    fiction_base: FactBase, fiction_article_text: str
) -> None:
    other = "Belmara joined the league, says the port office.\n"
    store = Store.of(with_source(fiction_base, other))
    copies = [Copy(fiction_article_text), Copy(other)]
    for given, found in ((copies[:1], [True, None]), (copies[1:], [None, True]), (copies, [True, True])):
        cited = psfacts.fact("both", copy=given, store=store).passages
        assert [one.found for one in cited] == found


def test_a_passage_over_two_paragraphs_is_shown_whole(fiction_base: FactBase, fiction_article_text: str) -> None:
    start, end = fiction_article_text.index("According"), fiction_article_text.index(", and Drenlund applied")
    was = fiction_base.facts[0]
    changed = was.model_copy(update={"evidence": (passage(fiction_article_text, "coast-2031", start, end),)})
    store = Store.of(fiction_base.model_copy(update={"facts": (changed, *fiction_base.facts[1:])}))
    found = shown(store, was.id, fiction_article_text)
    assert found is not None
    assert found.text == fiction_article_text[start:end]
    whole = "".join(segment.text for segment in found.segments)
    assert whole.startswith("  In March 2031 Great Tarsk")
    assert whole.endswith("applied to join it on May 4.")


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [("Xland is there. " + "word " * 2000 + "\n", 0, None), ("One.\nXland is there.\n", 4, None), (" \n \nX", 0, 4)],
    ids=["long", "beginning with a line end", "blank"],
)
def test_a_passage_of_any_form_is_shown(fiction_base: FactBase, text: str, start: int, end: int | None) -> None:
    base = with_source(fiction_base, text, start, end)
    for copy in (text, "Header\n" + text) if text[start:end].strip() else (text,):
        cited = psfacts.fact("both", copy=Copy(copy), store=Store.of(base)).passages[-1]
        assert cited.found is True
        assert cited.excerpt is not None
        assert cited.excerpt.text == text[start:end].strip()


def with_source(base: FactBase, text: str, start: int = 0, end: int | None = None) -> FactBase:
    """Return ``base`` with a second source, and a fact ``both`` that cites a part of it and the first source."""
    section = base.sources[0].sections[0].model_copy(update={"paragraphs": ()})
    source = base.sources[0].model_copy(
        update={"id": "other", "length": len(text), "sha256": digest(text), "sections": (section,)}
    )
    was = base.facts[0]
    cited = passage(text, "other", start, len(text) if end is None else end)
    both = was.model_copy(update={"id": "both", "evidence": (*was.evidence, cited)})
    return base.model_copy(update={"sources": (*base.sources, source), "facts": (*base.facts, both)})


def test_of_a_huge_paragraph_the_part_around_the_words_is_shown_and_told(fiction_base: FactBase) -> None:
    text = "".join(f"Sentence {number} is here. " for number in range(5000))
    start = text.index("Sentence 2500 ")
    base = with_source(fiction_base, text, start, start + len("Sentence 2500 is here."))
    for copy in (text, "Header\n" + text):
        cited = psfacts.fact("both", copy=Copy(copy), store=Store.of(base)).passages[-1]
        assert cited.excerpt is not None
        first, *middle, last = cited.excerpt.segments
        assert (first.text, last.text) == ("…", "…")
        assert [segment.text for segment in middle if segment.cited] == ["Sentence 2500 is here."]
        assert "".join(segment.text for segment in middle) in text
        assert all(10_000 <= len(segment.text) <= 20_000 for segment in middle if not segment.cited)


def test_many_passages_of_one_paragraph_are_shown_in_it_once(fiction_base: FactBase) -> None:
    text = "".join(f"Sentence {number} is here. " for number in range(2000))
    base = with_source(fiction_base, text)
    both = base.facts[-1]
    cited = [passage(text, "other", match.start(), match.end()) for match in re.finditer(r"S[^.]*\. ", text)]
    base = base.model_copy(
        update={"facts": (*base.facts[:-1], both.model_copy(update={"evidence": (both.evidence[0], *cited)}))}
    )
    started = time.process_time()
    store = Store.of(base)
    page = render(psfacts.fact("both", copy=Copy(text), store=store), Format.TABLE, View(full=True))
    assert time.process_time() - started < 10
    assert page.count("«Sentence") < 10
