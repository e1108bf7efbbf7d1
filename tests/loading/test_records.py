"""What is strict JSON is read, in any form, and nothing else is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from psfacts.errors import InvalidError
from psfacts.loading.json import parse
from psfacts.loading.problems import Problems
from psfacts.loading.records import read_text
from psfacts.model import FactBase


@pytest.mark.parametrize("separators", [(",", ":"), (", ", ": "), (" , ", " : "), (",\n", "\t:\r\n")])
def test_any_spacing_is_read(fiction_path: Path, fiction_base: FactBase, separators: tuple[str, str]) -> None:
    document = json.loads(fiction_path.read_bytes())
    assert parse(json.dumps(document, separators=separators).encode(), "x") == fiction_base


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.integers(0, 400), space=st.sampled_from(["", " ", "\t", "\n", "\r"]), data=st.data())
def test_a_key_that_stands_twice_is_always_found(fiction_path: Path, at: int, space: str, data: st.DataObject) -> None:
    text = fiction_path.read_text(encoding="utf-8")
    found = [place for place in range(len(text)) if text.startswith('"id": "', place)]
    place = found[at % len(found)]
    words = data.draw(st.sampled_from(["x", ': \\"a\\": ', '\\":']))
    doubled = f'{text[:place]}"id"{space}: "{words}", {text[place:]}'
    with pytest.raises(InvalidError, match="duplicate key 'id'"):
        parse(doubled.encode(), "x")


def test_words_that_look_like_keys_are_words(fiction_path: Path) -> None:
    document = json.loads(fiction_path.read_bytes())
    document["facts"][0]["statement"] = '": {"id": 1} " : '.strip(' "') + ' "a": "b" : "c"'
    assert parse(json.dumps(document).encode(), "x").facts[0].statement == document["facts"][0]["statement"]


@pytest.mark.parametrize("version", ["true", "1.0", "1e0", "2", '"1"'])
@pytest.mark.parametrize("spaces", ['"schema_version": {}', '"schema_version"  :{} ', '"schema\\u005fversion": {}'])
def test_only_the_number_one_is_version_one(fiction_path: Path, version: str, spaces: str) -> None:
    text = fiction_path.read_text(encoding="utf-8").replace('"schema_version": 1', spaces.format(version), 1)
    with pytest.raises(InvalidError, match="schema_version: this psfacts knows version 1"):
        parse(text.encode(), "x")


def test_a_record_is_read_however_its_type_was_used_before(fiction_base: FactBase) -> None:
    for name, records in fiction_base.lists.items():
        for record in records:
            type(record).model_validate(record)
            written = record.model_dump_json()
            assert read_text(name, written.encode(), Problems(""), "") == record
