"""The answer to a search: facts, what one of them or a record states directly, and related commands."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import suppress
from datetime import date
from itertools import dropwhile
from typing import Literal

from pydantic import Field
from pydantic.json_schema import SkipJsonSchema

from psfacts.answers.answer import BUILT_IN, GROUPS, Backed, Wanted, asked, backing, measured, part, unique
from psfacts.errors import NotFoundError
from psfacts.finding.finder import Finder, Found
from psfacts.finding.judging import Missing
from psfacts.finding.query import Query
from psfacts.finding.ranking import Scored
from psfacts.finding.roles import SAYING
from psfacts.model import Entity, Event, Fact, Id, Indicator, Kind, Observation, Record, Relation, Text, Value
from psfacts.store.resolve import countries_of
from psfacts.store.store import Store
from psfacts.text.names import fold
from psfacts.text.phrases import amount, command_for, listed, words_of

RELATED = 3
"""Maximum number of related facts."""

_LEAST_RELATED = 0.2
_LONGEST_SHOWN = 10_000

Told = Literal["value", "holder", "time", "capital", "code", "region", "membership", "comparison"]
"""What is told: the value of an observation, who holds an office, when something happened, what the record of a country
holds, or how countries compare."""

OF_RECORDS: tuple[Told, ...] = ("capital", "code", "region")
"""Kinds that the record of a country holds by itself, without a fact."""

_LEAST = words_of("least lowest smallest fewest bottom less fewer lower smaller")
_RANKED = words_of("most highest largest biggest greatest top rank ranking compare comparison") | _LEAST
_WHICH = words_of("which what")
_BESIDE_WHICH = words_of("are is the of other all former these those")
"""What stands before that of which one is asked for, beside names: *which of the other Central Asian countries*."""
_COUNTRIES = words_of("country countries state states nation nations republic republics")
_VAGUE = words_of("profile overview background summary biography history story details facts fact") | SAYING
_TURNING = words_of("no not nor never without except second third fourth fifth next why")
"""Words with which a question asks for something else than without them: for who does not, or for another one."""
_JOINING = words_of("and or vs versus than both between")
"""Words that set those who are named beside each other."""
_COMPARING = words_of("more higher larger bigger less fewer lower smaller") | _JOINING
_CODES = words_of("code codes iso abbreviation")
_MEMBERSHIP = words_of("member members membership memberships organization organizations bloc blocs")

_MOST_TOLD = 20
"""Maximum number of countries in the line of a comparison."""


class Correction(Record):
    """A word of a query that was replaced: a misspelt one, or a code."""

    written: str
    """The word as it was written, folded."""

    read: str
    """The known word or name that it was read as."""


class Hit(Record):
    """A fact found by a search."""

    score: float
    """How well the fact matches the query, from 0 to 1; comparable within one search only."""

    fact: Fact
    """The fact."""

    marks: tuple[tuple[int, int], ...]
    """Start and end of the matching words in the fact's statement, in code points."""


class ShortAnswer(Record):
    """An answer in one line."""

    kind: Told
    """What is told: the value of an observation, who holds an office, when something happened, what the record of a
    country holds, or how countries compare."""

    text: Text
    """The answer in words, such as ``Inflation in Kazakhstan: 14% (May 2022)``."""

    value: Value
    """The answer itself: a number in ``unit``, a category, a name, a code, a time; of a comparison the first value."""

    unit: Text | None
    """Unit of a number."""

    fact: Id | None
    """Id of the fact that says so."""

    entity: Id | None
    """Id of the entity that it is about."""

    compared: tuple[Observation, ...]
    """Of a comparison the observations, first the one that was asked for."""


