"""Reviews as windows of word pieces, padded to rectangles for the encoder."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypedDict

import numpy as np
from numpy.typing import NDArray

from .windows import Window, windows
from .wordpiece import WordPieces


class EncoderFeed(TypedDict):
    """One batch of windows; all arrays ``(windows, pieces)`` int64, mask 1 where a piece stands."""

    pieces: NDArray[np.int64]
    shapes: NDArray[np.int64]
    mask: NDArray[np.int64]


class Laid(NamedTuple):
    """One review's windows, and where in them each token's first piece stands."""

    rows: list[list[int]]
    codes: list[list[int]]
    places: list[tuple[int, int]]


def lay(pieces: Sequence[tuple[int, ...]], shapes: Sequence[int], wordpieces: WordPieces) -> Laid:
    """Cut one review, given as pieces and shape per token, into windows."""
    rows: list[list[int]] = []
    codes: list[list[int]] = []
    places: list[tuple[int, int]] = []
    for window in windows([len(p) for p in pieces]):
        row, code, found = _window(window, pieces, shapes, wordpieces)
        places.extend((len(rows), at) for at in found)
        rows.append(row)
        codes.append(code)
    return Laid(rows=rows, codes=codes, places=places)


def _window(
    window: Window, pieces: Sequence[tuple[int, ...]], shapes: Sequence[int], wordpieces: WordPieces
) -> tuple[list[int], list[int], list[int]]:
    row, code, found = [wordpieces.start], [0], []
    for i in range(window.first, window.last):
        if window.keep_from <= i < window.keep_to:
            found.append(len(row))
        row.extend(pieces[i])
        code.extend([shapes[i]] * len(pieces[i]))
    return [*row, wordpieces.end], [*code, 0], found


def stack(rows: Sequence[list[int]], codes: Sequence[list[int]]) -> EncoderFeed:
    """Pad windows to one rectangle."""
    width = max(map(len, rows))
    pieces = np.zeros((len(rows), width), dtype=np.int64)
    shapes = np.zeros_like(pieces)
    mask = np.zeros_like(pieces)
    for i, (row, code) in enumerate(zip(rows, codes, strict=True)):
        pieces[i, : len(row)] = row
        shapes[i, : len(row)] = code
        mask[i, : len(row)] = 1
    return EncoderFeed(pieces=pieces, shapes=shapes, mask=mask)
