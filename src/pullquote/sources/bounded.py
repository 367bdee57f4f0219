"""Reading bytes with an upper bound, so that no single input can fill the memory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from ..errors import InputError

#: Most bytes that one review, or one line that holds it, may take: 64 MiB.
MAX_BYTES = 64 * 1024 * 1024


def read_whole(stream: BinaryIO, limit: int = MAX_BYTES) -> bytes:
    """All bytes of ``stream``.

    Raises:
        InputError: if there are more than ``limit`` bytes.
    """
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise InputError(f"more than {size(limit)} is no single review; write one review a line in a .jsonl file")
    return data


def lines(stream: BinaryIO, limit: int = MAX_BYTES) -> Iterator[bytes | None]:
    """The lines of ``stream`` with their ends; None stands for a line of more than ``limit`` bytes."""
    while line := stream.readline(limit + 1):
        if len(line) <= limit:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(limit)
        yield None


def size(count: int) -> str:
    """``count`` bytes in words.

    >>> size(MAX_BYTES)
    '64 MiB'
    """
    return f"{count / 1024 / 1024:.0f} MiB" if count >= 1024 * 1024 else f"{count:,} bytes"
