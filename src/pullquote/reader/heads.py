"""Token vectors to scores: every head as plain matrix arithmetic, the twin of `training.heads`.

The heads are small, so numpy does them in a fraction of the encoder's time,
and they can take mentions and pairs that only decoding finds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from .pairs import Pairs
from .runs import run_means_and_tops

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


def softmax(x: Floats) -> Floats:
    """Probabilities over the last axis of ``(rows, labels)``."""
    # Few labels and many rows: label by label all rows are done at once.
    e: Floats = np.array(x.T, order="C")
    e -= e.max(0)
    np.exp(e, out=e)
    e /= _row_sums(e)
    return e.T


def _row_sums(columns: Floats) -> Floats:
    """The sum of each row, added in the order in which numpy adds a row: in eight strands from eight columns on.

    *Shape:* ``(columns, rows)`` -> ``(rows,)``.
    """
    taken = len(columns) // 8 * 8
    if taken:
        eight = columns[:8].copy()
        for strand in range(8, taken, 8):
            eight += columns[strand : strand + 8]
        four = eight[0::2] + eight[1::2]
        two = four[0::2] + four[1::2]
        total: Floats = two[0] + two[1]
    else:
        taken = 1
        total = columns[0].copy()
    for column in columns[taken:]:
        total += column
    return total


def sigmoid(x: Floats) -> Floats:
    """Logits to probabilities, safe at both ends."""
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(x, -30, 30))), dtype=np.float32)


def rounded(x: Floats, digits: int) -> list[float]:
    """Python's ``round`` of each, for six digits or fewer, all at once.

    A float32 has 24 bits and ``10 ** 6`` is 14 bits before a power of two, so their product in double precision is
    exact, and so are ties.
    """
    scale = 10.0**digits
    found: list[float] = (np.rint(x.astype(np.float64) * scale) / scale).tolist()
    return found


def _gelu(x: Floats) -> Floats:
    """The tanh form (Hendrycks and Gimpel, 2016)."""
    inner = np.float32(0.044715) * x
    inner *= x
    inner *= x
    inner += x
    inner *= np.float32(0.7978845608)
    np.tanh(inner, out=inner)
    inner += np.float32(1)
    inner *= np.float32(0.5) * x
    return inner


def _by_review(x: Floats, weight: Floats, edges: Sequence[int]) -> Floats:
    """The product of each review's rows with the weight; one product for all if there are no edges."""
    if len(edges) <= 2:
        return np.asarray(x @ weight)
    out = np.empty((len(x), weight.shape[1]), dtype=np.float32)
    for a, b in pairwise(edges):
        np.matmul(x[a:b], weight, out=out[a:b])
    return out


