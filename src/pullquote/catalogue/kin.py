"""How likely two reviews are of one film, by what they have in common."""

from __future__ import annotations

import math
from collections.abc import Mapping

from .traits import Traits

#: What is weighed (`values`); the weights are in weights.json.
PAIR = ("bias", "people", "characters", "any_people", "any_characters", "apart", "alike", "clash", "works")
#: Shared names that count, of each kind: the rarest.
_NAMES = 3


def values(one: Traits, other: Traits) -> dict[str, float]:
    """What speaks for two reviews being of one film, and against it.

    ``people`` and ``characters`` are the summed rarities of shared names, ``apart`` the root of how many names the
    review with fewer of them does not share, ``alike`` the logarithm of the cosine of their rare words, ``clash``
    how surely they claim different titles, ``works`` how many works both name.
    """
    people = _shared(one.people, other.people)
    characters = _shared(one.characters, other.characters)
    return {
        "bias": 1.0,
        "people": sum(people),
        "characters": sum(characters),
        "any_people": float(bool(people)),
        "any_characters": float(bool(characters)),
        "apart": math.sqrt(min(len(one.names - other.names), len(other.names - one.names))),
        "alike": math.log(0.01 + _cosine(one.rare, other.rare)),
        "clash": min(one.sure, other.sure) if one.claim and other.claim and one.claim != other.claim else 0.0,
        "works": float(len(set(one.works) & set(other.works))),
    }


def kinship(one: Traits, other: Traits, weights: Mapping[str, float]) -> float:
    """Probability that two reviews that share a name are of one film: a logistic regression."""
    score = sum(weights[name] * value for name, value in values(one, other).items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


def _shared(one: Mapping[str, float], other: Mapping[str, float]) -> list[float]:
    return sorted((one[name] for name in one.keys() & other.keys()), reverse=True)[:_NAMES]


def _cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    return sum(one[word] * other[word] for word in sorted(one.keys() & other.keys()))
