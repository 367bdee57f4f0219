"""How many processes read where nobody says."""

from __future__ import annotations

import os

#: Most processes that can be asked for.
MOST = 256


def cores() -> int:
    """The processor cores that this process may use, which may be fewer than the machine has."""
    if hasattr(os, "sched_getaffinity"):
        return min(MOST, len(os.sched_getaffinity(0)))
    return min(MOST, os.cpu_count() or 1)
