"""The search index of the page: stems of keywords, groups of synonyms, names from all over the world."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from string import printable

from psfacts.finding import evidence, judging, ranking
from psfacts.finding.stemming import Stemmer
from psfacts.finding.words import STOP, WEAK, vocabulary, world
from psfacts.model import Entity, Fact
from psfacts.store.store import Store
from psfacts.text.names import fold, spellings

_WEIGHTS: dict[str, object] = {
    "common": evidence.COMMON_WEIGHT,
    "weak": evidence.WEAK_WEIGHT,
    "synonym": evidence.SYNONYM,
    "named": evidence.NAMED,
    "around": evidence.AROUND,
    "headline": ranking.HEADLINE,
    "unfit": ranking.UNFIT,
    "least": judging.LEAST,
    "close": judging.CLOSE,
}
"""Weights of fields in the program's search, which the page uses, too."""

_LONGEST = 2
"""Maximum number of words in a phrase of the page's vocabulary."""

_ELSEWHERE = 3
"""Number of names kept for each country, person and other that is not in the base."""


_STEPS = "".join(sorted(set(printable) - set(" \t\n\r\v\f\"&'<>\\;")))
"""Characters for steps from one number to a later one: the first is for none, the last for a step that goes on."""


def words(store: Store, facts: Sequence[Fact]) -> dict[str, object]:
    """Return the search words of ``facts``, in page order, beyond their own text."""
    own = [fold(f"{fact.statement} {fact.headline}").split() for fact in facts]
    kept = [fold(" ".join(fact.keywords)).split() for fact in facts]
    groups = [[words for words in map(str.split, group) if len(words) <= _LONGEST] for group in vocabulary().groups]
    names = [fold(" ".join(spellings(entity))).split() for entity in store.entities]
    stems = _stems([*own, *kept, *names, *(phrase for group in groups for phrase in group)])
    known = {stems[word] for text in (*own, *kept, *names) for word in text}
    here, elsewhere = _world(store)
    keys = ({stems[word] for word in looked if word not in STOP | WEAK} for looked in kept)
    others = (looked.difference(map(stems.__getitem__, words)) for looked, words in zip(keys, own, strict=True))
    return {
        "steps": _STEPS,
        "keys": ";".join(_by_stem(others)),
        "alike": [*_alike(groups, stems, known)],
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


def _by_stem(keys: Iterable[Iterable[str]]) -> Iterator[str]:
    """Return the ``keys`` of facts in compact form: each with the length shared with the one before, and its facts.

    Facts are given by the steps from one to the next.
    """
    places: dict[str, list[int]] = defaultdict(list)
    for at, stems in enumerate(keys):
        for stem in stems:
            places[stem].append(at)
    for before, stem in pairwise(["", *sorted(places)]):
        shared = max(length for length in range(10) if stem[:length] == before[:length])
        steps = (divmod(later - earlier, len(_STEPS) - 1) for earlier, later in pairwise([0, *places[stem]]))
        yield f"{shared}{stem[shared:]} {''.join(_STEPS[-1] * more + _STEPS[step] for more, step in steps)}"


def _alike(groups: Iterable[list[list[str]]], stems: Mapping[str, str], known: set[str]) -> Iterator[str]:
    """Return the groups of synonymous phrases, as stems, of which the base has any."""
    for group in groups:
        phrases = dict.fromkeys(" ".join(stems[word] for word in phrase) for phrase in group)
        if any(known.issuperset(phrase.split()) for phrase in phrases):
            yield ",".join(phrases)


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
