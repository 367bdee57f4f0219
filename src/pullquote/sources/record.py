"""What a source yields: a review and where it came from, or why there is none."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rating:
    """A score that came beside a review.

    ``given`` is kept to the letter ("3.5/5", "B+", "78"); ``value`` and ``scale`` (the best score) are None where
    it says neither; ``stars`` is the same on the scale of readings, 1 to 10, None where it cannot be told.
    """

    given: str
    value: float | None = None
    scale: float | None = None
    stars: float | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """One review as it was handed in.

    ``origin`` is for people ("reviews.jsonl:12"), ``id`` for machines; ``notices`` are plain sentences about how
    the text was read. The rest is what the source says of the review, None where it says nothing: ``film_id`` as
    the source numbers films ("tt0133093"), ``title`` and ``year`` of the film, ``headline`` of the review.
    """

    text: str
    id: str
    origin: str
    notices: tuple[str, ...] = ()
    film_id: str | None = None
    title: str | None = None
    year: int | None = None
    headline: str | None = None
    rating: Rating | None = None
    author: str | None = None
    date: dt.date | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """One review that could not be taken, and why; the ones after it still come."""

    origin: str
    reason: str
