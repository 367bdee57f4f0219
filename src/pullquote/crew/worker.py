"""The process that reads: it loads the model, then answers group after group until its input ends.

Where processes can be forked, one process loads the model and forks the workers, which share its memory. That is
safe only while it has one thread: so every library gets one thread, and ONNX Runtime is told to report to nobody,
which it would do from a thread of its own. Elsewhere each worker is a process of its own and loads the model itself.
"""

from __future__ import annotations

import os
import signal
import sys
import traceback
from contextlib import suppress
from typing import TYPE_CHECKING, BinaryIO

import msgspec

from ..errors import ModelError
from .answers import Answer, Review, read_group
from .frames import receive, send
from .settled import settle

if TYPE_CHECKING:
    from ..reader import Reader

#: The environment of every worker.
ENVIRONMENT = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "ORT_DISABLE_TELEMETRY": "1",
}

_groups = msgspec.msgpack.Decoder(list[Review])
_encoder = msgspec.msgpack.Encoder()


class Order(msgspec.Struct, frozen=True):
    """What a process that reads is told at its start.

    ``channels`` has the handles to read and to write of each worker to fork; without any, the process is a worker
    itself, on its standard input and output.
    """

    model: str | None
    max_chars: int
    with_text: bool
    channels: tuple[tuple[int, int], ...] = ()


def pack(group: list[Review]) -> bytes:
    """A group as a worker takes it."""
    return _encoder.encode(group)


def unpack(message: bytes) -> list[Answer]:
    """The answers to a group, in its order."""
    return msgspec.msgpack.decode(message, type=list[Answer])


def main(order: str) -> None:
    """Read as ``order`` (an `Order` in JSON) says.

    The first message on each channel is empty, or says why the model cannot be loaded.
    """
    told = msgspec.json.decode(order, type=Order)
    # Ctrl-C reaches the command, which ends this process.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    failure, reader = "", None
    try:
        from ..reader import Reader

        reader = Reader(told.model, max_chars=told.max_chars, threads=1)
        settle(reader)
    except ModelError as error:
        failure = str(error)
    if not told.channels:
        # What a library may print must not get among the answers.
        source, target = sys.stdin.buffer, sys.stdout.buffer
        sys.stdout = sys.stderr
        with suppress(BrokenPipeError):
            _serve(reader, failure, told, source, target)
        # All was sent, or nobody takes it: there is nothing to flush.
        os._exit(0)
    own, *others = told.channels
    for channel in others:
        if os.fork() == 0:
            _forked(reader, failure, told, channel)
    _work(reader, failure, told, own)
    for _ in others:
        os.wait()


def _forked(reader: Reader | None, failure: str, told: Order, channel: tuple[int, int]) -> None:
    code = 1
    try:
        _work(reader, failure, told, channel)
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


def _work(reader: Reader | None, failure: str, told: Order, channel: tuple[int, int]) -> None:
    # While anyone else holds them, the end of one worker is not seen at the other end.
    for other in told.channels:
        if other != channel:
            os.close(other[0])
            os.close(other[1])
    # Nobody waits for the answers any more where the command was killed.
    with suppress(BrokenPipeError), os.fdopen(channel[0], "rb") as source, os.fdopen(channel[1], "wb") as target:
        _serve(reader, failure, told, source, target)


def _serve(reader: Reader | None, failure: str, told: Order, source: BinaryIO, target: BinaryIO) -> None:
    send(target, failure.encode())
    while reader is not None and (message := receive(source)) is not None:
        answers = read_group(reader, _groups.decode(message), max_chars=told.max_chars, with_text=told.with_text)
        send(target, _encoder.encode(answers))
