"""The weights of queries' features, for the program and for its page, learnt from ``benchmarks/search/training``.

They are those of a multinomial logistic regression: how likely each fact is to answer a query, or none of them.
Learning needs NumPy and some minutes, and is only done anew where what it learns from has changed.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Any

import psfacts
from psfacts.finding.asked import FILE, PAGE_FILE, STEP, features
from psfacts.finding.finder import Finder

ROOT = Path(__file__).parents[1]
TRAINING = ROOT / "benchmarks/search/training"
SOURCES = ROOT / "src/psfacts"

STATED = 3
"""How many queries a fact's sentence with its headline counts as."""

KEYWORD = 2
"""How many its keywords count as."""

FEWEST = 3
"""In how many queries a feature stands at the least."""

PAGE_FEWEST = 25
"""The same for the page, which has room for few, and none for pairs of words."""

ROUNDS = 16
BATCH = 256
RATE = 0.1
SPARSITY = 0.001
"""How strongly weights are drawn to 0, so that few are left."""

PAGE_SPARSITY = 0.025

Matrix = Any
"""An array of NumPy, which is not always there."""

Example = tuple[list[str], str]
"""The features of a query, and the fact that answers it; the empty string where none does."""


def files() -> dict[Path, str | None]:
    """Return the file of weights and what has to stand in it."""
    paths = [SOURCES / FILE, SOURCES / PAGE_FILE]
    contents = [path.read_text(encoding="utf-8") if path.exists() else "" for path in paths]
    if any(not _is_current(content) for content in contents):
        examples = list(_examples())
        alone = [([name for name in used if "_" not in name], answer) for used, answer in examples]
        contents = [_learnt(examples, FEWEST, SPARSITY), _learnt(alone, PAGE_FEWEST, PAGE_SPARSITY)]
    return dict(zip(paths, contents, strict=True))


def _is_current(content: str) -> bool:
    """Return whether weights are those that were learnt from what is there now."""
    digest, _, weights = content.partition("\n")
    return digest == _digest(weights)


def _digest(weights: str) -> str:
    """Return what tells apart weights, and what they were learnt from."""
    facts = [[fact.id, fact.statement, fact.headline, fact.keywords] for fact in psfacts.load().facts]
    paths = [*sorted(TRAINING.glob("*.jsonl")), Path(__file__)]
    written = [json.dumps(facts), weights, *(path.read_text(encoding="utf-8") for path in paths)]
    return sha256(b"".join(sha256(part.encode()).digest() for part in written)).hexdigest()


def _learnt(examples: Sequence[Example], fewest: int, sparsity: float) -> str:
    """Return a file of weights."""
    ids = [fact.id for fact in psfacts.load().facts]
    counts = Counter(chain.from_iterable(used for used, _ in examples))
    names = sorted((name for name, count in counts.items() if count >= fewest), key=str.encode)
    lines = [" ".join(ids)]
    for name, (*facts, nothing) in zip(names, _weights(examples, names, [*ids, ""], sparsity), strict=True):
        places: dict[int, list[str]] = defaultdict(list)
        for place, weight in enumerate(facts):
            places[weight].append(_base36(place))
        groups = [f"{weight}:{','.join(places[weight])}" for weight in sorted(places, reverse=True) if weight]
        if groups or nothing or "_" not in name:
            lines.append(" ".join([name, str(nothing), *groups]))
    weights = "".join(f"{line}\n" for line in lines)
    return f"{_digest(weights)}\n{weights}"


def _base36(number: int) -> str:
    digits = "0123456789abcdefghijklmnopqrstuvwxyz"
    return (digits[number // 36] if number >= 36 else "") + digits[number % 36]


def _examples() -> Iterator[Example]:
    store = psfacts.load()
    finder = Finder(store)
    for fact in store.facts:
        told = (f"{fact.statement} {fact.headline}", STATED), (" ".join(fact.keywords), KEYWORD)
        for text, times in told:
            yield from [(_features(finder, text), fact.id)] * times
    for name in ("answered", "unanswered"):
        for line in (TRAINING / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            written = json.loads(line)
            for text in written["queries"]:
                yield _features(finder, text), written["fact"] if name == "answered" else ""


def _features(finder: Finder, text: str) -> list[str]:
    query = finder.read(text)
    return features(query.stems, query.entities)


def _weights(
    examples: Sequence[Example], names: Sequence[str], classes: Sequence[str], sparsity: float
) -> list[list[int]]:
    """Return for each feature its weight for each class, in steps."""
    import numpy as np

    at = {name: place for place, name in enumerate(names)}
    columns = [[at[name] for name in used if name in at] for used, _ in examples]
    place = {key: number for number, key in enumerate(classes)}
    answers = np.array([place[answer] for _, answer in examples])
    weights = np.zeros((len(names), len(classes)), np.float32)
    squares = np.full_like(weights, RATE**2)
    random = np.random.default_rng(0)
    for _ in range(ROUNDS):
        order = random.permutation(len(examples))
        for start in range(0, len(examples), BATCH):
            chosen = order[start : start + BATCH]
            used = sorted({column for example in chosen for column in columns[example]})
            held = _held([columns[example] for example in chosen], used)
            wrong = _softmax(held @ weights[used])
            wrong[np.arange(len(chosen)), answers[chosen]] -= 1
            slope = held.T @ wrong
            squares[used] += slope**2
            rate = RATE / np.sqrt(squares[used])
            moved = weights[used] - rate * slope
            weights[used] = np.sign(moved) * np.maximum(np.abs(moved) - rate * sparsity, 0)
    steps: list[list[int]] = np.rint(weights / STEP).astype(int).tolist()
    return steps


def _held(columns: Sequence[Sequence[int]], used: Sequence[int]) -> Matrix:
    """Return which of the features ``used`` each example has."""
    import numpy as np

    at = {column: place for place, column in enumerate(used)}
    held = np.zeros((len(columns), len(used)), np.float32)
    for row, own in enumerate(columns):
        held[row, [at[column] for column in own]] = 1
    return held


def _softmax(values: Matrix) -> Matrix:
    import numpy as np

    powers = np.exp(values - values.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)
