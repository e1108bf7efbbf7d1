"""The weights of queries' features, for the program and for its page, learnt from ``benchmarks/search/training``.

They are those of networks with one hidden layer, which tell how likely each fact is to answer a query, or none of
them; the page has room for a regression without one. Learning needs NumPy and some minutes, and is only done anew where
what it learns from has changed.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Any

import psfacts
from psfacts.exporting.site.data import FILE as PAGE_FILE
from psfacts.exporting.site.data import STEP as PAGE_STEP
from psfacts.finding.asked import ANSWER, FILE, MIDDLE, STEP, features
from psfacts.finding.finder import Finder
from psfacts.model import Id

ROOT = Path(__file__).parents[1]
TRAINING = ROOT / "benchmarks/search/training"
SOURCES = ROOT / "src/psfacts"

STATED = 3
"""How many queries a fact's sentence with its headline counts as."""

KEYWORD = 2
"""How many its keywords count as."""

FEWEST = 3
"""In how many queries a word stands at the least."""

FEWEST_PAIRS = 6
"""The same for a pair of words."""

PAGE_FEWEST = 25
"""The same for a word of the page, which knows no pairs."""

NETWORKS = 2
"""How many networks are learnt that begin differently: what they say together depends less on chance."""

SIZE = 96
"""How many units are hidden in each."""

ROUNDS = 20
BATCH = 256
RATE = 0.006
"""How far weights move at first; in the last round hardly at all."""

LEFT_OUT = 0.1
"""Which part of its features is left out of a query that is learnt from, so that none of them is relied upon."""

SWITCHED_OFF = 0.2
"""The same for hidden units."""

MOST = 46
"""How many steps a weight is from 0 at the most, so that its character can be printed."""

SPARSITY = 0.0001
"""How strongly the weights of the page are drawn to 0, so that few are left."""

Matrix = Any
"""An array of NumPy, which is not always there."""

Example = tuple[list[str], str]
"""The features of a query, and the fact that answers it; the empty string where none does."""


def files() -> dict[Path, str | None]:
    """Return the files of weights and what has to stand in them."""
    paths = [SOURCES / FILE, SOURCES / PAGE_FILE]
    contents = [path.read_text(encoding="utf-8") if path.exists() else "" for path in paths]
    if any(not _is_current(content) for content in contents):
        examples = list(_examples())
        alone = [([name for name in used if "_" not in name], answer) for used, answer in examples]
        contents = [_marked(_network(examples)), _marked(_page(alone))]
    return dict(zip(paths, contents, strict=True))


def _is_current(content: str) -> bool:
    """Return whether weights are those that were learnt from what is there now."""
    return content == _marked(content.partition("\n")[2])


def _digest(weights: str) -> str:
    """Return what tells apart weights, and what they were learnt from."""
    facts = [[fact.id, fact.statement, fact.headline, fact.keywords] for fact in psfacts.load().facts]
    paths = [*sorted(TRAINING.glob("*.jsonl")), Path(__file__)]
    written = [json.dumps(facts), weights, *(path.read_text(encoding="utf-8") for path in paths)]
    return sha256(b"".join(sha256(part.encode()).digest() for part in written)).hexdigest()


def _marked(weights: str) -> str:
    return f"#{_digest(weights)}\n{weights}"


def _network(examples: Sequence[Example]) -> str:
    """Return the weights of the program."""
    names = _names(examples, FEWEST)
    answers = _answers()
    keys = [*names, *(ANSWER + key for key in answers)]
    rows: list[list[int]] = [[] for _ in keys]
    for seed in range(NETWORKS):
        network = _Network(len(names), len(answers), seed)
        _learn(network, examples, names)
        network.spoken_for.values /= NETWORKS
        learnt = network.speaking.steps(STEP) + network.spoken_for.steps(STEP)
        rows = [row + steps for row, steps in zip(rows, learnt, strict=True)]
    lines = (
        f"{name} {''.join(chr(MIDDLE + max(-MOST, min(MOST, step))) for step in steps)}\n"
        for name, steps in zip(keys, rows, strict=True)
    )
    return "".join(sorted(lines, key=lambda line: line.split()[0].encode()))


def _page(examples: Sequence[Example]) -> str:
    """Return the weights of the page."""
    names = _names(examples, PAGE_FEWEST)
    facts = _answers()[:-1]
    regression = _Regression(len(names), len(facts) + 1)
    _learn(regression, examples, names)
    weights = {
        name: [nothing, {fact: step for fact, step in zip(facts, steps, strict=True) if step}]
        for name, (*steps, nothing) in zip(names, regression.speaking.steps(PAGE_STEP), strict=True)
    }
    return json.dumps({"facts": facts, "weights": weights}, indent=0, sort_keys=True) + "\n"