class Heads:
    """All heads over one review's token vectors ``h`` of shape ``(tokens, width)``."""

    #: Heads that read single tokens; laid side by side they are one matrix product.
    TOKEN_HEADS = ("names", "descriptions", "opinions", "aspects", "attend")
    #: What is made of each mention for the pairs it stands in, and one matrix product too.
    PAIR_SIDES = ("pair_first", "pair_second", "pair_left", "pair_right")

    def __init__(self, weights: Mapping[str, Floats]) -> None:
        self._w = {k: np.ascontiguousarray(v.T if v.ndim == 2 else v) for k, v in weights.items()}
        self._token_w = np.concatenate([self._w[f"{n}.weight"] for n in self.TOKEN_HEADS], 1)
        self._token_b = np.concatenate([self._w[f"{n}.bias"] for n in self.TOKEN_HEADS])
        self._widths = [self._w[f"{n}.bias"].shape[0] for n in self.TOKEN_HEADS]
        for kind in ("weight", "bias"):
            self._w[f"pair_sides.{kind}"] = np.concatenate([self._w.pop(f"{n}.{kind}") for n in self.PAIR_SIDES], -1)

    def _linear(self, name: str, x: Floats, edges: Sequence[int] = ()) -> Floats:
        return _by_review(x, self._w[f"{name}.weight"], edges) + self._w[f"{name}.bias"]

    def tokens(self, h: Floats, edges: Sequence[int] = ()) -> dict[str, Floats]:
        """Logits of every token head, each ``(tokens, labels)``.

        Args:
            edges: the first token of each review if there are several, and the number of all. How a row of a product
                comes out depends on the rows beside it, to the last digit; so every review's product is its own.
        """
        scores = _by_review(h, self._token_w, edges)
        scores += self._token_b
        cuts = np.cumsum(self._widths)[:-1]
        return dict(zip(self.TOKEN_HEADS, np.split(scores, cuts, axis=1), strict=True))

    def sentences(self, h: Floats, first: Ints, last: Ints, places: Floats, edges: Sequence[int] = ()) -> Floats:
        """Role, polarity and spoiler logits side by side, ``(sentences, 9)``.

        Args:
            first, last: token range of each sentence; none may be empty.
            places: `reader.places.places` of them.
            edges: the first sentence of each review if there are several, and the number of all; as for `tokens`.
        """
        pooled = 2 * h.shape[1]
        x = np.empty((len(first), pooled + places.shape[1]), dtype=np.float32)
        run_means_and_tops(h, first, last - first, x[:, :pooled])
        x[:, pooled:] = places
        inner = _gelu(self._linear("sentence_in", x, edges))
        return self._linear("sentence_out", inner, edges)

    def credits(self, vectors: Floats) -> Floats:
        """Credit logits ``(mentions, credits)`` from mention vectors."""
        return self._linear("credit_out", _gelu(self._linear("credit_in", vectors)))

    def pairs(self, h: Floats, vectors: Floats, p: Pairs) -> Floats:
        """Cast and relation logits ``(pairs, 1 + relations)``."""
        gap = _gap_means(h, p)
        one, two, left, right = np.split(self._linear("pair_sides", vectors), len(self.PAIR_SIDES), axis=1)
        hidden = one[p.first] + two[p.second]
        hidden += left[p.first] * right[p.second]
        hidden += self._linear("pair_gap", gap)
        hidden += self._linear("pair_places", p.features)
        return self._linear("pair_out", _gelu(hidden))

    def documents(self, h: Floats, attend: Floats, edges: Sequence[int]) -> Floats:
        """Verdict logits ``(reviews, 2 + recommendations)`` of each review by attention over all its tokens.

        Args:
            attend: attention logits ``(tokens, 1)``.
            edges: the first token of each review, and the number of all.
        """
        logits = attend.ravel()
        size = np.diff(edges)
        weight = np.exp(logits - np.maximum.reduceat(logits, edges[:-1]).repeat(size))
        pooled = np.empty((len(size), h.shape[1]), dtype=np.float32)
        for r, (a, b) in enumerate(pairwise(edges)):
            own = weight[a:b]
            own /= own.sum()
            np.matmul(own, h[a:b], out=pooled[r])
        return self._linear("verdict", pooled, range(len(size) + 1))

    def document(self, h: Floats, attend: Floats) -> Floats:
        """Those of one review alone, ``(2 + recommendations,)``."""
        logits: Floats = self.documents(h, attend, [0, len(h)])[0]
        return logits


def mention_vectors(h: Floats, starts: Ints, ends: Ints) -> Floats:
    """First and last token of each mention: ``(mentions, 2 * width)``."""
    return np.concatenate([h[starts], h[ends - 1]], 1)


def pool_groups(scores: Floats, group: Ints, count: int) -> Floats:
    """Log-sum-exp of the rows of each group: ``(count, labels)``; no group may be empty."""
    size = np.bincount(group, minlength=count)
    order = np.argsort(group, kind="stable")
    first = np.cumsum(size) - size
    top = np.maximum.reduceat(scores[order], first)
    mass = np.exp(scores - top[group])
    total = mass[order[first]]
    # Row after row of all groups at once: each group is summed in the order of its rows, whatever others there are.
    for rank in range(1, int(size.max(initial=0))):
        more = np.flatnonzero(size > rank)
        total[more] += mass[order[first[more] + rank]]
    out: Floats = top + np.log(np.maximum(total, 1e-9))
    return out


def _gap_means(h: Floats, p: Pairs) -> Floats:
    """The mean vector between the two mentions of each pair, ``(pairs, width)``; zero where they touch."""
    edges = np.unique(np.concatenate([p.gap_from, p.gap_to]))
    # Gaps overlap: what lies between two edges is summed once.
    running = np.zeros((len(edges), h.shape[1]))
    for (a, b), before, here in zip(pairwise(edges.tolist()), running, running[1:], strict=False):
        np.add.reduce(h[a:b], 0, np.float64, here)
        np.add(here, before, out=here)
    inner = running[np.searchsorted(edges, p.gap_to)] - running[np.searchsorted(edges, p.gap_from)]
    return np.asarray(inner / np.maximum(p.gap_to - p.gap_from, 1)[:, None], dtype=np.float32)
