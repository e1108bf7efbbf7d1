"""Streams: an answer reaches stdout whole, or the program says that it did not; a file may be named that is none."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import time
from pathlib import Path

import pytest

from conftest import Cli, environment, posix, program

pytestmark = posix

UNBUFFERED = pytest.mark.parametrize("unbuffered", ["", "1"], ids=["buffered", "unbuffered"])
DEVICES = ("stdout", "fd/1")
LONG = ("timeline", "--json")
SAID = "psfacts: standard output cannot be written: "


def shell(
    base: Path, script: str, unbuffered: str = "", folder: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Run ``script``, in which ``psfacts`` is the program."""
    env = {**environment(base), "PYTHONUNBUFFERED": unbuffered}
    named = f'psfacts() {{ {shlex.join(program())} "$@"; }}\n{script}'
    return subprocess.run(
        ["bash", "-c", named],  # noqa: S607 -- whichever there is
        env=env,
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@UNBUFFERED
@pytest.mark.parametrize("limit", [1, 1000, 4096])
def test_an_answer_that_a_file_does_not_take_whole_is_an_error(
    fiction_path: Path, tmp_path: Path, unbuffered: str, limit: int
) -> None:
    import resource

    path = tmp_path / "out.json"
    with path.open("wb") as file:
        done = subprocess.run(
            [*program(), *LONG],
            env={**environment(fiction_path), "PYTHONUNBUFFERED": unbuffered},
            stdout=file,
            stderr=subprocess.PIPE,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
            encoding="utf-8",
            check=False,
        )
    assert path.stat().st_size == limit
    said = {"code": "output", "message": "standard output cannot be written: File too large"}
    assert (done.returncode, json.loads(done.stderr)["error"]) == (5, said | {"hint": "look at its disk or device"})


@UNBUFFERED
def test_a_stream_that_would_not_wait_gets_the_whole_answer(cli: Cli, fiction_path: Path, unbuffered: str) -> None:
    import fcntl

    reading, writing = os.pipe()
    fcntl.fcntl(writing, fcntl.F_SETPIPE_SZ, 4096)
    os.set_blocking(writing, False)
    env = {**environment(fiction_path), "PYTHONUNBUFFERED": unbuffered}
    with subprocess.Popen([*program(), *LONG], env=env, stdout=writing) as started, os.fdopen(reading) as reader:
        os.close(writing)
        time.sleep(1)
        assert reader.read() == cli(*LONG).stdout
    assert started.returncode == 0


@UNBUFFERED
def test_an_output_that_can_only_be_read_is_said_in_one_line(fiction_path: Path, unbuffered: str) -> None:
    done = shell(fiction_path, "psfacts countries 1</dev/null", unbuffered)
    assert (done.returncode, done.stderr) == (5, f"{SAID}Bad file descriptor (look at its disk or device)\n")


@UNBUFFERED
@pytest.mark.parametrize("words", ["timeline --json", "export - --format jsonl"])
def test_a_reader_that_goes_away_ends_the_program_quietly(fiction_path: Path, unbuffered: str, words: str) -> None:
    done = shell(fiction_path, f"(sleep 1; psfacts {words}; echo $? >&2) | true", unbuffered)
    assert done.stderr == "0\n"


@UNBUFFERED
@pytest.mark.parametrize("name", ["-", *(pytest.param(f"/dev/{name}", marks=pytest.mark.slow) for name in DEVICES)])
@pytest.mark.parametrize(
    "form", ["csv", *(pytest.param(form, marks=pytest.mark.slow) for form in ("jsonl", "markdown", "db"))]
)
def test_an_export_goes_to_standard_output(
    cli: Cli, fiction_path: Path, tmp_path: Path, name: str, form: str, unbuffered: str
) -> None:
    done = shell(fiction_path, f"psfacts export {name} --format {form} > out", unbuffered, tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    file = str(tmp_path / "file")
    assert cli("export", file, "--format", form).stdout == f"wrote {file}\n"
    assert (tmp_path / "out").read_bytes() == (tmp_path / "file").read_bytes()


def test_an_export_is_added_where_output_is_added(fiction_path: Path, tmp_path: Path) -> None:
    shell(
        fiction_path,
        "echo before > out; psfacts export /dev/stdout --format csv >> out; echo after >> out",
        "",
        tmp_path,
    )
    first, head, *_, last = (tmp_path / "out").read_text(encoding="utf-8").splitlines()
    assert (first, head[:8], last) == ("before", "id,kind,", "after")


def test_an_export_goes_into_a_pipe(fiction_path: Path, tmp_path: Path) -> None:
    script = "psfacts export >(cat > out) --format csv --force; sleep 0.5; psfacts export file.csv"
    done = shell(fiction_path, script, "", tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "out").read_bytes() == (tmp_path / "file.csv").read_bytes()


@pytest.mark.parametrize(
    ("redirection", "said"),
    [
        (">&-", "standard output is closed (open it, or send it to a file)"),
        ("> /dev/full", "standard output: No space left on device (look at the folder and its disk)"),
    ],
)
def test_an_export_to_a_closed_or_full_output_is_said_in_one_line(
    fiction_path: Path, redirection: str, said: str
) -> None:
    done = shell(fiction_path, f"psfacts export - --format csv {redirection}")
    assert (done.returncode, done.stderr) == (5, f"psfacts: {said}\n")


def test_standard_output_has_no_ending_that_names_a_format(cli: Cli) -> None:
    assert cli("export", "-", code=2).stderr.startswith("psfacts: -: has no ending (end it in .csv, ")


def test_a_file_of_the_name_of_standard_output_is_a_file(fiction_path: Path, tmp_path: Path) -> None:
    done = shell(fiction_path, "psfacts export ./- --format csv", "", tmp_path)
    assert (done.stdout, [path.name for path in tmp_path.iterdir()]) == ("wrote ./-\n", ["-"])


def test_a_data_package_is_no_stream(cli: Cli) -> None:
    done = cli("export", "-", "--format", "datapackage", code=5)
    assert done.stderr == "psfacts: a folder of files cannot go to a stream (name a folder)\n"
