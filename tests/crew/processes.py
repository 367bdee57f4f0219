"""The processes under a process, as Linux lists them."""

import sys
import time
from pathlib import Path

import pytest

#: Where they cannot be seen, nothing can be said of them.
linux = pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc")


def under(pid):
    """The processes that ``pid`` started, and those that these started."""
    try:
        direct = [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except FileNotFoundError:
        return []
    return [found for one in direct for found in (one, *under(one))]


def alive(pid):
    """Whether a process runs; one that ended and whose end nobody has taken note of does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2][0] not in "ZX"
    except (FileNotFoundError, ProcessLookupError):
        return False


def wait_for_end(pids, seconds=30):
    """Wait until none of the processes runs; gives those that still do."""
    deadline = time.monotonic() + seconds
    while (left := [pid for pid in pids if alive(pid)]) and time.monotonic() < deadline:
        time.sleep(0.02)
    return left
