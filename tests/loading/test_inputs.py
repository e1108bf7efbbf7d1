"""Files, pipes and standard input, of any size."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

import psfacts
from conftest import program
from psfacts.errors import InvalidError
from psfacts.exporting.export import export
from psfacts.exporting.sqlite import export_database
from psfacts.store.store import Store

HEAD = '{"schema_version":1,"data_version":"1","sources":[],"entities":[],"indicators":[],"errata":[],"uncited":[],'
pipes = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in this file system")


def through_a_pipe(tmp_path: Path, data: bytes) -> Path:
    """Return the path of a pipe that somebody writes ``data`` to."""
    path = tmp_path / "pipe"
    os.mkfifo(path)
    threading.Thread(target=lambda: path.write_bytes(data), daemon=True).start()
    return path


@pipes
@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_a_pipe_is_read_to_its_end(store: Store, fiction_path: Path, tmp_path: Path, form: str) -> None:
    export(tmp_path / "base.jsonl", store=store)
    path = fiction_path if form == "json" else tmp_path / "base.jsonl"
    assert psfacts.load(through_a_pipe(tmp_path, path.read_bytes())).facts == store.facts


@pipes
def test_a_database_is_not_read_from_a_pipe(store: Store, tmp_path: Path) -> None:
    export_database(store, tmp_path / "base.db")
    pipe = through_a_pipe(tmp_path, (tmp_path / "base.db").read_bytes())
    with pytest.raises(InvalidError, match=r"a \.db cannot be read from a pipe") as caught:
        psfacts.load(pipe)
    assert caught.value.hint == "give the path of the file"


@pytest.mark.parametrize("path", ["/dev/null", "/dev/zero", "/dev/full"])
def test_a_device_is_refused(path: str) -> None:
    if not Path(path).exists():
        pytest.skip(f"no {path} here")
    with pytest.raises(InvalidError, match="not a regular file"):
        psfacts.load(path)


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_a_hyphen_is_standard_input(
    store: Store, fiction_path: Path, tmp_path: Path, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    export(tmp_path / "base.jsonl", store=store)
    data = (fiction_path if form == "json" else tmp_path / "base.jsonl").read_bytes()
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(data)))
    assert psfacts.load("-").facts == store.facts


def test_closed_standard_input_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(InvalidError, match=r"^-: standard input is closed$"):
        psfacts.load("-")


def test_a_pipe_that_is_too_large_is_told(fiction_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("psfacts.loading.files.MAX_BYTES", 1000)
    monkeypatch.setattr("psfacts.loading.json.MAX_BYTES", 1000)
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(fiction_path.read_bytes())))
    with pytest.raises(InvalidError, match="larger than 0 MiB"):
        psfacts.load("-")


def facts(*parts: str) -> str:
    """Return a base of which the facts are ``parts`` of JSON."""
    return HEAD + '"facts":[' + ",".join(parts) + "]}"


def fact(*members: str) -> str:
    """Return a base of one fact with ``members``, parts of JSON."""
    return facts("{" + ",".join(['"kind":"claim"', *members]) + "}")


WRONG: dict[str, Callable[[int], str]] = {
    "numbers": lambda count: facts(*["1"] * count),
    "objects": lambda count: facts(*["{}"] * count),
    "lists": lambda count: facts(*["[]"] * count),
    "wrong keywords of a fact": lambda count: fact('"keywords":[' + "1," * count + "1]"),
    "wrong evidence of a fact": lambda count: fact('"evidence":[' + "{}," * count + "1]"),
    "wrong evidence of an erratum": lambda count: (
        HEAD.replace('"errata":[]', '"errata":[{"evidence":[' + "{}," * count + "1]}]") + '"facts":[]}'
    ),
    "keys": lambda count: HEAD + ",".join(f'"k{number}":1' for number in range(count // 4)) + ',"facts":[]}',
    "keys of a fact": lambda count: fact(*(f'"k{number}":1' for number in range(count // 4))),
    "keys twice": lambda count: fact(*['"a":1'] * (count // 3)),
    "what is no number": lambda count: fact('"keywords":[' + "NaN," * (count // 2) + "1]"),
    "facts of nobody": lambda count: facts(*[_claim("nobody")] * (count // 300)),
}


def _claim(entity: str) -> str:
    passage = {"source": "s", "start": 0, "end": 1, "sha256": "0" * 64}
    fact = {"id": "f", "kind": "claim", "statement": "x", "entities": [entity], "context": [], "topics": ["t"]}
    rest = {"standing": "reported", "asserted_by": [], "evidence": [passage], "errata": [], "keywords": []}
    return json.dumps({**fact, **rest, "when": None}, separators=(",", ":"))


MEASURED = """
import re, sys
from psfacts.cli import main
code = main()
with open("/proc/self/status") as status:
    print(re.search(r"VmHWM:\\s*(\\d+)", status.read())[1], file=sys.stderr)
