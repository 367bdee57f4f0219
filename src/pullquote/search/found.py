"""Answers: sentences as the library has them, with their quotes, film and review."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from ..library.keys import name_key
from .claims import OF_REVIEWS, Claims, Place

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


_REVIEWS = f"""
SELECT review, text, film, f.title, f.year, id, source, author, written, url, rating_stars
FROM reviews r LEFT JOIN films f USING (film) WHERE {OF_REVIEWS}
"""
_PEOPLE = f"""
SELECT m.review, m.start, e.key
FROM (FROM mentions WHERE {OF_REVIEWS}) m JOIN (FROM entities WHERE {OF_REVIEWS}) e USING (review, entity)
WHERE e.type = 'PERSON'
"""


def fetched(connection: duckdb.DuckDBPyConnection, known: Iterable[Claims], *, people_too: bool) -> dict[Place, Found]:
    """The sentences of which ``known`` is known, by their place; those of reviews no longer there are left out."""
    sentences = {one.place: one for one in known}
    numbers = sorted({one.review for one in sentences.values()})
    reviews = {row.pop("review"): row for row in _rows(connection, _REVIEWS, numbers)}
    people = _people(connection, sentences, numbers) if people_too else {}

    def found(one: Claims) -> Found:
        review = dict(reviews[one.review])
        text, given = review.pop("text"), review.pop("rating_stars")
        return Found(
            **review, review=one.review, segment=one.segment,
            words=text[one.start : one.end], start=one.start, end=one.end,
            role=one.role, polarity=one.polarity, spoiler=one.spoiler,
            stars=one.stars if given is None else given, stars_given=given is not None,
            quotes=tuple(
                Quote(
                    quote=text[j.start : j.end], start=j.start, end=j.end, aspect=j.aspect, polarity=j.polarity,
                    target=j.target, confidence=j.confidence,
                )
                for j in one.judged
            ),
            people=frozenset(people.get(one.place, ())),
        )  # fmt: skip

    return {place: found(one) for place, one in sentences.items() if one.review in reviews}


def _people(
    connection: duckdb.DuckDBPyConnection, sentences: Mapping[Place, Claims], reviews: list[int]
) -> dict[Place, set[str]]:
    """Keys of the people that sentences name or judge."""
    # Keys of those judged are made of their names again: the table's column of them takes longer to unpack.
    people = {place: {name_key(j.target) for j in one.judged if j.target} for place, one in sentences.items()}
    for row in _rows(connection, _PEOPLE, reviews):
        for place, one in sentences.items():
            if one.review == row["review"] and one.start <= row["start"] < one.end:
                people[place].add(row["key"])
    return people


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
    answer = connection.execute(sql, [values])
    names = [column[0] for column in answer.description or ()]
    return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]
