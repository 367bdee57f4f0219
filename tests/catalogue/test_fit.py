"""The fit finds weights that data were made with, and thresholds that keep their promise."""

from __future__ import annotations

import random

import pytest

from pullquote.catalogue.features import FITTED
from pullquote.catalogue.fit import Example, crossed, fit, threshold
from pullquote.catalogue.weights import probabilities

TRUE = {"bias": -1.0, "film": 2.5, "elsewhere": -2.0}


def made(number: int, seed: int) -> list[Example]:
    draw = random.Random(seed)
    out = []
    for _ in range(number):
        values = [
            dict.fromkeys(FITTED, 0.0) | {"bias": 1.0, "film": draw.random(), "elsewhere": float(draw.random() < 0.5)}
            for _ in range(draw.randrange(4))
        ]
        chances = probabilities(values, TRUE)
        right = draw.choices([*range(len(values)), None], [*chances, 1 - sum(chances)])[0]
        out.append(Example(values, right))
    return out


def test_the_weights_that_made_the_data_come_back():
    weights = fit(made(3000, seed=1))
    assert {name: weights[name] for name in TRUE} == pytest.approx(TRUE, abs=0.35)
    assert all(abs(weights[name]) < 1e-6 for name in FITTED if name not in TRUE)


def test_crossed_probabilities_are_honest():
    judged = crossed(made(2000, seed=2), [f"film {n % 300}" for n in range(2000)])
    assert sum(p for p, _ in judged) == pytest.approx(sum(well for _, well in judged), rel=0.1)


def test_a_threshold_keeps_its_precision_with_as_many_links_as_can_be():
    judged = [(0.99, True), (0.95, True), (0.9, False), (0.8, True), (0.7, True), (0.3, False)]
    assert threshold(judged, 0.8) == 0.7
    assert threshold(judged, 1.0) == 0.95
    with pytest.raises(ValueError, match="no threshold"):
        threshold([(0.9, False)], 0.5)
