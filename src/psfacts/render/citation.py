"""Citations as text: plain, BibTeX and CSL-JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from psfacts.answers.fact import Citation
from psfacts.model import Passage
from psfacts.render import json
from psfacts.render.sources import access, language, published
from psfacts.store.places import Locator
from psfacts.text.visible import visible


def references(citation: Citation) -> Iterator[Citation]:
    """Return a separate citation for each source, with its own places."""
    for source in citation.sources:
        key = f"{citation.id}-{source.id}" if len(citation.sources) > 1 else citation.id
        passages = tuple(passage for passage in citation.passages if passage.source == source.id)
        locators = tuple(locator for locator in citation.locators if locator.source == source.id)
        yield citation.model_copy(update={"id": key, "source": source, "passages": passages, "locators": locators})


def plain(citation: Citation) -> str:
    """Return a citation as a footnote: author, title, publisher, date, place, URL, and how it was read.

    Each source is on its own line.
    """
    return "".join(map(_line, references(citation)))


def _line(cited: Citation) -> str:
    source = cited.source
    parts = [source.author, f"“{source.title}”", source.publisher, published(source), _place(cited), source.url]
    return visible(f"{', '.join(filter(None, parts))}. {access(source)}") + "\n"


def bibtex(citation: Citation) -> str:
    """Return a citation as BibLaTeX ``online`` entries, one per source; ``urldate`` is left to the reader."""
    return "\n".join(map(_entry, references(citation)))


def _entry(cited: Citation) -> str:
    source = cited.source
    fields = {
        "author": f"{{{_tex(source.author)}}}",
        "title": f"{{{_tex(source.title)}}}",
        "organization": _tex(source.publisher),
        "date": str(source.published),
        "url": visible(source.url).translate(_NOT_IN_ADDRESSES),
        "language": _tex(language(source.language)),
        "note": _tex(_note(cited)),
    }
    return f"@online{{{cited.id},\n" + ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items()) + "\n}\n"


def csl_json(citation: Citation) -> str:
    """Return a citation as CSL-JSON, valid against its schema, with one item per source."""
    return json.document([*map(_item, references(citation))])


def _item(cited: Citation) -> dict[str, object]:
    source, day = cited.source, cited.source.published
    item = {
        "id": cited.id,
        "type": "webpage",
        "title": source.title,
        "author": [{"literal": source.author}],
        "container-title": source.publisher,
        "issued": {"date-parts": [[day.year, day.month, day.day]]},
        "URL": source.url,
        "language": source.language,
        "note": _note(cited),
        "section": "; ".join(dict.fromkeys(locator.title for locator in cited.locators)),
    }
    return {name: value for name, value in item.items() if value}


def _place(cited: Citation) -> str:
    """Return the place of the cited passages, if any: section, paragraph and characters."""
    where = f"{places(cited.locators)} (characters {characters(cited.passages)} of the normalised text)"
    return where if cited.passages else ""


def _note(cited: Citation) -> str:
    """Return the place, if there is one, and how the source was read."""
    place = _place(cited)
    return (f"{place[0].upper()}{place[1:]}. " if place else "") + access(cited.source)


def places(locators: Iterable[Locator]) -> str:
    """Return places in words: ``section “Grain”, paragraph 2; “Ships”``."""
    told = (f"“{place.title}”" + f", paragraph {place.paragraph}" * bool(place.paragraph) for place in locators)
    return f"section {'; '.join(told)}"


def characters(passages: Iterable[Passage]) -> str:
    """Return the characters of passages: ``331–570, 812–900``."""
    return ", ".join(f"{passage.start}–{passage.end}" for passage in passages)


_NAMES = {"\\": "backslash", "{": "braceleft", "}": "braceright", "~": "asciitilde", "^": "asciicircum"}
_COMMANDS = str.maketrans({character: f"{{\\text{name}}}" for character, name in _NAMES.items()})
_COMMANDS |= str.maketrans({character: f"\\{character}" for character in "&%$#_"})
"""Escapes of characters with a meaning in TeX; braces are spelt out, since BibTeX counts even escaped ones."""

_NOT_IN_ADDRESSES = str.maketrans({"\\": "%5C", "{": "%7B", "}": "%7D"})
"""Percent escapes for characters that would end a field; BibTeX takes the rest of a URL literally."""


def _tex(text: str) -> str:
    """Make control characters visible and escape TeX commands; other characters stay in UTF-8."""
    return visible(text).translate(_COMMANDS)


STYLES = {"plain": plain, "bibtex": bibtex, "csl-json": csl_json}
"""The styles by the names that ``psfacts cite --style`` takes."""
