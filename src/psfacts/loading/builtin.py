"""The fact base that comes with psfacts."""

from __future__ import annotations

from psfacts.loading.files import resource
from psfacts.model import FactBase


def read() -> FactBase:
    """Read the built-in fact base.

    Only its types are checked, to start quickly; that its JSON is strict and that there are no problems between
    its records is checked by the project's tests.
    """
    return FactBase.model_validate_json(resource("data/facts.json"))
