"""An aid for authors: from the words of an article to passages, and from a draft to a fact base.

A draft is a fact base in which a passage may be written as the words that it should cover:
``{"source": "zheng-2022", "quote": "first words … last words"}``. :func:`pin` puts offsets and digests in
their place, so that a fact base never carries the article's words.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from pydantic import JsonValue, ValidationError

from psfacts.article.text import digest, passage, read
from psfacts.errors import InvalidError
from psfacts.loading.json import document as json_document
from psfacts.model import Passage, Uncited
from psfacts.text.phrases import counted, first_of

ELLIPSIS = " … "
"""Stands in a quote for anything between its first and its last words."""

WIDTH = 140
"""Columns that a formatted fact base keeps to where it can."""

_SETS = ("aliases", "asserted_by", "context", "entities", "errata", "keywords", "members", "topics")
"""Lists within a record whose order means nothing."""


def find(text: str, quote: str) -> Iterator[tuple[int, int]]:
    """Return the start and end of every place in ``text`` that ``quote`` fits, in order.

    White space in the quote fits any white space. A quote such as ``"In May … Moldova."`` fits from its first
    words to the nearest following last words.
    """
    parts = [r"\s+".join(map(re.escape, part.split())) for part in quote.split(ELLIPSIS)]
    first_word, last_word = parts[0][:1], parts[-1][-1:]
    pattern = r"(?:.|\n)*?".join(parts)
    bounded = (r"\b" if first_word.isalnum() else "") + pattern + (r"\b" if last_word.isalnum() else "")
    for match in re.finditer(bounded, text):
        yield match.span()


def locate(text: str, source: str, quote: str, nth: int | None = None, whole: bool = True) -> Passage:
    """Make the passage that ``quote`` stands for.

    ``nth`` (from 1) chooses among several places; without it there must be just one. ``whole`` lets the passage
    run on over the blanks that follow in its line, as evidence does; the printed words of an erratum do not.

    Raises InvalidError where the quote has no words, is found nowhere, or in several places without ``nth``.
    """
    if not all(part.strip() for part in quote.split(ELLIPSIS.strip())):
        raise InvalidError(f"{quote!r} has no words, or none on one side of '{ELLIPSIS.strip()}'")
    if nth is not None and nth < 1:
        raise InvalidError(f"nth is at least 1, not {nth}")
    spans = list(find(text, quote))
    if not spans or (nth is not None and nth > len(spans)):
        raise InvalidError(f"the article does not have {quote!r}" + (f" {nth} times" if spans else ""))
    if nth is None and len(spans) > 1:
        raise InvalidError(f"the article has {quote!r} {len(spans)} times", "give more words, or nth")
    start, end = spans[(nth or 1) - 1]
    if whole:
        while end < len(text) and text[end].isspace() and text[end] != "\n":
            end += 1
    return passage(text, source, start, end)


def passages(text: str, source: str, quote: str) -> list[Passage]:
    """Make the passage of every place that ``quote`` fits. Raises InvalidError where there is none."""
    count = len(list(find(text, quote)))
    return [locate(text, source, quote, number) for number in range(1, max(count, 1) + 1)]


def pin(draft: JsonValue, texts: dict[str, str]) -> JsonValue:
    """Return a copy of ``draft`` in which every quote has become a passage.

    ``texts`` holds the normalised articles by source id. Words quoted within an erratum are taken exactly.
    Raises InvalidError with all problems that were found.
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
            if source not in texts:
                raise InvalidError(f"no article is at hand for the source {source!r}")
            whole = not place.startswith("errata")
            number = nth if isinstance(nth, int) else None
            return locate(texts[source], source, quote, number, whole).model_dump(mode="json")
        except InvalidError as error:
            problems.append(f"{place}: {error.message}" + (f"; {error.hint}" if error.hint else ""))
            return None

    pinned = walk(draft, "")
    if problems:
        raise InvalidError(first_of(problems), problems=tuple(problems))
    return pinned


def build(draft: JsonValue, texts: dict[str, str]) -> JsonValue:
    """Make a fact base of ``draft``: quotes pinned, sources measured, line breaks accounted for, lists in order.

    A source in a draft needs no length and digest, and its sections no start and paragraphs: a section starts at the
    line that is its title, or at the words given as its ``start``.

    Raises InvalidError as :func:`pin` does, where a section is not found, and where a passage that was pinned before is
    not what the article has at its place.
    """
    pinned = pin(draft, texts)
    if not isinstance(pinned, dict):
        return pinned
    stale = [one for source, text in texts.items() for one in _passages(pinned, source) if not _stands(one, text)]
    if stale:
        problems = tuple(
            f"{one.source}: the passage {one.start}-{one.end} is not what the article has there" for one in stale
        )
        raise InvalidError(first_of(problems), "give the article that it was made on, or quote it again", problems)
    if isinstance(sources := pinned.get("sources"), list):
        pinned["sources"] = [measured(one, texts.get(_id(one))) for one in sources]
    if isinstance(uncited := pinned.get("uncited"), list):
        made = [one for source, text in texts.items() for one in breaks(text, source, _passages(pinned, source))]
        known = {_id(one) for one in uncited}
        pinned["uncited"] = [*uncited, *(one.model_dump(mode="json") for one in made if one.id not in known)]
    return tidy(pinned)


def _stands(one: Passage, text: str) -> bool:
    return digest(text[one.start : one.end]) == one.sha256