class Search(Backed):
    """Answer to a question in a person's own words."""

    query: str
    """The question as it was asked."""

    corrections: tuple[Correction, ...]
    """Words that were replaced, misspelt ones and codes, with what they were read as."""

    answer: ShortAnswer | None
    """The answer in one line, if a fact or another record states it directly; never a guess."""

    ways: tuple[str, ...]
    """Commands that show more about what the query only names, or asks to compare."""

    total: int
    """Total number of facts that answer the question, of which ``hits`` may be a part."""

    is_cut: bool
    """Whether there may be more: a search examines only some hundreds of facts that share the query's words."""

    hits: tuple[Hit, ...]
    """Facts that answer the question, best first; empty if none does."""

    related: tuple[Hit, ...]
    """If there are no hits, the facts that come closest without answering."""

    missing: tuple[Missing, ...]
    """If there are no hits, what the fact base lacks, as far as that is clear."""

    indicators: tuple[Indicator, ...]
    """The indicators of the observations among the facts."""

    offset: SkipJsonSchema[int] = Field(default=0, exclude=True)
    """Number of best hits skipped before ``hits``; not part of the JSON."""


@asked
def search(
    words: str,
    *,
    limit: int = 5,
    offset: int = 0,
    kinds: Collection[Kind] = (),
    about: Sequence[str] = (),
    since: date | None = None,
    until: date | None = None,
    store: Store = BUILT_IN,
) -> Search:
    """Find the facts that answer a question, or say what is missing.

    At most ``limit`` of the facts are given, after the ``offset`` best; ``total`` counts them all. ``kinds`` keeps
    facts of these kinds only, ``about`` those that name any of these or a region that it belongs to, ``since`` and
    ``until`` those that may have held or happened between these days, both included. No ``words`` are
    an error: what cannot be understood is not found.

    Raises UsageError if ``limit`` is less than 1, ``offset`` less than 0 or ``since`` after ``until``.
    """
    wanted = Wanted(kinds=kinds, about=about, since=since, until=until).resolved(store)
    found = store.kept(Finder).find(words)
    ranked = [scored for scored in found.ranked if wanted.matches(scored.fact)]
    every = found.judge.hits(ranked)
    answer = short_answer(found, [scored.fact for scored in every], store)
    if answer and answer.compared:  # whoever asks for the most sees that first
        of = {scored.fact.id: scored for scored in ranked}
        first = [of[fact.id] for fact in answer.compared if fact.id in of]
        every = [*first, *(scored for scored in every if scored not in first)]
    elif answer and answer.kind in OF_RECORDS:  # no fact says so, and what facts say beside it was not asked for
        every = []
    hits = part(every, limit, offset)
    related = [] if every or answer else [one for one in ranked if one.score >= _LEAST_RELATED and one.match][:RELATED]
    facts = unique([*(scored.fact for scored in (*hits, *related)), *(answer.compared if answer else ())])
    return Search(
        query=words[:_LONGEST_SHOWN].encode(errors="backslashreplace").decode(),  # JSON lacks lone surrogates
        corrections=tuple(Correction(written=written, read=read) for written, read in found.query.readings),
        answer=answer,
        ways=ways_on(found.query, store),
        total=len(every),
        is_cut=found.is_cut,
        hits=_shown_hits(store, found, hits),
        related=_shown_hits(store, found, related),
        missing=() if every or answer else _missing(found, ranked),
        indicators=measured(store, facts),
        **backing(store, facts),
        offset=offset,
    )


def _missing(found: Found, ranked: Sequence[Scored]) -> tuple[Missing, ...]:
    if found.judge.hits(found.ranked):
        return (Missing(text="The options leave out the facts that do."),)
    return tuple(found.judge.missing(ranked))


def _shown_hits(store: Store, found: Found, chosen: Sequence[Scored]) -> tuple[Hit, ...]:
    marks = store.kept(Finder).marks(found.query, [scored.fact for scored in chosen]) if chosen else []
    pairs = zip(chosen, marks, strict=True)
    return tuple(Hit(score=min(1.0, round(hit.score, 3)), fact=hit.fact, marks=spans) for hit, spans in pairs)


