"""Films as cards: those most reviewed, or those whose titles hold some words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..library.keys import title_key
from ..questions.interval import Share, wilson
from ..questions.stars import FAVOURABLE

if TYPE_CHECKING:
    import duckdb

#: Cards on a page.
EACH = 24


@dataclass(frozen=True, slots=True)
class Card:
    """A film at a glance: reviews, median of their stars, share favourable."""

    film: str
    title: str | None
    year: int | None
    reviews: int
    stars: float
    favourable: Share


def cards(
    connection: duckdb.DuckDBPyConnection, *, titled: str = "", first: int = 0, limit: int = EACH
) -> list[Card]:  # fmt: skip
    """``limit`` films from ``first`` on, most reviewed first.

    Args:
        titled: only films whose titles hold these words, but for case, accents and a first article.
    """
    key = title_key(titled) if titled.strip() else ""
    rows = connection.execute(
        f"""
        WITH counted AS (
            SELECT film, count(*) AS n, median(stars) AS stars, count(*) FILTER ({FAVOURABLE}) AS liked
            FROM ratings WHERE film IS NOT NULL
            AND ($1 = '' OR film IN (SELECT film FROM films WHERE contains(lower(strip_accents(title)), $1)))
            GROUP BY film ORDER BY n DESC, film LIMIT $2 OFFSET $3
        )
        SELECT film, title, year, n, stars, liked FROM counted JOIN films USING (film) ORDER BY n DESC, film
        """,
        [key, limit, first],
    ).fetchall()
    return [Card(film, title, year, n, stars, wilson(liked, n)) for film, title, year, n, stars, liked in rows]


def size(connection: duckdb.DuckDBPyConnection) -> tuple[int, int]:
    """How many reviews the library holds, and of how many films."""
    [(reviews, films)] = connection.execute("SELECT count(*), count(DISTINCT film) FROM reviews").fetchall()
    return reviews, films
