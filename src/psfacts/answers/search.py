"""The answer to a search."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from itertools import islice

from psfacts.answers.answer import BUILT_IN, Answer, Wanted, asked, backing, indicators_of, part, unique
from psfacts.answers.short import OF_RECORDS, ShortAnswer, short_answer, ways_on
from psfacts.finding.finder import Finder, Found
from psfacts.finding.judging import Missing
from psfacts.finding.ranking import Scored
from psfacts.model import Erratum, Fact, Indicator, Kind, Record
from psfacts.store.places import Locators
from psfacts.store.store import Store

LIMIT = 5
"""Default number of hits."""

RELATED = 3
"""Maximum number of related facts."""

_LEAST_RELATED = 0.2
_LONGEST_SHOWN = 10_000


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


class Search(Answer):
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

    errata: tuple[Erratum, ...]
    """Errata that the facts' readings depend on."""

    locators: Locators
    """Where facts and errata stand."""

    _offset: int = 0

    @property
    def offset(self) -> int:
        """Number of best hits skipped before ``hits``; not part of the JSON."""
        return self._offset


@asked
def search(
    words: str,
    *,
    limit: int = LIMIT,
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
    part((), limit, offset)  # refuses what are no counts before anything is looked for
    found = store.kept(Finder).find(words)
    ranked = [scored for scored in found.ranked if wanted.matches(scored.fact)]
    every = found.judge.hits(ranked)
    answer = short_answer(found.query, [scored.fact for scored in every], store)
    if answer and answer.compared:  # whoever asks for the most sees that first
        of = {scored.fact.id: scored for scored in ranked}
        first = [of[fact.id] for fact in answer.compared if fact.id in of]
        every = [*first, *(scored for scored in every if scored not in first)]
    elif answer and answer.kind in OF_RECORDS:  # no fact says so, and what facts say beside it was not asked for
        every = []
    hits = part(every, limit, offset)
    related = [] if every or answer else [scored for scored in ranked if scored.score >= _LEAST_RELATED][:RELATED]
    facts = unique([*(scored.fact for scored in (*hits, *related)), *(answer.compared if answer else ())])
    made = Search(
        query=_shown(words),
        corrections=tuple(Correction(written=written, read=read) for written, read in found.query.readings),
        answer=answer,
        ways=ways_on(found.query, store),
        total=len(every),
        is_cut=found.is_cut,
        hits=_shown_hits(store, found, hits),
        related=_shown_hits(store, found, related),
        missing=() if every or answer else _missing(found, ranked),
        indicators=indicators_of(store, facts),
        **backing(store, facts),
    )
    made._offset = offset
    return made


def _missing(found: Found, ranked: Sequence[Scored]) -> tuple[Missing, ...]:
    if found.judge.hits(found.ranked):
        return (Missing(text="There are facts that answer this, but the options leave none of them."),)
    return tuple(found.judge.missing(ranked))


def _shown_hits(store: Store, found: Found, chosen: Sequence[Scored]) -> tuple[Hit, ...]:
    marks = store.kept(Finder).marks(found.query, [scored.fact for scored in chosen]) if chosen else []
    pairs = zip(chosen, marks, strict=True)
    return tuple(Hit(score=min(1.0, round(hit.score, 3)), fact=hit.fact, marks=spans) for hit, spans in pairs)


def _shown(words: str) -> str:
    """Return the query as the answer repeats it: shortened, and without lone surrogates, which JSON lacks."""
    return "".join(islice(words, _LONGEST_SHOWN)).encode(errors="backslashreplace").decode()
