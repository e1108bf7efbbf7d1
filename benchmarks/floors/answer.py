"""What an answer cannot cost less than: a program of one command on the same three packages that prints a constant."""

import typer
from pydantic import BaseModel

app = typer.Typer()


class Country(BaseModel):
    """An answer."""

    name: str


@app.command()
def country(name: str) -> None:  # noqa: ARG001 -- it only has to be read
    """Print a constant, whatever the name."""
    print('{"name": "Moldova"}')


if __name__ == "__main__":
    app(prog_name="floor")
