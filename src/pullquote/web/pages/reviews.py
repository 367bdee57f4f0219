"""The reviews of a film, a page at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse

from ...questions.films import films_by_id
from ..problems import Refused
from ..shell import Serving, is_part, page, part

if TYPE_CHECKING:
    import duckdb

    from ...questions.films import Film

router = APIRouter(include_in_schema=False)
_EACH = 20


@router.get("/reviews")
async def reviews(
    request: Request, serving: Serving, film: Annotated[str, Query(max_length=4000)],
    first: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
) -> HTMLResponse:  # fmt: skip
    """A page of them, or the part that goes on below."""
    known, rows = await serving.ask(lambda connection: _reviews(connection, film, first))
    after = first + _EACH if len(rows) > _EACH else None
    values: dict[str, Any] = {"film": known, "rows": rows[:_EACH], "after": after, "first": first}
    return part("reviews.html", **values) if is_part(request) else page(request, "reviews_page.html", **values)


def _reviews(connection: duckdb.DuckDBPyConnection, film: str, first: int) -> tuple[Film, list[dict[str, Any]]]:
    known = films_by_id(connection, [film])
    if not known:
        raise Refused(404, "No film of this library has that id.")
    result = connection.execute(
        """
        SELECT review, id, headline, author, written, coalesce(rating_stars, stars) AS stars,
               rating_stars IS NOT NULL AS given, sentiment
        FROM reviews JOIN verdicts USING (review) WHERE film = $1 ORDER BY review LIMIT $2 OFFSET $3
        """,
        [film, _EACH + 1, first],
    )
    names = [column[0] for column in result.description]
    return known[0], [dict(zip(names, row, strict=True)) for row in result.fetchall()]
