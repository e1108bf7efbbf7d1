"""From a draft to a fact base.

A draft is a fact base in which a passage may be written as the words that it should cover:
``{"source": "zheng-2022", "quote": "first words … last words"}``. Offsets and digests take their place, so that a fact
base never carries the article's words.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from pydantic import JsonValue

from psfacts.article.text import digest, read
from psfacts.authoring.quotes import Article, locate
from psfacts.errors import InvalidError
from psfacts.exporting.json import as_passage, formatted, id_of, in_order
from psfacts.loading.json import document as json_document
from psfacts.loading.json import parse
from psfacts.model import Passage
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
    ``start``. Records that set nothing but blanks aside are dropped; blanks between passages need none.

    Raises InvalidError as :func:`pin` does, where a section is not found, and where a passage that was pinned before is
    not what the article has at its place.
    """
    articles = {source: Article(text) for source, text in texts.items()}
    pinned = pin(draft, articles)
    if not isinstance(pinned, dict):
        return pinned
    stale = [passage for passage in dict.fromkeys(_passages(pinned)) if not _stands(passage, texts)]
    if stale:
        problems = tuple(
            f"{passage.source}: the passage {passage.start}-{passage.end} is not what the article has there"
            for passage in stale
        )
        raise InvalidError(first_of(problems), "give the article that it was made on, or quote it again", problems)
    if isinstance(sources := pinned.get("sources"), list):
        pinned["sources"] = [measured(source, articles.get(id_of(source))) for source in sources]
    if isinstance(uncited := pinned.get("uncited"), list):
        pinned["uncited"] = [record for record in uncited if not _is_blank(record, texts)]
    return in_order(pinned)


def pin(draft: JsonValue, articles: Mapping[str, Article]) -> JsonValue:
    """Return a copy of ``draft`` with passages for all quotes.

    ``articles`` are the given ones, by source id. Quotes in errata are taken exactly.
    Raises InvalidError with all problems.
    """
    problems: list[str] = []

    def walk(node: JsonValue, place: str) -> JsonValue:
        if isinstance(node, list):
            return [walk(item, f"{place}[{index}]{_named(item)}") for index, item in enumerate(node)]
        if not isinstance(node, dict):
            return node
        if "quote" not in node:
            return {key: walk(value, f"{place}.{key}".lstrip(".")) for key, value in node.items()}
        source, quote, nth = str(node.get("source")), str(node["quote"]), node.get("nth")
        try:
            if source not in articles:
                raise InvalidError(f"no article is at hand for the source {source!r}")
            whole = not place.startswith("errata")
            number = nth if isinstance(nth, int) else None
            return locate(articles[source], source, quote, number, whole=whole).model_dump(mode="json")
        except InvalidError as error:
            problems.append(f"{place}: {error.message}" + (f"; {error.hint}" if error.hint else ""))
            return None

    pinned = walk(draft, "")
    if problems:
        raise InvalidError(first_of(problems), problems=tuple(problems))
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
    lines: dict[str, int] = {}
    begun, reached = [], 0
    for line in article.text.split("\n"):
        lines.setdefault(line, reached)
        bare = line.lstrip()
        if bare:
            begun.append(reached + len(line) - len(bare))
        reached += len(line) + 1
    starts = [_section_start(section, article, lines, is_first=section is sections[0]) for section in sections]
    ends = [*starts[1:], len(article.text)]
    for section, start, end in zip(sections, starts, ends, strict=False):  # without sections there is still an end
        inside = begun[bisect_left(begun, start) : bisect_left(begun, end)]
        is_headed = start == 0 or f"{article.text[start:end]}\n".startswith(f"{section.get('title')}\n")
        yield {**section, "start": start, "paragraphs": [*inside[1 if is_headed else 0 :]]}


def _section_start(
    section: Mapping[str, JsonValue], article: Article, lines: Mapping[str, int], *, is_first: bool
) -> int:
    given, title = section.get("start"), str(section.get("title"))
    if isinstance(given, int):
        return given
    if is_first:
        return 0
    if isinstance(given, str):
        return locate(article, "source", given).start
    if title not in lines:
        raise InvalidError(
            f"the article has no line {title!r}, the title of the section {section.get('id')!r}",
            "give the words that it starts with, as its start",
        )
    return lines[title]


def _passages(node: JsonValue) -> Iterator[Passage]:
    """Return all passages in a pinned draft, except those of errata."""
    if isinstance(node, list):
        for item in node:
            yield from _passages(item)
    elif passage := as_passage(node):
        yield passage
    elif isinstance(node, dict):
        for key, value in node.items():
            yield from _passages(value) if key != "errata" else ()


def _stands(passage: Passage, texts: Mapping[str, str]) -> bool:
    text = texts.get(passage.source)
    return text is None or digest(text[passage.start : passage.end]) == passage.sha256


def _is_blank(record: JsonValue, texts: Mapping[str, str]) -> bool:
    passage = as_passage(record.get("passage")) if isinstance(record, dict) else None
    return passage is not None and texts.get(passage.source, "")[passage.start : passage.end].isspace()


def _named(record: JsonValue) -> str:
    return f" ({id_of(record)})" if isinstance(record, dict) and "id" in record else ""
