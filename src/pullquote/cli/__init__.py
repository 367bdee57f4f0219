"""The command line: one file per command, put together here.

Nothing heavy is imported before a command runs, so that help comes at once.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from types import FrameType
from typing import Annotated, Any

import typer

from .blurbs import blurbs
from .catalogue import app as catalogue
from .check import check
from .compare import compare
from .corrections import corrections
from .evaluate import evaluate
from .export import export
from .failures import failures
from .film import film
from .index import index
from .ingest import ingest
from .link import link
from .person import person
from .rank import rank
from .read import read
from .schema import schema
from .search import search
from .serve import serve
from .sql import sql
from .token import app as token
from .train import train

#: Every command, in the order in which help shows them. A new one is one row here.
COMMANDS: tuple[Callable[..., Any], ...] = (
    read,
    ingest,
    failures,
    check,
    index,
    link,
    search,
    film,
    compare,
    rank,
    person,
    blurbs,
    corrections,
    export,
    sql,
    serve,
    evaluate,
    schema,
    train,
)

app = typer.Typer(
    name="pullquote",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    # Plain help: it needs no rich, and reads the same in a pipe.
    rich_markup_mode=None,
)
for _command in COMMANDS:
    app.command()(_command)
app.add_typer(catalogue, name="catalogue")
app.add_typer(token, name="token")


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import PackageNotFoundError, version

        try:
            number = version("pullquote")
        except PackageNotFoundError:
            number = "(not installed)"
        typer.echo(f"pullquote {number}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Read film reviews; every claim carries the exact words it comes from."""


def main() -> None:
    """Run the command line and exit: 0 all went well, 1 some input failed, 2 nothing was tried, 130 interrupted."""
    signal.signal(signal.SIGTERM, _stop)
    for stream in (sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            # A terminal without some letter shows a substitute rather than a traceback.
            reconfigure(errors="backslashreplace")
    app(prog_name="pullquote")


def _stop(number: int, frame: FrameType | None) -> None:
    # As an exception, so that half-written files are cleared away on the way out.
    raise SystemExit(128 + number)
