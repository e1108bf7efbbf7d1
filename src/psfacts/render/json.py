"""Answers and errors as JSON."""

from __future__ import annotations

import json
import re

from pydantic import BaseModel

from psfacts.text.visible import is_hidden, visible

_NOT_ASCII = re.compile(r"[^\x00-\x7e]")


def answer(result: BaseModel, view: object = None) -> str:  # noqa: ARG001 -- JSON is the same for all
    """Return ``result`` as one JSON object, with records exactly as in a fact base."""
    return safe(result.model_dump_json(indent=2)) + "\n"


def value(content: object) -> str:
    """Return ``content`` as JSON on one line; dates as in ISO 8601."""
    return safe(json.dumps(content, ensure_ascii=False, default=str)) + "\n"


def document(content: object) -> str:
    """Return ``content`` as indented JSON."""
    return safe(json.dumps(content, ensure_ascii=False, indent=2)) + "\n"


def visible_strings(value: object) -> object:
    """Return JSON with control characters in its strings made visible."""
    if isinstance(value, dict):
        return {name: visible_strings(item) for name, item in value.items()}
    if isinstance(value, list):
        return [*map(visible_strings, value)]
    return visible(value) if isinstance(value, str) else value


def safe(text: str) -> str:
    r"""Escape characters in JSON that could affect a screen, such as U+202E as ``\u202e``; values stay the same."""
    return _NOT_ASCII.sub(lambda match: escaped(match[0]) if is_hidden(match[0]) else match[0], text)


def ascii_only(text: str) -> str:
    """Escape non-ASCII characters in JSON; values stay the same."""
    return _NOT_ASCII.sub(lambda match: escaped(match[0]), text)


def escaped(character: str) -> str:
    """Return ``character`` as JSON escapes (RFC 8259, section 7), a surrogate pair if needed."""
    return json.dumps(character)[1:-1] if character != "\x7f" else "\\u007f"
