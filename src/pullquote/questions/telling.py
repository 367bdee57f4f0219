"""The quotes that tell most: sure, of fitting length, saying what others say too, and no two alike."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from .claims import Opinion
from .quotes import Candidate, Quote, candidates, sourced
from .scope import Scope
from .wording import alike, content, stands_alone

#: What opinions are parted by: their aspect and side, say.
Group = TypeVar("Group")

#: What counts for a quote, and how much likeness to those chosen already counts against it.
_SURE, _SHARED, _FITTING = 0.5, 0.3, 0.2
_LIKENESS = 0.7
#: Quotes that share more of their words than this are the same thing said twice.
_SAME = 0.5
#: Lengths in characters that read best.
_BEST = (30, 120)


def most_telling(
    scope: Scope, opinions: Iterable[Opinion], *, by: Callable[[Opinion], Group], each: int, limit: int
) -> dict[Group, tuple[Quote, ...]]:
    """The quotes that tell most of each group of ``opinions``; groups without any are left out.

    Args:
        by: what parts them into groups, each of one side.
        each: candidates looked at for each group, the surest.
        limit: quotes taken of each.
    """
    groups = candidates(scope, opinions, by=by, each=each)
    return {group: tuple(sourced(scope, one) for one in telling(own, limit)) for group, own in groups.items()}


def telling(candidates: Sequence[Candidate], limit: int) -> list[Candidate]:
    """At most ``limit`` of ``candidates``, all of one side of one matter, one of each review, best first.

    Greedy by maximal marginal relevance (Carbonell and Goldstein, 1998, SIGIR): each step takes the quote whose worth
    less its likeness to those taken before is greatest. The worth is how sure the reader is, how many other
    critics use the same words, and whether the length is one that reads well.
    """
    left = [c for c in candidates if stands_alone(c.quote, c.target)]
    worth = dict(zip(left, _worths(left), strict=True))
    chosen: list[Candidate] = []
    while left and len(chosen) < limit:
        best = max(left, key=lambda c: (worth[c] - _LIKENESS * _nearest(c, chosen), -c.review, -c.opinion))
        chosen.append(best)
        left = [c for c in left if c.review != best.review and alike(content(c.quote), content(best.quote)) <= _SAME]
    return chosen


def _worths(candidates: Sequence[Candidate]) -> list[float]:
    by_review: dict[int, set[str]] = defaultdict(set)
    for c in candidates:
        by_review[c.review] |= content(c.quote)
    said = Counter(word for own in by_review.values() for word in own)
    most = max(said.values(), default=1)
    out = []
    for c in candidates:
        own = content(c.quote)
        # A word that only this review uses is shared with nobody.
        shared = sum(said[word] - 1 for word in own) / len(own) / max(most - 1, 1)
        out.append(_SURE * c.confidence + _SHARED * shared + _FITTING * fitting(c.end - c.start))
    return out


def fitting(length: int) -> float:
    """How well a quote of so many characters reads, from 0 to 1."""
    shortest, longest = _BEST
    if length < shortest:
        return length / shortest
    return 1.0 if length <= longest else longest / length


def _nearest(candidate: Candidate, chosen: Sequence[Candidate]) -> float:
    own = content(candidate.quote)
    return max((alike(own, content(c.quote)) for c in chosen), default=0.0)
