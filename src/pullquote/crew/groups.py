"""Reviews in groups: what travels to a worker at a time."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator

from .answers import Review

#: Reviews that travel together, and characters after which a group is full all the same: some hundred ordinary reviews,
#: so that memory is bounded and no worker waits long for another that has the long ones.
GROUP, CHARACTERS = 64, 150_000
#: Pieces for each worker into which the last groups are cut, and most groups that are kept back for it.
_PIECES, _KEPT = 2, 8


def groups(reviews: Iterable[Review]) -> Iterator[list[Review]]:
    """Consecutive reviews, in their order; all groups but the last are full."""
    group: list[Review] = []
    held = 0
    for one in reviews:
        group.append(one)
        held += len(one[1])
        if _over(len(group), held):
            yield group
            group, held = [], 0
    if group:
        yield group


def full(group: list[Review]) -> bool:
    """Whether nothing more goes into ``group``."""
    return _over(len(group), sum(len(text) for _, text in group))


def shared_out(cut: Iterable[list[Review]], workers: int) -> Iterator[list[Review]]:
    """The same reviews in the same order, the last groups cut anew into smaller ones for all ``workers``.

    Else one of them would have the last group while the others have none, and where there are few reviews that is
    most of the time.
    """
    kept: deque[list[Review]] = deque()
    for group in cut:
        kept.append(group)
        if len(kept) > min(workers, _KEPT):
            yield kept.popleft()
    last = [one for group in kept for one in group]
    share = sum(len(text) for _, text in last) / (_PIECES * workers)
    piece: list[Review] = []
    held = 0
    for one in last:
        piece.append(one)
        held += len(one[1])
        if held >= share or _over(len(piece), held):
            yield piece
            piece, held = [], 0
    if piece:
        yield piece


def _over(reviews: int, characters: int) -> bool:
    return reviews == GROUP or characters > CHARACTERS
