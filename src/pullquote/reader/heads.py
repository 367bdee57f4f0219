"""Token vectors to scores: every head as plain matrix arithmetic, the twin of `training.heads`.

The heads are small, so numpy does them in a fraction of the encoder's time,
and they can take mentions and pairs that only decoding finds.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from .pairs import Pairs

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


def softmax(x: Floats) -> Floats:
    """Probabilities over the last axis."""
    e: Floats = np.exp(x - x.max(-1, keepdims=True))
    return np.asarray(e / e.sum(-1, keepdims=True), dtype=np.float32)


def sigmoid(x: Floats) -> Floats:
    """Logits to probabilities, safe at both ends."""
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(x, -30, 30))), dtype=np.float32)


def _gelu(x: Floats) -> Floats:
    """The tanh form (Hendrycks and Gimpel, 2016)."""
    inner = np.float32(0.7978845608) * (x + np.float32(0.044715) * x * x * x)
    return np.asarray(0.5 * x * (1.0 + np.tanh(inner)), dtype=np.float32)


class Heads:
    """All heads over one review's token vectors ``h`` of shape ``(tokens, width)``."""

    #: Heads that read single tokens; laid side by side they are one matrix product.
    TOKEN_HEADS = ("names", "descriptions", "opinions", "aspects", "attend")

    def __init__(self, weights: Mapping[str, Floats]) -> None:
        self._w = {k: np.ascontiguousarray(v.T if v.ndim == 2 else v) for k, v in weights.items()}
        self._token_w = np.concatenate([self._w[f"{n}.weight"] for n in self.TOKEN_HEADS], 1)
        self._token_b = np.concatenate([self._w[f"{n}.bias"] for n in self.TOKEN_HEADS])
        self._widths = [self._w[f"{n}.bias"].shape[0] for n in self.TOKEN_HEADS]

    def _linear(self, name: str, x: Floats) -> Floats:
        out: Floats = x @ self._w[f"{name}.weight"] + self._w[f"{name}.bias"]
        return out

    def tokens(self, h: Floats) -> dict[str, Floats]:
        """Logits of every token head, each ``(tokens, labels)``."""
        scores = h @ self._token_w + self._token_b
        cuts = np.cumsum(self._widths)[:-1]
        return dict(zip(self.TOKEN_HEADS, np.split(scores, cuts, axis=1), strict=True))

    def sentences(self, h: Floats, first: Ints, last: Ints, places: Floats) -> Floats:
        """Role, polarity and spoiler logits side by side, ``(sentences, 9)``.

        Args:
            first, last: token range of each sentence; none may be empty.
            places: `reader.places.places` of them.
        """
        edges = np.stack([first, last], 1).ravel()
        # reduceat wants every index inside: a zero row stands behind the last token.
        padded = np.concatenate([h, np.zeros((1, h.shape[1]), dtype=h.dtype)])
        mean = np.add.reduceat(padded, edges, axis=0)[::2] / (last - first)[:, None]
        top = np.maximum.reduceat(padded, edges, axis=0)[::2]
        x = np.concatenate([mean, top, places], 1).astype(np.float32)
        return self._linear("sentence_out", _gelu(self._linear("sentence_in", x)))

    def credits(self, vectors: Floats) -> Floats:
        """Credit logits ``(mentions, credits)`` from mention vectors."""
        return self._linear("credit_out", _gelu(self._linear("credit_in", vectors)))

    def pairs(self, h: Floats, vectors: Floats, p: Pairs) -> Floats:
        """Cast and relation logits ``(pairs, 1 + relations)``."""
        running = np.concatenate([np.zeros((1, h.shape[1]), dtype=h.dtype), np.cumsum(h, 0, dtype=np.float64)])
        size = np.maximum(p.gap_to - p.gap_from, 1)[:, None]
        gap = ((running[p.gap_to] - running[p.gap_from]) / size).astype(np.float32)
        one, two = self._linear("pair_first", vectors), self._linear("pair_second", vectors)
        left, right = self._linear("pair_left", vectors), self._linear("pair_right", vectors)
        hidden = one[p.first] + two[p.second] + left[p.first] * right[p.second]
        hidden = hidden + self._linear("pair_gap", gap) + self._linear("pair_places", p.features)
        return self._linear("pair_out", _gelu(hidden.astype(np.float32)))

    def document(self, h: Floats, attend: Floats) -> Floats:
        """Verdict logits ``(2 + recommendations,)`` by attention over all tokens."""
        weight = softmax(attend[:, 0][None])[0]
        return np.asarray(self._linear("verdict", (weight @ h)[None])[0])


def mention_vectors(h: Floats, starts: Ints, ends: Ints) -> Floats:
    """First and last token of each mention: ``(mentions, 2 * width)``."""
    return np.concatenate([h[starts], h[ends - 1]], 1)


def pool_groups(scores: Floats, group: Ints, count: int) -> Floats:
    """Log-sum-exp of the rows of each group: ``(count, labels)``."""
    top = np.full((count, scores.shape[1]), -1e4, dtype=np.float32)
    np.maximum.at(top, group, scores)
    total = np.zeros((count, scores.shape[1]), dtype=np.float32)
    np.add.at(total, group, np.exp(scores - top[group]))
    out: Floats = top + np.log(np.maximum(total, 1e-9))
    return out
