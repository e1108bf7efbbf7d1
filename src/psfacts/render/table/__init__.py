"""Answers as tables and layouts for a screen, one module an answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import StringIO
from typing import assert_never

from rich.console import Console, RenderableType

from psfacts.render.table import about, compare, countries, country, errata, fact, indicators, timeline
from psfacts.results import About, Comparison, Countries, Errata, FactRecords, Indicators, Profile, Timeline
from psfacts.store import Store

AnyAnswer = Countries | Profile | Indicators | Comparison | Timeline | About | FactRecords | Errata

_TALL = 10**6
"""Lines that a page may have: nothing is paged here."""


def answer(result: AnyAnswer, store: Store, width: int, colored: bool) -> str:
    """Give ``result`` as lines of at most ``width`` columns."""
    console = Console(
        file=StringIO(),
        width=width,
        height=_TALL,
        color_system="standard" if colored else None,
        force_terminal=colored,
        no_color=False,
        force_jupyter=False,
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
    )
    with console.capture() as captured:
        console.print(*_parts(result, store, width), sep="\n")
    return _tidy(captured.get())


def _parts(result: AnyAnswer, store: Store, width: int) -> Iterator[RenderableType]:
    match result:
        case Countries():
            return countries.draw(result, store, width)
        case Profile():
            return country.draw(result, store, width)
        case Indicators():
            return indicators.draw(result, store, width)
        case Comparison():
            return compare.draw(result, store, width)
        case Timeline():
            return timeline.draw(result, store, width)
        case About():
            return about.draw(result, store, width)
        case FactRecords():
            return fact.draw(result, store, width)
        case Errata():
            return errata.draw(result, store, width)
    assert_never(result)


def _tidy(page: str) -> str:
    """Drop the white space that ends lines, and empty lines but one in a row."""
    lines = re.sub(r" +((?:\x1b\[[0-9;]*m)*)$", r"\1", page, flags=re.MULTILINE)
    return re.sub(r"\n{3,}", "\n\n", lines).strip("\n") + "\n"
