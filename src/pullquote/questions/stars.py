"""How a set of reviews rates: stars and their spread, and how many are favourable."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from math import floor
from statistics import fmean, median, stdev

from .claims import Reviewed
from .interval import Share, wilson

#: A reviewer's own score is favourable from here on: 6 of 10, three stars of five.
FAVOURABLE_FROM = 6.0
#: Where the reviewer gives none: the reading takes the review for favourable from this probability on.
_LIKELY_FROM = 0.5
#: Whether a row of the view ``ratings`` is favourable; the same as `favourable`.
FAVOURABLE = f"CASE WHEN given THEN stars >= {FAVOURABLE_FROM} ELSE sentiment >= {_LIKELY_FROM} END"


@dataclass(frozen=True, slots=True)
class Stars:
    """Stars of several reviews, from 1 to 10.

    ``given`` of them are the reviewers' own, ``estimated`` the readings'. ``spread`` is the standard deviation,
    None for fewer than two; ``histogram`` counts the reviews at 1, 2, ..., 10 stars, halves rounded up.
    """

    given: int
    estimated: int
    median: float | None
    mean: float | None
    spread: float | None
    histogram: tuple[int, ...]
    favourable: Share


def favourable(one: Reviewed) -> bool:
    """Whether a review is favourable: by the reviewer's own score, else by the reading's estimate."""
    return one.sentiment >= _LIKELY_FROM if one.given is None else one.given >= FAVOURABLE_FROM


def stars(reviews: Collection[Reviewed]) -> Stars:
    """The stars of these reviews."""
    given = sum(one.given is not None for one in reviews)
    values = [one.estimated if one.given is None else one.given for one in reviews]
    rounded = Counter(min(max(floor(value + 0.5), 1), 10) for value in values)
    return Stars(
        given=given,
        estimated=len(values) - given,
        median=median(values) if values else None,
        mean=fmean(values) if values else None,
        spread=stdev(values) if len(values) > 1 else None,
        histogram=tuple(rounded[star] for star in range(1, 11)),
        favourable=wilson(sum(map(favourable, reviews)), len(values)),
    )
