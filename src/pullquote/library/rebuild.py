"""Readings back from the library's tables, equal to those that were stored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from ..reading import (
    Credit,
    Evidence,
    Film,
    Mention,
    Opinion,
    Reading,
    Relation,
    Segment,
    StatedRating,
    Verdict,
)

if TYPE_CHECKING:
    import duckdb

_HEADS = """
SELECT d.review, r.id, d.model, d.schema, d.film_title, d.film_start, d.film_end, d.film_confidence, d.warnings,
       v.sentiment, v.stars, v.recommend, v.stated, v.stated_value, v.stated_scale, v.stated_start, v.stated_end,
       v.evidence
FROM readings d JOIN reviews r USING (review) JOIN verdicts v USING (review)
WHERE d.replaced_at IS NULL AND d.review IN (SELECT unnest(?))
"""

#: Table of claims, the column that orders them, their columns under the names of their type, and the type.
_CLAIMS: tuple[tuple[str, str, str, type[Any]], ...] = (
    ("segments", "segment", 'start, end_ AS "end", role, polarity, spoiler, confidence', Segment),
    ("mentions", "mention", 'start, end_ AS "end", type, name, confidence', Mention),
    ("credits", "credit", 'person, role, character, start, end_ AS "end", confidence', Credit),
    ("relations", "relation_no", 'subject, relation, object, start, end_ AS "end", confidence', Relation),
    ("opinions", "opinion", 'start, end_ AS "end", quote, aspect, polarity, target, confidence', Opinion),
)


def readings(connection: duckdb.DuckDBPyConnection, reviews: Sequence[int]) -> dict[int, Reading]:
    """The reading in force of each of ``reviews``, by the review's number; numbers unknown here are left out."""
    numbers = list(reviews)
    claims: dict[str, dict[int, list[Any]]] = {}
    for table, order, columns, kind in _CLAIMS:
        rows = _rows(
            connection,
            f"SELECT review, {columns} FROM {table} WHERE review IN (SELECT unnest(?)) ORDER BY review, {order}",
            numbers,
        )
        own: dict[int, list[Any]] = defaultdict(list)
        for row in rows:
            own[row.pop("review")].append(kind(**row))
        claims[table] = own
    out: dict[int, Reading] = {}
    for row in sorted(_rows(connection, _HEADS, numbers), key=lambda r: int(r["review"])):
        review = row["review"]
        film = row["film_title"]
        out[review] = Reading(
            id=row["id"],
            schema=row["schema"],
            model=row["model"],
            film=None
            if film is None
            else Film(title=film, start=row["film_start"], end=row["film_end"], confidence=row["film_confidence"]),
            verdict=_verdict(row),
            warnings=tuple(row["warnings"]),
            segments=tuple(claims["segments"][review]),
            mentions=tuple(claims["mentions"][review]),
            credits=tuple(claims["credits"][review]),
            relations=tuple(claims["relations"][review]),
            opinions=tuple(claims["opinions"][review]),
        )
    return out


def _verdict(row: dict[str, Any]) -> Verdict:
    stated = None
    if row["stated"] is not None:
        stated = StatedRating(
            text=row["stated"],
            value=row["stated_value"],
            scale=row["stated_scale"],
            start=row["stated_start"],
            end=row["stated_end"],
        )
    return Verdict(
        sentiment=row["sentiment"],
        stars=row["stars"],
        recommend=row["recommend"],
        stated_rating=stated,
        evidence=tuple(Evidence(start=e["start"], end=e["end_"]) for e in row["evidence"]),
    )


def _rows(connection: duckdb.DuckDBPyConnection, query: str, numbers: list[int]) -> Iterator[dict[str, Any]]:
    result = connection.execute(query, [numbers])
    names = [column[0] for column in result.description]
    for row in result.fetchall():
        yield dict(zip(names, row, strict=True))
