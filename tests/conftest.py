"""What tests share: a small fact base about invented countries, and the article that it is drawn from."""

from __future__ import annotations

import gc
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from compileall import compile_dir
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Protocol, TypeVar
from unittest.mock import patch

import pytest
from pydantic import JsonValue

import psfacts
from psfacts.article.alignment import Alignment
from psfacts.article.text import read as read_article
from psfacts.cli import main
from psfacts.cli.app import made
from psfacts.exporting.sqlite import export_database
from psfacts.loading.json import Gathered
from psfacts.loading.problems import Problems
from psfacts.model import AnyRecord, FactBase, Meta, Passage
from psfacts.store.open import open_store, read
from psfacts.store.store import Store

T = TypeVar("T")

# Programs that tests start find psfacts compiled, as an installed one is, and write nothing themselves: those whose
# files may not be large would leave bytecode that is cut off.
compile_dir(Path(psfacts.__file__).parent, quiet=1)
os.environ["PYTHONDONTWRITEBYTECODE"] = "1"


def pytest_collection_finish() -> None:
    """Leave what all tests need out of every later collection of circles, and have fewer of these."""
    import_module("hypothesis")  # or its plugins, loaded later, would find that nothing refers to what is frozen
    gc.freeze()
    gc.set_threshold(50_000, 50, 50)


FICTION = Path(__file__).parent / "fiction"

BUILT_IN = Path(__file__).parents[1] / "data" / "facts.json"


@pytest.fixture
def unasked(tmp_path: Path) -> Path:
    """Return the built-in base with its facts under other ids, which nobody wrote questions for."""
    document = json.loads(BUILT_IN.read_bytes())
    document["facts"] = [fact | {"id": f"{fact['id']}-2", "replaces": []} for fact in document["facts"]]
    path = tmp_path / "unasked.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def fiction_path() -> Path:
    """Return the file of the fictional fact base."""
    return FICTION / "facts.json"


@pytest.fixture(scope="session")
def file(tmp_path_factory: pytest.TempPathFactory, store: Store) -> Path:
    """Write the fictional base to a ``.db``."""
    path = tmp_path_factory.mktemp("db") / "fiction.db"
    export_database(store, path)
    return path


@pytest.fixture
def copy(file: Path, tmp_path: Path) -> Path:
    """Return a copy of the ``.db`` that may be spoilt."""
    path = tmp_path / "copy.db"
    shutil.copy(file, path)
    return path


def spoil(path: Path, *statements: str) -> None:
    """Run SQL on a ``.db``, with every protection off."""
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("PRAGMA writable_schema = ON")
        for sql in statements:
            database.execute(sql)


@pytest.fixture(scope="session")
def fiction_article() -> Path:
    """Return the article that the fictional fact base is drawn from."""
    return FICTION / "article.txt"


@pytest.fixture(scope="session")
def fiction_article_text(fiction_article: Path) -> str:
    """Read the article that the fictional fact base is drawn from."""
    return read_article(fiction_article)


@pytest.fixture(scope="session")
def fiction_base(fiction_path: Path) -> FactBase:
    """Return the fictional fact base."""
    return read(fiction_path)


@pytest.fixture(scope="session")
def store(fiction_base: FactBase) -> Store:
    """Return the fictional fact base, ready to be asked."""
    return Store.of(fiction_base)


HOSTILE = (
    "</script><script>document.title='run'</script><!--<img src=x onerror=\"document.title='run'\">"
    "&lt;b&gt;\u2028\u202e'`${1}<svg onload=alert(1)>"
)
"""Markup, scripts, a comment, a template, and what acts on a screen."""

_WORDS = frozenset(["title", "statement", "text", "author", "publisher", "reading", "printed", "reason"]) | frozenset(
    ["name", "short", "description", "unit", "capital", "predicate"]
)


@pytest.fixture(scope="session")
def hostile_store(fiction_path: Path) -> Store:
    """Return the fictional fact base with HOSTILE in all words for a reader, and a script for an address."""

    def changed(key: str, node: JsonValue) -> JsonValue:
        match node:
            case dict():
                return {name: changed(name, value) for name, value in node.items()}
            case list():
                return [changed(key, value) for value in node]
            case str() if key == "url":
                return f"javascript:{HOSTILE}"
            case str() if key in _WORDS:
                return f"{node} {HOSTILE}"
        return node

    return Store.of(FactBase.model_validate_json(json.dumps(changed("", json.loads(fiction_path.read_bytes())))))


