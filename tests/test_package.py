"""The package as it is built and installed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def run(*command: str | Path, cwd: Path | None = None) -> str:
    """Run a command away from the checkout, and give what it prints."""
    env = {key: value for key, value in os.environ.items() if not key.startswith(("PSFACTS_", "PYTHON"))}
    done = subprocess.run(command, env=env, cwd=cwd, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the sdist and, from it, the wheel."""
    out = tmp_path_factory.mktemp("dist")
    build = "import hatchling.build as b, os, sys; os.chdir(sys.argv[2]); print(getattr(b, sys.argv[1])(sys.argv[3]))"
    unpacked = tmp_path_factory.mktemp("sdist")
    sdist = out / run(sys.executable, "-c", build, "build_sdist", ROOT, out).splitlines()[-1]
    with tarfile.open(sdist) as archive:
        archive.extractall(unpacked, filter="data")
    run(sys.executable, "-c", build, "build_wheel", next(unpacked.iterdir()), out)
    return out


@pytest.mark.slow
def test_the_wheel_carries_the_fact_base_the_schemas_and_the_types(dist: Path) -> None:
    carried = [Path("data", "facts.json"), *(path.relative_to(ROOT) for path in (ROOT / "docs" / "schema").iterdir())]
    with zipfile.ZipFile(next(dist.glob("*.whl"))) as wheel:
        names = wheel.namelist()
        for path in carried:
            assert wheel.read(f"psfacts/{path.as_posix()}") == (ROOT / path).read_bytes()
    assert "psfacts/py.typed" in names
    assert {name.partition("/")[0] for name in names} == {"psfacts", "psfacts-0.2.0.dist-info"}


@pytest.mark.slow
def test_no_archive_carries_an_article_but_the_invented_one(dist: Path) -> None:
    with tarfile.open(next(dist.glob("*.tar.gz"))) as sdist:
        names = sdist.getnames()
    assert [name for name in names if "article" in name and name.endswith(".txt")] == [
        "psfacts-0.2.0/tests/fiction/article.txt"
    ]


@pytest.mark.slow
def test_the_installed_wheel_answers(dist: Path, tmp_path: Path) -> None:
    target = tmp_path / "site"
    run(sys.executable, "-m", "pip", "install", "--no-deps", "--no-index", "--target", target, next(dist.glob("*.whl")))
    ask = f"import sys; sys.path.insert(0, {str(target)!r}); import psfacts; print(psfacts.__file__)"
    assert run(sys.executable, "-c", ask, cwd=tmp_path).startswith(str(target))
    answer = f"{ask}; from psfacts.cli import main; sys.exit(main(['countries', '--json']))"
    _, _, said = run(sys.executable, "-c", answer, cwd=tmp_path).partition("\n")
    assert "moldova" in [country["id"] for country in json.loads(said)["countries"]]
    schema = f"{ask}; print(*psfacts.schema('timeline')['required'])"
    assert "events" in run(sys.executable, "-c", schema, cwd=tmp_path)
