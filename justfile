# What one does here every day; `just` lists it. Everything runs in .venv, which `just setup` makes.

_list:
    @just --list

# Make the environment.
setup:
    python3 -m venv .venv
    .venv/bin/pip install -e '.[dev]'

# Run the tests but the slow ones, or those that are named.
test *arguments="-m 'not slow'":
    .venv/bin/pytest {{ arguments }}

# Check style and types.
lint:
    .venv/bin/ruff check
    .venv/bin/ruff format --check
    .venv/bin/mypy --strict

# Write the generated files again: docs/cli.md, docs/schema, examples, tests/pages, the picture of the rooms.
docs *parts:
    .venv/bin/python tools/generate.py {{ parts }}

# Run all checks, as CI does.
check *arguments:
    .ci/run {{ arguments }}

# Measure what the tests run.
coverage:
    .venv/bin/pytest --cov
