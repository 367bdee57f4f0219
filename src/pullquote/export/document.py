"""A review with its reading, as forms that are made of readings take them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..library.rebuild import readings
from ..reading import Reading

if TYPE_CHECKING:
    from .selection import Chosen

#: Reviews in memory at once.
BATCH = 256


@dataclass(frozen=True, slots=True)
class Document:
    """One review: its number in the library, its key, the place it came from, its text and its reading in force.

    ``film`` and ``rating`` (1 to 10) are the film it is about and the reviewer's own rating, where known.
    """

    review: int
    key: str
    origin: str
    url: str | None
    text: str
    read_at: dt.datetime
    reading: Reading
    film: str | None = None
    rating: float | None = None


def documents(chosen: Chosen) -> Iterator[Document]:
    """Every chosen review with its reading, in the library's order; few are in memory at a time."""
    connection = chosen.connection
    numbers = connection.execute("SELECT review FROM chosen ORDER BY review").fetchnumpy()["review"]
    for first in range(0, len(numbers), BATCH):
        batch = numbers[first : first + BATCH].tolist()
        found = readings(connection, batch)
        rows = connection.execute(
            """
            SELECT r.review, r.key, r.origin, r.url, r.text, d.read_at, r.film, r.rating_stars
            FROM reviews r JOIN readings d USING (review)
            WHERE d.replaced_at IS NULL AND r.review IN (SELECT unnest(?)) ORDER BY r.review
            """,
            [batch],
        ).fetchall()
        for row in rows:
            review, key, origin, url, text, read_at, film, stars = row
            yield Document(review, key, origin, url, text, read_at, found[review], film, stars)
