"""How unsure a reading is, as a guess of how much of it a better reader would change.

The guess is a weighted sum of what the reading says of itself, its weights fitted on reviews that both readers read
(`training.cascade`): a simple form of the cascades of Viola and Jones (2001), with classifiers' confidence as in
FrugalGPT (Chen et al., 2023).
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from ..reading import Reading

#: What `signs` counts, in order.
SIGNS = (
    "constant", "sentences", "names", "people and characters", "opinions", "credits", "film", "verdict", "length",
    "names a sentence",
)  # fmt: skip


def signs(reading: Reading) -> tuple[float, ...]:
    """What speaks for doubt in a reading, each about from 0 to 1: one number for each of `SIGNS`."""
    people = [m.confidence for m in reading.mentions if m.type in ("PERSON", "CHARACTER")]
    many = len(reading.segments) or 1
    return (
        1.0,
        _unsure(s.confidence for s in reading.segments),
        _unsure(m.confidence for m in reading.mentions),
        _unsure(people),
        _unsure(o.confidence for o in reading.opinions),
        _unsure(c.confidence for c in reading.credits),
        1.0 - reading.film.confidence if reading.film else 1.0,
        1.0 - abs(2.0 * reading.verdict.sentiment - 1.0),
        math.log1p(many) / 4.0,
        min(1.0, len(reading.mentions) / many / 4.0),
    )


def doubt(reading: Reading, weights: Iterable[float]) -> float:
    """The share of a reading's claims that a better reader would change, as guessed."""
    return sum(w * s for w, s in zip(weights, signs(reading), strict=True))


def _unsure(confidences: Iterable[float]) -> float:
    """The mean of what is missing to certainty; nothing claimed is nothing to doubt."""
    known = list(confidences)
    return 1.0 - sum(known) / len(known) if known else 0.0
