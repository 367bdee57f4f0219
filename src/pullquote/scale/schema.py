"""The columns of a folder of readings: those of a reading, and what the source says of the review."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from ..library.keys import review_key
from ..library.rows import film_of
from ..reading import Film
from ..reading_arrow import arrow_schema, table_of

if TYPE_CHECKING:
    import pyarrow as pa

    from ..sources.record import Record


class _Named(msgspec.Struct):
    """Of a reading, what film it names."""

    film: Film | None = None


_named = msgspec.json.Decoder(_Named)


def row_schema() -> pa.Schema:
    """All columns of ``readings/``: those of `pullquote.reading.arrow_schema`, and those of the review."""
    return _joined(arrow_schema(), _review_schema())


def failure_schema() -> pa.Schema:
    """The columns of ``failures/``."""
    import pyarrow as pa

    return pa.schema([pa.field(name, pa.string(), nullable=False) for name in ("source", "origin", "reason")])


def rows(source: str, records: Sequence[Record], lines: Sequence[bytes]) -> pa.Table:
    """Reviews of one source with their readings, as a table of `row_schema`.

    Args:
        source: the input as the user named it.
        lines: the readings of ``records``, in their order, each printed as JSON with its text.
    """
    import pyarrow as pa

    ratings = [r.rating for r in records]
    films = [_film(record, line) for record, line in zip(records, lines, strict=True)]
    schema = _review_schema()
    values = {
        "key": [review_key(r).hex() for r in records],
        "source": [source] * len(records),
        "origin": [r.origin for r in records],
        "film_key": [film for film, _ in films],
        "film_by": [by for _, by in films],
        "film_id": [r.film_id for r in records],
        "title": [r.title for r in records],
        "year": [r.year for r in records],
        "headline": [r.headline for r in records],
        "rating": [r.given if r else None for r in ratings],
        "rating_value": [r.value if r else None for r in ratings],
        "rating_scale": [r.scale if r else None for r in ratings],
        "rating_stars": [r.stars if r else None for r in ratings],
        "author": [r.author for r in records],
        "written": [r.date for r in records],
        "url": [r.url for r in records],
        "notices": [list(r.notices) for r in records],
    }
    of_reading = table_of(lines)
    of_review = [pa.array(values[field.name], field.type) for field in schema]
    return pa.Table.from_arrays([*of_reading.columns, *of_review], schema=_joined(of_reading.schema, schema))


def failures(source: str, failed: Sequence[tuple[str, str]]) -> pa.Table:
    """Places and reasons of one source as a table of `failure_schema`."""
    import pyarrow as pa

    columns = [[source] * len(failed), [origin for origin, _ in failed], [reason for _, reason in failed]]
    return pa.Table.from_arrays([pa.array(column, pa.string()) for column in columns], schema=failure_schema())


def _film(record: Record, line: bytes) -> tuple[str | None, str | None]:
    # What is printed is parsed again only where the reading is asked for the film.
    return film_of(record, None if record.film_id or record.title else _named.decode(line).film)


def _review_schema() -> pa.Schema:
    import pyarrow as pa

    text, number = pa.string(), pa.float64()
    return pa.schema(
        [
            pa.field("key", text, nullable=False),
            pa.field("source", text, nullable=False),
            pa.field("origin", text, nullable=False),
            pa.field("film_key", text),
            pa.field("film_by", text),
            pa.field("film_id", text),
            pa.field("title", text),
            pa.field("year", pa.int16()),
            pa.field("headline", text),
            pa.field("rating", text),
            pa.field("rating_value", number),
            pa.field("rating_scale", number),
            pa.field("rating_stars", number),
            pa.field("author", text),
            pa.field("written", pa.date32()),
            pa.field("url", text),
            pa.field("notices", pa.list_(pa.field("element", text, nullable=False)), nullable=False),
        ]
    )


def _joined(one: pa.Schema, other: pa.Schema) -> pa.Schema:
    import pyarrow as pa

    return pa.schema([*one, *other])
