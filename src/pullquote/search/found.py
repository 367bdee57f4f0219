"""Answers: sentences as the library has them, with their quotes, film and review."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa


class Quote(msgspec.Struct, frozen=True, kw_only=True):
    """A judgement that begins in the sentence; ``start`` and ``end`` count code points of the review."""

    quote: str
    start: int
    end: int
    aspect: str
    polarity: str
    target: str | None
    target_key: str | None
    confidence: float


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence that answers. ``words`` are the review's text from ``start`` to ``end``, to the letter.

    ``stars`` are the reviewer's own (``stars_given``) or the reading's estimate; ``people`` the keys of those
    named or judged in it, looked up only where people are asked for.
    """

    words: str
    quotes: tuple[Quote, ...]
    film: str | None
    title: str | None
    year: int | None
    review: int
    segment: int
    start: int
    end: int
    id: str
    source: str
    author: str | None
    written: dt.date | None
    url: str | None
    stars: float | None
    stars_given: bool
    role: str
    polarity: str
    spoiler: float
    people: frozenset[str]


_SENTENCES = """
SELECT s.review, s.segment, s.start, s.end_ AS "end", substring(r.text, s.start + 1, s.end_ - s.start) AS words,
       s.role, s.polarity, s.spoiler, r.film, r.id, r.source, r.author, r.written, r.url,
       coalesce(r.rating_stars, v.stars) AS stars, r.rating_stars IS NOT NULL AS stars_given
FROM segments s JOIN reviews r USING (review) LEFT JOIN verdicts v USING (review)
WHERE s.review IN (SELECT unnest($1)) AND r.review IN (SELECT unnest($1)) AND v.review IN (SELECT unnest($1))
"""
_QUOTES = """
SELECT review, segment, quote, start, end_ AS "end", aspect, polarity, target, target_key, confidence
FROM opinions WHERE review IN (SELECT unnest($1)) AND segment IS NOT NULL ORDER BY review, start, opinion
"""
_PEOPLE = """
SELECT m.review, m.start, e.key
FROM mentions m JOIN entities e ON e.review = m.review AND e.entity = m.entity
WHERE m.review IN (SELECT unnest($1)) AND e.review IN (SELECT unnest($1)) AND e.type = 'PERSON'
"""


def fetched(
    connection: duckdb.DuckDBPyConnection, places: Sequence[tuple[int, int]], *, people_too: bool
) -> dict[tuple[int, int], Found]:
    """The sentences at ``places`` (review, segment), by their place; those no longer there are left out."""
    reviews = sorted({review for review, _ in places})
    sentences = {(row["review"], row["segment"]): row for row in _rows(connection, _SENTENCES, [reviews])}
    quotes: dict[tuple[int, int], list[Quote]] = {}
    people: dict[tuple[int, int], set[str]] = {}
    for row in _rows(connection, _QUOTES, [reviews]):
        place = (row.pop("review"), row.pop("segment"))
        quotes.setdefault(place, []).append(Quote(**row))
        if row["target_key"]:
            people.setdefault(place, set()).add(row["target_key"])
    starts: dict[int, list[tuple[int, int, int]]] = {}
    for (review, segment), row in sentences.items():
        starts.setdefault(review, []).append((row["start"], row["end"], segment))
    for row in _rows(connection, _PEOPLE, [reviews]) if people_too else ():
        for start, end, segment in starts.get(row["review"], ()):
            if start <= row["start"] < end:
                people.setdefault((row["review"], segment), set()).add(row["key"])
    wanted = [place for place in places if place in sentences]
    films = sorted({sentences[place]["film"] for place in wanted if sentences[place]["film"] is not None})
    titles = {
        film: (title, year)
        for film, title, year in connection.execute(
            "SELECT film, title, year FROM films WHERE film IN (SELECT unnest($1::VARCHAR[]))", [films]
        ).fetchall()
    }
    return {
        place: Found(
            **sentences[place],
            quotes=tuple(quotes.get(place, ())),
            people=frozenset(people.get(place, ())),
            title=titles.get(sentences[place]["film"], (None, None))[0],
            year=titles.get(sentences[place]["film"], (None, None))[1],
        )
        for place in wanted
    }


def table(answers: Sequence[Found]) -> pa.Table:
    """Answers as an Arrow table, one row each, best first."""
    import pyarrow as pa

    quote = pa.struct(
        [
            ("quote", pa.string()), ("start", pa.int32()), ("end", pa.int32()), ("aspect", pa.string()),
            ("polarity", pa.string()), ("target", pa.string()), ("confidence", pa.float32()),
        ]
    )  # fmt: skip
    kinds = {
        "words": pa.string(), "quotes": pa.list_(quote), "film": pa.string(), "title": pa.string(), "year": pa.int16(),
        "review": pa.int64(), "segment": pa.int32(), "start": pa.int32(), "end": pa.int32(), "id": pa.string(),
        "source": pa.string(), "author": pa.string(), "written": pa.date32(), "url": pa.string(),
        "stars": pa.float32(), "stars_given": pa.bool_(), "role": pa.string(), "polarity": pa.string(),
        "spoiler": pa.float32(),
    }  # fmt: skip
    rows = [{**msgspec.structs.asdict(a), "quotes": [msgspec.structs.asdict(q) for q in a.quotes]} for a in answers]
    form = pa.schema(list(kinds.items()))
    return pa.Table.from_pylist([{name: row[name] for name in kinds} for row in rows], form)


def _rows(connection: duckdb.DuckDBPyConnection, sql: str, values: list[Any]) -> list[dict[str, Any]]:
    answer = connection.execute(sql, values)
    names = [column[0] for column in answer.description or ()]
    return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]
