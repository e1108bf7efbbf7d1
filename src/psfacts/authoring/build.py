"""From a draft to a fact base.

A draft is a fact base in which a passage may be written as the words that it should cover:
``{"source": "zheng-2022", "quote": "first words … last words"}``. Offsets and digests take their place, so that a fact
base never carries the article's words.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from pydantic import JsonValue

from psfacts.article.text import digest, read
from psfacts.authoring.quotes import Article, locate
from psfacts.errors import InvalidError
from psfacts.exporting.json import formatted, id_of, in_order
from psfacts.loading.json import document as json_document
from psfacts.loading.json import parse
from psfacts.loading.problems import Problem
from psfacts.text.phrases import counted, first_of


def built(draft: Path, articles: Sequence[Path]) -> str:
    """Build the fact base of a draft and its articles, in the order of its sources, and return it as text.

    Raises InvalidError if a file cannot be read, as :func:`build` does, and if the result is not a valid fact base.
    """
    document = json_document(draft)
    sources = document.get("sources") if isinstance(document, dict) else None
    if not isinstance(sources, list) or len(sources) != len(articles):
        count = len(sources) if isinstance(sources, list) else 0
        raise InvalidError(
            f"{draft}: has {counted(count, 'source')}, but {counted(len(articles), 'article')} given",
            "give an article for each source, in their order",
        )
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
        raise InvalidError(
            f"the article has no line {title!r}, the title of the section {section.get('id')!r}",
            "give the words that it starts with, as its start",
        )
    return titles[title]
