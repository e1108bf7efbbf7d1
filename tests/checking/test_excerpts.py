"""The words that a fact cites, in their paragraph, with the errata printed there."""

from __future__ import annotations

import psfacts
from psfacts.article.copy import Copy
from psfacts.checking.excerpts import Excerpt, Segment, excerpt
from psfacts.store.store import Store

BETWEEN = (
    "Great Tarsk has kept a garrison on the isles ever since. In late April, shots were fired at the garrison. "
    "Corvian President Ilsa "
)


def shown(store: Store, key: str, text: str) -> Excerpt | None:
    return excerpt(store, store.fact(key).evidence[0], Copy(text))


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


def test_another_reading_is_named_and_shown_as_it_was_read(store: Store, fiction_article_text: str) -> None:
    found = shown(store, "food-prices-belmara-2031", fiction_article_text.replace("’", "'"))
    assert found is not None
    assert found.reading == "curly quotes"
    assert found.text.startswith("According to the Harbour Workers’ Union")


def test_a_copy_without_the_passage_shows_none(store: Store, fiction_article_text: str) -> None:
    assert shown(store, "vote-corvia", fiction_article_text.replace("Crow abstained", "Crow slept")) is None


def test_a_fact_tells_whether_the_copy_has_its_passages(store: Store, fiction_article_text: str) -> None:
    def found(copy: Copy | None) -> list[bool | None]:
        return [one.found for one in psfacts.fact("vote-corvia", copy=copy, store=store).passages]

    assert found(None) == [None]
    assert found(Copy(fiction_article_text)) == [True]
    assert found(Copy("Something else.")) == [False]
