"""Errata: places where the printed words cannot be taken literally."""

from __future__ import annotations

from typing import get_args

from psfacts.answers.answer import BUILT_IN, Answer, asked, by_place, unique
from psfacts.model import Erratum, ErratumKind, Id, Indicator
from psfacts.store.places import Locators
from psfacts.store.resolve import names_in, resolve_any
from psfacts.store.store import Store


class Errata(Answer):
    """Answer to: where are the printed words not to be taken as they stand?"""

    about: tuple[Id, ...]
    """Ids of the entities and indicators that the list is limited to; empty for all."""

    errata: tuple[Erratum, ...]
    """Errata by kind, then in source order."""

    locators: Locators
    """Places where they are printed."""


@asked
def errata(*names: str, store: Store = BUILT_IN) -> Errata:
    """List the errata, or only those about any of ``names``.

    A name can also be the id of an erratum, or be that of an indicator, for the errata of its values.
    """
    ids = [name for name in names if store.has("errata", name) or store.successors_of(name)]
    named = unique(resolve_any(store, name) for name in names_in(store, [name for name in names if name not in ids]))
    about = tuple(record.id for record in named)
    values = store.observations(indicators=[record.id for record in named if isinstance(record, Indicator)])
    keys = [store.erratum(key).id for key in ids]
    found = store.errata_of(touching=about, facts=values, ids=keys) if named or ids else store.errata
    kinds = get_args(ErratumKind)
    listed = tuple(sorted(found, key=lambda erratum: (kinds.index(erratum.kind), by_place(erratum))))
    return Errata(about=about, errata=listed, locators=store.locators(listed))
