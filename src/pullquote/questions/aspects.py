"""Praise and blame by aspect: how many reviews take which side, and in how many quotes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from .claims import Opinion
from .interval import Share, wilson

#: Critics are of two minds where the smaller side has surely more than this share.
_CONTESTED_FROM = 0.15
_SIDES = {"positive": 1, "negative": -1, "mixed": 0}


@dataclass(frozen=True, slots=True)
class Tally:
    """How something is spoken of.

    A review has one voice, however often it says the same: ``praise``, ``blame``, or ``mixed`` where its quotes
    balance; ``reviews`` is their sum. The quotes themselves are counted in ``praise_quotes``, ``blame_quotes`` and
    ``mixed_quotes``. ``praising`` is the share of ``reviews`` that praise; ``net`` is praise less blame over
    ``reviews``, from -1 to 1.
    """

    praise: int
    blame: int
    mixed: int
    praise_quotes: int
    blame_quotes: int
    mixed_quotes: int
    reviews: int
    praising: Share
    net: Share


def tally(praise: int, blame: int, mixed: int, praise_quotes: int, blame_quotes: int, mixed_quotes: int) -> Tally:
    """The counts with their shares.

    The interval of ``net`` is Wilson's of (praise + mixed / 2) / reviews, stretched to -1 to 1. Reviews that are of
    two minds vary less than it assumes, so it is a little wide where there are many.

    >>> tally(3, 1, 0, 5, 1, 0).net.share
    0.5
    """
    reviews = praise + blame + mixed
    half = wilson(praise + mixed / 2, reviews)
    share = None if half.share is None else 2 * half.share - 1
    net = Share(praise - blame, reviews, share, 2 * half.low - 1, 2 * half.high - 1)
    quotes = (praise_quotes, blame_quotes, mixed_quotes)
    return Tally(praise, blame, mixed, *quotes, reviews, wilson(praise, reviews), net)


def spoken(opinions: Iterable[Opinion]) -> Tally:
    """How it is spoken of in ``opinions``; a review's voice is that of the side that more of its quotes take."""
    balance: dict[int, int] = defaultdict(int)
    quotes = Counter[str]()
    for one in opinions:
        balance[one.review] += _SIDES[one.polarity]
        quotes[one.polarity] += 1
    voices = Counter((side > 0) - (side < 0) for side in balance.values())
    return tally(voices[1], voices[-1], voices[0], *(quotes[polarity] for polarity in _SIDES))


@dataclass(frozen=True, slots=True)
class Dispute:
    """An aspect on which critics disagree.

    ``smaller`` is the share of the smaller side among the reviews that take a side; its lower bound says how
    surely there are two camps.
    """

    aspect: str
    praise: int
    blame: int
    smaller: Share


def aspect_and_side(one: Opinion) -> tuple[str, str]:
    """What an opinion judges, and how."""
    return one.aspect, one.polarity


def tallies(opinions: Iterable[Opinion]) -> dict[str, Tally]:
    """How each aspect is spoken of, most often judged first."""
    by_aspect: dict[str, list[Opinion]] = defaultdict(list)
    for one in opinions:
        by_aspect[one.aspect].append(one)
    found = {aspect: spoken(own) for aspect, own in by_aspect.items()}
    return dict(sorted(found.items(), key=lambda item: (-item[1].reviews, item[0])))


def disputes(tallied: dict[str, Tally]) -> tuple[Dispute, ...]:
    """Where critics disagree, most surely divided first."""
    found = []
    for aspect, counts in tallied.items():
        smaller = wilson(min(counts.praise, counts.blame), counts.praise + counts.blame)
        if smaller.low >= _CONTESTED_FROM:
            found.append(Dispute(aspect, counts.praise, counts.blame, smaller))
    return tuple(sorted(found, key=lambda d: (-d.smaller.low, d.aspect)))
