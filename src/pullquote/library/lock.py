"""A lock between processes: a file that one of them holds, and that is free again however that one ends."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

#: Seconds between two tries where the system cannot wait by itself.
_PAUSE = 0.05


@contextmanager
def locked(path: Path, *, wait: bool = False) -> Iterator[None]:
    """Hold the lock ``path``, an empty file that stays there.

    Args:
        wait: whether to wait until it is free.

    Raises:
        BlockingIOError: if another holds it, and this does not wait.
    """
    # Not emptied: on Windows not even that may be done to a file that another holds.
    with path.open("a") as file:
        while not _taken(file.fileno(), wait):
            if not wait:
                raise BlockingIOError(f"{path} is held by another process")
            time.sleep(_PAUSE)
        # Closing the file frees it.
        yield


if sys.platform == "win32":
    import msvcrt

    def _taken(file: int, wait: bool) -> bool:
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _taken(file: int, wait: bool) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            return False
        return True
