"""A whole fact base as a Markdown document: countries with profiles, timeline, indicators, claims by topic, errata."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from string import punctuation
from urllib.parse import quote

from psfacts.answers.compare import compare
from psfacts.answers.countries import countries
from psfacts.answers.country import country
from psfacts.answers.errata import errata
from psfacts.answers.timeline import timeline
from psfacts.model import Erratum, Fact, Id, Observation
from psfacts.render.markdown import escaped
from psfacts.render.sources import published
from psfacts.store.store import Store
from psfacts.text.amounts import amount
from psfacts.text.phrases import sureness


def pieces(store: Store) -> Iterator[str]:
    """Return the document, a piece a part."""
    dossier = _Dossier(store)
    for part in (dossier.head, dossier.countries, dossier.profiles, dossier.timeline, dossier.indicators):
        yield from _lines(part())
    for part in (dossier.relations, dossier.claims, dossier.errata):
        yield from _lines(part())


def _lines(lines: Iterable[str]) -> Iterator[str]:
    return (f"{line}\n" for line in lines)


@dataclass(frozen=True)
class _Dossier:
    """The parts of the document, each as lines."""

    store: Store

    def head(self) -> Iterator[str]:
        """Return the title, the sources and how to read the rest."""
        yield f"# Facts, version {escaped(self.store.data_version)}"
        yield ""
        for one in self.store.sources:
            where = f"{escaped(one.publisher)}, {published(one)}. {_address(one.url)}"
            yield f"- {escaped(one.author)}: {escaped(one.title)}. {where}"
        yield ""
        yield "After each fact: who stands behind it, the time where the sentence does not say it, the place in the"
        yield "source, and the id by which `psfacts fact` shows the whole record."

    def countries(self) -> Iterator[str]:
        """Return a table of the countries."""
        yield from _heading("Countries")
        yield "| country | codes | capital | memberships | facts |"
        yield "| --- | --- | --- | --- | ---: |"
        for one in countries(store=self.store).countries:
            codes = f"{one.iso.alpha2} {one.iso.alpha3}" if one.iso else ""
            joined = ", ".join(
                self._short(each.organization) + ("" if each.value == "member" else f" ({escaped(each.value)})")
                for each in one.memberships
            )
            yield f"| {escaped(one.name)} | {codes} | {escaped(one.capital or '')} | {joined} | {one.facts} |"

    def profiles(self) -> Iterator[str]:
        """Return what there is about each country, as links to the facts below."""
        yield ""
        for one in countries(store=self.store).countries:
            yield from (f"### {escaped(one.name)}", "")
            found = country(one.id, store=self.store)
            parts = (found.observations, found.events, found.relations, found.claims)
            for kind, facts in zip(("Observations", "Events", "Relations", "Claims"), parts, strict=True):
                if facts:
                    yield f"- {kind}: {'; '.join(_link(fact.id, escaped(fact.headline)) for fact in facts)}"
            if found.errata:
                yield f"- Errata: {'; '.join(_link(one.id) for one in found.errata)}"
            yield ""

    def timeline(self) -> Iterator[str]:
        """Return the events in the order of time."""
        yield from _heading("Timeline")
        for event in timeline(store=self.store).events:
            yield f"- **{escaped(event.when.text)}** – {self._fact(event, timed=True)}"

    def indicators(self) -> Iterator[str]:
        """Return a table an indicator: value, time, who says so, where."""
        yield from _heading("Indicators")
        for indicator in sorted(self.store.indicators, key=lambda one: (one.name, one.id)):
            yield from (f"### {escaped(indicator.name)}", "", escaped(indicator.description), "")
            found = compare(indicator.id, store=self.store)
            values = [one for row in found.rows for one in row.values.values() if one]
            listed = {one.id for one in values}
            others = [one for one in self.store.observations(indicators=[indicator.id]) if one.id not in listed]
            yield "| country | value | when | standing | place | fact |"
            yield "| --- | ---: | --- | --- | --- | --- |"
            for one in (*values, *others):
                yield self._observation(one)
            if found.silent:
                yield ""
                yield f"The source is silent on {', '.join(map(self._name, found.silent))}."
            yield ""

    def relations(self) -> Iterator[str]:
        """Return the relations by the entity that they go out from."""
        yield from _heading("Relations")
        found = [fact for fact in self.store.facts if fact.kind == "relation"]
        for fact in sorted(found, key=lambda fact: (self._name(fact.subject), fact.id)):
            yield f"- {self._fact(fact)}"

    def claims(self) -> Iterator[str]:
        """Return the claims by topic; one with several topics stands under its first."""
        yield from _heading("Claims by topic")
        names = {topic.id: topic.name for topic in self.store.topics}
        found = [fact for fact in self.store.facts if fact.kind == "claim"]
        for topic, facts in groupby(sorted(found, key=lambda fact: fact.topics[0]), key=lambda fact: fact.topics[0]):
            yield from (f"### {escaped(names.get(topic, topic))}", "")
            yield from (f"- {self._fact(fact)}" for fact in facts)
            yield ""

    def errata(self) -> Iterator[str]:
        """Return the errata by kind."""
        yield from _heading("Errata")
        for kind, group in groupby(errata(store=self.store).errata, key=lambda one: one.kind):
            yield from (f"### {kind.replace('-', ' ').capitalize()}", "")
            yield from (f"- {self._erratum(one)}" for one in group)
            yield ""

    def _fact(self, fact: Fact, *, timed: bool = False) -> str:
        """Return a fact in one line, with all that goes with it."""
        when = None if timed or not fact.when else escaped(fact.when.text)
        concluded = "date in part concluded" if fact.when and fact.when.inferred else None
        read = f"see errata {', '.join(map(_link, fact.errata))}" if fact.errata else None
        notes = [self._stands(fact), when, concluded, self._place(fact), read]
        return f"{_anchor(fact.id)}{escaped(fact.statement)} ({'; '.join(note for note in notes if note)}; `{fact.id}`)"

    def _observation(self, one: Observation) -> str:
        value = escaped(amount(one.value, self.store.indicator(one.indicator)))
        when = escaped(one.when.text) + (" (in part concluded)" if one.when.inferred else "")
        cells = (
            self._name(one.subject),
            value,
            when,
            self._stands(one),
            self._place(one),
            f"{_anchor(one.id)}`{one.id}`",
        )
        return f"| {' | '.join(cells)} |"

    def _erratum(self, one: Erratum) -> str:
        verb = "is doubtful:" if one.kind == "doubt" else "is read as"
        reading = escaped(one.reading) if one.kind == "doubt" else f"“{escaped(one.reading)}”."
        facts = ", ".join(map(_link, self._read_in.get(one.id, ())))
        notes = (sureness(one), self._place(one), f"in {facts}" if facts else "", f"`{one.id}`")
        said = f"“{escaped(one.printed)}” {verb} {reading} {escaped(one.reason)}"
        return f"{_anchor(one.id)}{said} ({'; '.join(filter(None, notes))})"

    @cached_property
    def _read_in(self) -> dict[Id, list[Id]]:
        """The facts that rest on each erratum."""
        found: dict[Id, list[Id]] = {}
        for fact in self.store.facts:
            for erratum in fact.errata:
                found.setdefault(erratum, []).append(fact.id)
        return found

    def _stands(self, fact: Fact) -> str:
        if fact.standing == "attributed":
            return f"attributed to {', '.join(map(self._name, fact.asserted_by))}"
        return "the author's view" if fact.standing == "assessed" else "reported"

    def _place(self, record: Fact | Erratum) -> str:
        several = len(self.store.sources) > 1
        places = self.store.locators([record])[record.id]
        return ", ".join(
            (f"{one.source} " if several else "") + one.section + (f" par. {one.paragraph}" if one.paragraph else "")
            for one in places
        )

    def _name(self, key: Id) -> str:
        return escaped(self.store.entity(key).name)

    def _short(self, key: Id) -> str:
        entity = self.store.entity(key)
        return escaped(entity.short or entity.name)


def _anchor(key: Id) -> str:
    return f'<a id="{key}"></a>'


def _link(key: Id, text: str = "") -> str:
    return f"[{text or key}](#{key})"


def _heading(title: str) -> tuple[str, ...]:
    return ("", f"## {title}", "")


_SAFE = punctuation.translate(str.maketrans("", "", "<>\\"))
"""What may stand in an address between angle brackets."""


def _address(url: str) -> str:
    """Return an address as a link where it is one of the web, else as text."""
    return f"<{quote(url, safe=_SAFE)}>" if url.lower().startswith(("http://", "https://")) else escaped(url)
