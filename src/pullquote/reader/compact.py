"""The compact encoder: one review at a time, token by token, in whole numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
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
    more: list[int] = []
    at: list[int] = []
    for i, parts in enumerate(pieces):
        if len(parts) > 1:
            rest = parts[1:PARTS]
            more.extend(rest)
            at.extend([i] * len(rest))
    return TokenFeed(
        first=np.array([p[0] for p in pieces], dtype=np.int32),
        shapes=np.array(shapes, dtype=np.int32),
        more=np.array(more, dtype=np.int32),
        at=np.array(at, dtype=np.int64).reshape(-1, 1),
    )


class CompactEncoder:
    """Convolutions over tokens in 8-bit arithmetic.

    Reviews are encoded one by one: so small a network gains nothing from batches, and a review's vectors cannot
    depend on its neighbours.
    """

    def __init__(self, path: Path) -> None:
        self._session = session(path, threads=1)

    def states(self, reviews: Sequence[Written]) -> Floats:
        """Token vectors of reviews, end to end: ``(tokens of all, width)``."""
        return np.concatenate([self.run(token_feed(pieces, shapes)) for pieces, shapes in reviews])

    def passes(self, reviews: Sequence[Written]) -> list[Callable[[], Floats]]:
        """The bare forward passes that these reviews take, ready to run, for measuring them alone."""
        return [partial(self.run, token_feed(pieces, shapes)) for pieces, shapes in reviews]

    def run(self, feed: TokenFeed) -> Floats:
        """Token vectors ``(tokens, width)`` of one review."""
        out: Floats = self._session.run(None, dict(feed))[0]
        return out
