"""From what speaks for each candidate to the probability that it is the film: a conditional logit.

Each candidate has a score, a weighted sum of its features; "none of these" has the score 0; probabilities are the
softmax of the scores (McFadden, 1974). So films of one name share what their name earns.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files

import msgspec

FILE = "weights.json"


class Weights(msgspec.Struct, frozen=True, kw_only=True):
    """The linker's numbers: a weight per feature, and the probability from which a review is linked.

    ``fitted``, ``kin`` and ``together`` come from reviews whose film is known, ``set_by_hand`` from no data. ``kin``
    weighs what two reviews have in common, ``together`` what a review and its kin say; ``threshold`` holds for a
    review by itself, ``threshold_together`` for one among others.
    """

    fitted: dict[str, float]
    set_by_hand: dict[str, float]
    threshold: float
    kin: dict[str, float]
    together: dict[str, float]
    threshold_together: float

    @property
    def all(self) -> dict[str, float]:
        """Both kinds together."""
        return {**self.fitted, **self.set_by_hand}


@lru_cache(maxsize=1)
def shipped() -> Weights:
    """The weights that come with the package."""
    return msgspec.json.decode((files(__package__) / FILE).read_bytes(), type=Weights)


def probabilities(values: Sequence[Mapping[str, float]], weights: Mapping[str, float]) -> list[float]:
    """Probability of each candidate, given its features; what is left over is that of no candidate.

    >>> probabilities([{"a": 0.0}, {"a": 0.0}], {"a": 1.0})
    [0.3333333333333333, 0.3333333333333333]
    """
    return softmax([score(one, weights) for one in values])


def score(values: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The weighted sum of a candidate's features."""
    return sum(weights.get(name, 0.0) * value for name, value in values.items())


def softmax(scores: Sequence[float]) -> list[float]:
    """Probabilities of candidates by their scores, beside "none of these" with the score 0."""
    top = max([0.0, *scores])
    powers = [math.exp(one - top) for one in scores]
    total = math.exp(-top) + sum(powers)
    return [power / total for power in powers]
