"""What a source yields: a review and where it came from, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Record:
    """One review as it was handed in.

    ``origin`` is for people ("reviews.jsonl:12"), ``id`` for machines;
    ``notices`` are plain sentences about how the text was read.
    """

    text: str
    id: str
    origin: str
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Failure:
    """One review that could not be taken, and why; the ones after it still come."""

    origin: str
    reason: str