def built(draft: Path, articles: Sequence[Path]) -> str:
    """Read a draft and its articles, in the order of its sources, and give the fact base as text.

    Raises InvalidError where a file cannot be read, and as :func:`build` does.
    """
    document = json_document(draft)
    sources = document.get("sources") if isinstance(document, dict) else None
    if not isinstance(sources, list) or len(sources) != len(articles):
        count = len(sources) if isinstance(sources, list) else 0
        raise InvalidError(
            f"{draft}: has {counted(count, 'source')}, but {counted(len(articles), 'article')} given",
            "give an article for each source, in their order",
        )
    texts = {_id(source): read(article) for source, article in zip(sources, articles, strict=True)}
    return formatted(build(document, texts)) + "\n"


def measured(source: JsonValue, text: str | None) -> JsonValue:
    """Return a copy of a draft's ``source`` with the length, the digest, and the places of sections and paragraphs."""
    if text is None or not isinstance(source, dict):
        return source
    found = {**source, "length": len(text), "sha256": digest(text)}
    if isinstance(sections := source.get("sections"), list):
        found["sections"] = [*_sections([one for one in sections if isinstance(one, dict)], text)]
    return found


def _sections(sections: list[dict[str, JsonValue]], text: str) -> Iterator[JsonValue]:
    starts = [_section_start(one, text, first=number == 0) for number, one in enumerate(sections)]
    for one, start, end in zip(sections, starts, [*starts[1:], len(text)], strict=True):
        lines = [start + match.start() for match in re.finditer(r"(?m)\S.*$", text[start:end])]
        headed = text[start:end].splitlines()[:1] == [one.get("title")] or start == 0
        yield {**one, "start": start, "paragraphs": [*lines[1 if headed else 0 :]]}


def _section_start(section: dict[str, JsonValue], text: str, first: bool) -> int:
    given = section.get("start")
    if isinstance(given, int):
        return given
    if first:
        return 0
    if isinstance(given, str):
        return locate(text, "source", given).start
    match = re.search(rf"(?m)^{re.escape(str(section.get('title')))}$", text)
    if not match:
        raise InvalidError(
            f"the article has no line {section.get('title')!r}, the title of the section {section.get('id')!r}",
            "give the words that it starts with, as its start",
        )
    return match.start()


def _passages(node: JsonValue, source: str) -> list[Passage]:
    """Return all passages of ``source`` in a pinned draft, those of errata left out."""
    if isinstance(node, list):
        return [one for item in node for one in _passages(item, source)]
    if not isinstance(node, dict):
        return []
    if node.keys() == Passage.model_fields.keys():
        with suppress(ValidationError):
            return [Passage.model_validate(node)] if node["source"] == source else []
        return []
    return [one for key, value in node.items() if key != "errata" for one in _passages(value, source)]


def gaps(text: str, passages: list[Passage]) -> Iterator[tuple[int, int]]:
    """Return the start and end of every stretch of ``text`` that no passage covers, in order."""
    reached = 0
    for one in sorted(passages, key=lambda one: one.start):
        if one.start > reached:
            yield reached, one.start
        reached = max(reached, one.end)
    if reached < len(text):
        yield reached, len(text)


def breaks(text: str, source: str, passages: list[Passage]) -> Iterator[Uncited]:
    """Return a record for every gap between ``passages`` that holds nothing but white space, in order."""
    for start, end in gaps(text, passages):
        if text[start:end].isspace():
            yield Uncited(id=f"break-{start}", passage=passage(text, source, start, end), reason="line break")


def tidy(base: JsonValue) -> JsonValue:
    """Return a copy of ``base`` with its lists in order: records by id, sets by code point, evidence by place."""
    if not isinstance(base, dict):
        return base
    return {
        key: sorted(map(_tidy_record, value), key=_id) if isinstance(value, list) else value
        for key, value in base.items()
    }


def _id(record: JsonValue) -> str:
    return str(record.get("id")) if isinstance(record, dict) else ""


def _named(record: JsonValue) -> str:
    return f" ({_id(record)})" if isinstance(record, dict) and "id" in record else ""


def _tidy_record(record: JsonValue) -> JsonValue:
    if not isinstance(record, dict):
        return record
    tidied = dict(record)
    for key in _SETS:
        if isinstance(items := tidied.get(key), list):
            tidied[key] = [*sorted({str(item) for item in items})]
    if isinstance(evidence := tidied.get("evidence"), list):
        with suppress(ValidationError):  # what is no passage is left for psfacts validate to name
            tidied["evidence"] = _by_place([Passage.model_validate(one) for one in evidence])
    return tidied


def _by_place(passages: list[Passage]) -> list[JsonValue]:
    places = {(one.source, one.start, one.end): one for one in passages}
    return [places[place].model_dump(mode="json") for place in sorted(places)]


def formatted(value: JsonValue, column: int = 0, indent: int = 0) -> str:
    """Write ``value`` as JSON for people and diffs: what fits in a line of WIDTH columns stands in one.

    ``column`` is where the value starts, ``indent`` where its line does.
    """
    flat = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, dict | list) or not value or (indent and column + len(flat) < WIDTH):
        return flat
    inner = indent + 2
    if isinstance(value, dict):
        heads = [f"{json.dumps(key, ensure_ascii=False)}: " for key in value]
        items = [
            head + formatted(item, inner + len(head), inner) for head, item in zip(heads, value.values(), strict=True)
        ]
    else:
        items = [formatted(item, inner, inner) for item in value]
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    lines = ",\n".join(" " * inner + item for item in items)
    return f"{opening}\n{lines}\n{' ' * indent}{closing}"
