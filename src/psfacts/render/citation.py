"""Citations as text: plain, BibTeX and CSL-JSON."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import JsonValue

from psfacts.model import Passage, Source
from psfacts.render import json
from psfacts.render.sources import access, language, published
from psfacts.text.visible import visible

if TYPE_CHECKING:
    from psfacts.answers.cite import Citation
    from psfacts.store.places import Locator


@dataclass(frozen=True)
class Reference:
    """One source that a citation names, and the places in it."""

    key: str
    """What the entry of a bibliography is called."""

    source: Source
    """The source."""

    passages: tuple[Passage, ...]
    """The passages cited of it; none for a source as a whole."""

    locators: tuple[Locator, ...]
    """Their places in words."""

    @property
    def place(self) -> str:
        """The place of the cited passages: section, paragraph and characters."""
        return f"{places(self.locators)} (characters {characters(self.passages)} of the normalised text)"

    @property
    def note(self) -> str:
        """The place, where there is one, and how the source was read."""
        place = f"{self.place[:1].upper()}{self.place[1:]}. " if self.passages else ""
        return place + access(self.source)


def references(citation: Citation) -> list[Reference]:
    """Return the sources of a citation, each with its own places."""
    return [
        Reference(
            key=citation.id if len(citation.sources) == 1 else f"{citation.id}-{source.id}",
            source=source,
            passages=tuple(passage for passage in citation.passages if passage.source == source.id),
            locators=tuple(locator for locator in citation.locators if locator.source == source.id),
        )
        for source in citation.sources
    ]


def plain(citation: Citation) -> str:
    """Return a citation as a footnote: author, title, publisher, date, place, address, and how it was read.

    Each source stands in a line of its own.
    """
    return "".join(f"{visible(_footnote(one))}\n" for one in references(citation))


def _footnote(one: Reference) -> str:
    source = one.source
    parts = [f"{source.author}, “{source.title}”, {source.publisher}, {published(source)}"]
    parts += [one.place] if one.passages else []
    return f"{', '.join(parts)}, {source.url}. {access(source)}"


def bibtex(citation: Citation) -> str:
    """Return a citation as BibLaTeX entries of the type ``online``, one a source; ``urldate`` is left to the reader."""
    return "\n".join(map(_entry, references(citation)))


def _entry(one: Reference) -> str:
    source = one.source
    fields = {
        "author": f"{{{_tex(source.author)}}}",
        "title": f"{{{_tex(source.title)}}}",
        "organization": _tex(source.publisher),
        "date": source.published.isoformat(),
        "url": _url(source.url),
        "language": _tex(language(source.language)),
        "note": _tex(one.note),
    }
    return f"@online{{{one.key},\n" + ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items()) + "\n}\n"


def csl_json(citation: Citation) -> str:
    """Return a citation as CSL-JSON, valid against the schema of the Citation Style Language: an item a source."""
    return json.document([_item(one) for one in references(citation)])


def _item(one: Reference) -> JsonValue:
    source = one.source
    item: dict[str, JsonValue] = {
        "id": one.key,
        "type": "webpage",
        "title": source.title,
        "author": [{"literal": source.author}],
        "container-title": source.publisher,
        "issued": {"date-parts": [[source.published.year, source.published.month, source.published.day]]},
        "URL": source.url,
        "language": source.language,
        "note": one.note,
    }
    if one.passages:
        item["section"] = "; ".join(dict.fromkeys(locator.title for locator in one.locators))
    return item


def places(locators: Iterable[Locator]) -> str:
    """Return places in words: ``section “Grain”, paragraph 2; “Ships”``."""
    return "section " + "; ".join(
        f"“{one.title}”" + (f", paragraph {one.paragraph}" if one.paragraph else "") for one in locators
    )


def characters(passages: Iterable[Passage]) -> str:
    """Return the characters of passages: ``331–570, 812–900``."""
    return ", ".join(f"{passage.start}–{passage.end}" for passage in passages)


_COMMANDS = {
    "\\": r"{\textbackslash}",
    "{": r"{\textbraceleft}",
    "}": r"{\textbraceright}",
    "~": r"{\textasciitilde}",
    "^": r"{\textasciicircum}",
    **{character: f"\\{character}" for character in "&%$#_"},
}
"""What TeX would read as more than a character; braces are spelt out, since BibTeX counts even escaped ones."""


def _tex(text: str) -> str:
    """Make controls visible and escape what TeX would read as a command; other characters stay in UTF-8."""
    return "".join(_COMMANDS.get(character, character) for character in visible(text))


def _url(address: str) -> str:
    """Escape what would end a field; the rest of an address BibTeX takes as it is."""
    return visible(address).replace("\\", "%5C").replace("{", "%7B").replace("}", "%7D")


STYLES = {"plain": plain, "bibtex": bibtex, "csl-json": csl_json}
"""The styles by the names that ``psfacts cite --style`` takes."""
