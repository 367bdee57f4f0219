"""Where a sentence stands in its review: openings tell the story, endings the verdict."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

#: Width of `places`.
PLACES = 6


def places(first: NDArray[np.int64], last: NDArray[np.int64]) -> NDArray[np.float32]:
    """Place features of each sentence of one review.

    *Shapes:* first, last ``(sentences,)`` token ranges -> ``(sentences, PLACES)``.
    """
    n = len(first)
    out = np.zeros((n, PLACES), dtype=np.float32)
    if n:
        i = np.arange(n)
        out[:, 0] = i / n
        out[0, 1] = 1
        out[-1, 2] = 1
        out[:, 3] = np.exp((i - (n - 1)) / 2.0)
        out[:, 4] = np.log1p(last - first) / 4.0
        out[:, 5] = np.log1p(n) / 4.0
    return out
