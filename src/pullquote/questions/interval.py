"""How sure a share is: Wilson's score interval."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

#: Two-sided 95 percent of the normal distribution.
Z95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Share:
    """``part`` out of ``total``, and between which shares the true one lies, 95 times in 100.

    ``share`` is None where there is nothing to share out; the bounds are 0 and 1 then.
    """

    part: float
    total: int
    share: float | None
    low: float
    high: float


def wilson(part: float, total: int) -> Share:
    """The share ``part / total`` with its score interval at 95% (Wilson, 1927, JASA 22).

    Unlike the textbook interval it stays within 0 and 1 and is honest for small counts, so that
    one rave is no winner: 1 of 1 may truly be anything from 21% up.

    Args:
        part: how many of ``total``; halves may stand for those that are of two minds.

    Raises:
        ValueError: unless 0 <= part <= total.

    >>> one = wilson(1, 1)
    >>> one.share, round(one.low, 2), one.high
    (1.0, 0.21, 1.0)
    """
    if not 0 <= part <= total:
        raise ValueError(f"{part} is no part of {total}")
    if total == 0:
        return Share(part, total, None, 0.0, 1.0)
    share = part / total
    z2 = Z95 * Z95 / total
    middle = (share + z2 / 2) / (1 + z2)
    reach = Z95 * sqrt(share * (1 - share) / total + z2 / (4 * total)) / (1 + z2)
    # At the ends the bound is the share itself; rounding must not take it past.
    low = 0.0 if part == 0 else min(max(middle - reach, 0.0), share)
    high = 1.0 if part == total else max(min(middle + reach, 1.0), share)
    return Share(part, total, share, low, high)
