"""A person: films and parts, how they are spoken of and in which words, with whom they worked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from ...questions.person import Profile
from ...questions.person import person as profile
from .. import links
from ..found import sought
from ..shell import Serving, page, spoilers_shown

if TYPE_CHECKING:
    import duckdb

router = APIRouter(include_in_schema=False)


@router.get("/person/{named:path}")
async def person(request: Request, serving: Serving, named: str) -> HTMLResponse:
    """The person that a name means."""
    spoilers = spoilers_shown(request)

    def ask(connection: duckdb.DuckDBPyConnection) -> Profile:
        with sought(connection, links.person):
            return profile(connection, named, spoilers=spoilers)

    return page(request, "person.html", found=await serving.ask(ask))
