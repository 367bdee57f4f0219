"""The film page: its dossier, every bar a way to its quotes; printed, a press sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from ...questions.blurbs import blurbs
from ...questions.dossier import Dossier, dossier
from ...questions.quotes import Quote
from .. import links
from ..found import sought
from ..shell import Serving, page, part, spoilers_shown

if TYPE_CHECKING:
    import duckdb

router = APIRouter(include_in_schema=False)
#: Quotes of either side that stand on the page at once, and praise fit to print.
_QUOTES, _BLURBS = 5, 6


@router.get("/film/{named:path}")
async def film(request: Request, serving: Serving, named: str) -> HTMLResponse:
    """The dossier of the film that a name or id means."""
    spoilers = spoilers_shown(request)
    found = await serving.ask(lambda connection: _dossier(connection, named, spoilers))
    praise, blame = (_best(found, side) for side in ("praise", "blame"))
    return page(request, "film.html", found=found, praise=praise, blame=blame)


@router.get("/blurbs/{named:path}")
async def press(request: Request, serving: Serving, named: str) -> HTMLResponse:
    """Praise fit to print, as a part of the film page."""
    spoilers = spoilers_shown(request)

    def ask(connection: duckdb.DuckDBPyConnection) -> list[dict[str, object]]:
        with sought(connection):
            return blurbs(connection, named, limit=_BLURBS, spoilers=spoilers).rows()

    return part("blurbs.html", blurbs=await serving.ask(ask))


def _dossier(connection: duckdb.DuckDBPyConnection, named: str, spoilers: bool) -> Dossier:
    with sought(connection, links.film):
        return dossier(connection, named, spoilers=spoilers)


def _best(found: Dossier, side: str) -> list[Quote]:
    """The most telling quote of each aspect first, then the second of each; no more than fit."""
    of_aspects = [one.praise if side == "praise" else one.blame for one in found.aspects]
    ordered = [own[rank] for rank in range(3) for own in of_aspects if rank < len(own)]
    return ordered[:_QUOTES]
