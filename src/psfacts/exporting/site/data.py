"""What the page shows, as one JSON object: the records of the base in few words, and what is made of them here."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import date
from typing import TypeVar

from pydantic import JsonValue

from psfacts.answers.cite import cite
from psfacts.answers.compare import compare
from psfacts.answers.countries import countries
from psfacts.answers.coverage import coverage
from psfacts.answers.timeline import timeline
from psfacts.exporting.site.words import words
from psfacts.model import Erratum, Event, Fact, Observation, Record, Source, When
from psfacts.render import citation, svg
from psfacts.render.charts import scale
from psfacts.render.json import visible_strings
from psfacts.render.sources import language, published, translation
from psfacts.render.times import brief
from psfacts.store.store import Store
from psfacts.text.amounts import amount
from psfacts.text.visible import visible

R = TypeVar("R", Fact, Erratum)
V = TypeVar("V", bound=Hashable)

Object = dict[str, JsonValue]

_FACT = (
    *("id", "kind", "title", "standing", "asserted_by", "entities", "topics", "errata", "replaces", "context"),
    *("subject", "predicate", "object", "indicator", "value"),
)
_ERRATUM = ("id", "kind", "printed", "reading", "reason", "basis", "certainty")

_MARKS = ("\x01", "\x02", "\x03", "\x04", "\x05")
"""What stands in the pattern of a citation for the fact's id, its place, the same as a sentence begins, the characters
and the sections: no text has these."""


_LONG = 20
"""Characters of a time beyond which the page needs one in fewer words."""


class _Pool(dict[V, int]):
    """Values, each with the number that stands for it, so that what is told often stands in the page once."""

    def __missing__(self, value: V) -> int:
        self[value] = len(self)
        return self[value]


class _Records:
    """Facts and errata as the page has them, and what they have in common."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._sources = {source.id: at for at, source in enumerate(store.sources)}
        self.citations = _Pool[tuple[str, ...]]()
        self.places = _Pool[str]()
        self.times = _Pool[tuple[str, str, str, bool, str]]()

    def fact(self, fact: Fact) -> Object:
        """Return a fact without its statement, which stands in the page as text."""
        cited = cite(fact.id, store=self._store)
        place = citation.places(cited.locators)
        sections = "; ".join(dict.fromkeys(locator.title for locator in cited.locators))
        values = fact.id, place, place[:1].upper() + place[1:], citation.characters(cited.passages), sections
        told = _kept(fact, *_FACT) | self._place(fact)
        told["cite"] = self.citations[tuple(_pattern(style(cited), values) for style in citation.STYLES.values())]
        if fact.when:
            told["when"] = self._time(fact.when)
        if isinstance(fact, Observation):
            told["amount"] = visible(amount(fact.value, self._store.indicator(fact.indicator)))
        return told

    def erratum(self, erratum: Erratum) -> Object:
        """Return an erratum."""
        return _kept(erratum, *_ERRATUM) | self._place(erratum)

    def _time(self, when: When) -> int:
        days, text = (str(when.earliest), str(when.latest)), visible(when.text)
        return self.times[*days, text, when.inferred, brief(when, date.max) if len(text) > _LONG else ""]

    def _place(self, record: Fact | Erratum) -> Object:
        place = citation.places(self._store.locators([record])[record.id])
        passages: list[JsonValue] = [[one.start, one.end, self._sources[one.source]] for one in record.evidence]
        return {"place": self.places[visible(place)], "passages": passages}


def content(store: Store, facts: Sequence[Fact], tell: Callable[[int, int], None]) -> Object:
    """Return all that the page shows of ``store`` but the statements of ``facts``, and what it is searched by."""
    records = _Records(store)
    shown: list[JsonValue] = []
    for done, fact in enumerate(facts, 1):
        shown.append(records.fact(fact))
        tell(done, len(facts))
    told: Object = {
        "facts": shown,
        "errata": [records.erratum(erratum) for erratum in in_order(store.errata)],
        "entities": [_kept(entity) for entity in store.entities],
        "countries": [_kept(country, "id", "regions") for country in countries(store=store).countries],
        "indicators": [_kept(one) for one in sorted(store.indicators, key=lambda indicator: indicator.name)],
        "topics": _topics(store, facts),
        "sources": [_source(source) for source in store.sources],
        "coverage": [_kept(section) for section in coverage(store=store).sections],
    }
    made: Object = {
        "version": store.data_version,
        "citations": [[*styles] for styles in records.citations],
        "places": [*records.places],
        "times": [[*time] for time in records.times],
        "scale": _scale(store.events()),
        "pictures": _pictures(store),
        "words": words(store, facts),
    }
    return told | made


def in_order(records: Iterable[R]) -> list[R]:
    """Return facts or errata in the order of the source."""
    return sorted(records, key=lambda record: (record.evidence[0].source, record.evidence[0].start, record.id))


def _topics(store: Store, facts: Iterable[Fact]) -> Object:
    """Return the names of the topics of ``facts``, or their ids in words where they are not declared."""
    names = {topic.id: visible(topic.name) for topic in store.topics}
    return {
        key: names.get(key, key.replace("-", " ")) for key in sorted({key for fact in facts for key in fact.topics})
    }


def _source(source: Source) -> Object:
    read = f"{translation(source)} from {language(source.translated_from)}" if source.translated_from else ""
    sections: list[JsonValue] = [[visible(section.title), section.start] for section in source.sections]
    told = _kept(source, "id", "title", "author", "publisher", "url", "length", "published")
    return told | {"day": published(source), "read": read, "sections": sections}


def _pattern(text: str, values: Iterable[str]) -> str:
    """Return a citation with marks for what differs from fact to fact; many then have the same."""
    for mark, value in zip(_MARKS, values, strict=True):
        text = text.replace(value, mark)
    return text


def _scale(events: Sequence[Event]) -> JsonValue:
    panels: list[JsonValue] = []
    for panel in scale(events):
        ticks: list[JsonValue] = [[str(day), label] for day, label in panel.ticks()]
        panels.append({"first": str(panel.first), "last": str(panel.last), "ticks": ticks})
    return panels


def _pictures(store: Store) -> Object:
    """Return the charts of numbers, and the timeline, as they are drawn for files."""
    measured = [one.id for one in store.indicators if one.type == "number" and store.subjects_of(one.id)]
    charts: Object = {key: svg.answer(compare(key, store=store)) for key in measured}
    return charts | ({"timeline": svg.answer(timeline(store=store))} if store.events() else {})


def _kept(record: Record, *fields: str) -> Object:
    """Return those of ``fields``, or else of all, in which something stands; nothing in them can act on a screen."""
    dumped: Object = record.model_dump(mode="json", include=set(fields) or None)
    return {name: visible_strings(value) for name, value in dumped.items() if value not in (None, [], "", {})}
