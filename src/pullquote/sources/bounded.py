"""Reading bytes with an upper bound, so that no single input can fill the memory."""

from __future__ import annotations

import io
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


class Chunks(io.RawIOBase):
    """A stream made of pieces as they come; what making them raises, reading raises."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        """Read ``pieces`` one after the other."""
        self._pieces = pieces
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        """It is for reading."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill ``buffer`` with what is there, at least one byte unless at the end."""
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._rest = memoryview(piece)
        number = min(len(buffer), len(self._rest))
        buffer[:number] = self._rest[:number]
        self._rest = self._rest[number:]
        return number


def from_pieces(pieces: Iterator[bytes]) -> BinaryIO:
    """``pieces`` as a stream that can be read by lines."""
    return io.BufferedReader(Chunks(pieces), 65_536)


def rejoined(head: bytes, rest: BinaryIO) -> BinaryIO:
    """``head``, which was read ahead, and then what is left of ``rest``."""

    def pieces() -> Iterator[bytes]:
        yield head
        while piece := rest.read(65_536):
            yield piece

    return from_pieces(pieces())


def size(count: int) -> str:
    """``count`` bytes in words.

    >>> size(MAX_BYTES)
    '64 MiB'
    """
    return f"{count / 1024 / 1024:.0f} MiB" if count >= 1024 * 1024 else f"{count:,} bytes"
