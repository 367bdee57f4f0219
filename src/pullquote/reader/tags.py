"""BIO tags to spans: the likeliest sequence in which no span continues that never began."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .runs import run_means

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
#: Tokens this surely outside any span end a stretch; the search runs within stretches only.
_SURE = 0.985
#: Log-probability, for each token of a stretch, by which the best tag must lead to need no search. A path's sum grows
#: by at most thirty a token, and float32 blurs it by a ten-millionth.
_LEAD = 1e-5
#: How often stretches are cut into shorter ones before any is searched: each cut leaves fewer faults in a stretch.
_CUTS = 2


class TaggedSpan(NamedTuple):
    """Tokens ``first`` to ``last`` (half-open) with a label's number and its mean probability."""

    first: int
    last: int
    label: int
    confidence: float


def spans(probabilities: Floats, eager: float = 0.0, *, longer: bool = True) -> list[TaggedSpan]:
    """The spans of one review; see `spans_by_review`."""
    return spans_by_review(probabilities, [0, len(probabilities)], eager, longer=longer)[0]


def spans_by_review(
    probabilities: Floats, edges: Sequence[int], eager: float = 0.0, *, longer: bool = True
) -> list[list[TaggedSpan]]:
    """Decode tags O, B-0, I-0, B-1, I-1, ... by Viterbi (1967) under the BIO grammar.

    Args:
        probabilities: ``(tokens, 1 + 2 * labels)``, the reviews' tokens end to end; rows sum to one.
        edges: the first token of each review, and the number of all tokens.
        eager: added to the log-probability of every begin tag; more finds more spans.
        longer: add it to inside tags too; more then also finds longer spans. A passage may be longer or
            shorter and stay itself, a name may not.

    Returns:
        The spans of each review, counted from its own first token.
    """
    busy = np.flatnonzero(probabilities[:, 0] < _SURE)
    if not len(busy):
        return [[] for _ in edges[1:]]
    chances = probabilities[busy]
    log = np.log(np.maximum(chances, 1e-9))
    log[:, 1::2] += eager
    if longer:
        log[:, 2::2] += eager
    opens = np.empty(len(busy), dtype=bool)
    opens[0] = True
    np.greater(np.diff(busy), 1, out=opens[1:])
    begins_review = np.searchsorted(busy, edges)
    opens[begins_review[begins_review < len(busy)]] = True
    tags = _best_tags(log, opens)

    # A span runs from its begin tag to the last of the inside tags that follow.
    begins = np.flatnonzero(tags & 1)
    apart = np.append(np.flatnonzero((tags == 0) | (tags & 1 == 1)), len(tags))
    ends = apart[np.searchsorted(apart, begins, side="right")]
    rows, label = np.arange(len(tags)), (tags - 1) >> 1
    of_label = chances[rows, 2 * label + 1] + chances[rows, 2 * label + 2]
    sure = run_means(of_label, begins, ends - begins)
    first, last = busy[begins], busy[ends - 1] + 1
    starts = np.searchsorted(first, edges)
    shift = np.repeat(edges[:-1], np.diff(starts))
    found = list(
        map(
            TaggedSpan._make,
            zip((first - shift).tolist(), (last - shift).tolist(), label[begins].tolist(), sure.tolist(), strict=True),
        )
    )
    return [found[a:b] for a, b in pairwise(starts.tolist())]


def _best_tags(log: Floats, opens: NDArray[np.bool_]) -> Ints:
    """The best grammatical tags of all stretches; ``opens`` is where each begins.

    Where the likeliest tag of every token makes a grammatical sequence, none can be better, and nothing is searched.
    Elsewhere only a few tokens around each fault are.
    """
    tags: Ints = log.argmax(1)
    rows = np.arange(len(tags))
    likeliest = log[rows, tags]
    rest = log.copy()
    rest[rows, tags] = -np.inf
    lead = likeliest - rest.max(1)
    before = np.empty_like(tags)
    before[0] = 0
    before[1:] = tags[:-1]
    # Outside and begin tags may follow any tag, and begin tags are odd.
    free = (tags == 0) | (tags & 1 == 1)
    astray = ~free & (opens | ((before != tags) & (before != tags - 1)))
    faults = np.flatnonzero(astray)
    # To begin a span at each fault is grammatical, so the best sequence loses no more than that does. A token with a
    # greater lead keeps its tag in it; if that tag may follow any, the tokens before it have no say in those from it on.
    loss = np.zeros(len(tags))
    loss[faults] = likeliest[faults] - log[faults, tags[faults] - 1]
    for _ in range(_CUTS):
        stretch = np.cumsum(opens) - 1
        most = np.bincount(stretch, loss) + _LEAD * np.bincount(stretch)
        unsure = lead <= most[stretch]
        opens = opens | (free & ~unsure)
    first = np.flatnonzero(opens)
    size = np.diff(np.append(first, len(tags)))
    stretch = np.cumsum(opens) - 1
    unclear = np.unique(stretch[astray | (lead <= _LEAD * size[stretch])])
    if len(unclear):
        _search(log, first[unclear], size[unclear], tags)
    return tags


def _search(log: Floats, first: Ints, size: Ints, tags: Ints) -> None:
    """Viterbi over many stretches, a token of each at every step; the best tags are put into ``tags``."""
    order = np.argsort(-size, kind="stable")
    first, size = first[order], size[order]
    steps = int(size[0])
    # Longest first: at every step those that go on are the first so many.
    going = np.searchsorted(-size, -np.arange(steps + 1), side="left").tolist()
    score = log[first]
    score[:, 2::2] = -1e9
    final = np.empty(len(first), dtype=np.int64)
    back = [np.empty((0, 0), dtype=np.uint8)]
    for i in range(1, steps):
        final[going[i] : len(score)] = score[going[i] :].argmax(1)
        score = score[: going[i]]
        here = log[first[: going[i]] + i]
        best = score.argmax(1)
        new = score.max(1)[:, None] + here
        # An inside tag follows only the begin or inside tag of its own label.
        begin, inside = score[:, 1::2], score[:, 2::2]
        stay = inside >= begin
        new[:, 2::2] = np.where(stay, inside, begin) + here[:, 2::2]
        came = np.empty(new.shape, dtype=np.uint8)
        came[:] = best[:, None]
        came[:, 2::2] = np.arange(1, new.shape[1], 2) + stay
        back.append(came)
        score = new
    final[: len(score)] = score.argmax(1)
    now = final[: going[steps - 1]]
    for i in range(steps - 1, -1, -1):
        tags[first[: going[i]] + i] = now
        if i:
            came_from = back[i][np.arange(len(now)), now]
            now = final[: going[i - 1]].copy()
            now[: len(came_from)] = came_from
