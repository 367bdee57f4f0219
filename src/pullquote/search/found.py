"""Answers: sentences as the library has them, with their quotes, film and review."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from ..library.keys import name_key

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


# One plain question a table, without order: joins and sorts would cost more than putting rows together here.
_OF_REVIEWS = "review IN (SELECT unnest($1::BIGINT[]))"
_SEGMENTS = f"SELECT review, segment, start, end_, role, polarity, spoiler FROM segments WHERE {_OF_REVIEWS}"
_REVIEWS = (
    "SELECT review, text, film, id, source, author, written, url, rating_stars AS stars "
    f"FROM reviews WHERE {_OF_REVIEWS}"
)
_STARS = f"SELECT review, stars FROM verdicts WHERE {_OF_REVIEWS}"
_OPINIONS = (
    "SELECT review, segment, start, end_, aspect, polarity, target, confidence "
    f"FROM opinions WHERE {_OF_REVIEWS}"
)
_FILMS = "SELECT film, title, year FROM films WHERE film IN (SELECT unnest($1::VARCHAR[]))"
_PEOPLE = f"""
SELECT m.review, m.start, e.key
FROM (FROM mentions WHERE {_OF_REVIEWS}) m JOIN (FROM entities WHERE {_OF_REVIEWS}) e USING (review, entity)
WHERE e.type = 'PERSON'
"""

Place = tuple[int, int]


def fetched(connection: duckdb.DuckDBPyConnection, places: Sequence[Place], *, people_too: bool) -> dict[Place, Found]:
    """The sentences at ``places`` (review, segment), by their place; those no longer there are left out."""
    numbers = sorted({review for review, _ in places})
    reviews = {row.pop("review"): row for row in _rows(connection, _REVIEWS, numbers)}
    wanted = set(places)
    segments = {
        place: row
        for row in _rows(connection, _SEGMENTS, numbers)
        if (place := (row.pop("review"), row.pop("segment"))) in wanted and place[0] in reviews
    }
    quotes: dict[Place, list[Quote]] = {}
    people: dict[Place, set[str]] = {}
    for row in _rows(connection, _OPINIONS, numbers):
        place = (row.pop("review"), row.pop("segment"))
        if place in segments:
            start, end = row.pop("start"), row.pop("end_")
            words = reviews[place[0]]["text"][start:end]
            quotes.setdefault(place, []).append(Quote(quote=words, start=start, end=end, **row))
            if people_too and row["target"]:
                # Keys are made of the names again: the table's column of them takes longer to unpack.
                people.setdefault(place, set()).add(name_key(row["target"]))
    for row in _rows(connection, _PEOPLE, numbers) if people_too else ():
        for place, segment in segments.items():
            if place[0] == row["review"] and segment["start"] <= row["start"] < segment["end_"]:
                people.setdefault(place, set()).add(row["key"])
    unrated = [number for number, review in reviews.items() if review["stars"] is None]
    estimates = {row["review"]: row["stars"] for row in _rows(connection, _STARS, unrated)} if unrated else {}
    films = sorted({review["film"] for review in reviews.values() if review["film"] is not None})
    titles = {row.pop("film"): row for row in _rows(connection, _FILMS, films)} if films else {}

    def found(place: Place, start: int, end_: int, **segment: Any) -> Found:
        known = dict(reviews[place[0]])
        words, stars = known.pop("text")[start:end_], known.pop("stars")
        return Found(
            **known, **segment, **titles.get(known["film"], {"title": None, "year": None}),
            review=place[0], segment=place[1], words=words, start=start, end=end_,
            stars=estimates.get(place[0]) if stars is None else stars, stars_given=stars is not None,
            quotes=tuple(sorted(quotes.get(place, ()), key=lambda q: (q.start, q.end))),
            people=frozenset(people.get(place, ())),
        )  # fmt: skip

    return {place: found(place, **segment) for place, segment in segments.items()}


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
