"""From a draft to a fact base, and the finding of its quotes in an article.

A draft is a fact base in which a passage may be written as the words that it should cover:
``{"source": "zheng-2022", "quote": "first words … last words"}``. Offsets and digests take their place, so that a fact
base never carries the article's words.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, chain, islice
from pathlib import Path

from pydantic import JsonValue

from psfacts.article.text import digest, passage, read
from psfacts.errors import InvalidError
from psfacts.exporting.json import formatted, id_of, in_order
from psfacts.loading.json import document as json_document
from psfacts.loading.json import parse
from psfacts.loading.problems import Problem
from psfacts.model import Passage
from psfacts.text.phrases import counted, first_of, quoted
from psfacts.text.visible import visible

ELLIPSIS = "…"
"""Placeholder in a quote, between blanks, for anything between its first and its last words."""

_BLANKS = re.compile(r"[^\S\n]*")

_COUNTED = 20
"""Maximum number of places of a quote to count, so that not all of very many are looked for."""


def built(draft: Path, articles: Sequence[Path]) -> str:
    """Build the fact base of a draft and its articles, in the order of its sources, and return it as text.

    Raises InvalidError if a file cannot be read, as :func:`build` does, and if the result is not a valid fact base.
    """
    document = json_document(draft)
    given = document.get("sources") if isinstance(document, dict) else None
    sources = given if isinstance(given, list) else []
    if len(sources) != len(articles):
        what = f"has {counted(len(sources), 'source')}, but {counted(len(articles), 'article')} given"
        raise InvalidError(f"{draft}: {what}", "give an article for each source, in their order")
    texts = {id_of(source): read(article) for source, article in zip(sources, articles, strict=True)}
    text = formatted(build(document, texts)) + "\n"
    parse(text.encode(), str(draft))
    return text


def build(draft: JsonValue, texts: Mapping[str, str]) -> JsonValue:
    """Make a fact base from ``draft``: locate quotes, measure sources, sort records and keys.

    ``texts`` holds the normalised articles by source id. A source in a draft needs no length and digest, and its
    sections no start and paragraphs: a section starts at the line that is its title, or at the words given as its
    ``start``.

    Raises InvalidError as :func:`pin` does, and where a section is not found.
    """
    articles = {source: Article(text) for source, text in texts.items()}
    pinned = pin(draft, articles)
    if not isinstance(pinned, dict):
        return pinned
    if isinstance(sources := pinned.get("sources"), list):
        pinned["sources"] = [measured(source, articles.get(id_of(source))) for source in sources]
    return in_order(pinned)


def pin(draft: JsonValue, articles: Mapping[str, Article]) -> JsonValue:
    """Return a copy of ``draft`` with passages for all quotes.

    ``articles`` are the given ones, by source id. Quotes in errata are taken exactly.
    Raises InvalidError with all problems: quotes that cannot be located, and, except in errata, passages that were
    pinned before and are not what the article has at their place.
    """
    problems: list[Problem] = []

    def walk(node: JsonValue, *location: int | str) -> JsonValue:
        is_printed = location[:1] == ("errata",)
        match node:
            case list():
                return [walk(item, *location, index) for index, item in enumerate(node)]
            case {"quote": quote, **more}:
                source, nth = str(more.get("source")), more.get("nth")
                number = nth if isinstance(nth, int) else None
                try:
                    if source not in articles:
                        raise InvalidError(f"no article is at hand for the source {source!r}")
                    found = locate(articles[source], source, str(quote), number, whole=not is_printed)
                    return found.model_dump(mode="json")
                except InvalidError as error:
                    problems.append(Problem(location, "; ".join(filter(None, (error.message, error.hint)))))
                    return None
            case {"source": str(source), "start": int(start), "end": int(end), "sha256": sha256} if not is_printed:
                text = articles[source].text if source in articles else ""
                if end <= len(text) and digest(text[start:end]) != sha256:  # what lies beyond is told by validate
                    what = f"{source} {start}-{end} is not what the article has there"
                    problems.append(Problem(location, f"{what}; give the one that it was made on, or quote it again"))
            case dict():
                return {key: walk(value, *location, key) for key, value in node.items()}
        return node

    pinned = walk(draft)
    if problems:
        texts = tuple(problem.text("", draft) for problem in problems)
        raise InvalidError(first_of(texts), problems=texts)
    return pinned


def measured(source: JsonValue, article: Article | None) -> JsonValue:
    """Return a copy of a draft's ``source`` with the length, the digest, and the places of sections and paragraphs."""
    if article is None or not isinstance(source, dict):
        return source
    found = {**source, "length": len(article.text), "sha256": digest(article.text)}
    if isinstance(sections := source.get("sections"), list):
        found["sections"] = [*_sections([section for section in sections if isinstance(section, dict)], article)]
    return found


