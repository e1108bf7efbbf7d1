"""Unicode normalization in linear time."""

from __future__ import annotations

import re
from typing import Literal
from unicodedata import combining
from unicodedata import normalize as reordered

_LONG = 1000
"""Minimum length of a run of marks that is sorted here, since :mod:`unicodedata` takes quadratic time."""


def normalize(form: Literal["NFC", "NFD", "NFKD"], text: str) -> str:
    """Return the normal form ``form`` of ``text``."""
    marks = "".join(filter(combining, set(text))) if len(text) > _LONG and not text.isascii() else ""
    return reordered(form, re.sub(f"[{marks}]{{32,}}", _ordered, text) if marks else text)


def _ordered(marks: re.Match[str]) -> str:
    """Return a run of marks in canonical order, by their combining classes."""
    return "".join(sorted("".join(reordered("NFD", mark) for mark in marks[0]), key=combining))
