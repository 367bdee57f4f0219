"""Praise over time: how many reviews of a film there are from each year, and how many are favourable."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..library.answer import Answer
from .interval import wilson
from .stars import FAVOURABLE

if TYPE_CHECKING:
    import duckdb


def timeline(connection: duckdb.DuckDBPyConnection, film: str) -> Answer:
    """The reviews of a film, given by its id, by the year they were written in; those without a date are left out.

    Returns:
        One row per year: year, reviews, favourable, share, low, high (Wilson's interval).
    """
    import pyarrow as pa

    rows = connection.execute(
        f"""
        SELECT year(written), count(*), count(*) FILTER ({FAVOURABLE})
        FROM ratings JOIN (SELECT review, written FROM reviews WHERE film = $1 AND written IS NOT NULL) USING (review)
        WHERE film = $1 GROUP BY 1 ORDER BY 1
        """,
        [film],
    ).fetchall()
    shares = [wilson(favourable, reviews) for _, reviews, favourable in rows]
    return Answer(
        pa.table(
            {
                "year": pa.array([year for year, _, _ in rows], pa.int64()),
                "reviews": pa.array([reviews for _, reviews, _ in rows], pa.int64()),
                "favourable": pa.array([favourable for _, _, favourable in rows], pa.int64()),
                "share": pa.array([share.share for share in shares], pa.float64()),
                "low": pa.array([share.low for share in shares], pa.float64()),
                "high": pa.array([share.high for share in shares], pa.float64()),
            }
        )
    )
