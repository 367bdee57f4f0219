"""Readings to rows: a batch of reviews as one Arrow table per table of the library."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from ..reading import Film, Mention, Reading
from ..sources.record import Record
from .keys import film_key, name_key, review_key

if TYPE_CHECKING:
    import pyarrow as pa

#: A film title that a reading is less sure of than this does not file the review under it.
SURE_OF_FILM = 0.5


@dataclass(frozen=True, slots=True)
class Read:
    """One review with its reading, from the input ``source``."""

    source: str
    record: Record
    reading: Reading


def film_of(record: Record, told: Film | None) -> tuple[str | None, str | None]:
    """The film a review is filed under, and who says so (`reviews.film`, `reviews.film_by`).

    Args:
        told: the film of its reading.
    """
    if record.film_id:
        return record.film_id, "given"
    if record.title:
        return film_key(record.title, record.year), "title"
    if told is not None and told.confidence >= SURE_OF_FILM:
        return film_key(told.title, None), "text"
    return None, None


def review_rows(batch: Sequence[Read], first: int, now: dt.datetime) -> pa.Table:
    """Rows of ``reviews``, numbered from ``first``."""
    import pyarrow as pa

    records = [one.record for one in batch]
    films = [film_of(one.record, one.reading.film) for one in batch]
    ratings = [r.rating for r in records]
    return pa.table(
        {
            "review": pa.array(range(first, first + len(batch)), pa.int64()),
            "key": [review_key(r).hex() for r in records],
            "id": [r.id for r in records],
            "source": [one.source for one in batch],
            "origin": [r.origin for r in records],
            "text": [r.text for r in records],
            "film": pa.array([film for film, _ in films], pa.string()),
            "film_by": pa.array([by for _, by in films], pa.string()),
            "film_id": pa.array([r.film_id for r in records], pa.string()),
            "title": pa.array([r.title for r in records], pa.string()),
            "year": pa.array([r.year for r in records], pa.int16()),
            "headline": pa.array([r.headline for r in records], pa.string()),
            "rating": pa.array([r.given if r else None for r in ratings], pa.string()),
            "rating_value": pa.array([r.value if r else None for r in ratings], pa.float64()),
            "rating_scale": pa.array([r.scale if r else None for r in ratings], pa.float64()),
            "rating_stars": pa.array([r.stars if r else None for r in ratings], pa.float64()),
            "author": pa.array([r.author for r in records], pa.string()),
            "written": pa.array([r.date for r in records], pa.date32()),
            "url": pa.array([r.url for r in records], pa.string()),
            "added": pa.array([now] * len(batch), pa.timestamp("us")),
        }
    )


def reading_rows(readings: Sequence[Reading], reviews: Sequence[int], first: int, now: dt.datetime) -> pa.Table:
    """Rows of ``readings`` in force, numbered from ``first``."""
    import pyarrow as pa

    films = [r.film for r in readings]
    return pa.table(
        {
            "reading": pa.array(range(first, first + len(readings)), pa.int64()),
            "review": pa.array(reviews, pa.int64()),
            "model": [r.model for r in readings],
            "schema": [r.schema for r in readings],
            "read_at": pa.array([now] * len(readings), pa.timestamp("us")),
            "film_title": pa.array([f.title if f else None for f in films], pa.string()),
            "film_start": pa.array([f.start if f else None for f in films], pa.int32()),
            "film_end": pa.array([f.end if f else None for f in films], pa.int32()),
            "film_confidence": pa.array([f.confidence if f else None for f in films], pa.float64()),
            "warnings": pa.array([list(r.warnings) for r in readings], pa.list_(pa.string())),
            "replaced_at": pa.nulls(len(readings), pa.timestamp("us")),
            "replaced": pa.nulls(len(readings), pa.string()),
            "machine": pa.nulls(len(readings), pa.string()),
        }
    )


def claim_rows(readings: Sequence[Reading], reviews: Sequence[int]) -> dict[str, pa.Table]:
    """Rows of every table of claims, by its name."""
    entities = [entities_of(reading) for reading in readings]
    return {
        "segments": _claims(readings, reviews, "segment", attrgetter("segments"), _SEGMENT),
        "mentions": _mentions(readings, reviews, entities),
        "entities": _entities(reviews, entities),
        "credits": _claims(readings, reviews, "credit", attrgetter("credits"), _CREDIT),
        "relations": _claims(readings, reviews, "relation_no", attrgetter("relations"), _RELATION),
        "opinions": _opinions(readings, reviews),
        "verdicts": _verdicts(readings, reviews),
    }


#: Columns of a claim beside its number: name, what is in it, whether it is text, a whole number or a fraction.
_Column = tuple[str, Callable[[Any], Any], str]
_SPAN: tuple[_Column, ...] = (("start", attrgetter("start"), "int"), ("end_", attrgetter("end"), "int"))
_SURE: tuple[_Column, ...] = (("confidence", attrgetter("confidence"), "float"),)
_SEGMENT: tuple[_Column, ...] = (
    *_SPAN,
    ("role", attrgetter("role"), "text"),
    ("polarity", attrgetter("polarity"), "text"),
    ("spoiler", attrgetter("spoiler"), "float"),
    *_SURE,
)
_CREDIT: tuple[_Column, ...] = (
    ("person", attrgetter("person"), "text"),
    ("person_key", lambda c: name_key(c.person), "text"),
    ("role", attrgetter("role"), "text"),
    ("character", attrgetter("character"), "text"),
    ("character_key", lambda c: name_key(c.character) if c.character else None, "text"),
    *_SPAN,
    *_SURE,
)
_RELATION: tuple[_Column, ...] = (
    ("subject", attrgetter("subject"), "text"),
    ("relation", attrgetter("relation"), "text"),
    ("object", attrgetter("object"), "text"),
    *_SPAN,
    *_SURE,
)
_OPINION: tuple[_Column, ...] = (
    *_SPAN,
    ("quote", attrgetter("quote"), "text"),
    ("aspect", attrgetter("aspect"), "text"),
    ("polarity", attrgetter("polarity"), "text"),
    ("target", attrgetter("target"), "text"),
    ("target_key", lambda c: name_key(c.target) if c.target else None, "text"),
    *_SURE,
)
_MENTION: tuple[_Column, ...] = (
    *_SPAN,
    ("type", attrgetter("type"), "text"),
    ("name", attrgetter("name"), "text"),
    *_SURE,
)


def _typed(values: Iterable[Any], kind: str) -> pa.Array:
    import pyarrow as pa

    types = {"int": pa.int32(), "float": pa.float64(), "text": pa.string()}
    return pa.array(list(values), types[kind])


def _numbered(groups: Sequence[Sequence[Any]], reviews: Sequence[int], number: str) -> dict[str, pa.Array]:
    """Review and running number of each claim."""
    import pyarrow as pa

    return {
        "review": pa.array([r for r, group in zip(reviews, groups, strict=True) for _ in group], pa.int64()),
        number: pa.array([i for group in groups for i in range(len(group))], pa.int32()),
    }


def _claims(
    readings: Sequence[Reading], reviews: Sequence[int], number: str, of: Callable[[Reading], Sequence[Any]],
    columns: tuple[_Column, ...],
) -> pa.Table:  # fmt: skip
    import pyarrow as pa

    groups = [of(reading) for reading in readings]
    rows = [claim for group in groups for claim in group]
    return pa.table(_numbered(groups, reviews, number) | {n: _typed(map(get, rows), kind) for n, get, kind in columns})


def entities_of(reading: Reading) -> dict[tuple[str, str], int]:
    """Type and name of each entity of a reading, in order of first mention, with how often it is named."""
    return dict(Counter(_entity(mention) for mention in reading.mentions))


def _entity(mention: Mention) -> tuple[str, str]:
    return mention.type, mention.name


def _mentions(
    readings: Sequence[Reading], reviews: Sequence[int], entities: Sequence[dict[tuple[str, str], int]]
) -> pa.Table:
    table = _claims(readings, reviews, "mention", attrgetter("mentions"), _MENTION)
    numbers: list[int] = []
    for reading, own in zip(readings, entities, strict=True):
        place = {entity: i for i, entity in enumerate(own)}
        numbers.extend(place[_entity(m)] for m in reading.mentions)
    return table.append_column("entity", _typed(numbers, "int"))


def _entities(reviews: Sequence[int], entities: Sequence[dict[tuple[str, str], int]]) -> pa.Table:
    import pyarrow as pa

    rows = [(kind, name, count) for own in entities for (kind, name), count in own.items()]
    return pa.table(
        _numbered([list(own) for own in entities], reviews, "entity")
        | {
            "type": _typed((kind for kind, _, _ in rows), "text"),
            "name": _typed((name for _, name, _ in rows), "text"),
            "key": _typed((name_key(name) for _, name, _ in rows), "text"),
            "mentions": _typed((count for _, _, count in rows), "int"),
        }
    )


def _opinions(readings: Sequence[Reading], reviews: Sequence[int]) -> pa.Table:
    table = _claims(readings, reviews, "opinion", attrgetter("opinions"), _OPINION)
    sentences: list[int | None] = []
    for reading in readings:
        starts = [s.start for s in reading.segments]
        for opinion in reading.opinions:
            i = bisect_right(starts, opinion.start) - 1
            sentences.append(i if i >= 0 and opinion.start < reading.segments[i].end else None)
    return table.append_column("segment", _typed(sentences, "int"))


def _verdicts(readings: Sequence[Reading], reviews: Sequence[int]) -> pa.Table:
    import pyarrow as pa

    verdicts = [r.verdict for r in readings]
    stated = [v.stated_rating for v in verdicts]
    evidence = pa.list_(pa.struct([("start", pa.int32()), ("end_", pa.int32())]))
    return pa.table(
        {
            "review": pa.array(reviews, pa.int64()),
            "sentiment": _typed((v.sentiment for v in verdicts), "float"),
            "stars": _typed((v.stars for v in verdicts), "float"),
            "recommend": _typed((v.recommend for v in verdicts), "text"),
            "stated": _typed((s.text if s else None for s in stated), "text"),
            "stated_value": _typed((s.value if s else None for s in stated), "float"),
            "stated_scale": _typed((s.scale if s else None for s in stated), "float"),
            "stated_start": _typed((s.start if s else None for s in stated), "int"),
            "stated_end": _typed((s.end if s else None for s in stated), "int"),
            "evidence": pa.array([[{"start": e.start, "end_": e.end} for e in v.evidence] for v in verdicts], evidence),
        }
    )
