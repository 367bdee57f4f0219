"""How much of a reading a better reader would put right, guessed from the reading alone.

The guess is a weighted sum of what the reading says of itself, counted by the sentence, as the second reading costs by
the sentence, too. The weights are fitted on reviews that both readers read (`training.cascade`): a simple cascade
(Viola and Jones, 2001) that stops by a learned score, as FrugalGPT does (Chen et al., 2023).
"""

from __future__ import annotations

from collections.abc import Iterable

from ..reading import Reading

#: What `signs` counts, in order. The first six are means over the sentences of the review.
SIGNS = (
    "a review", "unsure sentences", "names", "opinions", "credits", "no film", "sentences of plot", "unsure names",
    "unsure opinions", "unsure credits", "unsure film", "unsure verdict", "constant",
)  # fmt: skip


def signs(reading: Reading) -> tuple[float, ...]:
    """What speaks for doubt in a reading: one number for each of `SIGNS`."""
    many = len(reading.segments) or 1
    return (
        1.0 / many,
        sum([1.0 - s.confidence for s in reading.segments]) / many,
        len(reading.mentions) / many,
        len(reading.opinions) / many,
        len(reading.credits) / many,
        (reading.film is None) / many,
        sum([s.role == "plot" for s in reading.segments]) / many,
        _unsure([m.confidence for m in reading.mentions]),
        _unsure([o.confidence for o in reading.opinions]),
        _unsure([c.confidence for c in reading.credits]),
        (1.0 - reading.film.confidence) / many if reading.film else 0.0,
        1.0 - abs(2.0 * reading.verdict.sentiment - 1.0),
        1.0,
    )


def doubt(reading: Reading, weights: Iterable[float]) -> float:
    """What a better reader would put right, by the sentence, as guessed."""
    return sum([w * s for w, s in zip(weights, signs(reading), strict=True)])


def _unsure(confidences: list[float]) -> float:
    """The mean of what is missing to certainty; nothing claimed is nothing to doubt."""
    return 1.0 - sum(confidences) / len(confidences) if confidences else 0.0
