"""A review's film by what other reviews of the library say: reviews of one film share its people and characters."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from .traits import Traits

#: What is weighed (`options`); the weights are in weights.json.
TOGETHER = (
    "bias", "named", "score", "alone", "votes", "strongest", "unheard", "mass", "share", "others", "one_name",
)  # fmt: skip
#: From here on others' votes, and other reviews of a film, count no further: more were seldom seen in fitting.
_ENOUGH = 5.0
#: Votes that make a film an option which the review does not name itself; below the second it is not heard of.
_VOTES, _HEARD = 0.05, 0.02
#: Chance from which another review counts as one of the film.
LIKELY = 0.4
_KIN_TOLD, _NAMES_TOLD = 3, 5


class Named(msgspec.Struct, frozen=True):
    """A film that a review names, or was given: ``score`` and ``chance`` are by this review alone."""

    film: str
    title: str
    year: int | None
    score: float
    chance: float
    evidence: dict[str, Any]


class Heard(msgspec.Struct, frozen=True):
    """What one review says by itself; ``told`` is whether its source gave the film's id or title."""

    review: int
    traits: Traits
    films: list[Named]
    told: bool = False

    @property
    def chance(self) -> float:
        """That of its likeliest film."""
        return max((one.chance for one in self.films), default=0.0)


@dataclass(frozen=True, slots=True)
class Mass:
    """How much of the library is about each film, by each review alone: the sum of chances, and of likely reviews."""

    chances: Mapping[str, float]
    likely: Mapping[str, int]


@dataclass(slots=True)
class Option:
    """A film that a review may be about, all reviews heard.

    ``votes`` is the sum, over its kin, of their chances of this film times their kinship; ``names`` are those that
    it shares with them.
    """

    film: str
    title: str
    year: int | None
    mine: Named | None
    votes: float = 0.0
    strongest: float = 0.0
    names: set[str] = field(default_factory=set)
    kin: list[tuple[float, int]] = field(default_factory=list)
    values: dict[str, float] = field(default_factory=dict)

    @property
    def evidence(self) -> dict[str, Any]:
        """What speaks for it, ready for JSON."""
        told: dict[str, Any] = {"by": "reviews", "start": None, "end": None, "mentions": 0}
        if self.mine is not None:
            told = dict(self.mine.evidence)
        if self.votes >= _VOTES:
            told["kin"] = [
                {"review": review, "probability": round(chance, 4)}
                for chance, review in sorted(self.kin, key=lambda k: (-k[0], k[1]))[:_KIN_TOLD]
            ]
            told["names"] = sorted(self.names)[:_NAMES_TOLD]
        return told


def options(own: Heard, kin: Sequence[tuple[float, Heard]], mass: Mass) -> list[Option]:
    """The films that a review may be about, with what speaks for each.

    Args:
        own: the review.
        kin: other reviews that share a name with it, each with the probability that it is of the same film.
        mass: of the whole library, this review included.
    """
    found = {one.film: Option(one.film, one.title, one.year, one) for one in own.films}
    for kinship, other in kin:
        _hear(found, own, kinship, other)
    related = sum(kinship for kinship, _ in kin)
    kept = [one for one in found.values() if one.mine is not None or one.votes > _VOTES]
    others = {one.film: _others(one, mass) for one in kept}
    named = sum(others[one.film][0] for one in kept if one.mine is not None)
    for one in kept:
        chances, likely = others[one.film]
        mine = one.mine
        one.values = {
            "bias": 1.0,
            "named": float(mine is not None),
            "score": mine.score if mine else 0.0,
            "alone": float(mine is not None and not kin),
            "votes": math.log1p(10 * min(one.votes, _ENOUGH)),
            "strongest": one.strongest,
            "unheard": float(related > 0 and one.votes < _HEARD),
            "mass": math.log1p(10 * min(chances, _ENOUGH)) if mine else 0.0,
            "share": chances / (named + 0.1) if mine else 0.0,
            "others": math.log1p(min(likely, _ENOUGH)),
            "one_name": float(mine is None and len(one.names) == 1),
        }
    return kept


def masses(reviews: Sequence[Heard]) -> Mass:
    """The mass of films over some reviews."""
    chances: dict[str, float] = defaultdict(float)
    likely: dict[str, int] = defaultdict(int)
    for review in reviews:
        for one in review.films:
            chances[one.film] += one.chance
            likely[one.film] += one.chance > LIKELY
    return Mass(chances, likely)


def _hear(found: dict[str, Option], own: Heard, kinship: float, other: Heard) -> None:
    """Count the votes of one other review."""
    shared = own.traits.names & other.traits.names
    for named in other.films:
        vote = kinship * named.chance
        one = found.setdefault(named.film, Option(named.film, named.title, named.year, None))
        one.votes += vote
        one.strongest = max(one.strongest, vote)
        if named.chance > _VOTES:
            one.names |= shared
            one.kin.append((kinship, other.review))


def _others(one: Option, mass: Mass) -> tuple[float, int]:
    """The film's mass and likely reviews without this review's own part."""
    chance = one.mine.chance if one.mine else 0.0
    return max(0.0, mass.chances.get(one.film, 0.0) - chance), mass.likely.get(one.film, 0) - (chance > LIKELY)
