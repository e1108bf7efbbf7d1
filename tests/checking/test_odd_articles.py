"""Articles changed at random: whatever a copy holds, it is answered, in time, and never called whole when it is not."""

from __future__ import annotations

import random
import time

import pytest

from psfacts.answers.checks import coverage, verify
from psfacts.answers.fact import fact
from psfacts.article.text import Copy, normalise
from psfacts.errors import InvalidError
from psfacts.render import Format, View, text
from psfacts.store.store import Store

ODD = (
    *("\u00ad", "\u200b", "\u202e", "\x1b[2J", "\n", "\r", "\t", "  ", "\u00a0", "“", "'", "-", "\u2011", "\n\n", "«"),
    *("\u0300" * 5, "not ", "", "\x00", "\U0001d518", "1, 2, 3, "),
)


def changed(article: str, dice: random.Random) -> str:
    """Put odd things into an article, take parts out, double and move them."""
    copy = article
    for _ in range(dice.randint(0, 12)):
        start = dice.randrange(len(copy) + 1)
        end = start + dice.choice([0, 1, 3, 30, 200])
        piece, rest = copy[start:end], copy[:start] + copy[end:]
        at = dice.randrange(len(rest) + 1)
        copy = dice.choice(
            [
                copy[:start] + dice.choice(ODD) * dice.choice([1, 1, 2, 50]) + copy[start:],
                rest,
                copy[:end] + piece + copy[end:],
                rest[:at] + piece + rest[at:],
                copy.replace(dice.choice(copy or " "), dice.choice(ODD), dice.choice([1, -1])),
            ]
        )
    return normalise(copy.encode())


@pytest.mark.parametrize("rounds", [3, pytest.param(500, marks=pytest.mark.slow)])
def test_any_article_is_answered(store: Store, fiction_article_text: str, rounds: int) -> None:
    letters = "".join(filter(str.isalnum, fiction_article_text))
    for seed in range(rounds):
        copy = Copy(changed(fiction_article_text, random.Random(seed)))  # noqa: S311 -- chance that can be had again
        started = time.process_time()
        fact("skell-secession-1998", "moren-harbours", copy=copy, store=store)
        try:
            found = verify(copy, store=store)
        except InvalidError:
            with pytest.raises(InvalidError):
                coverage(copy, store=store)
            continue
        coverage(copy, store=store)
        (source,) = found.sources
        size = source.copy_coverage
        assert size.known + size.outside + size.added == size.length == len(copy.text)
        assert not found.ok or letters in "".join(filter(str.isalnum, copy.text)), seed
        for form in (Format.TABLE, Format.JSON, Format.CSV, Format.MARKDOWN):
            assert text(found, form, View(full=True))
        assert time.process_time() - started < 10, seed
