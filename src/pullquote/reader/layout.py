"""Reviews as windows of word pieces, as the large encoder takes them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypedDict

import numpy as np
from numpy.typing import NDArray

from .windows import Window, windows
from .wordpiece import WordPieces


class WindowFeed(TypedDict):
    """One window for the encoder; both arrays ``(1, pieces)`` int64."""

    pieces: NDArray[np.int64]
    shapes: NDArray[np.int64]


class Laid(NamedTuple):
    """One window: its pieces, the shape of each, and the places whose states are the tokens', in order."""

    row: list[int]
    codes: list[int]
    places: list[int]

    @property
    def feed(self) -> WindowFeed:
        """The same as arrays."""
        return WindowFeed(pieces=np.array([self.row], dtype=np.int64), shapes=np.array([self.codes], dtype=np.int64))


def lay(pieces: Sequence[tuple[int, ...]], shapes: Sequence[int], wordpieces: WordPieces) -> list[Laid]:
    """Cut one review, given as pieces and shape per token, into windows; every token has a place in one of them."""
    return [_laid(window, pieces, shapes, wordpieces) for window in windows([len(p) for p in pieces])]


def _laid(window: Window, pieces: Sequence[tuple[int, ...]], shapes: Sequence[int], wordpieces: WordPieces) -> Laid:
    row, codes, places = [wordpieces.start], [0], []
    for i in range(window.first, window.last):
        if window.keep_from <= i < window.keep_to:
            places.append(len(row))
        row.extend(pieces[i])
        codes.extend([shapes[i]] * len(pieces[i]))
    return Laid([*row, wordpieces.end], [*codes, 0], places)