class Cli(Protocol):
    """Runs the program."""

    def __call__(
        self,
        *arguments: str | bytes,
        code: int = 0,
        env: Mapping[str, str] | None = None,
        stdin: str | bytes = "",
    ) -> subprocess.CompletedProcess[str]:
        """Run it with ``arguments`` and hold it to the exit code ``code``."""


def problems_of(meta: Meta, lists: Mapping[str, Iterable[AnyRecord]]) -> tuple[str, ...]:
    """Return the problems of the records of a base and between them."""
    problems = Problems("")
    Gathered(problems, lists).check(meta)
    return tuple(problems.texts)


def program() -> list[str]:
    """Return the command that starts the program: the script beside the interpreter, else the module."""
    script = Path(sys.executable).with_name("psfacts")
    return [str(script)] if script.exists() else [sys.executable, "-m", "psfacts"]


def environment(fact_base: Path) -> dict[str, str]:
    """Return an environment in which the program's output is the same everywhere."""
    unset = ("NO_COLOR", "FORCE_COLOR", "PYTHONIOENCODING", "PYTHONWARNINGS", "PSFACTS_ARTICLE")
    kept = {name: value for name, value in os.environ.items() if name not in unset}
    return {**kept, "COLUMNS": "80", "PYTHONUTF8": "1", "PSFACTS_DATA": str(fact_base)}


@dataclass(frozen=True)
class Call:
    """A command that answers, as it is typed after ``psfacts``, and the exit code that it ends with."""

    arguments: tuple[str, ...]
    code: int = 0

    def __str__(self) -> str:
        """Return the words, and of files only their names: the id of a test."""
        return " ".join(Path(word).name for word in self.arguments)

    @property
    def command(self) -> str:
        """The name of the command."""
        return self.arguments[0]

    @property
    def takes_data(self) -> bool:
        """Whether it answers from the fact base that ``--data`` names."""
        return self.command != "validate"


ARTICLE = str(FICTION / "article.txt")
TAMPERED = str(FICTION / "tampered.txt")
CALLS = (
    Call(("countries",)),
    Call(("countries", "amber-coast")),
    Call(("country", "corvia")),
    Call(("country", "belmara")),
    Call(("country", "belmara", "corvia")),
    Call(("indicators",)),
    Call(("compare", "grain")),
    Call(("compare", "grain", "ship-ban-vote")),
    Call(("compare", "belmara", "corvia")),
    Call(("timeline",)),
    Call(("timeline", "corvia", "--since", "2030")),
    Call(("about", "ilsa-moren")),
    Call(("about", "amber-coast")),
    Call(("search", "grain", "corvia")),
    Call(("search", "pears")),
    Call(("fact", "grain-corvia-2030")),
    Call(("fact", "grain-corvia-2030", "grain-belmara-2029")),
    Call(("fact", "skell-secession-1998", "--article", ARTICLE)),
    Call(("fact", "grain-belmara-2030", "--article", TAMPERED)),
    Call(("facts",)),
    Call(("facts", "--about", "corvia", "--kind", "observation", "--limit", "2")),
    Call(("entities",)),
    Call(("entities", "person")),
    Call(("topics",)),
    Call(("sources",)),
    Call(("errata",)),
    Call(("coverage",)),
    Call(("coverage", "--article", ARTICLE)),
    Call(("verify", ARTICLE)),
    Call(("verify", ARTICLE, "--all")),
    Call(("verify", TAMPERED), 6),
    Call(("cite", "skell-secession-1998")),
    Call(("cite", "coast-2031")),
    Call(("validate", str(FICTION / "facts.json"))),
    Call(("validate", str(FICTION / "problems.json")), 4),
)
"""Every command that answers, in each of its ways; a new command is tried by all tests once it stands here."""


@pytest.fixture(params=CALLS, ids=str)
def call(request: pytest.FixtureRequest) -> Call:
    """Return each of CALLS in turn."""
    assert isinstance(request.param, Call)
    return request.param


posix = pytest.mark.skipif(os.name != "posix", reason="Windows has no such pipes, rights, terminals and shells")
"""Leaves out what only systems of the family of Unix have."""

