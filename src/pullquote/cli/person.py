"""``pullquote person``: someone over all films."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .answers import LIBRARY, SPOILERS, CardFormat, on_screen, print_json, print_page
from .complaints import ending_well, refusing


def person(
    named: Annotated[
        str, typer.Argument(metavar="NAME", show_default=False, help="The name, or a surname only one has.")
    ],
    library: Annotated[Path | None, typer.Option(metavar="PATH", help=LIBRARY)] = None,
    spoilers: Annotated[bool, typer.Option("--spoilers", help=SPOILERS)] = False,
    format: Annotated[
        CardFormat | None, typer.Option(help="Form of print. Default: card on a terminal, json elsewhere.")
    ] = None,
) -> None:
    """Tell what reviews say of a person: films, roles, characters, praise and blame, and with whom.

    Exit code: 0 told, 1 it could not be printed, 2 no such person or several.
    """
    with ending_well():
        from ..folder.opened import asking

        with refusing(), asking(library) as there:
            from ..questions.person import person as profile

            found = profile(there, named, spoilers=spoilers)
        if (format or (CardFormat.card if on_screen() else CardFormat.json)) is CardFormat.json:
            print_json(found)
        else:
            from ..render.profile import profile_page

            print_page(profile_page(found))
