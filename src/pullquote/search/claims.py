"""What a reading says of a sentence: asked of the library, and carried in the index so that it need not be asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    import duckdb

#: Numbers of a review, and of a sentence in it.
Place = tuple[int, int]
#: The condition of every statement here and in `found`. One plain question a table, without order: joins and sorts
#: would cost more than putting rows together in Python.
OF_REVIEWS = "review IN (SELECT unnest($1::BIGINT[]))"
_SEGMENTS = f"SELECT review, segment, start, end_, role, polarity, spoiler FROM segments WHERE {OF_REVIEWS}"
_VERDICTS = f"SELECT review, stars FROM verdicts WHERE {OF_REVIEWS}"
_OPINIONS = (
    f"SELECT review, segment, start, end_, aspect, polarity, target, confidence FROM opinions WHERE {OF_REVIEWS}"
)


class Judged(msgspec.Struct, frozen=True, array_like=True):
    """A judgement that begins in the sentence; ``start`` and ``end`` count code points of the review."""

    start: int
    end: int
    aspect: str
    polarity: str
    target: str | None
    confidence: float


class Claims(msgspec.Struct, frozen=True, array_like=True):
    """What the reading in force says of one sentence; all of it but words, which are the review's.

    ``stars`` are its estimate for the whole review.
    """

    review: int
    segment: int
    start: int
    end: int
    role: str
    polarity: str
    spoiler: float
    stars: float | None
    judged: tuple[Judged, ...]

    @property
    def place(self) -> Place:
        """Where the sentence is."""
        return self.review, self.segment


def claimed(connection: duckdb.DuckDBPyConnection, reviews: Sequence[int]) -> dict[Place, Claims]:
    """What the library says of every sentence of ``reviews``, by its place."""
    numbers = list(reviews)
    judged: dict[Place, list[Judged]] = {}
    for review, segment, *rest in connection.execute(_OPINIONS, [numbers]).fetchall():
        judged.setdefault((review, segment), []).append(Judged(*rest))
    stars = dict(connection.execute(_VERDICTS, [numbers]).fetchall())
    found = {}
    for review, segment, *rest in connection.execute(_SEGMENTS, [numbers]).fetchall():
        own = tuple(sorted(judged.get((review, segment), ()), key=lambda one: (one.start, one.end)))
        found[review, segment] = Claims(*[review, segment, *rest, stars.get(review), own])
    return found


_decoder = msgspec.msgpack.Decoder(Claims)
#: To bytes, for the index: MessagePack, a sentence in one column, for each column read costs a search time.
packed = msgspec.msgpack.Encoder().encode


def unpacked(kept: bytes) -> Claims:
    """What `packed` made bytes of.

    Raises:
        msgspec.DecodeError: if it is something else.
    """
    return _decoder.decode(kept)
