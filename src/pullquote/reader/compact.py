"""The compact encoder: one review at a time, token by token, in whole numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import accumulate, chain, pairwise
from pathlib import Path
from typing import TypedDict

import numpy as np
from numpy.typing import NDArray

from .encoder import Floats, Written, session

#: Word pieces of a token that count; longer words are known by their beginning.
PARTS = 4


class TokenFeed(TypedDict):
    """One review for the compact encoder.

    *Shapes:* ``first`` ``(tokens,)`` int32, each token's first piece; ``shapes`` ``(tokens,)`` int32; ``more``
    ``(pieces,)`` int32, all further pieces, and ``at`` ``(pieces, 1)`` int64, the token each belongs to.
    """

    first: NDArray[np.int32]
    shapes: NDArray[np.int32]
    more: NDArray[np.int32]
    at: NDArray[np.int64]


def token_feed(pieces: Sequence[tuple[int, ...]], shapes: Sequence[int]) -> TokenFeed:
    """The feed of one review, given as pieces and shape per token.

    >>> feed = token_feed([(7,), (8, 9)], [1, 2])
    >>> feed["first"].tolist(), feed["more"].tolist(), feed["at"].tolist()
    ([7, 8], [9], [[1]])
    """
    return token_feeds([(pieces, shapes)])[0]


def token_feeds(reviews: Sequence[Written]) -> list[TokenFeed]:
    """The feeds of several reviews; they are views of arrays made for all at once."""
    pieces = [parts for own, _ in reviews for parts in own]
    counts = np.fromiter(map(len, pieces), np.int64, len(pieces))
    begins = np.cumsum(counts) - counts
    flat = np.array(list(chain.from_iterable(pieces)), dtype=np.int32)
    shapes = np.array(list(chain.from_iterable([codes for _, codes in reviews])), dtype=np.int32)
    first = flat[begins]
    edges = np.array([0, *accumulate(len(own) for own, _ in reviews)])
    # Further pieces: from the second to the last that counts, of every token that has any.
    further = np.minimum(counts, PARTS) - 1
    owner = np.flatnonzero(further).repeat(further[further > 0])
    before = np.cumsum(further) - further
    more = flat[begins[owner] + 1 + np.arange(len(owner)) - before[owner]]
    cuts = np.searchsorted(owner, edges)
    at = (owner - edges[:-1].repeat(np.diff(cuts))).reshape(-1, 1)
    return [
        TokenFeed(first=first[a:b], shapes=shapes[a:b], more=more[c:d], at=at[c:d])
        for (a, b), (c, d) in zip(pairwise(edges.tolist()), pairwise(cuts.tolist()), strict=True)
    ]


class CompactEncoder:
    """Convolutions over tokens in 8-bit arithmetic.

    Reviews are encoded one by one: so small a network gains nothing from batches, and a review's vectors cannot
    depend on its neighbours.
    """

    def __init__(self, path: Path) -> None:
        self._session = session(path)

    def states(self, reviews: Sequence[Written]) -> Floats:
        """Token vectors of reviews, end to end: ``(tokens of all, width)``."""
        return np.concatenate([self.run(feed) for feed in token_feeds(reviews)])

    def passes(self, reviews: Sequence[Written]) -> list[Callable[[], Floats]]:
        """The bare forward passes that these reviews take, ready to run, for measuring them alone."""
        return [partial(self.run, feed) for feed in token_feeds(reviews)]

    def run(self, feed: TokenFeed) -> Floats:
        """Token vectors ``(tokens, width)`` of one review."""
        out: Floats = self._session.run(None, dict(feed))[0]
        return out
