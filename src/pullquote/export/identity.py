"""Names for reviews and claims that hold outside the library."""

from __future__ import annotations

import uuid

_VERSION = 8


def review_urn(key: str) -> str:
    """The review as a URN: its key (`reviews.key`, 32 hex digits) as a UUID of version 8 (RFC 9562).

    The key is made of the review's content, so the same review has the same name in every library. Version and
    variant take six of its 128 bits.

    >>> review_urn("00112233445566778899aabbccddeeff")
    'urn:uuid:00112233-4455-8677-8899-aabbccddeeff'
    """
    number = int(key, 16)
    number = number & ~(0xF << 76) | _VERSION << 76
    number = number & ~(0x3 << 62) | 0x2 << 62
    return uuid.UUID(int=number).urn
