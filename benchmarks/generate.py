"""Make a fact base of any size out of the model's own types: the same for the same number of facts, every time.

A base is a row of worlds. A world is what one article tells: its source, six countries in two regions, six persons, and
150 facts with their errata. Worlds share nothing but the indicators and four organizations, so a country
has as many facts in a large base as in a small one, and what a lookup costs can be compared.

    python benchmarks/generate.py 1000 base.json
    python benchmarks/generate.py 1000000 base.jsonl
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Any

from psfacts.model import (
    SCHEMA_VERSION,
    Claim,
    Entity,
    EntityType,
    Erratum,
    Event,
    Fact,
    Indicator,
    Observation,
    Passage,
    Record,
    Relation,
    Section,
    Source,
    Uncited,
    When,
)

FACTS = 150
"""Facts of a world."""

COUNTRIES = 6
ERRATA = 30
LENGTH = 15_000
STEP = 90
"""Characters between the starts of two passages."""

NUMBERS = ("exports", "food-prices", "inflation", "migrants", "remittances", "tourists")
ORGANIZATIONS = ("amber-league", "border-pact", "customs-circle", "delta-bank")
TOPICS = ("energy", "migration", "sanctions", "security", "trade")
WORDS = ("harbour", "grain", "border", "treaty", "garrison", "railway", "pipeline", "election", "embargo", "tariff")
SYLLABLES = tuple(a + b for a in "bdfglmnrstv" for b in "aeiou")

Lists = dict[str, Callable[[], Iterator[Record]]]


def name(number: int) -> str:
    """Return an invented proper name, another one for each number up to 9 million."""
    made = ""
    for _ in range(4):
        number, at = divmod(number, len(SYLLABLES))
        made += SYLLABLES[at]
    return made.capitalize()


def passage(world: int, at: int, words: str = "") -> Passage:
    """Return the passage number ``at`` of a world's article, or the one that consists of ``words``."""
    start = at * STEP
    printed = words or f"{world} {at}"
    return Passage(
        source=f"source-{world:06}",
        start=start,
        end=start + (len(words) or STEP),
        sha256=sha256(printed.encode()).hexdigest(),
    )


def source(world: int) -> Source:
    """Return the article of a world."""
    return Source(
        id=f"source-{world:06}",
        title=f"What became of the {name(world)} coast",
        author=f"A. {name(world + 7)}",
        publisher="The Scale Review",
        published=date(2031, 1, 1) + timedelta(days=world % 365),
        url=f"https://example.org/{world}",
        language="en",
        translated_from=None,
        translation=None,
        length=LENGTH,
        sha256=sha256(str(world).encode()).hexdigest(),
        sections=tuple(
            Section(id=f"part-{at}", title=f"Part {at}", start=at * 3000, paragraphs=(at * 3000 + 50, at * 3000 + 1500))
            for at in range(5)
        ),
    )


def _entity(
    key: str,
    kind: EntityType,
    called: str,
    aliases: tuple[str, ...] = (),
    members: tuple[str, ...] = (),
    capital: str | None = None,
    role: str | None = None,
    of: str | None = None,
) -> Entity:
    return Entity(
        id=key,
        type=kind,
        name=called,
        short=None,
        aliases=tuple(sorted(aliases)),
        iso=None,
        capital=capital,
        members=members,
        role=role,
        of=of,
        wikidata=None,
    )


def country(world: int, number: int) -> str:
    """Return the id of a country."""
    return f"w{world:06}-country-{number:02}"


def region(world: int, number: int) -> str:
    """Return the id of a region."""
    return f"w{world:06}-region-{number}"


def entities(world: int) -> Iterator[Entity]:
    """Return the entities of a world by id."""
    for at in range(COUNTRIES):
        called = name(world * COUNTRIES + at)
        aliases = (f"{called}ian", f"Republic of {called}", f"Land of the {called}ians")
        yield _entity(country(world, at), "country", called, aliases, capital=f"{called} City")
    for at in range(6):
        of = country(world, at)
        yield _entity(
            f"w{world:06}-person-{at}", "person", f"Ada {name(world * 6 + at)}-{world}-{at}", role="President", of=of
        )
    for at in range(2):
        members = tuple(country(world, one) for one in range(at * 3, at * 3 + 3))
        yield _entity(region(world, at), "region", f"{name(world)} Shore {world} {'ab'[at]}", members=members)


def indicators() -> Iterator[Indicator]:
    """Return the indicators, which all worlds share."""
    made = [
        Indicator(
            id=key,
            name=key.replace("-", " ").capitalize(),
            description=f"The {key} of a country in a year.",
            type="number",
            unit="% of GDP",
            categories=(),
            aliases=(),
            membership_of=None,
        )
        for key in NUMBERS
    ]
    made += [
        Indicator(
            id=f"{key}-membership",
            name=f"Membership in {key}",
            description="Where a country stands.",
            type="category",
            unit=None,
            categories=("member", "candidate", "outside"),
            aliases=(),
            membership_of=key,
        )
        for key in ORGANIZATIONS
    ]
    yield from sorted(made, key=lambda one: one.id)


def _statement(world: int, at: int, subject: str, told: str) -> str:
    words = " and the ".join(WORDS[(at + shift * 3 + world) % len(WORDS)] for shift in range(3))
    return f"{subject} {told}, after months of quarrels over the {words} of the {name(world)} coast, number {at}."


def facts(world: int) -> Iterator[Fact]:
    """Return the facts of a world by id."""
    for at in range(FACTS):
        yield _fact(world, at)


