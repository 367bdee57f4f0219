"""Text as a number: what stands for names and sources in the index's filters."""

from __future__ import annotations

import hashlib
from functools import lru_cache


@lru_cache(maxsize=100_000)
def number(text: str) -> int:
    """64 bits of BLAKE2b (Aumasson et al., 2013), signed; the same text always has the same number.

    Two texts may share one, if hardly ever; answers are checked against the library, so no wrong one is shown.
    """
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little", signed=True)
