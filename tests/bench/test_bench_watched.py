"""Commands under watch: their time, their output, and the memory of all their processes."""

import sys
from pathlib import Path

import pytest
from measuring.spread import turns
from measuring.watched import start_seconds, watch

#: A process and a child, each holding 60 MB of its own for a while.
FAMILY = """
import os, time
child = os.fork()
held = os.urandom(1) * 60_000_000
time.sleep(1.5)
if child:
    os.wait()
    print("done")
"""


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="memory is looked up in /proc")
def test_memory_of_a_family_is_added_up():
    run = watch([sys.executable, "-c", FAMILY], processors=1)
    assert run.output == "done\n"
    assert run.peak_mb is not None and run.largest_mb is not None
    assert run.peak_mb > 115
    assert 57 < run.largest_mb < run.peak_mb
    assert [look.at for look in run.looks] == sorted(look.at for look in run.looks)
    assert run.looks[-1].at < run.seconds


def test_a_command_that_fails_is_not_timed():
    command = [sys.executable, "-c", "raise ValueError('no such thing')"]
    with pytest.raises(SystemExit, match="no such thing"):
        watch(command, processors=1)
    with pytest.raises(SystemExit, match="no such thing"):
        start_seconds(command, processors=1, times=1)


def test_threads_and_processors_reach_the_command():
    say = "import os; print(os.environ.get('OMP_NUM_THREADS'), len(os.sched_getaffinity(0)))"
    if not hasattr(__import__("os"), "sched_getaffinity"):
        pytest.skip("processors cannot be chosen here")
    assert watch([sys.executable, "-c", say], processors=1, threads=1).output == "1 1\n"


def test_a_start_more_is_made_than_counted(tmp_path: Path):
    grows = tmp_path / "starts"
    command = [sys.executable, "-c", f"open({str(grows)!r}, 'a').write('x')"]
    assert len(start_seconds(command, processors=1, times=2)) == 2
    assert grows.read_text() == "xxx"


def test_all_take_turns_in_an_order_that_flips():
    assert "".join(name for _, name in turns("abc", 3)) == "abc" + "cba" + "abc"
