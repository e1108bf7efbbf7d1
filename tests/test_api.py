"""The package as Python code uses it."""

from __future__ import annotations

import copy
import json
import pickle
from io import StringIO
from pathlib import Path

import pytest
from pydantic import ValidationError
from rich.console import Console

import psfacts
from psfacts.answers import QUESTIONS, home

PUBLIC: list[str] = vars(psfacts)["__all__"]


def test_the_built_in_base_is_loaded_and_asked() -> None:
    store = psfacts.load()
    profile = psfacts.country("chisinau", store=store)
    assert (profile.country.id, profile.country.name) == ("moldova", "Moldova")


@pytest.mark.parametrize("kind", [str, Path])
def test_another_base_is_loaded_by_its_path(fiction_path: Path, kind: type[str] | type[Path]) -> None:
    assert psfacts.country("BX", store=psfacts.load(kind(fiction_path))).country.name == "Belmara"


def test_load_is_still_the_function_after_it_was_called(fiction_path: Path) -> None:
    assert psfacts.load(fiction_path).facts == psfacts.load(fiction_path).facts


def test_every_public_name_is_there() -> None:
    assert set(PUBLIC) <= set(dir(psfacts))
    assert all(getattr(psfacts, name) is not None for name in PUBLIC if name != "__version__")


def test_all_public_names_are_imported_by_a_star() -> None:
    names: dict[str, object] = {}
    exec("from psfacts import *", names)  # noqa: S102 -- what a notebook does
    assert {*PUBLIC, "__builtins__"} == {*names}


def test_an_unknown_attribute_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="module 'psfacts' has no attribute 'nothing'"):
        _ = psfacts.nothing  # type: ignore[attr-defined]  # that is the point


def test_errors_are_caught_by_their_root(tmp_path: Path) -> None:
    with pytest.raises(psfacts.PsfactsError) as caught:
        psfacts.load(tmp_path / "none.json")
    assert isinstance(caught.value, psfacts.InvalidError)


def test_an_answer_becomes_json_with_the_records_of_the_base(fiction_path: Path) -> None:
    answer = psfacts.compare("grain", store=psfacts.load(fiction_path))
    written = json.loads(answer.model_dump_json())
    facts = {one["id"]: one for one in json.loads(fiction_path.read_bytes())["facts"]}
    assert list(written) == ["schema_version", "indicators", "rows", "silent", "errata", "locators"]
    assert [row["values"]["grain"] for row in written["rows"]] == [
        facts["grain-belmara-2030"],
        facts["grain-belmara-2029"],
        facts["grain-corvia-2030"],
    ]


def test_questions_take_the_built_in_base_where_none_is_given() -> None:
    assert psfacts.country("moldova") == psfacts.country("moldova", store=psfacts.load())
    assert psfacts.compare("remittances", "migrants").store is psfacts.countries().store


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_question_is_a_function_of_the_package(name: str) -> None:
    assert name in PUBLIC
    assert getattr(psfacts, name).__module__ == home(name)


def test_an_answer_shows_itself(fiction_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = psfacts.compare("grain", store=psfacts.load(fiction_path))
    monkeypatch.setenv("TERM", "dumb")
    shown = StringIO()
    Console(file=shown, width=80).print(answer)
    assert "Grain from Great Tarsk" in shown.getvalue()
    assert "Belmara" in answer._repr_html_()
    assert answer._repr_html_().startswith("<pre")
    assert "\x1b" not in answer._repr_html_()


def test_the_repr_of_an_answer_fits_a_line(fiction_path: Path) -> None:
    store = psfacts.load(fiction_path)
    for answer in (psfacts.country("corvia", store=store), psfacts.countries(store=store), psfacts.timeline()):
        assert repr(answer).startswith(f"{type(answer).__name__}(")
        assert len(repr(answer)) < 80
        assert "\n" not in repr(answer)


def test_nothing_in_an_answer_can_be_changed() -> None:
    answer = psfacts.compare("remittances")
    for change in (
        lambda: answer.locators.update(x=()),  # type: ignore[attr-defined]
        answer.rows[0].values.clear,  # type: ignore[attr-defined]
        lambda: setattr(answer, "rows", ()),
    ):
        with pytest.raises((TypeError, ValidationError)):
            change()


def test_answers_are_pickled_and_copied_without_their_store() -> None:
    answer = psfacts.country("moldova")
    again = pickle.loads(pickle.dumps(answer))  # noqa: S301 -- our own
    assert again == answer
    assert (again.store, copy.deepcopy(answer)) == (None, answer)
    assert list(again.model_dump()) == list(type(answer).model_fields)