def _sections(sections: Sequence[dict[str, JsonValue]], article: Article) -> Iterator[JsonValue]:
    lines = [(match[0], match.start()) for match in re.finditer("(?m)^.*$", article.text)]
    begun = [start + len(line) - len(line.lstrip()) for line, start in lines if line.strip()]
    titles = dict(reversed(lines))
    starts = [_section_start(section, article, titles, is_first=section is sections[0]) for section in sections]
    ends = [*starts[1:], len(article.text)]
    for section, start, end in zip(sections, starts, ends, strict=False):  # without sections there is still an end
        inside = begun[bisect_left(begun, start) : bisect_left(begun, end)]
        is_headed = start == 0 or f"{article.text[start:end]}\n".startswith(f"{section.get('title')}\n")
        yield {**section, "start": start, "paragraphs": [*inside[is_headed:]]}


def _section_start(
    section: Mapping[str, JsonValue], article: Article, titles: Mapping[str, int], *, is_first: bool
) -> int:
    match section:
        case {"start": int(start)}:
            return start
        case {"start": str(words)} if not is_first:
            return locate(article, "source", words).start
    if is_first:
        return 0
    title = str(section.get("title"))
    if title not in titles:
        what = f"the article has no line {title!r}, the title of the section {section.get('id')!r}"
        raise InvalidError(what, "give the words that it starts with, as its start")
    return titles[title]


class Article:
    """An article to find quotes in, regardless of white space between words."""

    def __init__(self, text: str) -> None:
        self.text = text
        words = [*re.finditer(r"\S+", text)]
        self._level = " ".join(word[0] for word in words)
        self._starts = [word.start() for word in words]
        self._places = [0, *accumulate(len(word[0]) + 1 for word in words)]

    def find(self, quote: str) -> Iterator[tuple[int, int]]:
        """Return the start and end of every place that ``quote`` fits, in order, none within another.

        White space in the quote fits any white space. A quote such as ``"In May … Moldova."`` fits from its first
        words to the nearest following last words. The time this takes is in proportion to the article.
        """
        parts = [" ".join(part.split()) for part in _parts(quote)]
        reached = 0
        while True:
            begun = -1
            for number, part in enumerate(parts):
                start = self._next(part, reached, is_first=number == 0, is_last=number == len(parts) - 1)
                if start < 0:
                    return
                begun = start if number == 0 else begun
                reached = start + len(part)
            yield self._offset(begun), self._offset(reached - 1) + 1

    def _next(self, part: str, reached: int, *, is_first: bool, is_last: bool) -> int:
        """Return the next place of ``part``, which neither begins nor ends the quote within a word; -1 for none."""
        start, length = self._level.find(part, reached), len(part)
        while start >= 0 and (
            (is_first and _is_word(self._level[max(0, start - 1) : start + 1]))
            or (is_last and _is_word(self._level[start + length - 1 : start + length + 1]))
        ):
            start = self._level.find(part, start + 1)
        return start

    def _offset(self, place: int) -> int:
        """Convert a place in the words to an offset in the text."""
        word = bisect_right(self._places, place) - 1
        return self._starts[word] + place - self._places[word]


def _parts(quote: str) -> list[str]:
    """Return the parts of a quote between its ellipses."""
    return re.split(rf"(?:^|\s){ELLIPSIS}(?=\s|$)", quote)


def _is_word(pair: str) -> bool:
    """Return whether two neighbouring characters belong to the same word."""
    return len(pair) == 2 and all(letter.isalnum() or letter == "_" for letter in pair)


def locate(article: Article, source: str, quote: str, nth: int | None = None, *, whole: bool = True) -> Passage:
    """Return the passage of ``quote``.

    ``nth`` (from 1) chooses among several places; without it there must be just one. ``whole`` lets the passage run on
    over the blanks that follow in its line, as evidence does; the printed words of an erratum do not.

    Raises InvalidError if the quote has no words, is not found, or is found in several places without ``nth``.
    """
    if nth is not None and nth < 1:
        raise InvalidError(f"nth is at least 1, not {nth}")
    found = [*islice(passages(article, source, quote, whole=whole), nth or _COUNTED + 1)]
    if nth is None and len(found) > 1:
        times = len(found) if len(found) <= _COUNTED else f"more than {_COUNTED}"
        raise InvalidError(f"the article has {quoted(quote)} {times} times", "give more words, or nth")
    if nth is not None and nth > len(found):
        raise InvalidError(f"the article does not have {quoted(quote)} {nth} times")
    return found[-1]


def passages(article: Article, source: str, quote: str, *, whole: bool = True) -> Iterator[Passage]:
    """Yield the passage of every place that ``quote`` fits, as :func:`locate` does.

    There may be as many as the article has words. Raises InvalidError if there is none, or the quote has no words.
    """
    if not all(part.strip() for part in _parts(quote)):
        raise InvalidError(f"{quoted(quote)} has no words, or none on one side of '{ELLIPSIS}'")
    places = article.find(quote)
    first = next(places, None)
    if first is None:
        raise InvalidError(f"the article does not have {quoted(quote)}")
    for start, end in chain([first], places):
        blanks = _BLANKS.match(article.text, end) if whole else None
        yield passage(article.text, source, start, blanks.end() if blanks else end)


def passages_lines(passages: Sequence[Passage], text: str) -> str:
    """Return one line per passage: its start, end and digest, and its words in ``text``."""
    shown = (visible(" ".join(text[at.start : at.end].split())) for at in passages)
    return "".join(f"{at.start}-{at.end}  {at.sha256}  {words}\n" for at, words in zip(passages, shown, strict=True))
