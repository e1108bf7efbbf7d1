"""Measure the start, the scale and the exports of psfacts, and print the tables of docs/performance.md.

    python3 benchmarks/run.py
    python3 benchmarks/run.py --only start --runs 51
    python3 benchmarks/run.py --write

It needs nothing but Python 3.11 or later; jq is measured where there is one. In the folder given with --work it makes
one environment with psfacts as users install it and nothing else, another with the programs that psfacts is compared
with, and the bases that it measures on; it keeps them for the next time. All of it takes the better part of an hour,
--only machine start peers a few minutes. With --write, the tables go into docs/performance.md, each in its place.

Times are medians of wall-clock time in fresh processes, runs of what is compared taking turns.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).parent
PAGE = HERE.parent / "docs" / "performance.md"
PARTS = ("machine", "start", "peers", "lookups", "searches", "within", "exports")


def main() -> None:
    """Make what is needed, then measure each part in the environment with psfacts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "psfacts-benchmarks")
    parser.add_argument("--only", choices=PARTS, nargs="+", default=list(PARTS))
    parser.add_argument("--runs", type=int, default=25, help="how often each command is run")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000, 1_000_000])
    parser.add_argument("--write", action="store_true", help="put the tables into docs/performance.md")
    given = parser.parse_args()
    work = given.work.resolve()
    work.mkdir(parents=True, exist_ok=True)
    ours, others = environments(work)
    page = PAGE.read_text(encoding="utf-8") if given.write else ""
    for part in given.only:
        words = [part, work, others, given.runs, *given.sizes]
        asked = [str(ours / "python"), str(HERE / "measure.py"), *map(str, words)]
        print(f"\n{part}", file=sys.stderr, flush=True)
        table = subprocess.run(asked, check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout  # noqa: S603 -- our own
        print(table, flush=True)
        page = placed(page, part, table)
        if given.write:
            PAGE.write_text(page, encoding="utf-8")


def environments(work: Path) -> tuple[Path, Path]:
    """Return the folders of programs of both environments, psfacts installed anew from this checkout."""
    for name in ("psfacts", "others"):
        if not (work / name).exists():
            subprocess.run([sys.executable, "-m", "venv", str(work / name)], check=True)  # noqa: S603 -- our own
            if name == "others":
                _install(work / name, ["--requirement", str(HERE / "requirements.txt")])
            else:
                _install(work / name, [str(HERE.parent)])
    _install(work / "psfacts", ["--force-reinstall", "--no-deps", str(HERE.parent)])
    return work / "psfacts" / "bin", work / "others" / "bin"


def _install(environment: Path, what: Sequence[str]) -> None:
    pip = [str(environment / "bin" / "python"), "-m", "pip", "install", "--quiet", *what]
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run(pip, check=True, env=kept)  # noqa: S603 -- our own


def placed(page: str, part: str, table: str) -> str:
    """Put a table between the comments that mark its place on the page."""
    place = re.compile(rf"(<!-- {part} -->\n).*?(<!-- end -->)", re.DOTALL)
    return place.sub(lambda match: f"{match[1]}{table}{match[2]}", page)


if __name__ == "__main__":
    main()
