"""A whole fact base as a Markdown document: the tables of answers, with links between facts and errata."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from urllib.parse import quote

from psfacts.answers.country import compare, country, timeline
from psfacts.answers.lists import countries, errata, indicators
from psfacts.model import Fact, Id, Kind
from psfacts.render import View, flat
from psfacts.render.flat import Markup, escaped
from psfacts.render.rows import Cell, Table, answers, cell, chosen
from psfacts.render.sources import cited, link
from psfacts.store.store import Store

_ABOUT = """
Beside each fact stand the time, who stands behind it, the place in the source, what had to be read otherwise than it is
printed, and the id by which `psfacts fact` shows the whole record. A time is inferred if the source does not print all
of it.
"""

_MORE = ("inferred", "source", "paragraph", "errata", "facts")
"""Columns of the document beyond those of an answer."""

_LINKED = ("doubts", "errata", "facts")
"""Columns of ids that are links."""


def pieces(store: Store) -> Iterator[str]:
    """Return the document in pieces of one or more lines."""
    yield f"# Facts, version {escaped(store.data_version)}\n\n"
    for source in store.sources:
        address = quote(link(source), safe=":/?#[]@!$&'()*+,;=%")
        yield f"- {escaped(cited(source))} {f'<{address}>' if address else escaped(source.url)}\n"
    yield _ABOUT
    for title, part in (
        ("Countries", _countries(store)),
        ("Timeline", _facts("event", timeline(store=store).events, store)),
        ("Indicators", _indicators(store)),
        ("Relations", _facts("relation", store.facts, store)),
        ("Claims by topic", _claims(store)),
        ("Errata", _errata(store)),
    ):
        yield f"\n## {title}\n"
        yield from part


def _countries(store: Store) -> Iterator[str]:
    """Return a table of the countries, with links to the facts about each below."""
    found = countries(store=store)
    yield f"\n{flat.markdown(found, View())}"
    for summary in found.countries:
        yield f"\n### {escaped(summary.name)}\n\n"
        profile = country(summary.id, store=store)
        for kind in ("observations", "events", "relations", "claims"):
            if facts := getattr(profile, kind):
                yield f"- {kind.capitalize()}: {'; '.join(_link(fact.id, fact.headline) for fact in facts)}\n"
        if profile.errata:
            yield f"- Errata: {'; '.join(_link(erratum.id) for erratum in profile.errata)}\n"


def _indicators(store: Store) -> Iterator[str]:
    """Return the values of each indicator, and the countries on which the source is silent."""
    for indicator in indicators(store=store).indicators:
        yield f"\n### {escaped(indicator.name)}\n\n{escaped(indicator.description)}\n"
        yield from _facts("observation", store.observations(indicators=[indicator.id]), store)
        if silent := compare(indicator.id, store=store).silent:
            yield f"\nThe source is silent on {', '.join(escaped(store.entity(key).name) for key in silent)}.\n"


def _claims(store: Store) -> Iterator[str]:
    """Return the claims by topic; one with several topics is under its first."""
    found = sorted((fact for fact in store.facts if fact.kind == "claim"), key=lambda fact: fact.topics[0])
    for topic, facts in groupby(found, key=lambda fact: fact.topics[0]):
        yield f"\n### {escaped(store.topic_names.get(topic, topic))}\n"
        yield from _facts("claim", facts, store)


def _errata(store: Store) -> Iterator[str]:
    """Return the errata, with the facts that depend on each."""
    facts: dict[object, list[Id]] = defaultdict(list)
    for fact in store.facts:
        for key in fact.errata:
            facts[key].append(fact.id)
    table = answers.errata_table(errata(store=store).errata, store)
    scopes = [{**dict(scope), "facts": tuple(facts[cell(scope, "id")])} for scope in table.scopes]
    return _lines(replace(table, scopes=scopes, columns={**table.columns, "facts": "facts"}), store)


def _facts(kind: Kind, facts: Iterable[Fact], store: Store) -> Iterator[str]:
    """Return a table of those ``facts`` that are of a kind."""
    (table,) = answers.by_kind(answers.fact_scopes(facts, store), [kind])
    return _lines(table, store)


def _lines(table: Table, store: Store) -> Iterator[str]:
    """Return the lines of a table, if it has any rows, with an anchor for each record and links to others."""
    more = [name for name in _MORE if name in table.columns and (name != "source" or store.has_many_sources)]
    for shown in chosen([table], [*table.few.split()[:-1], *more, "id"], store) if table.scopes else ():
        rows = [tuple(map(_linked, shown.columns, row)) for row in shown.rows]
        yield "\n"
        yield from flat.markdown_lines(shown.columns, rows)


def _linked(column: str, cell: Cell) -> Cell:
    if column == "id":
        return Markup(f'<a id="{cell}"></a>`{cell}`')
    return tuple(_link(str(key)) for key in cell) if column in _LINKED and isinstance(cell, tuple) else cell


def _link(key: Id, text: str = "") -> Markup:
    return Markup(f"[{escaped(text) or key}](#{key})")
