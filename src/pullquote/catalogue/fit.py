"""Fitting the linker: weights by maximum likelihood, and the probability from which a link is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .features import FITTED
from .weights import probabilities

Floats = NDArray[np.float64]

#: Strength of the penalty on squared weights, beside the summed log likelihood; the bias goes free.
PENALTY = 1.0
_STEPS = 50


@dataclass(frozen=True, slots=True)
class Example:
    """One review whose film is known: its candidates' features, and which of them is the film (None: none)."""

    values: Sequence[Mapping[str, float]]
    right: int | None


def fit(examples: Sequence[Example], names: Sequence[str] = FITTED) -> dict[str, float]:
    """Weights of the features ``names``, of which "bias" is one.

    With one candidate an example, this is logistic regression.

    Newton's method on the penalised log likelihood of the conditional logit, which is concave.
    """
    tables = [np.array([[v[name] for name in names] for v in e.values]) for e in examples if e.values]
    rights = [e.right for e in examples if e.values]
    weights = np.zeros(len(names))
    penalty = np.array([0.01 if name == "bias" else PENALTY for name in names])
    value = _likelihood(tables, rights, weights, penalty)
    for _ in range(_STEPS):
        slope, bend = _slopes(tables, rights, weights, penalty)
        step = np.linalg.solve(bend, slope)
        size = 1.0
        while (new := _likelihood(tables, rights, weights + size * step, penalty)) < value and size > 1e-6:
            size /= 2
        weights = weights + size * step
        if new - value < 1e-7:
            break
        value = new
    return {name: round(float(weight), 4) for name, weight in zip(names, weights, strict=True)}


def _chances(table: Floats, weights: Floats) -> Floats:
    scores = table @ weights
    top = max(0.0, float(scores.max()))
    powers = np.exp(scores - top)
    chances: Floats = powers / (powers.sum() + np.exp(-top))
    return chances


def _likelihood(tables: Sequence[Floats], rights: Sequence[int | None], weights: Floats, penalty: Floats) -> float:
    total = -0.5 * float(penalty @ weights**2)
    for table, right in zip(tables, rights, strict=True):
        chances = _chances(table, weights)
        total += float(np.log(max(1e-300, 1 - chances.sum() if right is None else chances[right])))
    return total


def _slopes(
    tables: Sequence[Floats], rights: Sequence[int | None], weights: Floats, penalty: Floats
) -> tuple[Floats, Floats]:
    slope = -penalty * weights
    bend = np.diag(penalty)
    for table, right in zip(tables, rights, strict=True):
        chances = _chances(table, weights)
        mean = chances @ table
        slope += (table[right] if right is not None else 0.0) - mean
        bend += (table * chances[:, None]).T @ table - np.outer(mean, mean)
    return slope, bend


def best(values: Sequence[Mapping[str, float]], weights: Mapping[str, float]) -> tuple[int, float]:
    """The likeliest of some candidates, and its probability."""
    chances = probabilities(values, weights)
    at = max(range(len(chances)), key=chances.__getitem__)
    return at, chances[at]


def crossed(
    examples: Sequence[Example], films: Sequence[str], names: Sequence[str] = FITTED, parts: int = 5
) -> list[tuple[float, bool]]:
    """Probability of the best candidate of each review, and whether it is right, by weights fitted on other films.

    Reviews without a candidate are left out.
    """
    known = sorted(set(films))
    part = {film: at % parts for at, film in enumerate(known)}
    out: list[tuple[float, bool]] = []
    for number in range(parts):
        weights = fit([e for e, film in zip(examples, films, strict=True) if part[film] != number], names)
        for example, film in zip(examples, films, strict=True):
            if part[film] == number and example.values:
                at, chance = best(example.values, weights)
                out.append((chance, at == example.right))
    return out


def threshold(judged: Sequence[tuple[float, bool]], precision: float) -> float:
    """The least probability such that of all reviews from there on at least the share ``precision`` is right.

    Raises:
        ValueError: if there is none.
    """
    right = 0
    found: float | None = None
    for number, (chance, well) in enumerate(sorted(judged, reverse=True), 1):
        right += well
        if right >= precision * number:
            found = chance
    if found is None:
        raise ValueError(f"no threshold reaches a precision of {precision}")
    return round(found, 3)
