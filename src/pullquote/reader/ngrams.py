"""Words in their own right: one weight per run of one to three words, beside the encoder.

Ratings lean on single turns of phrase ("waste of time", "8 out of"), which a
linear model over n-grams keeps better than a small encoder (NB-SVM: Wang and
Manning, 2012). Only weights are kept, found by the CRC-32 of the n-gram.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray


def ngram_keys(forms: Sequence[str]) -> set[int]:
    """CRC-32 of each distinct lower-cased n-gram (n = 1, 2, 3) of a token sequence."""
    words = [f.lower() for f in forms]
    grams: Iterable[str] = (
        *words,
        *(f"{a} {b}" for a, b in pairwise(words)),
        *(f"{a} {b} {c}" for a, b, c in zip(words, words[1:], words[2:], strict=False)),
    )
    return {crc32(g.encode("utf-8", "surrogatepass")) for g in grams}


class NGrams:
    """Linear scores of a review: favourable (logit) and stars (from -1 to 1)."""

    def __init__(self, keys: NDArray[np.uint32], weights: NDArray[np.float16], constants: NDArray[np.float32]) -> None:
        """Keep sorted ``keys`` ``(grams,)``, their ``weights`` ``(grams, 2)`` and two ``constants``."""
        self._keys, self._weights, self._constants = keys, weights, constants

    def scores(self, forms: Sequence[str]) -> tuple[float, float]:
        """Logit of "favourable" and stars on the scale from -1 (one star) to 1 (ten)."""
        mine = np.fromiter(ngram_keys(forms), dtype=np.uint32)
        if not len(mine) or not len(self._keys):
            return float(self._constants[0]), float(self._constants[1])
        at = np.minimum(np.searchsorted(self._keys, mine), len(self._keys) - 1)
        known = at[self._keys[at] == mine]
        favourable, stars = self._weights[known].astype(np.float32).sum(0) + self._constants
        return float(favourable), float(stars)
