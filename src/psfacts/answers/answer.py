"""What the answers are: one type a question, and at once the shape of its JSON.

Every answer says which ``schema_version`` it follows and always has the same keys. Facts, entities, indicators
and errata in it are the very records of the fact base. Where an answer holds facts, ``locators`` tells by fact id
where in the source each of them stands, so that no number travels without its place.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, wraps
from typing import TYPE_CHECKING, Literal, ParamSpec, Self, TypeVar, cast

from psfacts import hooks
from psfacts.model import Record
from psfacts.store.store import Store

if TYPE_CHECKING:
    from rich.console import RenderableType

    from psfacts.hooks import Renderer

P = ParamSpec("P")
A = TypeVar("A", bound="Answer")

BUILT_IN: Store = cast(Store, None)
"""Stands for the built-in fact base, which is read when it is first asked."""

_STORE = "_store"
"""Where an answer keeps the store that was asked: beside its fields, so that it is neither compared nor dumped."""

_LONGEST = 79
"""Characters of a ``repr``."""


class Answer(Record):
    """What all answers share."""

    schema_version: Literal[1] = 1
    """Version of the shape."""

    @property
    def command(self) -> str:
        """The name of the command that gives such an answer, and of all modules that are made for it."""
        return type(self).__module__.rpartition(".")[2]

    @property
    def parts(self) -> tuple[Answer, ...]:
        """The answers that it is made of, each shown by itself: mostly itself alone."""
        return (self,)

    @property
    def store(self) -> Store | None:
        """The fact base that was asked; ``None`` where none was."""
        store: Store | None = self.__dict__.get(_STORE)
        return store

    def __rich__(self) -> RenderableType:
        """Return the page that the command line shows."""
        return _renderer().page(self)

    def _repr_html_(self) -> str:
        """Return the page for a notebook."""
        return _renderer().html(self)

    def __getstate__(self) -> dict[object, object]:
        """Return what is pickled and copied: the answer without its store."""
        state = super().__getstate__()
        return {**state, "__dict__": {key: value for key, value in state["__dict__"].items() if key != _STORE}}

    def __deepcopy__(self, memo: object = None) -> Self:
        """Return the answer itself: nothing in it can change."""
        return self

    def __repr__(self) -> str:
        """Return the type and what fits a line of what the answer holds."""
        parts = (
            f"{name}={_brief(getattr(self, name))}" for name in type(self).model_fields if name != "schema_version"
        )
        line = f"{type(self).__name__}({', '.join(parts)})"
        return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 2]}…)"


def _brief(value: object) -> str:
    """Return a field in a few characters: of a record its id, of a collection how much it holds."""
    match value:
        case Record():
            return repr(getattr(value, "id", type(value).__name__))
        case tuple() | dict():
            return f"<{len(value)}>"
    return repr(value)


def _renderer() -> Renderer:
    assert hooks.renderer  # noqa: S101 -- the facade sets it, and no module is imported without the facade
    return hooks.renderer


@cache
def built_in() -> Store:
    """Return the built-in fact base, read when it is first asked for."""
    from psfacts.store.open import open_store

    return open_store(())


def asked(question: Callable[P, A]) -> Callable[P, A]:
    """Make a function of the public API: the built-in fact base by default, and an answer that knows its store."""

    @wraps(question)
    def ask(*arguments: P.args, **named: P.kwargs) -> A:
        named["store"] = store = named.get("store") or built_in()
        answer = question(*arguments, **named)
        answer.__dict__[_STORE] = store
        return answer

    return ask
