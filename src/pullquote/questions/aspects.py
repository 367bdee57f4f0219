"""Praise and blame by aspect: how many reviews take which side, and in how many quotes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .interval import Share, wilson

if TYPE_CHECKING:
    import duckdb

#: Critics are of two minds where the smaller side has surely more than this share.
_CONTESTED_FROM = 0.15

#: One voice for each review and aspect: the side that more of its quotes take, 0 where they balance. Over
#: ``{opinions}``, a table or subquery with review, aspect and polarity; further ``{keys}`` part it.
VOICES = """
    SELECT {keys}, sign(count(*) FILTER (polarity = 'positive') - count(*) FILTER (polarity = 'negative')) AS voice,
           count(*) FILTER (polarity = 'positive') AS praising, count(*) FILTER (polarity = 'negative') AS blaming,
           count(*) FILTER (polarity = 'mixed') AS undecided
    FROM {opinions} GROUP BY {keys}
"""
#: Sums over voices: reviews that praise, blame, do both alike, then the quotes.
TALLY = """
    count(*) FILTER (voice > 0)::INTEGER, count(*) FILTER (voice < 0)::INTEGER, count(*) FILTER (voice = 0)::INTEGER,
    coalesce(sum(praising), 0)::INTEGER, coalesce(sum(blaming), 0)::INTEGER, coalesce(sum(undecided), 0)::INTEGER
"""


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


def tallies(cursor: duckdb.DuckDBPyConnection) -> dict[str, Tally]:
    """Each aspect that the reviews in scope judge, most often judged first."""
    rows = cursor.execute(
        f"""
        SELECT aspect, {TALLY} FROM ({VOICES.format(keys="aspect, review", opinions="own_opinions")})
        GROUP BY aspect ORDER BY count(*) DESC, aspect
        """
    ).fetchall()
    return {aspect: tally(*counts) for aspect, *counts in rows}


def disputes(tallied: dict[str, Tally]) -> tuple[Dispute, ...]:
    """Where critics disagree, most surely divided first."""
    found = []
    for aspect, counts in tallied.items():
        smaller = wilson(min(counts.praise, counts.blame), counts.praise + counts.blame)
        if smaller.low >= _CONTESTED_FROM:
            found.append(Dispute(aspect, counts.praise, counts.blame, smaller))
    return tuple(sorted(found, key=lambda d: (-d.smaller.low, d.aspect)))
