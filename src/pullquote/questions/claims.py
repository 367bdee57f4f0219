"""What readings claim, row by row, as the questions count it; spans count code points of the review."""

from __future__ import annotations

from typing import NamedTuple


class Reviewed(NamedTuple):
    """A review with its film, the stars its reviewer gave, and what its reading makes of it."""

    review: int
    film: str | None
    given: float | None
    estimated: float
    sentiment: float


class Origin(NamedTuple):
    """Where a review comes from (its id in its source), and its text."""

    id: str
    source: str
    author: str | None
    url: str | None
    text: str


class Sentence(NamedTuple):
    """A sentence: how it judges, and whether it is veiled, for it gives the story away."""

    start: int
    end: int
    polarity: str
    veiled: bool


class Opinion(NamedTuple):
    """A judgement on one aspect, by the numbers of its review, itself and its sentence."""

    review: int
    opinion: int
    segment: int | None
    start: int
    end: int
    aspect: str
    polarity: str
    target: str | None
    confidence: float


class Mention(NamedTuple):
    """One occurrence of a name, in its fullest form."""

    review: int
    start: int
    end: int
    type: str
    name: str


class Credit(NamedTuple):
    """Who did what on the film, and as whom."""

    review: int
    start: int
    end: int
    person: str
    person_key: str
    role: str
    character: str | None
    character_key: str | None


class Relation(NamedTuple):
    """How one character stands to another."""

    review: int
    start: int
    end: int
    subject: str
    relation: str
    object: str
