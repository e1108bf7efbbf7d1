"""What tests share: a small fact base about invented countries, and the article that it is drawn from."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Protocol, TypeVar

import pytest

from psfacts.article.text import read as read_article
from psfacts.loading.json import read
from psfacts.model import FactBase
from psfacts.store.store import Store

T = TypeVar("T")

FICTION = Path(__file__).parent / "fiction"


@pytest.fixture(scope="session")
def fiction_path() -> Path:
    """Return the file of the fictional fact base."""
    return FICTION / "facts.json"


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


class Cli(Protocol):
    """Runs the installed program."""

    def __call__(
        self, *arguments: str | bytes, code: int = 0, env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run it with ``arguments`` and hold it to the exit code ``code``."""


def program() -> list[str]:
    """Return the command that starts the program: the script beside the interpreter, else the module."""
    script = Path(sys.executable).with_name("psfacts")
    return [str(script)] if script.exists() else [sys.executable, "-m", "psfacts"]


def environment(fact_base: Path) -> dict[str, str]:
    """Return an environment in which the program's output is the same everywhere."""
    unset = ("NO_COLOR", "FORCE_COLOR", "PYTHONIOENCODING", "PYTHONWARNINGS", "PSFACTS_ARTICLE")
    kept = {name: value for name, value in os.environ.items() if name not in unset}
    return {**kept, "COLUMNS": "80", "PYTHONUTF8": "1", "PSFACTS_DATA": str(fact_base)}


@pytest.fixture
def cli(fiction_path: Path) -> Cli:
    """Run the program over the fictional base and hold it to its exit code, success unless told otherwise."""

    def run(
        *arguments: str | bytes, code: int = 0, env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [*program(), *arguments],
            env={**environment(fiction_path), **(env or {})},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == code, done.stderr
        return done

    return run


def together(ask: Callable[[], T]) -> set[T]:
    """Return all answers of six threads that ask the same many times, and take turns as often as Python lets them."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        with ThreadPoolExecutor(6) as pool:
            return set(pool.map(lambda _: ask(), range(300)))
    finally:
        sys.setswitchinterval(before)
