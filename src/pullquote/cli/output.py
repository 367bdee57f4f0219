"""Where results go: standard output, or a file that appears whole or not at all."""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from ..errors import InputError


class Output:
    """A stream of bytes, and whether what was written on it is to be kept.

    Until ``keep`` is called a file's old content stays in place whatever happens.
    """

    def __init__(self, stream: BinaryIO) -> None:
        """Write on ``stream``."""
        self.stream = stream
        self.kept = False

    def write(self, data: bytes) -> None:
        """Write ``data`` and let whoever waits at the other end have it."""
        self.stream.write(data)
        self.stream.flush()

    def keep(self) -> None:
        """Say that the output is complete and worth keeping."""
        self.kept = True


def check(path: Path, inputs: list[str]) -> None:
    """Let ``path`` pass as an output.

    Raises:
        InputError: if it is a folder, lies in no folder, or is one of the inputs.
    """
    if path.is_dir():
        raise InputError(f"{path}: is a folder; name a file to write")
    if not path.parent.is_dir():
        raise InputError(f"{path}: there is no folder {path.parent}; make it first")
    if path.is_file() and any(Path(name).is_file() and path.samefile(name) for name in inputs):
        raise InputError(f"{path}: is one of the inputs; name another file to write")


@contextmanager
def opened(path: Path | None) -> Iterator[Output]:
    """An output on ``path``, or on standard output where that is None.

    A file is written beside its final place, forced to disk and then moved
    there in one step, so that a reader of ``path`` sees the old content or the
    new, never a part. Devices and pipes are written straight.

    Raises:
        OSError: if the file cannot be written.
    """
    if path is None:
        yield Output(sys.stdout.buffer)
    elif path.exists() and not path.is_file():
        with path.open("wb") as stream:
            yield Output(stream)
    else:
        yield from _replacing(path.resolve())


def _replacing(path: Path) -> Iterator[Output]:
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        with part.open("xb") as stream:
            if path.exists():
                part.chmod(path.stat().st_mode & 0o7777)
            output = Output(stream)
            yield output
            stream.flush()
            os.fsync(stream.fileno())
        if output.kept:
            part.replace(path)
            _sync_folder(path.parent)
    finally:
        part.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    # The move itself lives in the folder; where a folder cannot be synced the file is whole all the same.
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
