"""Two to four films side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse

from ...errors import AmbiguousName, InputError
from ...questions.compare import Comparison, compare
from ...questions.films import Film, films_by_id, find_film
from ..shell import Serving, page, spoilers_shown

if TYPE_CHECKING:
    import duckdb

router = APIRouter(include_in_schema=False)
_MOST = 4


@router.get("/compare")
async def comparison(
    request: Request, serving: Serving, film: Annotated[list[str] | None, Query(max_length=8)] = None
) -> HTMLResponse:
    """The form, and the comparison of the films named in it."""
    named = [name.strip()[:500] for name in film or [] if name.strip()][:_MOST]
    spoilers = spoilers_shown(request)
    found, trouble = await serving.ask(lambda connection: _compared(connection, named, spoilers))
    fields = [*named, *[""] * (_MOST - len(named))]
    return page(request, "compare.html", found=found, fields=fields, trouble=trouble)


def _compared(
    connection: duckdb.DuckDBPyConnection, named: list[str], spoilers: bool
) -> tuple[Comparison | None, list[tuple[str, list[Film]]]]:
    """The comparison, or for each name that is not clear the films it may mean."""
    ids: list[str] = []
    trouble: list[tuple[str, list[Film]]] = []
    for name in named:
        try:
            ids.append(find_film(connection, name).film)
        except AmbiguousName as error:
            trouble.append((name, films_by_id(connection, error.candidates)))
        except InputError:
            trouble.append((name, []))
    ids = list(dict.fromkeys(ids))
    if trouble or len(ids) < 2:
        return None, trouble
    return compare(connection, ids, spoilers=spoilers), []
