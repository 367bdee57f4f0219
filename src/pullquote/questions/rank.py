"""Films in order: by how surely an aspect is praised, or the film as a whole found favourable."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from ..errors import InputError
from ..library.answer import Answer
from ..reading import Aspect
from .interval import wilson
from .stars import FAVOURABLE

if TYPE_CHECKING:
    import duckdb

ASPECTS: tuple[str, ...] = get_args(Aspect)
#: One voice for each review that judges an aspect: the side that more of its quotes take, 0 where they balance.
_VOICES = """
    SELECT review, sign(count(*) FILTER (polarity = 'positive') - count(*) FILTER (polarity = 'negative')) AS voice
    FROM opinions WHERE aspect = $2 GROUP BY review
"""


def rank(
    connection: duckdb.DuckDBPyConnection,
    aspect: str | None = None,
    *,
    blamed: bool = False,
    worst: bool = False,
    min_reviews: int = 10,
    limit: int = 20,
) -> Answer:
    """The best films by the lower bound of the share of reviews that praise ``aspect``, of those that judge it.

    The bound is Wilson's (1927, JASA 22; see `interval.wilson`): a film that one review raves about is no winner,
    for it may truly be liked by one in five. Without ``aspect`` the share is that of favourable reviews.

    Args:
        blamed: rank by the share that blame (or are unfavourable) instead.
        worst: the last come first, by the upper bound, so that one pan makes no loser either.
        min_reviews: films with fewer judging reviews are left out.

    Returns:
        One row per film: place, film, title, year, reviews (that judge), part (that praise), share, low, high.

    Raises:
        InputError: if there is no such aspect.
    """
    import pyarrow as pa

    if aspect is not None and aspect not in ASPECTS:
        raise InputError(f"{aspect}: no such aspect; there are {', '.join(ASPECTS)}")
    side = "-1" if blamed else "1"
    if aspect is None:
        counts = f"SELECT film, count(*) FILTER ({'NOT ' * blamed}{FAVOURABLE}) AS part, count(*) AS n FROM ratings"
        values: list[object] = []
    else:
        counts = f"SELECT film, count(*) FILTER (voice = {side}) AS part, count(*) AS n FROM ({_VOICES}) "
        counts += "JOIN reviews USING (review)"
        values = [aspect]
    rows = connection.execute(
        f"""
        SELECT film, title, year, part, n FROM (
            {counts} WHERE film IS NOT NULL GROUP BY film HAVING count(*) >= $1
        ) JOIN films USING (film)
        """,
        [min_reviews, *values],
    ).fetchall()
    shares = [(wilson(part, n), film, title, year) for film, title, year, part, n in rows]
    # Where bounds are equal, more reviews speak surer.
    shares.sort(key=lambda row: (row[0].high, -row[0].total, row[1]) if worst else (-row[0].low, -row[0].total, row[1]))
    shown = shares[:limit]
    return Answer(
        pa.table(
            {
                "place": pa.array(range(1, len(shown) + 1), pa.int64()),
                "film": pa.array([film for _, film, _, _ in shown], pa.string()),
                "title": pa.array([title for _, _, title, _ in shown], pa.string()),
                "year": pa.array([year for _, _, _, year in shown], pa.int16()),
                "reviews": pa.array([share.total for share, *_ in shown], pa.int64()),
                "part": pa.array([int(share.part) for share, *_ in shown], pa.int64()),
                "share": pa.array([share.share for share, *_ in shown], pa.float64()),
                "low": pa.array([share.low for share, *_ in shown], pa.float64()),
                "high": pa.array([share.high for share, *_ in shown], pa.float64()),
            }
        )
    )
