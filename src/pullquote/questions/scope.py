"""The reviews that a question is about, with their claims laid out for it.

Libraries hold tens of millions of claims and no index. So what several parts of an answer need is picked out of
them once, and all else is asked of these few rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ..render.words import SPOILER_FROM

if TYPE_CHECKING:
    import duckdb

#: What a scope may be made of: the ids of films, or the numbers of reviews.
OF_FILMS = "film IN (SELECT unnest($1::VARCHAR[]))"
OF_REVIEWS = "review IN (SELECT unnest($1::BIGINT[]))"
_SENTENCES = (
    "CREATE TEMP TABLE own_segments AS SELECT review, segment, start, end_, polarity, spoiler >= $1 AS veiled "
    "FROM segments WHERE review IN (SELECT review FROM chosen)"
)
_OPINIONS = (
    "CREATE TEMP TABLE own_opinions AS SELECT review, opinion, segment, start, end_, quote, aspect, polarity, target, "
    "target_key, confidence FROM opinions WHERE review IN (SELECT review FROM chosen)"
)
#: More than any probability: nothing is veiled.
_NOTHING_VEILED = 2.0

#: SQL for a condition on the rows of a table that has reviews: only those in scope.
IN_SCOPE = "review IN (SELECT review FROM chosen)"


@contextmanager
def scope(
    connection: duckdb.DuckDBPyConnection, chosen: str, ids: Sequence[str] | Sequence[int], *, spoilers: bool
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A cursor that sees, beside the library, three tables about some of its reviews.

    ``chosen`` holds their numbers, films, and the stars their reviewers gave; ``own_segments`` their sentences,
    ``veiled`` where they are at least `SPOILER_FROM` likely to give the story away (never with ``spoilers``);
    ``own_opinions`` their opinions. The tables are the cursor's own, so that questions asked at once do not meet.

    Args:
        chosen: `OF_FILMS` or `OF_REVIEWS`, which says what ``ids`` are.
    """
    cursor = connection.cursor()
    try:
        columns = "review, film, rating_stars"
        cursor.execute(f"CREATE TEMP TABLE chosen AS SELECT {columns} FROM reviews WHERE {chosen}", [list(ids)])
        cursor.execute(_SENTENCES, [_NOTHING_VEILED if spoilers else SPOILER_FROM])
        cursor.execute(_OPINIONS)
        yield cursor
    finally:
        cursor.close()


def in_veil(claims: str) -> str:
    """SQL that joins ``claims`` (an alias with review, start, end_) with the veiled sentence they touch, ``veil``."""
    return (
        f"(FROM own_segments WHERE veiled) veil ON veil.review = {claims}.review "
        f"AND veil.start < {claims}.end_ AND veil.end_ > {claims}.start"
    )
