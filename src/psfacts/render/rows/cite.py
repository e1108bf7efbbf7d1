"""A citation as a table."""

from __future__ import annotations

from psfacts.answers.cite import Citation
from psfacts.render.citation import plain
from psfacts.render.rows import Table
from psfacts.render.rows.records import Row, passages

_CITATION = (
    *("id", "citation", "statement", "author", "title", "publisher", "published", "url", "language"),
    *("translated_from", "translation", "source", "source_sha256", "section", "section_title", "paragraph"),
    *("evidence", "sha256"),
)


def tables(answer: Citation) -> tuple[Table, ...]:
    """Return the citation."""
    source = answer.source
    row: Row = {
        "id": answer.id,
        "citation": plain(answer).rstrip("\n"),
        "statement": answer.statement,
        "author": source.author,
        "title": source.title,
        "publisher": source.publisher,
        "published": source.published,
        "url": source.url,
        "language": source.language,
        "translated_from": source.translated_from,
        "translation": source.translation,
        "source": source.id,
        "source_sha256": source.sha256,
        "section": tuple(one.section for one in answer.locators),
        "section_title": tuple(one.title for one in answer.locators),
        "paragraph": tuple(one.paragraph for one in answer.locators),
        **passages(answer.passages),
    }
    return (Table.of("citation", "Citation", [row], _CITATION),)