def _fact(world: int, at: int) -> Fact:
    subject, other = at % COUNTRIES, (at * 5 + 1) % COUNTRIES
    other = (other + 1) % COUNTRIES if other == subject else other
    parties = sorted({country(world, subject), country(world, other)})
    parties += [region(world, at % 2)] if at % 10 > 7 else []
    by = (ORGANIZATIONS[at % 4],) if at % 3 == 0 else ()
    called = name(world * COUNTRIES + subject)
    first = date(2020 + at % 10, 1 + at % 12, 1 + at % 28)
    when = When(
        earliest=first, latest=first + timedelta(days=at % 40), text=f"early {first.year}", inferred=at % 2 == 0
    )
    spans = (at, at + 1) if at % 3 == 1 else (at,)
    common: dict[str, Any] = {
        "id": f"w{world:06}-fact-{at:03}",
        "entities": tuple(sorted({*parties, *by})),
        "context": (),
        "topics": (TOPICS[at % 5],),
        "standing": "attributed" if by else "assessed" if at % 7 == 1 else "reported",
        "asserted_by": by,
        "evidence": tuple(passage(world, one) for one in spans),
        "errata": (f"w{world:06}-erratum-{at % ERRATA:02}",) if at % 2 else (),
        "keywords": tuple(sorted({WORDS[(at + shift) % len(WORDS)] for shift in range(5)})),
    }
    match at % 10:
        case 0 | 1 | 2 | 3:
            key = NUMBERS[at % len(NUMBERS)]
            value: float | str = round(1 + (world * 31 + at * 7) % 900 / 10, 1)
            told = f"had {key} of {value}% of gross domestic product in {first.year}"
            return Observation(
                kind="observation",
                indicator=key,
                subject=country(world, subject),
                value=value,
                when=when,
                statement=_statement(world, at, called, told),
                **common,
            )
        case 4:
            key = f"{ORGANIZATIONS[at // 10 % 4]}-membership"
            value = ("member", "candidate", "outside")[(world + at) % 3]
            return Observation(
                kind="observation",
                indicator=key,
                subject=country(world, subject),
                value=value,
                when=when,
                statement=_statement(world, at, called, f"was {value}"),
                **common,
            )
        case 5 | 6:
            return Event(
                kind="event",
                title=f"{called} closes its border",
                when=when,
                statement=_statement(world, at, called, f"closed its border in {first.year}"),
                **common,
            )
        case 7:
            return Relation(
                kind="relation",
                subject=parties[0],
                predicate="arms",
                object=parties[1],
                when=None,
                statement=_statement(world, at, called, "arms its neighbour"),
                **common,
            )
    return Claim(kind="claim", when=None, statement=_statement(world, at, called, "wants peace"), **common)


def errata(world: int) -> Iterator[Erratum]:
    """Return the errata of a world by id."""
    for at in range(ERRATA):
        printed = f"Misprint {world} {at}"
        yield Erratum(
            id=f"w{world:06}-erratum-{at:02}",
            kind="name",
            printed=printed,
            reading=name(world * COUNTRIES + at % COUNTRIES),
            reason="The name was shortened to its first character, which the translation reads as another word.",
            basis="context",
            certainty="likely",
            entities=(country(world, at % COUNTRIES),),
            evidence=(passage(world, at, printed),),
        )


def uncited(world: int) -> Iterator[Uncited]:
    """Return the passages of a world that nothing is drawn from."""
    for at in range(5):
        yield Uncited(id=f"w{world:06}-heading-{at}", passage=passage(world, FACTS + 1 + at), reason="heading")


def lists(count: int) -> Lists:
    """Return the lists of a base of ``count`` facts, each as an iterator of its records by id."""
    worlds = range((count + FACTS - 1) // FACTS)
    shared = [_entity(key, "organization", key.replace("-", " ").title()) for key in ORGANIZATIONS]
    return {
        "sources": lambda: map(source, worlds),
        "entities": lambda: chain(shared, chain.from_iterable(map(entities, worlds))),
        "indicators": indicators,
        "facts": lambda: (one for world in worlds for one in facts(world) if _number(world, one) < count),
        "errata": lambda: chain.from_iterable(map(errata, worlds)),
        "uncited": lambda: chain.from_iterable(map(uncited, worlds)),
    }


def _number(world: int, fact: Fact) -> int:
    return world * FACTS + int(fact.id[-3:])


def write(count: int, path: Path) -> None:
    """Write a base of ``count`` facts to ``path``: JSON, or JSONL where its name ends so."""
    made = lists(count)
    with path.open("w", encoding="utf-8") as file:
        if path.suffix == ".jsonl":
            meta = {"schema_version": SCHEMA_VERSION, "data_version": "1.0.0"}
            file.write(json.dumps({"list": "meta", "record": meta}) + "\n")
            for key, records in made.items():
                file.writelines(f'{{"list":"{key}","record":{one.model_dump_json()}}}\n' for one in records())
            return
        file.write(f'{{"schema_version":{SCHEMA_VERSION},"data_version":"1.0.0"')
        for key, records in made.items():
            file.write(f',\n"{key}":[')
            for index, one in enumerate(records()):
                file.write((",\n" if index else "\n") + one.model_dump_json())
            file.write("]")
        file.write("}\n")


def main() -> None:
    """Read the command line and write the base."""
    parser = argparse.ArgumentParser(description="Make a fact base of any size.")
    parser.add_argument("facts", type=int)
    parser.add_argument("file", type=Path)
    given = parser.parse_args()
    write(given.facts, given.file)


if __name__ == "__main__":
    main()
