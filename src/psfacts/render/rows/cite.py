"""A citation as a table."""

from __future__ import annotations

from psfacts.answers.cite import Citation
from psfacts.render.citation import Reference, plain, references
from psfacts.render.rows import Table
from psfacts.render.rows.records import Row, passages

_CITATION = (
    *("id", "citation", "statement", "author", "title", "publisher", "published", "url", "language"),
    *("translated_from", "translation", "source", "source_sha256", "section", "section_title", "paragraph"),
    *("evidence", "sha256"),
)


def tables(answer: Citation) -> tuple[Table, ...]:
    """Return the citation, a row a source."""
    lines = plain(answer).splitlines()
    rows = [_row(answer, reference, line) for reference, line in zip(references(answer), lines, strict=True)]
    return (Table.of("citation", "Citation", rows, _CITATION),)


def _row(answer: Citation, reference: Reference, line: str) -> Row:
    source = reference.source
    return {
        "id": answer.id,
        "citation": line,
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
        "section": tuple(one.section for one in reference.locators),
        "section_title": tuple(one.title for one in reference.locators),
        "paragraph": tuple(one.paragraph for one in reference.locators),
        **passages(reference.passages),
    }
