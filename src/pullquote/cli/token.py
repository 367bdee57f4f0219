"""``pullquote token``: who may ask a library over the web, and who may write to it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .complaints import complain, ending_well, refusing, safe

app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="Make, list and revoke the tokens that open a library on the web."
)

_Library = Annotated[
    Path | None,
    typer.Option(metavar="PATH", help="Library file. Default: $PULLQUOTE_LIBRARY, else pullquote.duckdb here."),
]
_Name = Annotated[str, typer.Argument(metavar="NAME", help="What the token is called.", show_default=False)]


@app.command()
def create(
    name: _Name,
    scope: Annotated[str, typer.Option(metavar="SCOPES", help="What it allows: read, write, or read,write.")] = "read",
    library: _Library = None,
) -> None:
    """Make a token and print its secret, once: it is kept nowhere.

    Exit code: 0 made, 2 refused.
    """
    with ending_well(), refusing():
        from ..library.store import library_path
        from ..library.tokens import create as made

        secret = made(library_path(library), name, [part.strip() for part in scope.split(",") if part.strip()])
        typer.echo(secret)
        complain(f"token {name!r} made; keep the secret, it is not shown again")


@app.command("list")
def list_(library: _Library = None) -> None:
    """List the tokens: name, scopes, when they were made and revoked (UTC).

    Exit code: 0 listed, 2 they cannot be read.
    """
    with ending_well(), refusing():
        from ..library.store import library_path
        from ..library.tokens import listed

        for token in listed(library_path(library)):
            ended = f"\trevoked {token.revoked:%Y-%m-%d %H:%M}" if token.revoked else ""
            line = f"{safe(token.name)}\t{','.join(token.scopes)}\tmade {token.created:%Y-%m-%d %H:%M}{ended}"
            typer.echo(line)


@app.command()
def revoke(name: _Name, library: _Library = None) -> None:
    """Revoke a token: from now on it opens nothing, on a running server too.

    Exit code: 0 revoked, 2 there is none of the name.
    """
    with ending_well(), refusing():
        from ..library.store import library_path
        from ..library.tokens import revoke as end

        end(library_path(library), name)
        complain(f"token {name!r} revoked")
