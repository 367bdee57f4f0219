"""A command under watch: how long it runs, and how much memory it holds with all its processes."""

from __future__ import annotations

import os
import subprocess
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import NamedTuple

_PROC = Path("/proc")
#: Seconds between two looks; at least so many times the processor time of a look, so that it costs next to nothing.
_INTERVAL, _PATIENCE = 0.1, 100


class Memory(NamedTuple):
    """A look: seconds since the start, memory of all processes (shared pages once), resident memory of the largest."""

    at: float
    all_mb: float
    largest_mb: float


class Run(NamedTuple):
    """One run of a command; ``looks`` is empty where there is no /proc."""

    seconds: float
    output: str
    looks: list[Memory]

    @property
    def peak_mb(self) -> float | None:
        """The most memory of all processes together that was seen."""
        return max((look.all_mb for look in self.looks), default=None)

    @property
    def largest_mb(self) -> float | None:
        """The most resident memory of one process that was seen."""
        return max((look.largest_mb for look in self.looks), default=None)


@contextmanager
def only(processors: int) -> Iterator[None]:
    """Processes started in here may use so many processors."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    allowed = os.sched_getaffinity(0)
    os.sched_setaffinity(0, sorted(allowed)[:processors])
    try:
        yield
    finally:
        os.sched_setaffinity(0, allowed)


def watch(command: Sequence[str], processors: int, threads: int | None = None, interval: float = _INTERVAL) -> Run:
    """Run a command to its end on so many processors.

    Memory is the sum of the proportional set sizes (PSS) of the process and all below it, looked up every ``interval``
    seconds or less often where a look takes long; a peak between two looks is not seen.

    Args:
        threads: threads that numerical libraries may use; None leaves it to them.

    Raises:
        SystemExit: with what the command said, if it fails.
    """
    env = dict(os.environ)
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        env.pop(name, None)
        if threads:
            env[name] = str(threads)
    start = time.perf_counter()
    with only(processors):
        child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env, text=True)
    looks: list[Memory] = []
    over = Event()
    watcher = Thread(target=_look, args=(child.pid, start, interval, over, looks))
    if _PROC.exists():
        watcher.start()
    try:
        output, said = child.communicate()
        seconds = time.perf_counter() - start
    finally:
        over.set()
        child.kill()
        if watcher.is_alive():
            watcher.join()
    if child.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {child.returncode}:\n{said[-3000:]}")
    return Run(seconds, output, looks)


def start_seconds(command: Sequence[str], processors: int, times: int) -> list[float]:
    """Wall time of a command from start to end, several times over, after one start that is not counted."""
    seconds = []
    with only(processors):
        for _ in range(times + 1):
            start = time.perf_counter()
            done = subprocess.run(command, capture_output=True, check=False, text=True)
            seconds.append(time.perf_counter() - start)
            if done.returncode:
                raise SystemExit(f"{' '.join(command)} ended with {done.returncode}:\n{done.stderr[-3000:]}")
    return seconds[1:]


def _look(pid: int, start: float, interval: float, over: Event, looks: list[Memory]) -> None:
    wait = interval
    while not over.wait(wait):
        began, spent = time.perf_counter(), time.thread_time()
        sizes = [size for one in family(pid) if (size := _sizes(one)) is not None]
        if sizes:
            looks.append(Memory(began - start, sum(pss for pss, _ in sizes), max(rss for _, rss in sizes)))
        wait = max(interval, _PATIENCE * (time.thread_time() - spent))


def family(pid: int) -> list[int]:
    """A process and all below it."""
    children: Mapping[int, list[int]] = defaultdict(list)
    for entry in _PROC.iterdir():
        if entry.name.isdigit():
            try:
                # The name in brackets may hold anything; the parent is the second field after it.
                fields = (entry / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
            except OSError:
                continue
            children[int(fields[1])].append(int(entry.name))
    found = [pid]
    for one in found:
        found.extend(children.get(one, ()))
    return found


def _sizes(pid: int) -> tuple[float, float] | None:
    """PSS and RSS of a process in MB; None when it is over."""
    try:
        lines = (_PROC / str(pid) / "smaps_rollup").read_text(encoding="utf-8").splitlines()
    except OSError:
        return None
    sizes = {line.split(":")[0]: int(line.split()[1]) / 2**10 for line in lines if line.startswith(("Pss:", "Rss:"))}
    return (sizes["Pss"], sizes["Rss"]) if len(sizes) == 2 else None
