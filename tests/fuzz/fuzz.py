"""Feed the program nonsense, with a seed, and hold it to what SECURITY.md promises whatever it is fed.

    python tests/fuzz/fuzz.py --seed 1 --bases 20000 --databases 3000 --arguments 5000 --articles 500 --queries 2000

A case fails on an exception, an exit code outside the list, more than SECONDS, a file left behind, a control or
invisible character on the screen, JSON that is none, or a ``.db`` that is valid and answers otherwise than its records
do. What failed is kept in the folder that ``--keep`` names, with the command line that shows it.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import shlex
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from io import BytesIO, TextIOWrapper
from pathlib import Path
from types import FrameType
from typing import Any

from psfacts.cli import main
from psfacts.text.visible import is_hidden

FICTION = Path(__file__).parents[1] / "fiction"
BUILT_IN = Path(__file__).parents[2] / "data" / "facts.json"
CODES = {0, 2, 3, 4, 5, 6}
SECONDS = 10
STRINGS = (
    *("", " ", "\n", "a", "=1+1", "-5%", "--json", "$(touch pwned)", "`id`", "'; DROP TABLE facts; --", "\x1b[31mred"),
    *("\u202eabc", "\u200b", "\u00ad", "\U000e0001", "\ufeff", "\ud800", "\x00", "é" * 300, "谷" * 5000, "a" * 5000),
    *("[bold]x[/bold]", "<script>alert(1)</script>", "|x|*y*", "\\input{x}", "{}%s%(x)s", "../../etc/passwd", "\r"),
    *("moldova", "grain", "corvia", "Corvia", "2031", "-1", "9" * 5000, "NaN", "null", "one hundred and five", "… … …"),
)
VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1, 2**31, 2**63, 2**64, 10**400, 1.5, -0.0, 1e308, [], {}, [[]], [None], {"a": 1}),
    *STRINGS,
)


class Hang(BaseException):
    """A case that took too long."""


@dataclass
class Case:
    """One run of the program."""

    arguments: list[str]
    environment: dict[str, str] = field(default_factory=dict)
    stdin: bytes = b""
    same_as: Path | None = None
    """A fact base whose answer has to be the same, where both are given."""


@dataclass
class Outcome:
    """What came of a case."""

    code: int
    out: bytes
    error: bytes
    seconds: float
    problem: str = ""


def run(case: Case, folder: Path) -> Outcome:
    """Run the program in this process, within ``folder``, and say what is wrong with how it went."""
    streams = [TextIOWrapper(BytesIO(), encoding="utf-8", errors="strict", newline="") for _ in range(2)]
    before = set(folder.iterdir())
    started = time.monotonic()
    code, problem = -1, ""
    saved = dict(os.environ)
    os.environ.update({"COLUMNS": "80", **case.environment})
    stdin, sys.stdin = sys.stdin, TextIOWrapper(BytesIO(case.stdin), encoding="utf-8")
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        with contextlib.redirect_stdout(streams[0]), contextlib.redirect_stderr(streams[1]):
            code = main(case.arguments)
    except Hang:
        problem = f"took more than {SECONDS} s"
    except BaseException:
        problem = traceback.format_exc()
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        sys.stdin = stdin
        os.environ.clear()
        os.environ.update(saved)
    for stream in streams:
        with contextlib.suppress(ValueError, OSError):
            stream.flush()
    out, error = (stream.buffer.getvalue() for stream in streams)
    outcome = Outcome(code, out, error, time.monotonic() - started, problem)
    outcome.problem = problem or _wrong(case, outcome)
    left = {path.name for path in set(folder.iterdir()) - before}
    if left and not outcome.problem and any(name.startswith(".") for name in left):
        outcome.problem = f"left behind: {sorted(left)}"
    return outcome


def _wrong(case: Case, outcome: Outcome) -> str:
    if outcome.code not in CODES:
        return f"exit code {outcome.code}"
    if outcome.code and not outcome.error and not outcome.out:
        return f"exit code {outcome.code} without a word"
    if b"Traceback" in outcome.error:
        return outcome.error.decode()
    wants_json = _wants_json(case)
    if wants_json and outcome.code in (0, 6):
        try:
            json.loads(outcome.out)
        except ValueError as error:
            return f"no JSON: {error}"
    allowed = "\n\t\r" if not _is_table(case) else "\n"
    for text in (outcome.out.decode(), outcome.error.decode()):
        hidden = {hex(ord(character)) for character in text if character not in allowed and is_hidden(character)}
        if hidden and not _is_colored(case):
            return f"hidden characters on the screen: {sorted(hidden)[:5]}"
    return ""


_NO_ANSWER = {"browse", "-h", "--help", "--version", "help", "schema", "skill", "export", "author", "-o"}
"""Words with which what is printed is no answer."""


def _wants_json(case: Case) -> bool:
    words = case.arguments
    options = words[: words.index("--")] if "--" in words else words
    return "--json" in options and not _NO_ANSWER & {*words}


def _is_table(case: Case) -> bool:
    return not any(word.startswith("--format") or word == "-f" for word in case.arguments)


def _is_colored(case: Case) -> bool:
    return "--color" in case.arguments or "FORCE_COLOR" in case.environment


COMMANDS: tuple[tuple[str, ...], ...] = (
    ("country", "corvia"),
    ("country", "belmara"),
    ("countries",),
    ("countries", "amber-coast"),
    ("timeline",),
    ("timeline", "corvia", "--since", "2030"),
    ("compare", "grain"),
    ("compare", "corvia", "belmara"),
    ("indicators",),
    ("about", "ilsa-moren"),
    ("about", "amber-coast"),
    ("search", "grain in corvia"),
    ("search", "who closed the strait"),
    ("fact", "grain-corvia-2030"),
    ("fact", "skell-secession-1998", "--article", str(FICTION / "article.txt")),
    ("errata",),
    ("coverage",),
    ("cite", "grain-corvia-2030"),
    ("cite", "grain-corvia-2030", "--style", "bibtex"),
    ("verify", str(FICTION / "article.txt")),
)
FORMS: tuple[tuple[str, ...], ...] = (
    (),
    (),
    ("--json",),
    ("--json",),
    ("--format", "csv"),
    ("--format", "tsv"),
    ("--format", "jsonl"),
    ("--format", "markdown"),
)
EXPORTS = ("out.db", "out.csv", "out.jsonl", "out.md", "out/")


def asked(random_: random.Random, path: Path) -> Case:
    """Return a random question to the fact base in ``path``."""
    if random_.random() < 0.15:
        return Case(["validate", str(path), *random_.choice(FORMS)])
    if random_.random() < 0.08:
        return Case(["export", str(path.parent / random_.choice(EXPORTS)), "--force", "--data", str(path)])
    command = random_.choice(COMMANDS)
    form = () if "--style" in command else random_.choice(FORMS)
    return Case([*command, *form, "--data", str(path)])


def mutated(random_: random.Random, document: Any) -> Any:  # noqa: ANN401 -- any JSON
    """Return ``document`` with one to three values changed, taken away, swapped or added."""
    document = json.loads(json.dumps(document))
    for _ in range(random_.choice((1, 1, 2, 3))):
        places = list(_places(document))
        holder, key = random_.choice(places)
        match random_.randrange(6):
            case 0:
                holder[key] = random_.choice(VALUES)
            case 1:
                del holder[key]
            case 5 if isinstance(holder, dict):
                holder[random_.choice(STRINGS)] = holder.pop(key) if random_.random() < 0.5 else holder[key]
            case 2:
                other, place = random_.choice(places)
                with contextlib.suppress(KeyError, IndexError):
                    holder[key], other[place] = other[place], holder[key]
            case 3 if isinstance(holder, list):
                holder.insert(random_.randrange(len(holder) + 1), json.loads(json.dumps(holder[key])))
            case 3 | 4 | 5:
                value = holder[key]
                text = random_.choice(STRINGS)
                holder[key] = f"{value}{text}" if isinstance(value, str) else [value, text]
    return document


def _places(node: Any) -> Iterator[tuple[Any, Any]]:  # noqa: ANN401
    items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in items:
        yield node, key
        yield from _places(value)


def garbled(random_: random.Random, data: bytes) -> bytes:
    """Return ``data`` with some bytes changed, cut, doubled or put in."""
    changed = bytearray(data)
    for _ in range(random_.choice((1, 1, 2, 5))):
        if not changed:
            break
        at = random_.randrange(len(changed))
        match random_.randrange(4):
            case 0:
                changed[at] = random_.randrange(256)
            case 1:
                del changed[at : at + random_.choice((1, 10, 1000, len(changed)))]
            case 2:
                changed[at:at] = changed[at : at + random_.choice((1, 10, 1000))]
            case 3:
                changed[at:at] = random_.choice((b"\x00", b"\xff\xfe", b'"', b"{", b"[" * 2000, b"9" * 5000))
    return bytes(changed)


def base_cases(random_: random.Random, folder: Path) -> Iterator[Case]:
    """Return questions to a fact base of random form that something is wrong with."""
    document = json.loads((FICTION / "facts.json").read_bytes())
    changed = mutated(random_, document)
    if random_.random() < 0.3:
        lines = [{"list": "meta", "record": {key: changed.get(key) for key in ("schema_version", "data_version")}}]
        lists = ("sources", "entities", "indicators", "facts", "errata", "uncited")
        lines += [
            {"list": key, "record": record}
            for key in lists
            for record in (changed[key] if isinstance(changed.get(key), list) else ())
        ][:5000]
        text = "".join(f"{json.dumps(line)}\n" for line in lines)
        path = folder / "base.jsonl"
    else:
        text = json.dumps(changed, ensure_ascii=random_.random() < 0.9)
        path = folder / "base.json"
    data = text.encode(errors="surrogatepass")
    path.write_bytes(garbled(random_, data) if random_.random() < 0.25 else data)
    for _ in range(2):
        yield asked(random_, path)


def database_cases(random_: random.Random, folder: Path) -> Iterator[Case]:
    """Return questions to a ``.db`` that something is wrong with, and the same to its records where it is valid."""
    path = folder / "base.db"
    shutil.copy(_sound_database(), path)
    if random_.random() < 0.4:
        path.write_bytes(garbled(random_, path.read_bytes()))
    else:
        with contextlib.suppress(sqlite3.Error, OverflowError, UnicodeError), sqlite3.connect(path) as database:
            _spoil(random_, database)
        database.close()
    valid = run(Case(["validate", str(path)]), folder)
    yield Case(["validate", str(path)])
    same_as = None
    if valid.code == 0:
        same_as = folder / "records.jsonl"
        if run(Case(["export", str(same_as), "--data", str(path), "--force"]), folder).code:
            same_as = None
    for _ in range(3):
        case = asked(random_, path)
        case.same_as = same_as if case.arguments[0] not in ("validate", "export") else None
        yield case


_DATABASE: list[Path] = []


def _sound_database() -> Path:
    if not _DATABASE:
        path = Path(tempfile.mkdtemp(prefix="psfacts-fuzz-")) / "sound.db"
        assert main(["export", str(path), "--data", str(FICTION / "facts.json")]) == 0
        _DATABASE.append(path)
    return _DATABASE[0]


def _spoil(random_: random.Random, database: sqlite3.Connection) -> None:
    tables = [name for (name,) in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    table = random_.choice(tables)
    columns = [row[1] for row in database.execute(f'PRAGMA table_info("{table}")')] or ["rowid"]
    column = random_.choice(columns)
    value = random_.choice([*VALUES[:16], *STRINGS])
    if not isinstance(value, str | int | float | None):
        value = str(value)
    other = random_.choice(tables)
    statements: tuple[tuple[str, tuple[Any, ...]], ...] = (
        (f'UPDATE "{table}" SET "{column}" = ? WHERE rowid = (SELECT min(rowid) FROM "{table}")', (value,)),
        (f'UPDATE "{table}" SET "{column}" = ?', (value,)),
        (f'UPDATE OR REPLACE "{table}" SET "{column}" = (SELECT max("{column}") FROM "{table}")', ()),
        (f'DELETE FROM "{table}" WHERE "{column}" = (SELECT min("{column}") FROM "{table}")', ()),
        (f'DELETE FROM "{table}"', ()),
        (f'INSERT INTO "{table}" SELECT * FROM "{other}" LIMIT 3', ()),
        (f'DROP TABLE "{table}"', ()),
        (f'ALTER TABLE "{table}" ADD COLUMN extra', ()),
        (f'ALTER TABLE "{table}" RENAME TO renamed', ()),
        (f'CREATE TRIGGER t AFTER UPDATE ON "{table}" BEGIN DELETE FROM facts; END', ()),
        ("CREATE TABLE json_each (value)", ()),
        (
            "CREATE VIEW json_each AS WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT 2) SELECT * FROM n",
            (),
        ),
        (f'CREATE INDEX extra ON "{table}" ("{column}")', ()),
        (f"PRAGMA user_version = {random_.randrange(5)}", ()),
        (f"PRAGMA application_id = {random_.randrange(5)}", ()),
        ("PRAGMA writable_schema = ON", ()),
        ("UPDATE sqlite_schema SET sql = replace(sql, 'TEXT', 'BLOB')", ()),
        ("PRAGMA journal_mode = WAL", ()),
        ("PRAGMA encoding = 'UTF-16'", ()),
        ("UPDATE _psfacts SET value = ? WHERE key = 'data_version'", (value,)),
        ("UPDATE facts SET record = replace(record, 'Corvia', ?)", (str(value),)),
    )
    for sql, parameters in random_.sample(statements, random_.choice((1, 1, 2))):
        with contextlib.suppress(sqlite3.Error, OverflowError, UnicodeError):
            database.execute(sql, parameters)


def argument_cases(random_: random.Random, folder: Path) -> Iterator[Case]:
    """Return a random command line in a random environment."""
    names = [
        "country",
        "compare",
        "timeline",
        "search",
        "fact",
        "errata",
        "verify",
        "cite",
        "export",
        "validate",
        "help",
    ]
    names += [
        "countries",
        "about",
        "indicators",
        "coverage",
        "schema",
        "facts",
        "entities",
        "topics",
        "sources",
        "author",
    ]
    words = [*STRINGS, *names, "corvia", "moldova", "grain", "--json", "--format", "csv", "--data", "--since", "2022"]
    words += [
        "--until",
        "--limit",
        "0",
        "-1",
        "5",
        "--kind",
        "event",
        "--color",
        "never",
        "--style",
        "bibtex",
        "--full",
    ]
    words += [
        "--notes",
        "--columns",
        "id,nothing",
        "--article",
        "-h",
        "--help",
        "--version",
        "--",
        "-",
        "-o",
        "x.csv",
        "-f",
    ]
    arguments = [random_.choice(words) for _ in range(random_.randrange(7))]
    if random_.random() < 0.8:
        arguments.insert(0, random_.choice(names))
    arguments = [word.replace("\x00", "") for word in arguments if word != "mcp"]
    environment = {
        name: random_.choice(values)
        for name, values in (
            ("COLUMNS", ["20", "40", "80", "0", "-1", "x", "100000"]),
            ("NO_COLOR", ["", "1"]),
            ("TERM", ["dumb", "xterm-256color", ""]),
            ("PSFACTS_DATA", ["", str(FICTION / "facts.json"), "/nowhere", str(folder)]),
            ("PSFACTS_ARTICLE", ["", str(FICTION / "article.txt"), "/nowhere"]),
            ("PSFACTS_PAGER", ["", "cat"]),
        )
        if random_.random() < 0.4
    }
    stdin = random_.choice((b"", b"junk", (FICTION / "facts.json").read_bytes()))
    yield Case(arguments, environment, stdin)


def article_cases(random_: random.Random, folder: Path) -> Iterator[Case]:
    """Return checks of a copy of the article that was edited, repeated or blown up."""
    text = (FICTION / "article.txt").read_text(encoding="utf-8")
    words = text.split(" ")
    for _ in range(random_.choice((1, 3, 20))):
        at = random_.randrange(len(words))
        match random_.randrange(5):
            case 0:
                words[at] = random_.choice(STRINGS)
            case 1:
                del words[at : at + random_.choice((1, 5, 50))]
            case 2:
                words[at:at] = random_.choice(
                    (["it is not true that"], ["not"], ["1,"] * 2000, [" " * 5000], ["…"] * 500)
                )
            case 3:
                words[at:at] = words[max(0, at - 30) : at]
            case 4:
                words[at:at] = [random_.choice(("\n", "“", '"', "\u0301" * 3000, "\u00a0" * 3000, "-" * 3000))]
        if not words:
            words = ["x"]
    path = folder / "copy.txt"
    changed = " ".join(words).encode(errors="surrogatepass")
    path.write_bytes(garbled(random_, changed) if random_.random() < 0.2 else changed)
    data = ["--data", str(FICTION / "facts.json")]
    yield Case(["verify", str(path), *random_.choice(FORMS), *data])
    yield Case(["fact", "grain-corvia-2030", "--article", str(path), *random_.choice(FORMS), *data])
    yield Case(["coverage", "--article", str(path), *random_.choice(FORMS), *data])
    yield Case(["author", "passage", str(path), random_.choice((*STRINGS, "the … the", "In … grain … .")) or "x"])


def query_cases(random_: random.Random, folder: Path) -> Iterator[Case]:
    """Return a search for words of the base, of other scripts and of nonsense."""
    del folder
    words = (FICTION / "article.txt").read_text(encoding="utf-8").split()
    words += ["moldova", "как", "俄罗斯", "MD", "who", "how", "many", "2022", "-5%", "grian", "1,000,000", *STRINGS]
    said = random_.choice(("", " ")).join(random_.choice(words) for _ in range(random_.choice((1, 3, 8, 200))))
    data = random_.choice((FICTION / "facts.json", BUILT_IN))
    yield Case(["search", *random_.choice(FORMS), "--data", str(data), "--", said.replace("\x00", "")])


KINDS: dict[str, Callable[[random.Random, Path], Iterator[Case]]] = {
    "bases": base_cases,
    "databases": database_cases,
    "arguments": argument_cases,
    "articles": article_cases,
    "queries": query_cases,
}


@dataclass(frozen=True)
class Finding:
    """A case that failed."""

    kind: str
    seed: str
    command: str
    problem: str


def tried(kind: str, seed: str, keep: Path | None) -> tuple[list[Finding], Counter[str]]:
    """Run the cases of one seed in a folder of their own."""
    signal.signal(signal.SIGALRM, _hang)
    found: list[Finding] = []
    counts: Counter[str] = Counter()
    with tempfile.TemporaryDirectory(prefix="psfacts-fuzz-") as name:
        folder = Path(name)
        before = Path.cwd()
        os.chdir(folder)
        try:
            for case in KINDS[kind](random.Random(seed), folder):  # noqa: S311 -- no secret
                outcome = run(case, folder)
                counts[f"exit {outcome.code}"] += 1
                problem = outcome.problem or _other_answer(case, outcome, folder)
                if problem:
                    found.append(Finding(kind, seed, _shown(case), problem))
            if found and keep:
                shutil.copytree(folder, keep / f"{kind}-{seed.replace('/', '-')}", dirs_exist_ok=True)
        finally:
            os.chdir(before)
    return found, counts


def _other_answer(case: Case, outcome: Outcome, folder: Path) -> str:
    """Say where a valid ``.db`` answers otherwise than its records."""
    if not case.same_as or outcome.code not in (0, 6):
        return ""
    data = case.arguments.index("--data") + 1
    arguments = [*case.arguments[:data], str(case.same_as), *case.arguments[data + 1 :]]
    other = run(Case(arguments, case.environment), folder)
    return (
        "" if other.out == outcome.out else f"the answer of the .db differs from that of its records: {other.error!r}"
    )


def _shown(case: Case) -> str:
    words = [word if word.isprintable() and len(word) < 200 else ascii(word[:200]) for word in case.arguments]
    return " ".join(
        [*(f"{key}={value!r}" for key, value in case.environment.items()), "psfacts", *map(shlex.quote, words)]
    )


def _hang(_: int, __: FrameType | None) -> None:
    raise Hang


def fuzz(
    counts: dict[str, int], seed: int, keep: Path | None = None, workers: int = 1
) -> tuple[list[Finding], Counter[str]]:
    """Run as many seeds of each kind as ``counts`` says."""
    jobs = [(kind, f"{seed}/{number}") for kind, count in counts.items() for number in range(count)]
    found: list[Finding] = []
    codes: Counter[str] = Counter()
    with ProcessPoolExecutor(workers) as pool:
        for findings, tally in pool.map(tried, *zip(*jobs, strict=True), [keep] * len(jobs), chunksize=8):
            found += findings
            codes += tally
    return found, codes


def parsed(arguments: Sequence[str]) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="a folder for what fails")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    for kind in KINDS:
        parser.add_argument(f"--{kind}", type=int, default=0)
    return parser.parse_args(arguments)


def told() -> int:
    """Run what the command line asks for, and tell what was found."""
    options = parsed(sys.argv[1:])
    counts = {kind: getattr(options, kind) for kind in KINDS}
    started = time.monotonic()
    found, codes = fuzz(counts, options.seed, options.keep, options.workers)
    for finding in found[:50]:
        print(f"{finding.kind} {finding.seed}: {finding.command}\n    {finding.problem.strip()[-600:]}\n")
    print(f"{counts}, seed {options.seed}: {len(found)} failed; {dict(codes)}; {time.monotonic() - started:.0f} s")
    return bool(found)


if __name__ == "__main__":
    sys.exit(told())
