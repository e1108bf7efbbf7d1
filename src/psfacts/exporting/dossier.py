"""A whole fact base as a Markdown document: countries with profiles, timeline, indicators, claims by topic, errata."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby
from string import punctuation
from urllib.parse import quote

from psfacts.answers.compare import compare
from psfacts.answers.countries import countries
from psfacts.answers.country import country
from psfacts.answers.errata import errata
from psfacts.answers.timeline import timeline
from psfacts.model import Erratum, Fact, Id, Source
from psfacts.render import View, markdown
from psfacts.render.markdown import Markup, escaped
from psfacts.render.rows import Cell, Table
from psfacts.render.sources import cited, link
from psfacts.store.store import Store
from psfacts.text.amounts import amount
from psfacts.text.phrases import sureness

_ABOUT = """
Beside each fact stand the time, who stands behind it, the place in the source, what had to be read otherwise than it is
printed, and the id by which `psfacts fact` shows the whole record.
"""

_SAFE = punctuation.translate(str.maketrans("", "", "<>\\"))
"""Characters allowed in a URL between angle brackets."""


def pieces(store: Store) -> Iterator[str]:
    """Return the document in pieces of one or more lines."""
    yield f"# Facts, version {escaped(store.data_version)}\n\n"
    yield from (f"- {escaped(cited(source))} {_address(source)}\n" for source in store.sources)
    yield _ABOUT
    tables = _Tables(store)
    for title, part in (
        ("Countries", tables.countries()),
        ("Timeline", tables.facts(timeline(store=store).events)),
        ("Indicators", tables.indicators()),
        ("Relations", tables.relations()),
        ("Claims by topic", tables.claims()),
        ("Errata", tables.errata()),
    ):
        yield f"\n## {title}\n"
        yield from part


class _Tables:
    """Makes the parts of the document."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._read_in: dict[Id, list[Id]] = defaultdict(list)
        for fact in store.facts:
            for key in fact.errata:
                self._read_in[key].append(fact.id)

    def countries(self) -> Iterator[str]:
        """Return a table of the countries, with links to the facts about each below."""
        found = countries(store=self._store)
        yield f"\n{markdown.answer(found, View())}"
        for summary in found.countries:
            yield f"\n### {escaped(summary.name)}\n\n"
            profile = country(summary.id, store=self._store)
            for kind in ("observations", "events", "relations", "claims"):
                if facts := getattr(profile, kind):
                    yield f"- {kind.capitalize()}: {'; '.join(_link(fact.id, fact.headline) for fact in facts)}\n"
            if profile.errata:
                yield f"- Errata: {'; '.join(_link(erratum.id) for erratum in profile.errata)}\n"

    def indicators(self) -> Iterator[str]:
        """Return the values of each indicator, and the countries on which the source is silent."""
        for indicator in sorted(self._store.indicators, key=lambda indicator: (indicator.name, indicator.id)):
            yield f"\n### {escaped(indicator.name)}\n\n{escaped(indicator.description)}\n"
            found = compare(indicator.id, store=self._store)
            compared = [value for row in found.rows for value in row.values.values() if value]
            every = self._store.observations(indicators=[indicator.id])
            yield from self.facts({fact.id: fact for fact in (*compared, *every)}.values())
            if found.silent:
                yield f"\nThe source is silent on {', '.join(map(escaped, map(self._name, found.silent)))}.\n"

    def relations(self) -> Iterator[str]:
        """Return the relations by the entity that they start from."""
        found = [fact for fact in self._store.facts if fact.kind == "relation"]
        found.sort(key=lambda fact: (self._name(fact.subject), fact.id))
        return self.facts(found)

    def claims(self) -> Iterator[str]:
        """Return the claims by topic; one with several topics is under its first."""
        found = sorted((fact for fact in self._store.facts if fact.kind == "claim"), key=lambda fact: fact.topics[0])
        for topic, facts in groupby(found, key=lambda fact: fact.topics[0]):
            yield f"\n### {escaped(self._store.topic_names.get(topic, topic))}\n"
            yield from self.facts(facts)

    def errata(self) -> Iterator[str]:
        """Return the errata by kind, with the facts that depend on each."""
        for kind, group in groupby(errata(store=self._store).errata, key=lambda erratum: erratum.kind):
            yield f"\n### {kind.replace('-', ' ').capitalize()}\n"
            yield from _table(map(self._erratum, group))

    def facts(self, facts: Iterable[Fact]) -> Iterator[str]:
        """Return a table of facts of one kind."""
        return _table(map(self._fact, facts))

    def _fact(self, fact: Fact) -> dict[str, Cell]:
        """Return the row of a fact: country and value of an observation, or else the sentence."""
        concluded = " (in part concluded)" if fact.when and fact.when.inferred else ""
        told: dict[str, Cell] = {"statement": fact.statement}
        if fact.kind == "observation":
            told = {"country": self._name(fact.subject)}
            told["value"] = amount(fact.value, self._store.indicator(fact.indicator))
        return {
            "when": f"{fact.when.text}{concluded}" if fact.when else None,
            **told,
            "standing": self._stands(fact),
            "place": self._place(fact),
            "errata": tuple(map(_link, fact.errata)),
            "fact": _anchor(fact.id),
        }

    def _erratum(self, erratum: Erratum) -> dict[str, Cell]:
        return {
            "printed": erratum.printed,
            "doubt" if erratum.kind == "doubt" else "reading": erratum.reading,
            "reason": erratum.reason,
            "how sure": sureness(erratum),
            "place": self._place(erratum),
            "facts": tuple(map(_link, self._read_in[erratum.id])),
            "erratum": _anchor(erratum.id),
        }

    def _stands(self, fact: Fact) -> str:
        if fact.standing == "attributed":
            return f"attributed to {', '.join(map(self._name, fact.asserted_by))}"
        return "the author's view" if fact.standing == "assessed" else "reported"

    def _place(self, record: Fact | Erratum) -> tuple[str, ...]:
        several = len(self._store.sources) > 1
        return tuple(
            (f"{place.source} " if several else "") + place.section + f" par. {place.paragraph}" * bool(place.paragraph)
            for place in self._store.locators([record])[record.id]
        )

    def _name(self, key: Id) -> str:
        return self._store.entity(key).name


def _table(rows: Iterable[dict[str, Cell]]) -> Iterator[str]:
    """Return a table of rows with the same columns, if there are any."""
    if known := [*rows]:
        yield "\n"
        yield from markdown.lines(Table("", "", tuple(known[0]), [tuple(row.values()) for row in known]))


def _anchor(key: Id) -> Markup:
    return Markup(f'<a id="{key}"></a>`{key}`')


def _link(key: Id, text: str = "") -> Markup:
    return Markup(f"[{escaped(text) or key}](#{key})")


def _address(source: Source) -> str:
    """Return the address of a source, as a link if it is a web address."""
    address = link(source)
    return f"<{quote(address, safe=_SAFE)}>" if address else escaped(source.url)
