"""The commands that answer questions about countries, other entities, indicators and times."""

from __future__ import annotations

import psfacts
from psfacts.cli import values
from psfacts.cli.options import FILTERS, Copied, Names, Options, Output, Period, Regional, Subject, copies_of
from psfacts.cli.values import flag


class Country(Regional):
    """Show the profile of a country.

    Key values at a glance, then events and statements, the most important first; everything with --full.

    Examples:
      psfacts country moldova
      psfacts country moldova --full
      psfacts country MD UA
      psfacts country chisinau --json
    """

    names: Names = values.COUNTRY.one_or_more(
        "NAME",
        "Names, ISO codes, capitals, demonyms or ids of countries, in any of their languages; 'all' means all of them.",
    )

    def _run(self) -> Output:
        from psfacts.answers.country import profiles

        return self.answered(profiles(*self.names, store=self.store()))


class Compare(Options):
    """Compare countries by indicators.

    Without indicators, those that have a value are compared; without countries or groups, all countries.

    Examples:
      psfacts compare remittances
      psfacts compare tajikistan uzbekistan
      psfacts compare central-asia --sort migrants
      psfacts compare remittances migrants central-asia --json
      psfacts compare remittances -o remittances.csv --columns country_name,value,unit
      psfacts compare remittances -o remittances.svg
    """

    names: Names = values.COMPARED.one_or_more(
        "NAME", "Indicators (the columns), and countries, regions or organizations (the rows), in any order."
    )
    sort: str | None = values.SORT_KEY.option(
        "KEY", "Sort by one of the indicators, or by name. The default is the first indicator named, if any.", None
    )
    silent: bool = flag("Add rows without a value where the source is silent.")

    def _run(self) -> Output:
        return self.answered(psfacts.compare(*self.names, sort=self.sort, store=self.store()))


class Timeline(Period, Options, heading=FILTERS):
    """Show events in order, each dated as precisely as the source dates it.

    Examples:
      psfacts timeline
      psfacts timeline karabakh --since 2022
      psfacts timeline moldova russia --until 2022-04 --json
      psfacts timeline belarus --format markdown
      psfacts timeline --topic energy
      psfacts timeline -o timeline.svg
    """

    names: Names = values.ENTITY.any_number(
        "NAME",
        "Only events involving any of these. A date (2022, 2022-04) limits the period, as --since and --until do.",
    )
    topic: Names = values.TOPIC.repeated("ID", "Only events of this topic.")

    def _run(self) -> Output:
        return self.answered(psfacts.timeline(*self.names, topics=self.topic, **self.bounds, store=self.store()))


class About(Regional):
    """Show what is known about a person, organization, place or anything else.

    Examples:
      psfacts about putin
      psfacts about transnistria
      psfacts about "World Bank" --json
    """

    words: Names = values.ENTITY.one_or_more("NAME", "A person, organization, place, region, group or country.")

    def _run(self) -> Output:
        return self.answered(psfacts.about(" ".join(self.words), store=self.store()))


class Search(Period, Subject, Options):
    """Find the facts that answer a question, or say what is missing.

    Names in any language, codes, capitals, misspelt words and synonyms are understood. Where no fact answers the
    question, that is said, and the closest facts are shown separately.

    Examples:
      psfacts search how many tajiks work in russia
      psfacts search "who mediated the karabakh ceasefire?"
      psfacts search embargo --about belarus --kind claim
      psfacts search KZ inflation --json
    """

    words: Names = values.TEXT.one_or_more("WORDS", "A question or keywords, in your own words.")
    limit: int = values.at_least(1).option("N", "Show at most this many facts.", 5)
    offset: int = values.at_least(0).option("N", "Skip this many of the best.", 0)

    def _run(self) -> Output:
        answer = psfacts.search(
            " ".join(self.words),
            limit=self.limit,
            offset=self.offset,
            kinds=self.kind,
            about=self.about,
            **self.bounds,
            store=self.store(),
        )
        return self.answered(answer)


class Fact(Copied):
    """Show facts as whole records.

    The sentence, when it held, who says so, and where in the source; all fields with --full. For the id of another
    record, the answer is that of the command for such records.

    Examples:
      psfacts fact remittances-tajikistan-2021
      psfacts fact remittances-tajikistan-2021 remittances-uzbekistan-2021 --json
      psfacts fact remittances-uzbekistan-2021 --article article.txt
    """

    ids: Names = values.FACT.one_or_more("ID", "Ids of facts, or the id of any other record.")

    def _run(self) -> Output:
        from psfacts.answers.fact import record

        return self.answered(record(*self.ids, copy=copies_of(self.article), store=self.store()))
