"""Descriptions of sources: when published, in which language, and how read."""

from __future__ import annotations

from psfacts.model import Source
from psfacts.text.months import MONTHS
from psfacts.text.phrases import a

_LANGUAGES = {"en": "English", "ru": "Russian", "uk": "Ukrainian", "zh": "Chinese"}
"""Names of BCP 47 tags; other tags are shown as they are."""


def access(source: Source) -> str:
    """Return how the source was read: in which language, and from which translation."""
    if source.translated_from is None:
        return f"Read in {language(source.language)}."
    read = f"{a(translation(source))} into {language(source.language)} from {language(source.translated_from)}"
    return f"Read in {read}, text with the SHA-256 digest {source.sha256}."


def translation(source: Source) -> str:
    """Return the kind of translation that was read, such as ``machine translation``."""
    return f"{source.translation} translation" if source.translation else "translation"


def published(source: Source) -> str:
    """Return the day of publication, such as ``22 July 2022``."""
    return f"{source.published.day} {MONTHS[source.published.month - 1]} {source.published.year}"


def reference(source: Source) -> str:
    """Return a source in short form: author, publisher, day, and whether it is a translation."""
    read = f" ({translation(source)})" if source.translated_from else ""
    return f"{source.author}, {source.publisher}, {published(source)}{read}"


def language(tag: str) -> str:
    """Return the English name of a BCP 47 tag, or the tag itself if unknown."""
    return _LANGUAGES.get(tag, tag)


def cited(source: Source) -> str:
    """Return a citation of a source: author, title, publisher and day."""
    return f"{source.author}: {source.title}. {source.publisher}, {published(source)}."


def link(source: Source) -> str:
    """Return the URL of a source if it is a web address; otherwise an empty string."""
    return source.url if source.url.lower().startswith(("http://", "https://")) else ""
