"""Where a sentence stands in its review: openings tell the story, endings the verdict."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

#: Width of `places`.
PLACES = 6


def places(
    first: NDArray[np.int64], last: NDArray[np.int64], edges: Sequence[int] | None = None
) -> NDArray[np.float32]:
    """Place features of each sentence.

    Args:
        first, last: token range of each sentence, ``(sentences,)``.
        edges: the first sentence of each review if there are several, and the number of all.

    *Shape:* ``(sentences, PLACES)``.
    """
    sizes = np.diff([0, len(first)] if edges is None else edges)
    n = sizes.repeat(sizes)
    i = np.arange(len(first)) - (np.cumsum(sizes) - sizes).repeat(sizes)
    out = np.empty((len(first), PLACES), dtype=np.float32)
    out[:, 0] = i / n
    out[:, 1] = i == 0
    out[:, 2] = i == n - 1
    out[:, 3] = np.exp((i - (n - 1)) / 2.0)
    out[:, 4] = np.log1p(last - first) / 4.0
    out[:, 5] = np.log1p(n) / 4.0
    return out