ASCII = {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "LANG": "C", "LC_ALL": "C"}
"""What makes the program's streams take nothing but ASCII."""


def once(make: Callable[..., object]) -> Callable[..., object]:
    """Return ``make`` as it is called where a command is made, so that it makes each but once in an environment."""
    made: dict[tuple[object, ...], object] = {}

    def kept(name: str, command: object) -> object:
        key = (id(command), os.environ.get("PSFACTS_DATA"), os.environ.get("PSFACTS_ARTICLE"))
        if key not in made:
            made[key] = make(name, command)
        return made[key]

    return kept


MADE = once(made)


@lru_cache(maxsize=16)
def aligned(copy: str, passages: tuple[Passage, ...], length: int, is_identical: bool) -> Alignment:
    """Return the alignment of a copy, made once."""
    return Alignment(copy, passages, length, is_identical=is_identical)


@contextmanager
def sharing(path: Path, store: Store) -> Iterator[None]:
    """Have calls of the program share what takes longer than an answer: commands, the base in ``path``, alignments."""

    def opened(paths: Sequence[Path]) -> Store:
        return store if [*paths] == [path] else open_store(paths)

    def shared(copy: str, passages: Sequence[Passage], length: int, *, is_identical: bool) -> Alignment:
        return aligned(copy, tuple(passages), length, is_identical)

    with pytest.MonkeyPatch.context() as patches:
        patches.setattr("psfacts.cli.app.made", MADE)
        patches.setattr("psfacts.store.open.open_store", opened)
        patches.setattr("psfacts.checking.copies.Alignment", shared)
        yield


@pytest.fixture
def cli(fiction_path: Path, store: Store) -> Cli:
    """Call the program in this process, over the fictional base, and hold it to its exit code.

    Its environment and its streams are its own, and the streams are encoded as PYTHONIOENCODING says. Where the
    process itself is what is tested (pipes, signals, what is imported), use ``process``.
    """

    def run(
        *arguments: str | bytes,
        code: int = 0,
        env: Mapping[str, str] | None = None,
        stdin: str | bytes = "",
    ) -> subprocess.CompletedProcess[str]:
        variables = {**environment(fiction_path), **(env or {})}
        encoding = variables.get("PYTHONIOENCODING", "utf-8")
        out, err = stream(encoding), stream(encoding, "backslashreplace")
        given = stdin.encode() if isinstance(stdin, str) else stdin
        with (
            sharing(fiction_path, store),
            patch.dict(os.environ, variables, clear=True),
            pytest.MonkeyPatch.context() as streams,
        ):
            streams.setattr(sys, "stdin", TextIOWrapper(BytesIO(given), encoding=encoding))
            for name, taken in {"stdout": out, "stderr": err}.items():
                streams.setattr(sys, name, taken)
                streams.setattr(sys, f"__{name}__", taken)
            returned = main([os.fsdecode(argument) for argument in arguments])
        done = subprocess.CompletedProcess([*arguments], returned, written(out), written(err))
        assert done.returncode == code, done.stderr
        return done

    return run


def stream(encoding: str, errors: str = "strict") -> TextIOWrapper:
    """Return a stream for the program to write to."""
    return TextIOWrapper(BytesIO(), encoding=encoding, errors=errors, write_through=True)


def written(taken: TextIOWrapper) -> str:
    """Return what was written to ``taken``."""
    assert isinstance(taken.buffer, BytesIO)
    return taken.buffer.getvalue().decode()


@pytest.fixture
def process(fiction_path: Path) -> Cli:
    """Start the program as a user does, over the fictional base, and hold it to its exit code."""

    def run(
        *arguments: str | bytes,
        code: int = 0,
        env: Mapping[str, str] | None = None,
        stdin: str | bytes = "",
    ) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [*program(), *arguments],
            env={**environment(fiction_path), **(env or {})},
            input=stdin.encode() if isinstance(stdin, str) else stdin,
            capture_output=True,
            check=False,
        )
        assert done.returncode == code, done.stderr.decode()
        return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())

    return run


def together(ask: Callable[[], T]) -> set[T]:
    """Return all answers of six threads that ask the same many times, and take turns as often as Python lets them."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        with ThreadPoolExecutor(6) as pool:
            return set(pool.map(lambda _: ask(), range(120)))
    finally:
        sys.setswitchinterval(before)
