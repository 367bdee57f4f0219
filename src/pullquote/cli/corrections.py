"""``pullquote corrections``: what readers mended, when and by whom."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .complaints import ending_well, refusing, safe

if TYPE_CHECKING:
    from ..corrections.record import Correction


def corrections(
    library: Annotated[
        Path | None,
        typer.Option(metavar="PATH", help="Library file. Default: $PULLQUOTE_LIBRARY, else pullquote.duckdb here."),
    ] = None,
    set_aside: Annotated[
        bool, typer.Option("--set-aside", help="Only those that do not fit what a later model read.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print JSON lines.")] = False,
) -> None:
    """List the corrections that readers made, oldest first, undone ones too.

    Exit code: 0 listed, 2 the library could not be opened.
    """
    with ending_well():
        import msgspec

        from ..corrections.record import all_of
        from ..library.store import open_library

        with refusing():
            store = open_library(library)
        with store:
            for one in all_of(store.connection):
                if not set_aside or one.status == "set aside":
                    typer.echo(msgspec.json.encode(one) if json else _line(one))


def _line(one: Correction) -> str:
    from ..corrections.changes import kind_of, printed

    what = printed(one.change).decode() if kind_of(one.change) != "checked" else "the whole reading"
    why = f": {one.set_aside}" if one.status == "set aside" else ""
    return safe(
        f"{one.correction}  review {one.review}  {one.made_at:%Y-%m-%d %H:%M}  {one.author}  {kind_of(one.change)}  "
        f"{one.status}{why}  {what}"
    )
