"""The tables that a fact base is asked through: those of an index in memory, and those of a file.

A file has the same tables with more columns, for people and programs that query it by themselves, and the records.
Queries use no column that an index in memory lacks. The order of the source is that of ``source, starts, ends, id``:
the place of a record's first passage.
"""

from __future__ import annotations

from collections.abc import Iterator

from psfacts.model import Entity, Erratum, Fact, Id, Indicator, Passage, Source, Uncited
from psfacts.store.places import Place
from psfacts.text.names import fold, labels

Cell = str | int | float | None
Row = tuple[Cell, ...]


MEMORY = """
CREATE TABLE entities (id TEXT PRIMARY KEY, type TEXT NOT NULL, name TEXT NOT NULL, size INTEGER NOT NULL);
CREATE TABLE members (region TEXT NOT NULL, member TEXT NOT NULL, PRIMARY KEY (member, region)) WITHOUT ROWID;
CREATE TABLE indicators (id TEXT PRIMARY KEY, membership_of TEXT);
CREATE TABLE names (folded TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (folded, id)) WITHOUT ROWID;
CREATE TABLE facts (
    id TEXT PRIMARY KEY, kind TEXT NOT NULL, earliest TEXT, latest TEXT, indicator TEXT, subject TEXT,
    source TEXT NOT NULL, starts INTEGER NOT NULL, ends INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE fact_entities (entity TEXT NOT NULL, fact TEXT NOT NULL, PRIMARY KEY (entity, fact)) WITHOUT ROWID;
CREATE TABLE fact_errata (fact TEXT NOT NULL, erratum TEXT NOT NULL, PRIMARY KEY (fact, erratum)) WITHOUT ROWID;
CREATE TABLE errata (
    id TEXT PRIMARY KEY, source TEXT NOT NULL, starts INTEGER NOT NULL, ends INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE errata_entities (
    entity TEXT NOT NULL, erratum TEXT NOT NULL, PRIMARY KEY (entity, erratum)
) WITHOUT ROWID;
CREATE TABLE errata_passages (
    source TEXT NOT NULL, starts INTEGER NOT NULL, ends INTEGER NOT NULL, erratum TEXT NOT NULL,
    PRIMARY KEY (source, starts, ends, erratum)
) WITHOUT ROWID;
"""

INDEXES = """
CREATE INDEX facts_by_indicator ON facts (indicator, subject) WHERE kind = 'observation';
CREATE INDEX facts_by_subject ON facts (subject, indicator) WHERE kind = 'observation';
"""


def entity_row(one: Entity) -> Row:
    """Return the row of ``entities`` in memory; ``size`` is a region's number of members."""
    return one.id, one.type, one.name, len(one.members)


def fact_row(one: Fact) -> Row:
    """Return the row of ``facts`` in memory."""
    measured = (one.indicator, one.subject) if one.kind == "observation" else (None, None)
    return one.id, one.kind, *_period(one), *measured, *_extent(one.evidence)


def erratum_row(one: Erratum) -> Row:
    """Return the row of ``errata`` in memory."""
    return one.id, *_extent(one.evidence)


def name_rows(one: Entity | Indicator) -> Iterator[Row]:
    """Return the rows of ``names``: each form that the names of a record fold to."""
    return ((folded, one.id) for folded in sorted({fold(label) for label in labels(one)}))


def passage_rows(one: Erratum) -> Iterator[Row]:
    """Return the rows of ``errata_passages``."""
    return ((passage.source, passage.start, passage.end, one.id) for passage in one.evidence)


def _period(one: Fact) -> tuple[str | None, str | None]:
    return (one.when.earliest.isoformat(), one.when.latest.isoformat()) if one.when else (None, None)


def _extent(evidence: tuple[Passage, ...]) -> tuple[Id, int, int]:
    """Return the source, where the first passage starts and where the last one ends."""
    first, last = evidence[0], evidence[-1]
    return first.source, first.start, last.end


