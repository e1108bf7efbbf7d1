"""Names resolved to the one record that they stand for, or an error that offers the nearest ones."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Literal, get_args, overload

from psfacts.errors import NotFoundError
from psfacts.model import Entity, EntityType, Indicator
from psfacts.text.names import command_for, did_you_mean, fold, near, spellings
from psfacts.text.phrases import a, either, quoted

if TYPE_CHECKING:
    from psfacts.store.store import Store


@overload
def resolve(
    store: Store, name: str, *, types: Collection[EntityType] | None = None, indicators: Literal[False] = False
) -> Entity: ...


@overload
def resolve(
    store: Store, name: str, *, types: Collection[EntityType] | None = None, indicators: bool
) -> Entity | Indicator: ...


def resolve(
    store: Store, name: str, *, types: Collection[EntityType] | None = None, indicators: bool = False
) -> Entity | Indicator:
    """Return the one record that ``name`` is a name of.

    ``types`` are the types of entities that will do, ``None`` all of them; ``indicators`` lets in indicators too.

    Raises NotFoundError where nothing goes by that name, with the nearest names of the wanted types, and where
    something else does, with the command that serves it.
    """
    wanted = tuple(one for one in get_args(EntityType) if types is None or one in types)
    folded = fold(name)
    if not folded:
        raise NotFoundError(f"{quoted(name)} is not a name: it has no letter or digit", "give a name, an id or a code")
    found = store.by_name(folded) or store.by_name(folded.removeprefix("the "))
    if not found:
        raise _unknown(store, name, wanted, indicators)
    if len(found) > 1:
        exact = tuple(record for record in found if record.id == name)
        found = exact or tuple(record for record in found if _is_wanted(record, wanted, indicators)) or found
    if len(found) > 1:
        ids = tuple(record.id for record in found)
        raise NotFoundError(f"{quoted(name)} may be {either(ids)}", "give the id of the one you mean", ids)
    if not _is_wanted(found[0], wanted, indicators):
        raise _of_another_type(found[0], name, wanted, indicators)
    return found[0]


def names_in(store: Store, words: Sequence[str]) -> list[str]:
    """Return the names that ``words`` are, typed without quotation marks: ``south ossetia`` is one, though two words.

    Words that are all names by themselves are taken as they are. ``all`` stands for no name in particular.
    """
    if all(_is_name(store, word) for word in words):
        return [*words]
    rest = [word for word in words if fold(word) != "all" or _is_name(store, word)]
    if not any(_is_name(store, word) for word in rest) and len(rest) <= _MOST_WORDS:
        return [" ".join(rest)] if rest else []
    names = []
    while rest:
        lengths = range(min(len(rest), _MOST_WORDS), 0, -1)
        length = next((length for length in lengths if _is_name(store, " ".join(rest[:length]))), 1)
        names.append(" ".join(rest[:length]))
        rest = rest[length:]
    return names


_MOST_WORDS = 12
"""Words that a name has at most."""


def _is_name(store: Store, name: str) -> bool:
    folded = fold(name)
    return bool(folded and (store.by_name(folded) or store.by_name(folded.removeprefix("the "))))


def _is_wanted(record: Entity | Indicator, types: Sequence[EntityType], indicators: bool) -> bool:
    return indicators if isinstance(record, Indicator) else record.type in types


def _nouns(types: Sequence[EntityType], indicators: bool) -> list[str]:
    entities: list[str] = ["entity"] if len(types) == len(get_args(EntityType)) else list(types)
    return ["indicator", *entities] if indicators else entities


def _unknown(store: Store, name: str, types: Sequence[EntityType], indicators: bool) -> NotFoundError:
    records = store.similar_names(fold(name))
    suggestions = near(name, (spellings(one) for one in records if _is_wanted(one, types, indicators)))
    lists = ["psfacts indicators"] if indicators else []
    lists += ["psfacts countries"] if "country" in types else []
    elsewhere = f"try: {either(lists)}" if lists else ""
    message = f"no {either(_nouns(types, indicators))} is called {quoted(name)}"
    return NotFoundError(message, did_you_mean(suggestions) or elsewhere, suggestions)


def _of_another_type(
    record: Entity | Indicator, name: str, types: Sequence[EntityType], indicators: bool
) -> NotFoundError:
    noun = "indicator" if isinstance(record, Indicator) else record.type
    wanted = either(a(noun) for noun in _nouns(types, indicators))
    return NotFoundError(f"{quoted(name)} is {a(noun)}, not {wanted}", f"try: {command_for(record)}")
