"""The command line: one file per command, put together here.

Nothing heavy is imported before a command runs, so that help comes at once.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterable
from importlib import import_module
from types import FrameType
from typing import Annotated, Any

import typer

#: Every command, in the order in which help shows them: a module here, with a function of the same name. A new one is
#: one word here.
COMMANDS = (
    "read", "ingest", "failures", "check", "index", "link", "search", "film", "compare", "rank", "films", "person",
    "blurbs", "corrections", "export", "sql", "serve", "evaluate", "schema", "train", "distil",
    "cascade",
)  # fmt: skip
#: Commands that have commands of their own: a module here, with an ``app``.
GROUPS = ("catalogue", "token")


def build(names: Iterable[str] = (*COMMANDS, *GROUPS)) -> typer.Typer:
    """The command line with the commands of these names; to build all takes longer than many of them run."""
    app = typer.Typer(
        name="pullquote",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        # Plain help: it needs no rich, and reads the same in a pipe.
        rich_markup_mode=None,
    )
    app.callback()(_options)
    for name in names:
        module = import_module(f".{name}", __package__)
        if name in GROUPS:
            app.add_typer(module.app, name=name)
        else:
            app.command()(getattr(module, name))
    return app


def __getattr__(name: str) -> Any:
    """The whole command line as ``app``, built when it is asked for."""
    if name == "app":
        return build()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import PackageNotFoundError, version

        try:
            number = version("pullquote")
        except PackageNotFoundError:
            number = "(not installed)"
        typer.echo(f"pullquote {number}")
        raise typer.Exit


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
    named = sys.argv[1:2]
    known = named and named[0] in (*COMMANDS, *GROUPS)
    (build(named) if known else build())(prog_name="pullquote")


def _stop(number: int, frame: FrameType | None) -> None:
    # As an exception, so that half-written files are cleared away on the way out.
    raise SystemExit(128 + number)
