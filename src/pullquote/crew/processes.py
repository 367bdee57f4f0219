"""The processes that read, as the command sees them: started, asked, ended."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from queue import SimpleQueue
from types import TracebackType
from typing import IO, Any

import msgspec

from ..errors import ModelError, WorkerError
from .answers import Answer, Review
from .frames import receive, send
from .worker import ENVIRONMENT, Order, pack, unpack

#: Whether one process loads the model and forks the others. On macOS its numeric libraries do not stand a fork.
FORKS = sys.platform == "linux"
#: Seconds that idle workers get to end by themselves, which they do at once.
_GRACE = 10
#: What a started process runs: it is given where modules are found, and its order.
_BOOT = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from pullquote.crew.worker import main; main(sys.argv[2])"
)
_KILLED = (
    "a process that reads was killed, perhaps for want of memory; run it again with fewer workers "
    "(--workers 1 reads in one process)"
)


@dataclass(frozen=True, slots=True)
class _Line:
    """Both ways to one worker."""

    to: IO[bytes]
    back: IO[bytes]


class Crew:
    """Workers with a model each; a context manager that leaves no process behind.

    Raises:
        ModelError: if the model cannot be loaded.
        WorkerError: if the processes cannot be started.
    """

    def __init__(self, workers: int, order: Order, *, forks: bool = FORKS) -> None:
        """Start ``workers`` processes that read as ``order`` says, and wait until they are ready."""
        self._started: list[subprocess.Popen[bytes]] = []
        self._lines: list[_Line] = []
        self._idle: SimpleQueue[_Line] = SimpleQueue()
        # One thread waits for each worker; what it waits for needs no processor.
        self._threads = ThreadPoolExecutor(workers)
        self.workers = workers
        try:
            self._fork(workers, order) if forks else self._spawn(workers, order)
            for line in self._lines:
                self._greet(line)
        except BaseException:
            self._end(kill=True)
            raise

    def __enter__(self) -> Crew:
        """The crew itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the processes; in the middle of their work, if they are in it."""
        self._end(kill=error is not None or self._idle.qsize() < self.workers)

    def ask(self, group: list[Review]) -> Future[list[Answer]]:
        """The answers to a group, once a worker is free and has read it; WorkerError comes of the future."""
        return self._threads.submit(self._ask, group)

    def _ask(self, group: list[Review]) -> list[Answer]:
        line = self._idle.get()
        try:
            send(line.to, pack(group))
            message = receive(line.back)
        except (OSError, ValueError) as error:
            raise WorkerError(_KILLED) from error
        finally:
            # Of a worker that was killed, too: who asks it next is told so at once and waits for no other.
            self._idle.put(line)
        if message is None:
            raise WorkerError(_KILLED)
        return unpack(message)

    def _greet(self, line: _Line) -> None:
        message = receive(line.back)
        if message is None:
            raise WorkerError("a process that reads could not be started; --workers 1 reads in one process")
        if message:
            raise ModelError(message.decode())
        self._idle.put(line)

    def _fork(self, workers: int, order: Order) -> None:
        """Start one process that forks the others."""
        theirs: list[tuple[int, int]] = []
        try:
            for _ in range(workers):
                their_source, to = os.pipe()
                back, their_target = os.pipe()
                theirs.append((their_source, their_target))
                self._lines.append(_Line(os.fdopen(to, "wb"), os.fdopen(back, "rb")))
            handles = [handle for pair in theirs for handle in pair]
            order = msgspec.structs.replace(order, channels=tuple(theirs))
            self._start(order, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, pass_fds=handles)
        finally:
            for pair in theirs:
                for handle in pair:
                    os.close(handle)

    def _spawn(self, workers: int, order: Order) -> None:
        """Start every worker by itself."""
        for _ in range(workers):
            process = self._start(order, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
            assert process.stdin and process.stdout
            self._lines.append(_Line(process.stdin, process.stdout))

    def _start(self, order: Order, **options: Any) -> subprocess.Popen[bytes]:
        # In a group of their own: Ctrl-C reaches the command alone, which ends them all at once.
        if sys.platform == "win32":
            options["creationflags"] = subprocess.CREATE_NEW_PROCESS_GROUP
        else:
            options["process_group"] = 0
        # Modules are found where this process finds them, however it was started.
        command = [sys.executable, "-c", _BOOT, json.dumps(sys.path), msgspec.json.encode(order).decode()]
        process: subprocess.Popen[bytes] = subprocess.Popen(command, env=os.environ | ENVIRONMENT, **options)
        self._started.append(process)
        return process

    def _end(self, *, kill: bool) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
        if kill:
            self._kill()
        # The threads are at rest now, or their workers are gone and they notice.
        self._threads.shutdown()
        for line in self._lines:
            with suppress(OSError):
                line.to.close()
            line.back.close()
        for process in self._started:
            try:
                process.wait(_GRACE)
            except subprocess.TimeoutExpired:
                self._kill()
                process.wait()

    def _kill(self) -> None:
        for process in self._started:
            if hasattr(os, "killpg"):
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()