FILE = {
    "_psfacts": """CREATE TABLE _psfacts (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID""",
    "sources": """CREATE TABLE sources (
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    author TEXT NOT NULL,
    publisher TEXT NOT NULL,
    published TEXT NOT NULL,
    url TEXT NOT NULL,
    language TEXT NOT NULL,
    translated_from TEXT,
    translation TEXT,
    length INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    record TEXT NOT NULL
)""",
    "sections": """CREATE TABLE sections (
    source TEXT NOT NULL REFERENCES sources (id),
    id TEXT NOT NULL,
    title TEXT NOT NULL,
    starts INTEGER NOT NULL,
    PRIMARY KEY (source, id)
)""",
    "entities": """CREATE TABLE entities (
    id TEXT PRIMARY KEY,
    type TEXT NOT NULL,
    name TEXT NOT NULL,
    short TEXT,
    alpha2 TEXT,
    alpha3 TEXT,
    numeric TEXT,
    capital TEXT,
    role TEXT,
    office_of TEXT REFERENCES entities (id),
    wikidata TEXT,
    size INTEGER NOT NULL,
    record TEXT NOT NULL
)""",
    "members": """CREATE TABLE members (
    region TEXT NOT NULL REFERENCES entities (id),
    member TEXT NOT NULL REFERENCES entities (id),
    PRIMARY KEY (member, region)
) WITHOUT ROWID""",
    "indicators": """CREATE TABLE indicators (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    type TEXT NOT NULL,
    unit TEXT,
    membership_of TEXT REFERENCES entities (id),
    record TEXT NOT NULL
)""",
    "names": """CREATE TABLE names (
    folded TEXT NOT NULL,
    id TEXT NOT NULL,
    PRIMARY KEY (folded, id)
) WITHOUT ROWID""",
    "facts": """CREATE TABLE facts (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    statement TEXT NOT NULL,
    title TEXT,
    standing TEXT NOT NULL,
    asserted_by TEXT,
    earliest TEXT,
    latest TEXT,
    time TEXT,
    inferred INTEGER,
    subject TEXT REFERENCES entities (id),
    indicator TEXT REFERENCES indicators (id),
    value,
    predicate TEXT,
    object TEXT REFERENCES entities (id),
    topics TEXT NOT NULL,
    source TEXT NOT NULL REFERENCES sources (id),
    section TEXT NOT NULL,
    paragraph INTEGER,
    starts INTEGER NOT NULL,
    ends INTEGER NOT NULL,
    record TEXT NOT NULL,
    FOREIGN KEY (source, section) REFERENCES sections (source, id)
)""",
    "fact_entities": """CREATE TABLE fact_entities (
    entity TEXT NOT NULL REFERENCES entities (id),
    fact TEXT NOT NULL REFERENCES facts (id),
    PRIMARY KEY (entity, fact)
) WITHOUT ROWID""",
    "fact_errata": """CREATE TABLE fact_errata (
    fact TEXT NOT NULL REFERENCES facts (id),
    erratum TEXT NOT NULL REFERENCES errata (id),
    PRIMARY KEY (fact, erratum)
) WITHOUT ROWID""",
    "errata": """CREATE TABLE errata (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    printed TEXT NOT NULL,
    reading TEXT NOT NULL,
    reason TEXT NOT NULL,
    basis TEXT NOT NULL,
    certainty TEXT NOT NULL,
    source TEXT NOT NULL REFERENCES sources (id),
    section TEXT NOT NULL,
    paragraph INTEGER,
    starts INTEGER NOT NULL,
    ends INTEGER NOT NULL,
    record TEXT NOT NULL,
    FOREIGN KEY (source, section) REFERENCES sections (source, id)
)""",
    "errata_entities": """CREATE TABLE errata_entities (
    entity TEXT NOT NULL REFERENCES entities (id),
    erratum TEXT NOT NULL REFERENCES errata (id),
    PRIMARY KEY (entity, erratum)
) WITHOUT ROWID""",
    "errata_passages": """CREATE TABLE errata_passages (
    source TEXT NOT NULL REFERENCES sources (id),
    starts INTEGER NOT NULL,
    ends INTEGER NOT NULL,
    erratum TEXT NOT NULL REFERENCES errata (id),
    PRIMARY KEY (source, starts, ends, erratum)
) WITHOUT ROWID""",
    "uncited": """CREATE TABLE uncited (
    id TEXT PRIMARY KEY,
    reason TEXT NOT NULL,
    source TEXT NOT NULL REFERENCES sources (id),
    starts INTEGER NOT NULL,
    ends INTEGER NOT NULL,
    record TEXT NOT NULL
)""",
}
"""The tables of a file. ``record`` is the whole record as JSON, by which answers are given."""

FILE_INDEXES = f"""{INDEXES}
CREATE INDEX facts_by_time ON facts (earliest, latest);
CREATE INDEX events_by_time ON facts (earliest, latest) WHERE kind = 'event';
CREATE INDEX members_by_region ON members (region);
CREATE INDEX entities_by_name ON entities (name);
CREATE INDEX indicators_by_organization ON indicators (membership_of) WHERE membership_of IS NOT NULL;
CREATE INDEX facts_by_place ON facts (source, starts);
"""

