"""A review of any length as overlapping windows that the encoder can take in.

No truncation: every token lies in some window, and is read where it has most
context on both sides.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

#: Word pieces in a window, its two end marks not counted.
ROOM = 510
#: Pieces that neighbouring windows share at least.
OVERLAP = 128
#: A token of more pieces is no word; the rest of its pieces are not read.
LONGEST_TOKEN = 24


class Window(NamedTuple):
    """Tokens ``first`` to ``last`` (half-open) go in; ``keep_from`` to ``keep_to`` are taken out."""

    first: int
    last: int
    keep_from: int
    keep_to: int


def windows(sizes: Sequence[int], room: int = ROOM, overlap: int = OVERLAP) -> list[Window]:
    """Cover tokens of the given sizes (in pieces) with windows of at most ``room`` pieces.

    The kept ranges follow one another without gap or overlap. Windows share
    about ``overlap`` pieces, and the seam lies in the middle of what they share.

    >>> windows([1] * 10, room=6, overlap=2)
    [Window(first=0, last=6, keep_from=0, keep_to=5), Window(first=4, last=10, keep_from=5, keep_to=10)]
    """
    if sum(sizes) <= room:
        return [Window(0, len(sizes), 0, len(sizes))]
    ranges: list[tuple[int, int]] = []
    first = 0
    while True:
        last, used = first, 0
        while last < len(sizes) and used + sizes[last] <= room:
            used += sizes[last]
            last += 1
        ranges.append((first, last))
        if last == len(sizes):
            break
        back, shared = last, 0
        # Always move on by at least one token, else a huge overlap would never end.
        while back - 1 > first and shared + sizes[back - 1] <= overlap:
            back -= 1
            shared += sizes[back]
        first = back
    seams = [0, *((a_last + b_first) // 2 for (_, a_last), (b_first, _) in pairwise(ranges))]
    seams.append(len(sizes))
    return [Window(f, t, seams[i], seams[i + 1]) for i, (f, t) in enumerate(ranges)]