sys.exit(code)
"""
"""Runs the program and tells its most memory in KiB; what getrusage tells counts the process that started it too."""


@pytest.mark.skipif(sys.platform != "linux", reason="memory is told by /proc on Linux alone")
@pytest.mark.parametrize(
    "what",
    [what if what == "keys" else pytest.param(what, marks=pytest.mark.slow) for what in WRONG],
)
def test_memory_is_in_proportion_to_what_is_wrong(tmp_path: Path, what: str) -> None:
    path = tmp_path / "wrong.json"
    path.write_text(WRONG[what](300_000), encoding="utf-8")
    mib = path.stat().st_size / 2**20
    asked = [sys.executable, "-c", MEASURED, "validate", str(path)]
    ran = subprocess.run(asked, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, encoding="utf-8", check=False)
    assert ran.returncode == 4
    assert int(ran.stderr) / 1024 < 100 + 60 * mib


@pytest.mark.skipif(sys.platform != "linux", reason="address space is limited on Linux alone")
def test_a_small_base_needs_little_address_space(fiction_path: Path) -> None:
    import resource  # which Windows lacks

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (300 * 2**20, 300 * 2**20))

    ran = subprocess.run(
        [*program(), "countries", "--data", str(fiction_path)], capture_output=True, preexec_fn=limit, check=False
    )
    assert ran.returncode == 0, ran.stderr


@pytest.mark.slow
def test_the_package_runs_from_a_zip_file(tmp_path: Path) -> None:
    root = Path(psfacts.__file__).parent
    with zipfile.ZipFile(tmp_path / "psfacts.zip", "w") as made:
        for path in root.rglob("*"):
            if path.suffix != ".pyc" and path.is_file():
                made.write(path, f"psfacts/{path.relative_to(root).as_posix()}")
        for name in ("data", "docs/schema"):
            for path in (root.parents[1] / name).glob("*.json"):
                made.write(path, f"psfacts/{name}/{path.name}")
    env = {**os.environ, "PYTHONPATH": str(tmp_path / "psfacts.zip")}
    env.pop("PSFACTS_DATA", None)
    code = "import sys, psfacts; assert '.zip' in psfacts.__file__; from psfacts.cli import main; sys.exit(main())"
    for words in (["country", "moldova", "--json"], ["search", "inflation kazakhstan"], ["schema", "fact"]):
        ran = subprocess.run([sys.executable, "-c", code, *words], env=env, capture_output=True, check=False)
        assert (ran.returncode, ran.stderr) == (0, b"")
        assert ran.stdout


def test_what_comes_from_a_pipe_becomes_a_database(fiction_path: Path, tmp_path: Path) -> None:
    lines = tmp_path / "base.jsonl"
    export(lines, store=psfacts.load(fiction_path))
    for data, name in ((fiction_path, "a.db"), (lines, "b.db")):
        command = [*program(), "export", str(tmp_path / name), "--data", "-"]
        subprocess.run(command, input=data.read_bytes(), check=True, capture_output=True)
    assert (tmp_path / "a.db").read_bytes() == (tmp_path / "b.db").read_bytes()
