"""Citations as text: plain, BibTeX and CSL-JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from pydantic import JsonValue

from psfacts.render import json
from psfacts.render.sources import access, language, published
from psfacts.text.dates import MONTHS
from psfacts.text.visible import visible

if TYPE_CHECKING:
    from psfacts.answers.cite import Citation
    from psfacts.store.places import Locator


def plain(citation: Citation) -> str:
    """Return a citation as a footnote: author, title, publisher, date, place, address, and how it was read."""
    source = citation.source
    parts = [f"{source.author}, “{source.title}”, {source.publisher}, {published(source)}"]
    parts += [locator(citation)] if citation.passages else []
    return visible(f"{', '.join(parts)}, {source.url}. {access(source)}") + "\n"


def bibtex(citation: Citation) -> str:
    """Return a citation as a BibTeX entry of the type ``misc``; ``urldate`` is left to the reader."""
    source = citation.source
    fields = {
        "author": f"{{{_tex(source.author)}}}",
        "title": f"{{{_tex(source.title)}}}",
        "howpublished": _tex(source.publisher),
        "year": str(source.published.year),
        "month": MONTHS[source.published.month - 1][:3].lower(),
        "day": str(source.published.day),
        "url": _url(source.url),
        "language": _tex(language(source.language)),
        "note": _tex(
            " ".join([f"{_capitalised(locator(citation))}.", access(source)] if citation.passages else [access(source)])
        ),
    }
    lines = [f"  {name} = {value if name == 'month' else '{' + value + '}'}" for name, value in fields.items()]
    return visible(f"@misc{{{citation.id},") + "\n" + ",\n".join(map(visible, lines)) + "\n}\n"


def csl_json(citation: Citation) -> str:
    """Return a citation as CSL-JSON: a list of one item, valid against the schema of the Citation Style Language."""
    source = citation.source
    item: dict[str, JsonValue] = {
        "id": citation.id,
        "type": "webpage",
        "title": source.title,
        "author": [{"literal": source.author}],
        "container-title": source.publisher,
        "issued": {"date-parts": [[source.published.year, source.published.month, source.published.day]]},
        "URL": source.url,
        "language": source.language,
        "note": access(source),
    }
    if citation.passages:
        item["section"] = "; ".join(dict.fromkeys(one.title for one in citation.locators))
        item["note"] = f"{_capitalised(locator(citation))}. {access(source)}"
    return json.document([item])


def locator(citation: Citation) -> str:
    """Return the place of the cited passages: section, paragraph and characters."""
    return f"{places(citation.locators)} (characters {characters(citation)} of the normalised text)"


def places(locators: Iterable[Locator]) -> str:
    """Return places in words: ``section “Grain”, paragraph 2; “Ships”``."""
    return "section " + "; ".join(
        f"“{one.title}”" + (f", paragraph {one.paragraph}" if one.paragraph else "") for one in locators
    )


def characters(citation: Citation) -> str:
    """Return the characters of the cited passages: ``331–570, 812–900``."""
    return ", ".join(f"{passage.start}–{passage.end}" for passage in citation.passages)


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


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
    """Escape what TeX would read as a command; quotation marks and dashes stay in UTF-8."""
    return "".join(_COMMANDS.get(character, character) for character in text)


def _url(address: str) -> str:
    """Escape what would end a field; the rest of an address BibTeX takes as it is."""
    return address.replace("\\", "%5C").replace("{", "%7B").replace("}", "%7D")


STYLES = {"plain": plain, "bibtex": bibtex, "csl-json": csl_json}
"""The styles by the names that ``psfacts cite --style`` takes."""
