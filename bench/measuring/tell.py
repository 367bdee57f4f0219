"""Progress, out of the way of the tables."""

from __future__ import annotations

import sys


def tell(message: str) -> None:
    """One line on standard error."""
    print(message, file=sys.stderr, flush=True)
