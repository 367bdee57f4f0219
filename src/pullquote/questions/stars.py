"""How a set of reviews rates: stars and their spread, and how many are favourable."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .interval import Share, wilson

if TYPE_CHECKING:
    import duckdb

#: A reviewer's own score is favourable from here on: 6 of 10, three stars of five.
FAVOURABLE_FROM = 6.0
#: The view ``ratings`` of the reviews in scope, without a pass over all reviews.
RATED = """(
    SELECT review, coalesce(rating_stars, stars) AS stars, rating_stars IS NOT NULL AS given, sentiment
    FROM chosen JOIN verdicts USING (review)
)"""
#: Whether a row of ``ratings`` is favourable: by the reviewer's own score, else by the reading's estimate.
FAVOURABLE = f"CASE WHEN given THEN stars >= {FAVOURABLE_FROM} ELSE sentiment >= 0.5 END"


@dataclass(frozen=True, slots=True)
class Stars:
    """Stars of several reviews, from 1 to 10.

    ``given`` of them are the reviewers' own, ``estimated`` the readings'. ``spread`` is the standard deviation,
    None for fewer than two; ``histogram`` counts the reviews at 1, 2, ..., 10 stars, halves rounded up.
    """

    given: int
    estimated: int
    median: float | None
    mean: float | None
    spread: float | None
    histogram: tuple[int, ...]
    favourable: Share


def stars(cursor: duckdb.DuckDBPyConnection) -> Stars:
    """The stars of the reviews in scope."""
    ((given, estimated, median, mean, spread, favourable, histogram),) = cursor.execute(
        f"""
        SELECT count(*) FILTER (given), count(*) FILTER (NOT given), median(stars), avg(stars), stddev_samp(stars),
               count(*) FILTER ({FAVOURABLE}), histogram(least(greatest(floor(stars + 0.5), 1), 10)::INTEGER)
        FROM {RATED}
        """
    ).fetchall()
    counts = histogram or {}
    return Stars(
        given=given,
        estimated=estimated,
        median=median,
        mean=mean,
        spread=spread,
        histogram=tuple(counts.get(star, 0) for star in range(1, 11)),
        favourable=wilson(favourable, given + estimated),
    )
