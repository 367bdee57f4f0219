"""Weights of what a text says of a film before any reading, learned from reviews whose film is known.

A conditional logit as in `pullquote.catalogue.weights`, over the features of `features.TEXT` and, for each word at its
place around a title, the share of the film's mentions that have it there. Adam (Kingma and Ba, 2015)
on all reviews at once, with a penalty on squared weights.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pullquote.catalogue.context import TextWeights, surroundings
from pullquote.catalogue.features import TEXT
from pullquote.catalogue.fit import Example
from pullquote.catalogue.spans import plain

from .examples import Weighed

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

#: A word at a place counts if it is around candidates of so many reviews.
LEAST_REVIEWS = 12
PENALTY = 4.0
PENALTY_OF_FEATURES = 0.5
LEAST_WEIGHT = 0.05
STEPS = 250
RATE = 0.05


@dataclass(frozen=True, slots=True)
class Around:
    """A review's candidates: each one's features, the words around its places with their shares, and which is it."""

    example: Example
    words: list[list[tuple[str, float]]]


def around(one: Weighed) -> Around:
    """Take a weighed review down to what is learned from."""
    text = plain(one.review["text"])
    return Around(one.example, [list(surroundings(text, c.spans)) for c in one.candidates])


def learn(reviews: Sequence[Around], say: Callable[[str], None]) -> TextWeights:
    """Weights of features, and of words at their places; words that say next to nothing are left out."""
    reviews = [one for one in reviews if one.words]
    seen = Counter(word for one in reviews for word in {w for c in one.words for w, _ in c})
    vocabulary = {word: at for at, word in enumerate(sorted(w for w, n in seen.items() if n >= LEAST_REVIEWS))}
    table = _Table(reviews, vocabulary)
    # The bias is fitted anew with the rest of the linker, and not kept.
    names = ("bias", *TEXT)
    dense = np.array([[v[name] for name in names] for one in reviews for v in one.example.values])
    weights = np.zeros(len(names) + len(vocabulary))
    penalty = np.full(len(weights), PENALTY)
    penalty[: len(names)] = [0.0, *[PENALTY_OF_FEATURES] * len(TEXT)]
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        slope, value = table.slope(dense, weights)
        slope -= penalty * weights
        first = 0.9 * first + 0.1 * slope
        second = 0.999 * second + 0.001 * slope**2
        weights += RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
        if step % 50 == 0:
            say(f"step {step} of {STEPS}: log likelihood {value / len(reviews):.4f} a review")
    words = {word: round(float(weights[len(names) + at]), 2) for word, at in vocabulary.items()}
    return TextWeights(
        features={
            name: round(float(weight), 4) for name, weight in zip(names[1:], weights[1 : len(names)], strict=True)
        },
        words={word: weight for word, weight in words.items() if abs(weight) >= LEAST_WEIGHT},
    )


class _Table:
    """All candidates one under the other."""

    def __init__(self, reviews: Sequence[Around], vocabulary: dict[str, int]) -> None:
        rows: list[int] = []
        columns: list[int] = []
        shares: list[float] = []
        group: list[int] = []
        right: list[int] = []
        for number, one in enumerate(reviews):
            base = len(group)
            for candidate in one.words:
                for word, share in candidate:
                    if word in vocabulary:
                        rows.append(len(group))
                        columns.append(vocabulary[word])
                        shares.append(share)
                group.append(number)
            if one.example.right is not None:
                right.append(base + one.example.right)
        self.rows, self.columns = np.array(rows, np.int64), np.array(columns, np.int64)
        self.shares = np.array(shares, np.float64)
        self.group, self.right = np.array(group, np.int64), np.array(right, np.int64)
        self.reviews, self.size = len(reviews), len(vocabulary)

    def slope(self, dense: Floats, weights: Floats) -> tuple[Floats, float]:
        """Slope of the log likelihood, and its value."""
        given = dense.shape[1]
        words = weights[given:]
        scores = dense @ weights[:given] + np.bincount(
            self.rows, self.shares * words[self.columns], minlength=len(self.group)
        )
        top = np.zeros(self.reviews)
        np.maximum.at(top, self.group, scores)
        powers = np.exp(scores - top[self.group])
        total = np.bincount(self.group, powers, minlength=self.reviews) + np.exp(-top)
        chances = powers / total[self.group]
        gap = -chances
        gap[self.right] += 1
        # Reviews whose film is no candidate have the score 0 of "none of these".
        value = float((scores[self.right]).sum() - (np.log(total) + top).sum())
        slope = np.concatenate(
            [dense.T @ gap, np.bincount(self.columns, self.shares * gap[self.rows], minlength=self.size)]
        )
        return slope, value
