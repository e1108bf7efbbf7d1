"""The data of the page as one JSON object: compact records, and what is computed from them here."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence, Set
from itertools import count, pairwise
from string import printable

from psfacts.answers.checks import coverage
from psfacts.answers.country import compare, timeline
from psfacts.answers.fact import cite
from psfacts.answers.lists import countries, errata
from psfacts.finding import asked, evidence, judging, ranking
from psfacts.finding.stemming import Stemmer
from psfacts.finding.words import STOP, WEAK, vocabulary, world
from psfacts.hooks import Progress, counted
from psfacts.loading.files import resource
from psfacts.model import Entity, Erratum, Fact, Observation, Record, Source
from psfacts.render import citation, svg
from psfacts.render.charts import scale
from psfacts.render.json import visible_strings
from psfacts.render.sources import language, published, translation
from psfacts.render.times import brief
from psfacts.store.store import Store
from psfacts.text.names import fold, spellings
from psfacts.text.phrases import amount

Object = dict[str, object]

FILE = "exporting/site/asked.txt"
"""What words of queries speak for, as in :mod:`psfacts.finding.asked`, but without pairs of words and hidden units, for
which a page has no room. Behind the first line is JSON: the facts, and for each word its weight for there being no
answer, and those for facts."""

STEP = 0.5
"""The unit of these weights."""

_APART = {"statement", "keywords", "when", "evidence"}
"""Fields of facts and errata that are elsewhere in the page, or there in another form."""

_LONG = 20
"""Maximum length of a time; longer ones need a short form, too."""

_ENOUGH = 1.25
"""How sure an answer must be: a little more than in the program, as fewer words tell."""

_WEIGHTS: dict[str, object] = {
    "common": evidence.COMMON_WEIGHT,
    "weak": evidence.WEAK_WEIGHT,
    "synonym": evidence.SYNONYM,
    "named": evidence.NAMED,
    "around": evidence.AROUND,
    "headline": ranking.HEADLINE,
    "of_another": ranking.OF_ANOTHER,
    "asked": ranking.ASKED,
    "step": STEP,
    "unlikely": asked.UNLIKELY,
    "least": judging.LEAST,
    "enough": _ENOUGH,
    "match": judging.MATCH,
    "measured": judging.MEASURED,
    "unknown": judging.UNKNOWN,
    "lacking": judging.LACKING,
    "close": judging.CLOSE,
}
"""Weights of fields in the program's search, which the page uses, too."""

_MOST_WORDS = 2
"""Maximum number of words in a phrase of the page's vocabulary."""

_ELSEWHERE = 3
"""Number of names kept for each country, person and other that is not in the base."""

_STEPS = "".join(sorted(set(printable) - set(" \t\n\r\v\f\"&'<>\\;")))
"""Characters for steps from one number to a later one: the first is for none, the last for a step that goes on."""


