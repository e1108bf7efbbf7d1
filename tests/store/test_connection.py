"""Stores asked by many at once: by threads, and by processes that fork."""

from __future__ import annotations

import multiprocessing
import sys
import threading
from multiprocessing.connection import Connection
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

import pytest

import psfacts
from psfacts.exporting.sqlite import export_database
from psfacts.store.file import uri
from psfacts.store.store import Store


@pytest.fixture(params=["memory", "file"])
def asked(request: pytest.FixtureRequest, store: Store, tmp_path: Path) -> Store:
    """Return the fictional base in memory, and in a file."""
    if request.param == "memory":
        return store
    export_database(store, tmp_path / "base.db")
    return psfacts.load(tmp_path / "base.db")


def questions(store: Store) -> list[object]:
    """Return some answers."""
    return [
        psfacts.country("belmara", store=store),
        psfacts.search("harbour ships", store=store),
        [fact.id for fact in store.facts],
        *(store.fact(fact.id) for fact in store.facts_about(["belmara"])),
    ]


@pytest.mark.parametrize("kept", [20_000, 3])
def test_threads_get_the_same_answers_however_few_records_are_kept(
    asked: Store, kept: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("psfacts.store.file._KEPT", kept)
    store = psfacts.load(asked.name) if asked.name else asked
    expected = questions(store)
    wrong: list[object] = []

    def ask() -> None:
        try:
            wrong.extend(one for _ in range(4) for one in [questions(store)] if one != expected)
        except Exception as error:
            wrong.append(error)

    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        threads = [threading.Thread(target=ask) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        sys.setswitchinterval(before)
    assert wrong == []


def tell(sender: Connection, store: Store) -> None:
    """Send an answer to another process."""
    sender.send([fact.id for fact in store.facts_about(["belmara"])])


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="no forks on this system")
@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")  # it forks while threads run, which is the point
def test_processes_that_fork_while_threads_ask_answer_as_well(asked: Store) -> None:
    expected = [fact.id for fact in asked.facts_about(["belmara"])]
    stop = threading.Event()

    def ask() -> None:
        while not stop.is_set():
            asked.facts_about(["belmara"])

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    context = multiprocessing.get_context("fork")
    try:
        for _ in range(10):
            receiver, sender = context.Pipe()
            child = context.Process(target=tell, args=(sender, asked))
            child.start()
            assert receiver.poll(20), "the child waits for ever"
            assert receiver.recv() == expected
            child.join(20)
            assert child.exitcode == 0
    finally:
        stop.set()
        for thread in threads:
            thread.join()


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (PurePosixPath("/a b/c?d#e%41.db"), "file:///a%20b/c%3Fd%23e%2541.db"),
        (PureWindowsPath(r"C:\data\base.db"), "file:///C%3A/data/base.db"),
        (PureWindowsPath(r"\\server\share\base.db"), "file:////server/share/base.db"),
        (PurePosixPath("/x\udcff.db"), "file:///x%FF.db"),
    ],
)
def test_a_file_has_a_uri_whatever_it_is_called(path: PurePath, expected: str) -> None:
    assert uri(path) == expected


@pytest.mark.parametrize("name", ["a b?.db", "c#d%20.db", "é谷.db", "-x.db", "x\udcff.db"])
def test_a_file_is_opened_whatever_it_is_called(store: Store, tmp_path: Path, name: str) -> None:
    export_database(store, tmp_path / "base.db")
    (tmp_path / "base.db").rename(tmp_path / name)
    assert len(psfacts.load(tmp_path / name).facts) == len(store.facts)