def short_answer(found: Found, hits: Sequence[Fact], store: Store) -> ShortAnswer | None:
    """Return the answer in a line, if the best of ``hits``, or a record that is named, holds just what is asked for."""
    query = found.query
    if _TURNING & set(query.words) or query.words[:1] == ("did",):  # what is so has not happened
        return None
    best = hits[0] if hits else None
    if told := _comparison(query, best, store):
        return told if found.judge.unread(told.compared) <= _RANKED | _COMPARING | _WHICH | _COUNTRIES else None
    if "than" in query.words:  # whoever is named is not who is asked for
        return None
    named = [store.entity(key) for key in query.entities]
    if len(named) == 1 and named[0].type == "country" and (told := _of_country(named[0], query, store)):
        return told
    if not best or found.judge.unread([best]) or not found.judge.has_all(best):
        return None
    match best:
        case Event() | Observation() as best if "time" in query.wants:
            return _short("time", f"{best.headline}: {best.when.text}", best.when.text, fact=best.id)
        case Observation() as best if best.indicator in query.indicators and best.subject in query.entities:
            return _value(best, hits, store)
        case Relation() as best if query.offices or "person" in query.wants:
            return _holder(best, query, store)
    return None


def ways_on(query: Query, store: Store) -> tuple[str, ...]:
    """Return the commands that show more about what a query only names, or asks to compare."""
    named, others = [store.entity(key) for key in query.entities], _others(query)
    is_compared = _asks_to_compare(query) or not (named or others) or len(named) > 1
    indicators = [store.indicator(key) for key in query.indicators]
    if len(indicators) == 1 and is_compared and (compared := _compared(indicators[0], query, store)):
        return (" ".join(["psfacts compare", *compared]),)
    if len(named) != 1 or query.indicators or query.period or others - _VAGUE:
        return ()
    by = (f"psfacts facts --by {named[0].id}",) if SAYING & set(query.words) else ()
    return (*by, command_for(named[0]))


def _short(kind: Told, text: str, value: Value, *, fact: Id | None = None, entity: Id | None = None) -> ShortAnswer:
    return ShortAnswer(kind=kind, text=text, value=value, unit=None, fact=fact, entity=entity, compared=())


def _measured(text: str, best: Observation, indicator: Indicator, compared: Sequence[Observation] = ()) -> ShortAnswer:
    """Return the short answer from the ``best`` observation, or from several."""
    short = _short("comparison" if compared else "value", text, best.value, fact=best.id, entity=best.subject)
    return short.model_copy(update={"unit": indicator.unit, "compared": tuple(compared)})


def _others(query: Query) -> set[str]:
    """Return the words of a query beside names and indicators that say something."""
    concepts = (concept for concept in query.concepts if not (concept.name or concept.indicators or concept.is_weak))
    return {word for concept in concepts for word in concept.words}


def _asks_to_compare(query: Query) -> bool:
    """Return whether a query asks for the most or the least, or which countries."""
    names = {word for concept in query.concepts if concept.name for word in concept.words} - _COUNTRIES
    asked = dropwhile(lambda word: word not in _WHICH, query.words)
    kind = next((word for word in asked if word not in names | _WHICH | _BESIDE_WHICH), "")
    return kind in _COUNTRIES or not _RANKED.isdisjoint(query.words)


def _compared(indicator: Indicator, query: Query, store: Store) -> list[Id]:
    """Return the names to compare by what a query asks: the indicator's, and those of countries or groups of them.

    There are none where it names one country alone, or somebody whom the base does not know.
    """
    named = [store.entity(key) for key in query.entities]
    subjects = store.subjects_of(indicator.id) if named else {}  # which may be many
    countries = [entity.id for entity in named if entity.id in subjects]
    if len(countries) == 1 or any(concept.name and not concept.entities for concept in query.concepts):
        return []
    # Whoever has no value of its own may be what is measured, as money from Russia and membership of an organization.
    groups = [entity for entity in named if entity.type in GROUPS and entity.id != indicator.membership_of]
    with suppress(NotFoundError):  # the base may not tell who belongs to a group
        countries_of(store, groups)
        return [indicator.id, *(countries or [group.id for group in groups])]
    return []


