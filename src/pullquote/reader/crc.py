"""CRC-32 of joined words from the CRC-32s of the words, many at once.

A CRC is linear: that of "ab" is that of "a", moved on by the length of "b", plus (exclusive or) that of
"b" (zlib's crc32_combine, Mark Adler). Moving on is looked up byte by byte, in a table for each length.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

Crcs = NDArray[np.uint32]

#: The polynomial of zlib's CRC-32, lowest bit first.
_POLYNOMIAL = np.uint32(0xEDB88320)
#: Longest step in one look-up; longer words take several.
_LONGEST = 32
#: Where the four bytes of a CRC are looked up.
_BYTES = np.arange(4) << 8


@cache
def _moves() -> Crcs:
    """For each length up to `_LONGEST`, each of four bytes and each value of it: what it becomes; flat."""
    step = np.arange(256, dtype=np.uint32)
    for _ in range(8):
        step = np.where(step & 1, (step >> 1) ^ _POLYNOMIAL, step >> 1)
    moved = [np.arange(256, dtype=np.uint32) << np.arange(0, 32, 8, dtype=np.uint32)[:, None]]
    for _ in range(_LONGEST):
        moved.append(step[moved[-1] & 255] ^ (moved[-1] >> 8))
    return np.stack(moved).ravel()


def joined(before: Crcs, after: Crcs, lengths: NDArray[np.int64]) -> Crcs:
    """CRC-32 of each text of ``before`` followed by that of ``after``.

    Args:
        before, after: CRC-32s of texts, ``(texts,)``.
        lengths: how many bytes the texts of ``after`` have.

    >>> from zlib import crc32
    >>> parts = [np.array([crc32(part)], dtype=np.uint32) for part in (b"waste", b" of time")]
    >>> int(joined(*parts, np.array([8]))[0]) == crc32(b"waste of time")
    True
    """
    moved = _moved(before, np.minimum(lengths, _LONGEST))
    longer = (lengths > _LONGEST).nonzero()[0]
    while longer.size:
        lengths = lengths - _LONGEST
        moved[longer] = _moved(moved[longer], np.minimum(lengths[longer], _LONGEST))
        longer = longer[lengths[longer] > _LONGEST]
    return moved ^ after


def _moved(crcs: Crcs, lengths: NDArray[np.int64]) -> Crcs:
    """Each CRC moved on by so many zero bytes, `_LONGEST` at most."""
    values = np.ascontiguousarray(crcs, dtype="<u4").view(np.uint8).reshape(-1, 4)
    found = _moves().take((lengths << 10)[:, None] + _BYTES + values)
    moved: Crcs = found[:, 0] ^ found[:, 1] ^ found[:, 2] ^ found[:, 3]
    return moved
