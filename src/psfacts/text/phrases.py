"""Pieces of messages: quotes, lists, counts, amounts, what is said of records."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from psfacts.model import Entity, Erratum, Indicator, Value

SHOWN = 60
"""Maximum length of quoted input in a message."""

BASIS = {"context": "the context", "original": "the original", "outside": "outside knowledge"}
"""The bases of readings of errata, in words."""

MILLION = 1_000_000
BILLION = 1_000_000_000


def quoted(text: str, shown: int = SHOWN) -> str:
    """Return ``text`` quoted and shortened to one line, for a message."""
    return "'" + shortened(text, shown).encode(errors="backslashreplace").decode() + "'"


def shortened(text: str, shown: int) -> str:
    """Return ``text`` shortened to one line of at most so many characters, with ``…`` for the rest."""
    line = " ".join(text[: 4 * shown].split())
    return line[: shown - 1].rstrip() + "…" if len(line) > shown or len(text) > 4 * shown else line


def a(noun: str) -> str:
    """Return ``noun`` with its indefinite article."""
    return f"an {noun}" if noun.startswith(("a", "e", "i", "o", "u")) else f"a {noun}"


def either(words: Iterable[str]) -> str:
    """Join ``words`` as alternatives: ``a, b or c``."""
    *first, last = words
    return f"{', '.join(first)} or {last}" if first else last


def listed(words: Sequence[str]) -> str:
    """Join ``words`` as a sentence does: ``A, B and C``."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def counted(count: int, noun: str) -> str:
    """Return a number of things: ``1 fact``, ``2 facts``, ``3 countries``."""
    plural = f"{noun[:-1]}ies" if noun.endswith(("ry", "ty")) else f"{noun}s"
    return f"{count} {noun if count == 1 else plural}"


def first_of(problems: Sequence[str]) -> str:
    """Return the first of ``problems`` and the number of others."""
    return problems[0] + (f" (and {len(problems) - 1} more)" if len(problems) > 1 else "")


def sureness(erratum: Erratum) -> str:
    """Return the certainty and basis of an erratum: ``certain, from the context``."""
    return f"{erratum.certainty}, from {BASIS[erratum.basis]}"


def in_words(erratum: Erratum) -> str:
    """Return an erratum in words, without its reason: ``“Crow” is read as “Corvia” (certain, from the context)``."""
    says = f"is doubtful: {erratum.reading}" if erratum.kind == "doubt" else f"is read as “{erratum.reading}”"
    return f"“{erratum.printed}” {says} ({sureness(erratum)})"


def words_of(text: str) -> frozenset[str]:
    """Return the words of ``text``, for lookups."""
    return frozenset(text.split())


def verb_of(speakers: Sequence[Entity]) -> str:
    """Return ``says`` for one speaker, ``say`` for several and for a group."""
    return "says" if len(speakers) == 1 and speakers[0].type != "group" else "say"


def did_you_mean(suggestions: Sequence[str]) -> str:
    """Return a hint with ``suggestions``; empty if there are none."""
    return f"did you mean {either(suggestions)}?" if suggestions else ""


def command_for(record: Entity | Indicator) -> str:
    """Return the command line that shows ``record``."""
    if isinstance(record, Indicator):
        return f"psfacts compare {record.id}"
    return f"psfacts {'country' if record.type == 'country' else 'about'} {record.id}"


def number(value: Value, million: str = " million") -> str:
    """Return a value without its unit: ``900,000``, ``4.5 million`` or with another word; a category as it is."""
    if isinstance(value, str):
        return value
    if MILLION <= value < BILLION and value % (MILLION // 100) == 0:
        return f"{value / MILLION:,.2f}".rstrip("0").rstrip(".") + million
    return f"{value:,}"


def amount(value: Value, indicator: Indicator) -> str:
    """Return an observed value with its unit: ``30% of GDP``, ``4.5 million people``; a category as it is."""
    if isinstance(value, str) or indicator.unit is None:
        return str(value)
    return number(value) + ("" if indicator.unit.startswith("%") else " ") + indicator.unit