def _names(examples: Sequence[Example], fewest: int) -> list[str]:
    counts = Counter(chain.from_iterable(used for used, _ in examples))
    return [name for name, count in counts.items() if count >= (FEWEST_PAIRS if "_" in name else fewest)]


def _answers() -> list[Id]:
    """Return the facts, and last no answer."""
    return [*(fact.id for fact in psfacts.load().facts), ""]


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


class _Weights:
    """Weights that are moved by Adam, in each batch only those that have a part in it."""

    def __init__(self, values: Matrix, sparsity: float = 0.0) -> None:
        import numpy as np

        self.values = values.astype(np.float32)
        self._sparsity = sparsity
        self._mean = np.zeros_like(self.values)
        self._square = np.zeros_like(self.values)
        self._moves = 0

    def move(self, rows: Matrix, slope: Matrix, rate: float) -> None:
        """Move the weights in ``rows`` down a slope."""
        import numpy as np

        self._moves += 1
        self._mean[rows] = 0.9 * self._mean[rows] + 0.1 * slope
        self._square[rows] = 0.999 * self._square[rows] + 0.001 * slope**2
        rates = rate / (np.sqrt(self._square[rows] / (1 - 0.999**self._moves)) + 1e-8)
        moved = self.values[rows] - rates * self._mean[rows] / (1 - 0.9**self._moves)
        self.values[rows] = np.sign(moved) * np.maximum(np.abs(moved) - rates * self._sparsity, 0)

    def steps(self, step: float) -> list[list[int]]:
        """Return the weights as numbers of steps."""
        import numpy as np

        steps: list[list[int]] = np.rint(self.values / step).astype(int).tolist()
        return steps


class _Network:
    """Queries' features speak for hidden units, and these for answers."""

    def __init__(self, features: int, answers: int, seed: int) -> None:
        import numpy as np

        self._random = np.random.default_rng(seed)
        self.speaking = _Weights(self._random.normal(0, 0.1, (features, SIZE)))
        self.spoken_for = _Weights(self._random.normal(0, 0.6 * SIZE**-0.5, (answers, SIZE)))

    def learn(self, used: Matrix, held: Matrix, right: Matrix, rate: float) -> None:
        """Learn from queries that hold the features ``used``, with the places of their right answers."""
        is_always = used == 0  # the first feature of each query
        held = held * ((self._random.random(held.shape) >= LEFT_OUT) | is_always)
        summed = held @ self.speaking.values[used]
        is_on = (summed > 0) * (self._random.random(summed.shape) >= SWITCHED_OFF) / (1 - SWITCHED_OFF)
        hidden = summed * is_on
        wrong = _wrong(hidden @ self.spoken_for.values.T, right)
        slope = held.T @ (wrong @ self.spoken_for.values * is_on)
        self.spoken_for.move(slice(None), wrong.T @ hidden, rate)
        self.speaking.move(used, slope, rate)


class _Regression:
    """Queries' features speak for answers."""

    def __init__(self, features: int, answers: int) -> None:
        import numpy as np

        self.speaking = _Weights(np.zeros((features, answers)), SPARSITY)

    def learn(self, used: Matrix, held: Matrix, right: Matrix, rate: float) -> None:
        """Learn from queries that hold the features ``used``, with the places of their right answers."""
        self.speaking.move(used, held.T @ _wrong(held @ self.speaking.values[used], right), rate)


def _learn(model: _Network | _Regression, examples: Sequence[Example], names: Sequence[str]) -> None:
    """Show a model all examples again and again, in another order each time."""
    import numpy as np

    at = {name: place for place, name in enumerate(names)}
    place = {answer: number for number, answer in enumerate(_answers())}
    columns = [[at[name] for name in used if name in at] for used, _ in examples]
    right = np.array([place[answer] for _, answer in examples])
    random = np.random.default_rng(0)
    for turn in range(ROUNDS):
        order = random.permutation(len(examples))
        for start in range(0, len(examples), BATCH):
            chosen = order[start : start + BATCH]
            used = sorted({column for example in chosen for column in columns[example]})
            within = {column: number for number, column in enumerate(used)}
            held = np.zeros((len(chosen), len(used)), np.float32)
            for row, example in enumerate(chosen):
                held[row, [within[column] for column in columns[example]]] = 1
            rate = RATE * max(0.02, 1 - (turn + start / len(examples)) / ROUNDS)
            model.learn(np.array(used), held, right[chosen], rate)


def _wrong(values: Matrix, right: Matrix) -> Matrix:
    """Return how far the probabilities of answers are off, over the number of queries."""
    import numpy as np

    powers = np.exp(values - values.max(axis=1, keepdims=True))
    probabilities = powers / powers.sum(axis=1, keepdims=True)
    probabilities[np.arange(len(right)), right] -= 1
    return probabilities / len(right)
