"""The topics as a list."""

from __future__ import annotations

from collections import Counter

from psfacts.answers.answer import ALL, BUILT_IN, Answer, Wanted, asked, part
from psfacts.model import Id, Record, Text
from psfacts.store.store import Store


class TopicSummary(Record):
    """A topic and how many facts belong to it."""

    id: Id
    """Id of the topic."""

    name: Text
    """Its name; where the base declares no topics, the words of its id."""

    facts: int
    """How many of the facts asked for belong to it."""


class Topics(Answer):
    """Answer to: what are the facts about?"""

    total: int
    """How many topics there are of those asked for; ``topics`` may be a part of them."""

    topics: tuple[TopicSummary, ...]
    """Topics, those with the most facts first."""


@asked
def topics(wanted: Wanted = ALL, *, limit: int | None = None, offset: int = 0, store: Store = BUILT_IN) -> Topics:
    """List the topics of the facts that are ``wanted``; a part as :func:`facts` does."""
    names = {topic.id: topic.name for topic in store.topics}
    counts = Counter(key for fact in wanted.facts(store) for key in fact.topics)
    if wanted == ALL:
        counts.update(dict.fromkeys(names, 0))
    found = [
        TopicSummary(id=key, name=names.get(key) or key.replace("-", " ").capitalize(), facts=count)
        for key, count in counts.items()
    ]
    found.sort(key=lambda topic: (-topic.facts, topic.id))
    return Topics(total=len(found), topics=part(found, limit, offset))
