"""``pullquote serve``: the site over a library."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .complaints import complain, ending_well, refusing


def serve(
    library: Annotated[
        Path | None,
        typer.Argument(
            metavar="LIBRARY",
            show_default=False,
            help="Library file. Default: $PULLQUOTE_LIBRARY, else pullquote.duckdb here.",
        ),
    ] = None,
    host: Annotated[str, typer.Option(metavar="ADDRESS", help="Address to serve at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(metavar="N", min=0, max=65535, help="Port; 0 takes one that is free.")] = 8765,
    read_only: Annotated[
        bool, typer.Option("--read-only", help="Change nothing; other processes may read the library meanwhile.")
    ] = False,
    public: Annotated[
        bool,
        typer.Option("--public", help="Let anyone who reaches ADDRESS look, token or not; pages change nothing then."),
    ] = False,
    name: Annotated[
        list[str] | None, typer.Option(metavar="HOST", help="A host name that the site is known by; may be repeated.")
    ] = None,
    model: Annotated[
        str | None, typer.Option(metavar="NAME", help="Model to read with. Default: the one that comes along.")
    ] = None,
    rate: Annotated[
        float, typer.Option(metavar="N", min=0, help="Requests a second that one client may make; 0 sets no limit.")
    ] = 40.0,
) -> None:
    """Open the site over a library, until Ctrl-C.

    Exit code: 2 nothing was served, 130 interrupted.
    """
    with ending_well():
        from ..library.missing import extra
        from ..library.store import library_path

        with refusing():
            with extra("web"):
                from ..web.app import create_app
                from ..web.serving import is_loopback, listening, logged, server
            from ..web.settings import Settings

            settings = Settings(
                library=library_path(library),
                read_only=read_only,
                public=public,
                # Who comes from elsewhere shows a token, unless anyone may look.
                closed=not (public or is_loopback(host)),
                names=frozenset(name or ()),
                model=model,
                rate=rate or None,
            )
            socket = listening(host, port)
            app = create_app(settings)
        logged()
        shown = f"[{host}]" if ":" in host else host
        complain(f"{settings.library} is open at http://{shown}:{socket.getsockname()[1]}/ (Ctrl-C ends it)")
        if settings.closed:
            complain("Whoever looks needs a token: pullquote token create NAME (or let anyone look, with --public)")
        server(app).run(sockets=[socket])
