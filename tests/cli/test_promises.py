"""What SECURITY.md promises of every command: nothing is sent, started or written that was not asked for."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import psfacts
from conftest import CALLS, FICTION, environment
from psfacts.exporting.sqlite import export_database

WATCHED = """
import json, os, sys
from psfacts.cli import main

ALLOWED = {os.devnull}
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
FORBIDDEN = ("socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn", "os.mkdir", "os.rename",
    "os.remove", "os.rmdir", "os.link", "os.symlink", "os.truncate", "os.chmod", "os.chown", "shutil.", "tempfile.",
    "urllib.", "http.client.", "ftplib.", "smtplib.")
found = []

def watch(event, arguments):
    writes = event == "open" and arguments[2] is not None and arguments[2] & WRITING and arguments[0] not in ALLOWED
    if writes or event.startswith(FORBIDDEN):
        found.append([event, str(arguments)[:200]])

calls = json.load(sys.stdin)
main(calls[0])
sys.addaudithook(watch)
for call in calls:
    main(call)
unasked = [*found]
main(["countries", "-o", "asked.csv"])
sys.stdout.flush()
print(json.dumps([unasked, found]), file=sys.stderr)
"""
"""Runs commands in one process, and tells what they did beside reading, and then what one does that is to write."""


@pytest.mark.slow
def test_no_command_sends_starts_or_writes_anything(fiction_path: Path, tmp_path: Path) -> None:
    database = tmp_path / "base.db"
    export_database(psfacts.load(fiction_path), database)
    calls = [[*call.arguments, *form] for call in CALLS for form in ([], ["--json"])]
    calls += [[*call.arguments, "--data", str(database)] for call in CALLS if call.takes_data]
    ran = subprocess.run(
        [sys.executable, "-B", "-c", WATCHED],
        input=json.dumps(calls),
        env=environment(FICTION / "facts.json"),
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    unasked, asked = json.loads(ran.stderr.splitlines()[-1])
    assert unasked == []
    assert any("asked.csv" in words for _, words in asked)
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["asked.csv", "base.db"]