VIEWS = """
CREATE VIEW observations AS
SELECT facts.id AS fact, indicators.name AS indicator, entities.name AS subject, facts.value,
    indicators.unit, facts.time AS period, facts.earliest, facts.latest, facts.standing, facts.asserted_by,
    facts.statement, sources.title AS source, sections.title AS section, facts.paragraph
FROM facts JOIN indicators ON indicators.id = facts.indicator JOIN entities ON entities.id = facts.subject
    JOIN sources ON sources.id = facts.source
    JOIN sections ON sections.source = facts.source AND sections.id = facts.section
WHERE facts.kind = 'observation';
CREATE VIEW timeline AS
SELECT facts.earliest, facts.latest, facts.time, facts.inferred, facts.title, facts.statement, facts.standing,
    facts.asserted_by, facts.id AS fact, sources.title AS source, sections.title AS section, facts.paragraph
FROM facts JOIN sources ON sources.id = facts.source
    JOIN sections ON sections.source = facts.source AND sections.id = facts.section
WHERE facts.kind = 'event' ORDER BY facts.earliest, facts.latest, facts.source, facts.starts;
CREATE VIEW relations AS
SELECT facts.id AS fact, subjects.name AS subject, facts.predicate, objects.name AS object, facts.time AS period,
    facts.standing, facts.asserted_by, facts.statement, sources.title AS source, sections.title AS section,
    facts.paragraph
FROM facts JOIN entities AS subjects ON subjects.id = facts.subject
    JOIN entities AS objects ON objects.id = facts.object
    JOIN sources ON sources.id = facts.source
    JOIN sections ON sections.source = facts.source AND sections.id = facts.section
WHERE facts.kind = 'relation';
CREATE VIEW entity_facts AS
SELECT entities.name AS entity, entities.type, facts.kind, facts.statement, facts.time, facts.standing,
    facts.asserted_by, facts.id AS fact, entities.id AS entity_id
FROM fact_entities JOIN entities ON entities.id = fact_entities.entity JOIN facts ON facts.id = fact_entities.fact;
"""
"""What a person would ask a file for; answers do not use them."""


def source_file_row(one: Source) -> Row:
    """Return the row of ``sources`` in a file."""
    return (
        *(one.id, one.title, one.author, one.publisher, one.published.isoformat(), one.url, one.language),
        *(one.translated_from, one.translation, one.length, one.sha256, one.model_dump_json()),
    )


def section_rows(one: Source) -> Iterator[Row]:
    """Return the rows of ``sections``."""
    return ((one.id, section.id, section.title, section.start) for section in one.sections)


def entity_file_row(one: Entity) -> Row:
    """Return the row of ``entities`` in a file."""
    codes = (one.iso.alpha2, one.iso.alpha3, one.iso.numeric) if one.iso else (None, None, None)
    known = (one.id, one.type, one.name, one.short, *codes, one.capital, one.role, one.of, one.wikidata)
    return *known, len(one.members), one.model_dump_json()


def indicator_file_row(one: Indicator) -> Row:
    """Return the row of ``indicators`` in a file."""
    return one.id, one.name, one.description, one.type, one.unit, one.membership_of, one.model_dump_json()


def fact_file_row(one: Fact, stands: Place) -> Row:
    """Return the row of ``facts`` in a file, for a fact that ``stands`` there."""
    told = (one.when.text, int(one.when.inferred)) if one.when else (None, None)
    source, start, end = _extent(one.evidence)
    return (
        *(one.id, one.kind, one.statement, one.title, one.standing, ", ".join(one.asserted_by) or None),
        *(*_period(one), *told, *_columns_of_kind(one), ", ".join(one.topics)),
        *(source, *stands, start, end, one.model_dump_json()),
    )


def _columns_of_kind(one: Fact) -> Row:
    """Return subject, indicator, value, predicate and object of a fact."""
    if one.kind == "observation":
        # SQLite holds integers of 64 bits; what is larger is still whole in the record.
        value = float(one.value) if isinstance(one.value, int) and abs(one.value) >= 2**63 else one.value
        return one.subject, one.indicator, value, None, None
    if one.kind == "relation":
        return one.subject, None, None, one.predicate, one.object
    return None, None, None, None, None


def erratum_file_row(one: Erratum, stands: Place) -> Row:
    """Return the row of ``errata`` in a file."""
    source, start, end = _extent(one.evidence)
    said = (one.id, one.kind, one.printed, one.reading, one.reason, one.basis, one.certainty)
    return *said, source, *stands, start, end, one.model_dump_json()


def uncited_file_row(one: Uncited) -> Row:
    """Return the row of ``uncited`` in a file."""
    return one.id, one.reason, one.passage.source, one.passage.start, one.passage.end, one.model_dump_json()