def _comparison(query: Query, best: Fact | None, store: Store) -> ShortAnswer | None:
    """Return how countries compare, if a query asks for that."""
    indicators = [store.indicator(key) for key in query.indicators]
    if isinstance(best, Observation) and not indicators and _RANKED & set(query.words):
        indicators = [store.indicator(best.indicator)]
    is_joined = bool(_JOINING & set(query.words))
    if len(indicators) != 1 or not (is_joined or _asks_to_compare(query)):
        return None
    (indicator,) = indicators
    names = _compared(indicator, query, store)
    are_named = is_joined and len(store.subjects_of(indicator.id).keys() & {*names}) > 1
    if not (names and (are_named or (_asks_to_compare(query) and "than" not in query.words))):
        return None
    from psfacts.answers.country import compare  # few searches compare

    told = (row.values[indicator.id] for row in compare(*names, store=store).rows)
    observations = [fact for fact in told if fact and (query.period is None or query.period.meets(fact.when))]
    if set(query.words) & _LEAST and indicator.type == "number":
        observations.reverse()
    asked = f" {' '.join(query.words)} "
    categories = [fact for fact in observations if isinstance(fact.value, str) and f" {fold(fact.value)} " in asked]
    chosen = categories or observations
    is_alone = len(chosen) < (2 if indicator.type == "number" else 1)  # the most of one is no comparison
    if is_alone or (indicator.type == "category" and not (categories or query.memberships or are_named)):
        return None
    first = chosen[0]
    own = len({fact.when.text for fact in chosen}) > 1  # values of different times each tell theirs
    parts = [
        f"{store.entity(fact.subject).name} {amount(fact.value, indicator)}{f' ({fact.when.text})' if own else ''}"
        for fact in chosen[:_MOST_TOLD]
    ]
    more = f" and {len(chosen) - _MOST_TOLD} more" if len(chosen) > _MOST_TOLD else ""
    text = f"{indicator.name}: {', '.join(parts)}{more}{'' if own else f' ({first.when.text})'}"
    return _measured(text, first, indicator, chosen)


def _of_country(country: Entity, query: Query, store: Store) -> ShortAnswer | None:
    """Return the short answer from the record of a country, if the query asks only for that."""
    asked = {word for concept in query.concepts if not concept.name for word in concept.words}
    if asked == {"capital"} and country.capital:
        return _short("capital", f"Capital of {country.name}: {country.capital}", country.capital, entity=country.id)
    if asked and asked <= _CODES and country.iso:
        codes = f"{country.iso.alpha2}, {country.iso.alpha3}, {country.iso.numeric}"
        return _short("code", f"ISO 3166-1 codes of {country.name}: {codes}", country.iso.alpha2, entity=country.id)
    if asked == {"region"}:
        names = [region.name for region in store.regions_of(country.id)]
        return _short("region", f"{country.name}: {listed(names)}", names[0], entity=country.id) if names else None
    if asked and asked <= _MEMBERSHIP:
        memberships = store.memberships_of(country.id)
        names = [f"{store.indicator(fact.indicator).name}: {fact.value}" for fact in memberships]
        return _short("membership", f"{country.name}: {listed(names)}", names[0], entity=country.id) if names else None
    return None


def _value(best: Observation, hits: Sequence[Fact], store: Store) -> ShortAnswer | None:
    """Return the latest value of what ``best`` measures, unless there are several for that time."""
    observations = [fact for fact in hits if isinstance(fact, Observation) and fact.subject == best.subject]
    alike = [fact for fact in observations if fact.indicator == best.indicator]
    latest = max(fact.when.latest for fact in alike)
    values = [fact for fact in alike if fact.when.latest == latest]
    if len({fact.value for fact in values}) > 1:
        return None
    chosen, indicator = values[0], store.indicator(best.indicator)
    name = f"{indicator.name}, {store.entity(best.subject).name}"
    told = f"{name}: {amount(chosen.value, indicator)} ({chosen.when.text})"
    return _measured(told, chosen, indicator)


def _holder(best: Relation, query: Query, store: Store) -> ShortAnswer | None:
    """Return the holder of an office, if a fact says so of a person with that office."""
    person = store.entity(best.subject)
    is_all = all(concept.name or concept.is_office for concept in query.concepts)
    is_holder = person.type == "person" and person.of == best.object
    if not (is_all and is_holder and {person.id, best.object} & set(query.entities)):
        return None
    time = f" ({best.when.text})" if best.when else ""
    told = f"{person.name} {best.predicate} {store.entity(best.object).name}{time}"
    return _short("holder", told, person.name, fact=best.id, entity=person.id)
