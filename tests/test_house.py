"""The rooms of the house, from the ground up: none imports one above it."""

from __future__ import annotations

from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from rooms import FACADE, ROOMS, SOURCE, arrows, imported, nearest, needs, room, room_of

FILES = sorted(SOURCE.rglob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_no_room_imports_one_above_it(path: Path) -> None:
    own = room_of(path)
    if own is None:
        assert path.name in FACADE
        return
    assert own in ROOMS
    above = {
        f"{path.name}:{line}: {module}"
        for line, module in imported(path)
        if (other := room(module)) and ROOMS.index(other) > ROOMS.index(own)
    }
    assert above == set()


def test_no_files_import_each_other_in_a_circle() -> None:
    TopologicalSorter(needs()).prepare()  # an error names the files of a circle


def test_only_commands_use_the_facade() -> None:
    users = {
        path.relative_to(SOURCE).parts[0]
        for path in FILES
        for _, module in imported(path)
        if module == "psfacts" or (module.startswith("psfacts.") and room(module) is None)
    }
    assert users <= {"cli", "agents", *FACADE}


def test_there_are_few_rooms() -> None:
    assert len(arrows()) <= 20


def test_the_picture_of_the_rooms_leaves_out_only_arrows_that_others_imply() -> None:
    drawn = {name: set(nearest(name)) for name in arrows()}

    def reached(name: str) -> set[str]:
        return drawn[name].union(*map(reached, drawn[name]))

    assert all(others <= reached(name) for name, others in arrows().items())
    assert sum(map(len, drawn.values())) < sum(map(len, arrows().values()))
