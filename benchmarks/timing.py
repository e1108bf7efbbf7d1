"""What a command costs: wall-clock time and peak memory of fresh processes that take turns."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median


@dataclass(frozen=True)
class Command:
    """A command line, and what it finds in its environment beside the usual."""

    words: Sequence[str]
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Cost:
    """What a process took."""

    seconds: float
    mib: float

    @classmethod
    def of(cls, command: Command) -> Cost:
        """Run ``command`` once and measure it. Raises SystemExit where it fails."""
        environment = usual() | dict(command.extra)
        started = time.perf_counter()
        process = subprocess.Popen(command.words, stdout=subprocess.DEVNULL, env=environment)  # noqa: S603 -- our own
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit(f"{' '.join(command.words)}: exit code {process.returncode}")
        return cls(time.perf_counter() - started, usage.ru_maxrss / 1024)

    @classmethod
    def of_turns(cls, commands: Sequence[Command], runs: int) -> list[Cost]:
        """Measure each of ``commands`` that often in turns, and give the medians. The first turn does not count."""
        costs = [[cls.of(command) for command in commands] for _ in range(runs + 1)][1:]
        return [
            cls(median(one.seconds for one in turn), max(one.mib for one in turn)) for turn in zip(*costs, strict=True)
        ]


def usual() -> dict[str, str]:
    """Return an environment in which bytecode is kept and nothing changes what is printed."""
    kept = ("HOME", "LANG", "LC_ALL", "PATH", "TMPDIR")
    return {key: os.environ[key] for key in kept if key in os.environ}


def machine() -> str:
    """Name the processor, with how many of its cores there are."""
    information = Path("/proc/cpuinfo")
    lines = information.read_text(encoding="utf-8").splitlines() if information.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return f"{os.cpu_count()} cores of {names[0] if names else 'an unnamed processor'}"
