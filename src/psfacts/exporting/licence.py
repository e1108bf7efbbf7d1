"""The licence of a fact base, for programs and for people."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from psfacts.loading.files import resource
from psfacts.store.store import Store

if TYPE_CHECKING:
    from pydantic import JsonValue

FILE = "LICENSE"

_SPDX = re.compile(r"[A-Za-z0-9.+-]+")


def address(name: str | None) -> str | None:
    """Return the URL of a licence, if it is given by its SPDX identifier."""
    return f"https://spdx.org/licenses/{name}.html" if name and _SPDX.fullmatch(name) else None


def described(name: str | None) -> JsonValue:
    """Return the licence that the file LICENSE has, as a data package describes it: by its identifier or in words."""
    return {"name" if address(name) else "title": name or "Licence of psfacts", "path": FILE}


def text(store: Store, is_built_in: bool) -> str:
    """Return the text of the file LICENSE for the facts."""
    if is_built_in:
        return resource(FILE).decode()
    told = " ".join(filter(None, [store.meta.license, address(store.meta.license)]))
    facts = f"The facts: {told}" if told else "The facts: the fact base does not tell its licence"
    return f"{facts}\nThe sources: their authors'\n"
