"""The review page: the review with its layers on the left, its reading on the right, and a thin map above."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Path, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse

from ...library.rebuild import readings
from ...questions.films import Film
from ...reading import Reading
from ..problems import Refused
from ..shell import Serving, page
from ..shown import Review, shown

if TYPE_CHECKING:
    import duckdb

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Source:
    """What the library knows of a review besides its reading; ``rating`` is the reviewer's own, to the letter."""

    review: int
    id: str
    film: Film | None
    headline: str | None
    author: str | None
    written: dt.date | None
    url: str | None
    rating: str | None


@router.get("/review/{number}")
async def review(request: Request, serving: Serving, number: Annotated[int, Path(ge=1, lt=2**62)]) -> HTMLResponse:
    """The review of this number in the library."""
    source, own = await serving.ask(lambda connection: _review(connection, number))
    # A long review takes a while to draw, in which other pages go on.
    return await run_in_threadpool(page, request, "review.html", source=source, review=own)


def _review(connection: duckdb.DuckDBPyConnection, number: int) -> tuple[Source, Review]:
    rows = connection.execute(
        """
        SELECT id, film, title, year, headline, author, written, url, rating, text FROM (
            SELECT * EXCLUDE (title, year) FROM reviews WHERE review = $1
        ) LEFT JOIN films USING (film)
        """,
        [number],
    ).fetchall()
    read: dict[int, Reading] = readings(connection, [number]) if rows else {}
    if number not in read:
        raise Refused(404, "No review of this library has that number.")
    id, film, title, year, headline, author, written, url, rating, text = rows[0]
    about = Film(film, title, year, 0) if film is not None else None
    return Source(number, id, about, headline, author, written, url, rating), shown(read[number], text)
