"""The package as Python code uses it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import psfacts


def test_the_built_in_base_is_loaded_and_asked() -> None:
    store = psfacts.load()
    profile = psfacts.country(store, "chisinau")
    assert (profile.country.id, profile.country.name) == ("moldova", "Moldova")


@pytest.mark.parametrize("kind", [str, Path])
def test_another_base_is_loaded_by_its_path(fiction_path: Path, kind: type[str] | type[Path]) -> None:
    assert psfacts.country(psfacts.load(kind(fiction_path)), "BX").country.name == "Belmara"


def test_load_is_still_the_function_after_it_was_called(fiction_path: Path) -> None:
    assert psfacts.load(fiction_path).facts == psfacts.load(fiction_path).facts


def test_every_public_name_is_there() -> None:
    assert set(psfacts.__all__) <= set(dir(psfacts))
    assert all(getattr(psfacts, name) is not None for name in psfacts.__all__ if name != "__version__")


def test_an_unknown_attribute_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="module 'psfacts' has no attribute 'nothing'"):
        _ = psfacts.nothing  # type: ignore[attr-defined]  # that is the point


def test_errors_are_caught_by_their_root(tmp_path: Path) -> None:
    with pytest.raises(psfacts.PsfactsError) as caught:
        psfacts.load(tmp_path / "none.json")
    assert isinstance(caught.value, psfacts.InvalidError)


def test_an_answer_becomes_json_with_the_records_of_the_base(fiction_path: Path) -> None:
    answer = psfacts.compare(psfacts.load(fiction_path), ["grain"])
    written = json.loads(answer.model_dump_json())
    facts = {one["id"]: one for one in json.loads(fiction_path.read_bytes())["facts"]}
    assert list(written) == ["schema_version", "indicators", "rows", "silent", "errata", "locators"]
    assert [row["values"]["grain"] for row in written["rows"]] == [
        facts["grain-belmara-2030"],
        facts["grain-belmara-2029"],
        facts["grain-corvia-2030"],
    ]
