"""Messages between processes: the length in eight bytes, then so many bytes."""

from __future__ import annotations

from typing import IO

_HEAD = 8


def send(stream: IO[bytes], message: bytes) -> None:
    """Write one message.

    Raises:
        BrokenPipeError: if nobody is at the other end any more.
    """
    stream.write(len(message).to_bytes(_HEAD, "little"))
    stream.write(message)
    stream.flush()


def receive(stream: IO[bytes]) -> bytes | None:
    """The next message; None where the other end was closed, be it amid a message."""
    head = stream.read(_HEAD)
    if len(head) < _HEAD:
        return None
    size = int.from_bytes(head, "little")
    message = stream.read(size)
    return message if len(message) == size else None
