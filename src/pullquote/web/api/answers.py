"""What several operations answer with: a quote with its sentence and review.

Most answers are the types of `pullquote.questions` and `pullquote.reading` themselves. Their quotes are not: they name
the file that a review came from, which may be a path of the server.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from ...questions.quotes import Quote as Asked
from ..links import outside


class Quote(msgspec.Struct, frozen=True, kw_only=True):
    """Words of a critic in their sentence; spans count code points of the review, ``id`` is the review's own."""

    quote: str
    aspect: str
    polarity: str
    target: str | None
    confidence: float
    sentence: str
    review: int
    start: int
    end: int
    sentence_start: int
    sentence_end: int
    id: str
    author: str | None
    url: str | None


def quoted(one: Asked) -> Quote:
    """A quote as it is told."""
    told = {name: getattr(one, name) for name in Quote.__struct_fields__ if name != "url"}
    return Quote(**told, url=outside(one.url))


def all_quoted(quotes: Iterable[Asked]) -> tuple[Quote, ...]:
    """Several quotes as they are told."""
    return tuple(map(quoted, quotes))
