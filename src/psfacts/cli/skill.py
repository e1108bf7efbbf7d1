"""``psfacts skill``."""

from __future__ import annotations

from psfacts.cli.console import Said


def skill() -> Said:
    """Print the skill that tells an agent when and how to use psfacts.

    The installed package carries it too, where agents' tools look for it: psfacts/.agents/skills/psfacts/SKILL.md.

    Examples:
      psfacts skill
      psfacts skill > SKILL.md

    """
    from importlib.resources import files

    return Said(files("psfacts").joinpath(".agents/skills/psfacts/SKILL.md").read_text(encoding="utf-8"))