class _Records:
    """Facts and errata for the page, and the values that they share."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._sources = [source.id for source in store.sources]
        self._entities = {entity.id: at for at, entity in enumerate(store.entities)}
        # Each new value gets the next number, so that repeated ones are in the page once.
        self.citations: dict[tuple[str, ...], int] = defaultdict(count().__next__)
        self.places: dict[str, int] = defaultdict(count().__next__)
        self.times: dict[tuple[object, ...], int] = defaultdict(count().__next__)
        self.topics: dict[str, int] = defaultdict(count().__next__)

    def fact(self, fact: Fact) -> Object:
        """Return a fact without its statement, which is in the page as text."""
        apart = _APART | {"standing"} if fact.standing == "reported" else _APART  # as most are
        shown = _kept(fact, apart) | self._place(fact) | {"cite": self.citations[self._cited(fact)]}
        shown["entities"] = [self._entities[key] for key in fact.entities]
        shown["topics"] = [self.topics[key] for key in fact.topics]
        if when := fact.when:
            written = self._store.source(fact.evidence[0].source).published
            fewer = brief(when, written) if len(when.text) > _LONG else ""
            shown["when"] = self.times[when.earliest, when.latest, when.text, when.inferred, fewer]
        if isinstance(fact, Observation):
            shown["amount"] = amount(fact.value, self._store.indicator(fact.indicator))
        return shown

    def erratum(self, erratum: Erratum) -> Object:
        """Return an erratum."""
        return _kept(erratum, _APART | {"entities", "replaces"}) | self._place(erratum)

    def _cited(self, fact: Fact) -> tuple[str, ...]:
        """Return the citation of a fact in each style, with marks for the parts that differ between facts.

        These are the fact's id, its place, the same as a sentence begins, the characters and the sections; the marks
        are U+0001 to U+0005, which no text has.
        """
        cited = cite(fact.id, store=self._store)
        place = citation.places(cited.locators)
        sections = "; ".join(dict.fromkeys(locator.title for locator in cited.locators))
        values = fact.id, place, place[:1].upper() + place[1:], citation.characters(cited.passages), sections
        styles = [style(cited) for style in citation.STYLES.values()]
        for mark, value in enumerate(values, 1):
            styles = [text.replace(value, chr(mark)) for text in styles]
        return tuple(styles)

    def _place(self, record: Fact | Erratum) -> Object:
        place = citation.places(self._store.locators([record])[record.id])
        passages = [[passage.start, passage.end, self._sources.index(passage.source)] for passage in record.evidence]
        return {"place": self.places[place], "passages": passages}


def content(store: Store, facts: Sequence[Fact], tell: Progress) -> Object:
    """Return the data of ``store`` for the page and its search, without the statements of ``facts``."""
    records = _Records(store)
    names = store.topic_names
    content = {
        "facts": [*map(records.fact, counted(facts, len(facts), tell))],
        "errata": [*map(records.erratum, errata(store=store).errata)],
        "entities": [*map(_kept, store.entities)],
        "countries": [{"id": country.id, "regions": country.regions} for country in countries(store=store).countries],
        "indicators": [*map(_kept, sorted(store.indicators, key=lambda indicator: indicator.name))],
        "topics": [[key, names.get(key, key.replace("-", " "))] for key in records.topics],
        "sources": [*map(_source, store.sources)],
        "coverage": [*map(_kept, coverage(store=store).sections)],
        "version": store.data_version,
        "places": [*records.places],
        "times": [[*time] for time in records.times],
        "scale": [
            {"first": panel.first, "last": panel.last, "ticks": [*map(list, panel.ticks())]}
            for panel in scale(store.events())
        ],
        "words": _words(store, facts),
    }
    shown = {name: visible_strings(value) for name, value in content.items()}
    return {**shown, "citations": [*records.citations], "pictures": _pictures(store)}


def _source(source: Source) -> Object:
    read = f"{translation(source)} from {language(source.translated_from)}" if source.translated_from else ""
    sections = [[section.title, section.start] for section in source.sections]
    described = _kept(source, {"language", "translated_from", "translation", "sha256"})
    return described | {"day": published(source), "read": read, "sections": sections}


def _pictures(store: Store) -> dict[str, str]:
    """Return the charts of numbers and the timeline as SVG."""
    numbers = [indicator.id for indicator in store.indicators if indicator.type == "number"]
    drawn = {key: svg.answer(compare(key, store=store)) for key in numbers if store.subjects_of(key)}
    return drawn | ({"timeline": svg.answer(timeline(store=store))} if store.events() else {})


def _kept(record: Record, excluded: Set[str] = frozenset()) -> Object:
    """Return the fields of a record that are not empty, without those ``excluded``."""
    dumped = record.model_dump(mode="json", exclude={*excluded})
    return {name: value for name, value in dumped.items() if value not in (None, [], "", {})}


def _words(store: Store, facts: Sequence[Fact]) -> dict[str, object]:
    """Return the search words of ``facts``, in page order, beyond their own text."""
    own = [fold(f"{fact.statement} {fact.headline}").split() for fact in facts]
    kept = [fold(" ".join(fact.keywords)).split() for fact in facts]
    groups = [[words for words in map(str.split, group) if len(words) <= _MOST_WORDS] for group in vocabulary().groups]
    names = [fold(" ".join(spellings(entity))).split() for entity in store.entities]
    stems = _stems([*own, *kept, *names, *(phrase for group in groups for phrase in group)])
    known = {stems[word] for text in (*own, *kept, *names) for word in text}
    here, elsewhere = _world(store)
    learnt = json.loads(resource(FILE).partition(b"\n")[2])
    places = {fact.id: at for at, fact in enumerate(facts)}
    asked_about = [at for key, at in places.items() if key in learnt["facts"]]
    weights = {
        feature: (nothing, {places[key]: weight for key, weight in of.items() if key in places})
        for feature, (nothing, of) in (learnt["weights"].items() if asked_about else ())
    }
    return {
        "steps": _STEPS,
        # Questions have the look-up words of other facts as well.
        "keys": {at: " ".join(kept[at]) for at, fact in enumerate(facts) if fact.id not in learnt["facts"]},
        "known": asked_about,
        "asked": _packed(weights),
        "alike": [*_alike(groups, stems, known, weights)],
        "names": here,
        "elsewhere": elsewhere,
        "numbers": [at for at, fact in enumerate(facts) if ranking.has_number(fact)],
        "weights": _WEIGHTS,
        "stop": " ".join(sorted(STOP)),
        "weak": " ".join(sorted(WEAK)),
    }


def _stems(texts: Iterable[Sequence[str]]) -> Mapping[str, str]:
    every = list(dict.fromkeys(word for text in texts for word in text))
    return dict(zip(every, Stemmer().stems(every), strict=True))


def _packed(keys: Mapping[str, tuple[int, Mapping[int, int]]]) -> str:
    """Return the weights of each key, one of its own and those of facts, in compact form.

    A key is given with the length shared with the one before, facts by the steps from one to the next, and weights by
    how far they are from the middle of the characters for steps.
    """
    lines = []
    for before, key in pairwise(["", *sorted(keys)]):
        shared = max(length for length in range(10) if key[:length] == before[:length])
        own, of = keys[key]
        places = sorted(of)
        steps = (divmod(later - earlier, len(_STEPS) - 1) for earlier, later in pairwise([0, *places]))
        moves = "".join(_STEPS[-1] * more + _STEPS[step] for more, step in steps)
        weights = "".join(_STEPS[weight + len(_STEPS) // 2] for weight in (own, *(of[at] for at in places)))
        lines.append(f"{shared}{key[shared:]} {moves} {weights}")
    return ";".join(lines)


def _alike(
    groups: Iterable[list[list[str]]], stems: Mapping[str, str], known: set[str], weighed: Container[str]
) -> Iterator[str]:
    """Return the groups of synonymous phrases, as stems, of which the base has any, but for words that have weights."""
    for group in groups:
        phrases = dict.fromkeys(" ".join(stems[word] for word in phrase) for phrase in group)
        here = [phrase for phrase in phrases if known.issuperset(phrase.split())]
        others = [phrase for phrase in phrases if phrase not in here and phrase not in weighed]
        if here and len(here) + len(others) > 1:
            yield ",".join((*here, *others))


def _world(store: Store) -> tuple[dict[str, object], list[str]]:
    """Return other names of the entities of the base by their ids, and names of what it does not have."""
    here: dict[str, object] = {}
    elsewhere: list[str] = []
    for labels in world().groups:
        spelt = [label for label in labels if not label.isupper()]
        found = [record for label in spelt for record in store.by_name(fold(label)) if isinstance(record, Entity)]
        if found:
            own = set(map(fold, spellings(found[0])))
            here[found[0].id] = ",".join(label for label in spelt[1:] if label not in own)
        else:
            plain = [label for label in spelt[1:] if label.isascii()][:_ELSEWHERE]
            elsewhere.append(",".join([*(label for label in labels if label.isupper()), *plain]))
    return here, elsewhere
