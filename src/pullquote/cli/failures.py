"""``pullquote failures``: what could not be read, and why."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .complaints import ending_well, refusing, safe


def failures(
    library: Annotated[
        Path | None,
        typer.Option(metavar="PATH", help="Library file. Default: $PULLQUOTE_LIBRARY, else pullquote.duckdb here."),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON lines.")] = False,
) -> None:
    """List what could not be read: where it is, and the reason.

    A place that is read well later drops off the list.
    """
    with ending_well():
        import msgspec

        from ..library.store import open_library

        with refusing():
            store = open_library(library)
        with store:
            found = store.connection.execute(
                "SELECT source, origin, reason, failed_at FROM failures ORDER BY source, origin"
            )
            while rows := found.fetchmany(1000):
                for source, origin, reason, at in rows:
                    if json:
                        line = {"source": source, "origin": origin, "reason": reason, "failed_at": at.isoformat()}
                        typer.echo(msgspec.json.encode(line))
                    else:
                        typer.echo(safe(f"{origin}: {reason}"))
