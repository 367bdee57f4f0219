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
#: More than any tokens of one stretch can lose.
_APART = 1e4


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
    # Laid out row by row, whatever the probabilities are: means are taken along the rows.
    chances = np.ascontiguousarray(probabilities[busy])
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
    # Few tags and many tokens: tag by tag all tokens are done at once.
    columns = np.ascontiguousarray(log.T)
    likeliest, next_best = columns[0].copy(), np.full(len(log), -np.inf, dtype=np.float32)
    tags: Ints = np.zeros(len(log), dtype=np.int64)
    for tag, column in enumerate(columns[1:], 1):
        np.copyto(tags, tag, where=column > likeliest)
        np.maximum(next_best, np.minimum(likeliest, column), out=next_best)
        np.maximum(likeliest, column, out=likeliest)
    lead = likeliest - next_best
    before = np.empty_like(tags)
    before[0] = 0
    before[1:] = tags[:-1]
    astray = (tags > 0) & (tags & 1 == 0) & (opens | ((before != tags) & (before != tags - 1)))
    faults = np.flatnonzero(astray)
    loss = np.zeros(len(tags) + 1)
    loss[faults] = likeliest[faults] - log[faults, tags[faults] - 1]
    unsure = ~_keeps(lead, loss, opens)
    if unsure.any():
        _search(log, unsure, opens, tags)
    return tags


def _keeps(lead: Floats, loss: NDArray[np.float64], opens: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which tokens have their likeliest tag in the best sequence too, whatever that is.

    Where the best sequence leaves the likeliest tags, from one token to another, it loses the leads of all of them. It
    could have stayed and begun a span at every fault among them and right after them. So a token is safe if no run of
    tokens around it has leads as small as what that costs.

    Args:
        loss: what it costs to begin a span at each token if it is a fault, otherwise 0; one more than there are tokens.
    """
    stretch = np.cumsum(opens)
    after = loss[1:].copy()
    after[:-1][opens[1:]] = 0
    gain = np.cumsum(lead - loss[:-1], dtype=np.float64)
    # No run crosses from one stretch into the next: that would cost more than any sequence can.
    apart = stretch * _APART
    ended = np.minimum.accumulate((gain - after + apart)[::-1])[::-1]
    begun = np.maximum.accumulate(np.append(0, gain[:-1]) + apart)
    return ended - begun > _LEAD * np.bincount(stretch)[stretch]


def _search(log: Floats, unsure: NDArray[np.bool_], opens: NDArray[np.bool_], tags: Ints) -> None:
    """Viterbi over many runs of unsure tokens, a token of each at every step; the best tags are put into ``tags``.

    The tags around a run stay: an inside tag at its end or right behind it must belong to what stands before.
    """
    labels = np.arange(1, 1 + log.shape[1] // 2)
    before = np.append(False, unsure[:-1])
    first = np.flatnonzero(unsure & (opens | ~before))
    behind = np.flatnonzero(np.append(before & (opens | ~unsure), unsure[-1]))
    size = behind - first
    order = np.argsort(-size, kind="stable")
    first, size, behind = first[order], size[order], behind[order]
    steps = int(size[0])
    # Longest first: at every step those that go on are the first so many.
    going = np.searchsorted(-size, -np.arange(steps + 1), side="left").tolist()
    score = log[first]
    held = np.where(opens[first], 0, (tags[first - 1] + 1) >> 1)
    score[:, 2::2][labels != held[:, None]] = -1e9
    closing = np.zeros_like(score)
    follows = np.append(np.where(opens | (tags & 1 == 1), 0, tags >> 1), 0)[behind]
    closing[:, 0][follows > 0] = -1e9
    for side in (closing[:, 1::2], closing[:, 2::2]):
        side[(follows[:, None] > 0) & (labels != follows[:, None])] = -1e9
    final = np.empty(len(first), dtype=np.int64)
    back = [np.empty((0, 0), dtype=np.uint8)]
    for i in range(1, steps):
        ended = slice(going[i], len(score))
        final[ended] = (score[ended] + closing[ended]).argmax(1)
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
    final[: len(score)] = (score + closing[: len(score)]).argmax(1)
    now = final[: going[steps - 1]]
    for i in range(steps - 1, -1, -1):
        tags[first[: going[i]] + i] = now
        if i:
            came_from = back[i][np.arange(len(now)), now]
            now = final[: going[i - 1]].copy()
            now[: len(came_from)] = came_from
