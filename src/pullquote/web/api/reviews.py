"""Reviews: all or those of a film, one with its text and reading."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from ...library.rebuild import readings
from ...reading import Reading
from ..links import outside
from ..problems import Refused
from .asking import Asking
from .cursor import opened, page
from .naming import film_of
from .operation import question
from .parameters import Listing, Parameters

#: Numbers of reviews and corrections: as large as JSON can tell exactly everywhere.
Number = Annotated[int, Meta(ge=1, le=2**53 - 1)]


class OfFilm(Listing, frozen=True, kw_only=True):
    """Which reviews."""

    film: (
        Annotated[str, Meta(min_length=1, max_length=2000, description="Title or id; left out: all reviews.")] | None
    ) = None


class ReviewCard(msgspec.Struct, frozen=True, kw_only=True):
    """A review at a glance; ``stars`` from 1 to 10 are the reviewer's own (``stars_given``) or the reading's."""

    review: int
    id: str
    film: str | None
    title: str | None
    year: int | None
    headline: str | None
    author: str | None
    written: dt.date | None
    stars: float
    stars_given: bool
    sentiment: float
    recommend: str


class Reviews(msgspec.Struct, frozen=True, kw_only=True):
    """Reviews in the order in which they came."""

    items: tuple[ReviewCard, ...]
    next: str | None


class OneReview(Parameters, frozen=True, kw_only=True):
    """Which review."""

    number: Annotated[Number, Meta(description="Number of the review.")]


class Review(msgspec.Struct, frozen=True, kw_only=True):
    """A review with its reading; ``rating`` is the reviewer's own score to the letter.

    ``in_force`` numbers the reading; it changes with every correction.
    """

    review: int
    id: str
    film: str | None
    title: str | None
    year: int | None
    headline: str | None
    author: str | None
    written: dt.date | None
    url: str | None
    rating: str | None
    text: str
    in_force: int
    reading: Reading


_CARDS = """
SELECT review, id, film, films.title, films.year, headline, author, written,
       coalesce(rating_stars, stars) AS stars, rating_stars IS NOT NULL AS stars_given, sentiment, recommend
FROM reviews JOIN verdicts USING (review) LEFT JOIN films USING (film)
WHERE review > $1 AND ($2::VARCHAR IS NULL OR film = $2) ORDER BY review LIMIT $3
"""
_REVIEW = """
SELECT review, id, film, films.title, films.year, headline, author, written, url, rating, text, reading AS in_force
FROM reviews JOIN readings USING (review) LEFT JOIN films USING (film) WHERE review = $1 AND replaced_at IS NULL
"""


def listed(asking: Asking, given: OfFilm) -> Reviews:
    """The reviews of the library, or of one film."""
    film = film_of(asking, given.film).film if given.film is not None else None
    (since,) = opened(asking, given.cursor, tuple[int]) or (0,)
    rows = _rows(asking, _CARDS, [since, film, given.limit + 1])
    shown, after = page(asking, rows, given.limit, lambda row: (row["review"],))
    return Reviews(items=msgspec.convert(shown, tuple[ReviewCard, ...]), next=after)


def one(asking: Asking, given: OneReview) -> Review:
    """A review with its text and its reading, as readers corrected it."""
    rows = _rows(asking, _REVIEW, [given.number])
    read = readings(asking.connection, [given.number]) if rows else {}
    if given.number not in read:
        raise unknown()
    known = rows[0] | {"url": outside(rows[0]["url"])}
    return Review(**known, reading=read[given.number])


def unknown() -> Refused:
    """What is told where there is no such review."""
    return Refused(404, "No review of this library has that number.")


def _rows(asking: Asking, sql: str, values: list[object]) -> list[dict[str, Any]]:
    result = asking.connection.execute(sql, values)
    names = [column[0] for column in result.description or ()]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


OPERATIONS = (
    question(
        name="reviews", path="/reviews", summary="List reviews", parameters=OfFilm, answer=Reviews, ask=listed,
        refusals=(404,),
    ),
    question(
        name="review", path="/review/{number}", summary="A review with its reading", parameters=OneReview,
        answer=Review, ask=one, refusals=(404,),
    ),
)  # fmt: skip
