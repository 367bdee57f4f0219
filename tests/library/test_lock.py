"""The lock: one process at a time, free again however its holder ends."""

import signal
import subprocess
import sys

import pytest

from pullquote.library.lock import locked

HOLDER = """
import sys, time
from pathlib import Path
from pullquote.library.lock import locked
with locked(Path(sys.argv[1]), wait=sys.argv[2] == "wait"):
    print("held", flush=True)
    if sys.argv[2] == "hold":
        time.sleep(600)
"""


def other(path, how):
    return subprocess.Popen([sys.executable, "-c", HOLDER, path, how], stdout=subprocess.PIPE, text=True)


def test_two_do_not_hold_it_and_a_kill_frees_it(tmp_path):
    path = tmp_path / "a.lock"
    with other(path, "hold") as holder:
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(BlockingIOError, match=r"a\.lock"), locked(path):
            pass
        holder.send_signal(signal.SIGKILL)
    with locked(path):
        pass


def test_one_that_waits_has_it_next(tmp_path):
    path = tmp_path / "a.lock"
    with locked(path):
        waiting = other(path, "wait")
        with pytest.raises(subprocess.TimeoutExpired):
            waiting.wait(1)
    assert waiting.communicate(timeout=60)[0] == "held\n"
    with pytest.raises(ValueError, match="inside"), locked(path):
        raise ValueError("inside")
    with locked(path):
        pass
