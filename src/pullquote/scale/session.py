"""A run together with its Ray: one started on this machine for it, or a cluster that is there."""

from __future__ import annotations

import io
import logging
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from typing import TYPE_CHECKING, Any, Protocol

from ..cores import cores
from ..errors import InputError, WorkerError
from ..library.missing import extra
from .engine import ours
from .manifest import Totals
from .run import Job, Run

if TYPE_CHECKING:
    from .reading import Outcome

#: How the address of a cluster begins that is reached from outside.
CLIENT = "ray://"
#: What Ray calls a cluster that is started on this machine for this command alone.
_HERE = "local"
#: What says whether to show a token to a cluster.
_TOKEN = "RAY_AUTH_MODE"
#: Seconds to wait for a first answer from a cluster.
_WAIT = 10
#: Memory for parts that travel, on this machine alone; some fifty of them.
_STORE = 512 * 1024 * 1024
#: Ray counts its users over the network unless told not to, talks of its inner life, and stands back behind all else
#: that a machine does.
_ENVIRONMENT = {
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_BACKEND_LOG_LEVEL": "fatal",
    "RAY_worker_niceness": "0",
    "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",
}


class Running(Protocol):
    """A run, here or far away; see `run.Run`."""

    place: str
    passed_over: tuple[str, ...]
    inputs: int
    whole: int

    def outcomes(self) -> Iterator[Outcome]:
        """What becomes of each part."""

    def end(self) -> Totals:
        """What there is in the end."""


@contextmanager
def running(job: Job, address: str | None = None) -> Iterator[Running]:
    """The run of ``job``; no process of Ray is left on this machine afterwards.

    Args:
        address: of a Ray cluster: ``ray://HOST:10001`` from outside of it, ``auto`` or ``HOST:6379`` on a machine of
            it; without any, Ray is started on this machine.

    Raises:
        InputError: if Ray is not installed, the cluster cannot be reached, or the job will not do (see `run.Run`).
        WorkerError: if Ray cannot be started.
    """
    for name, value in _ENVIRONMENT.items():
        os.environ.setdefault(name, value)
    with extra("ray"):
        _quiet()
    if address is not None and address.startswith(CLIENT):
        with _connected(address, logging_level="error"):
            yield _Far(job)
        return
    run = Run(job)
    if run.whole == run.inputs:
        yield run
        return
    options: dict[str, Any] = {"address": address, "logging_level": "error", "log_to_driver": False}
    if address is None:
        options |= {
            "address": _HERE, "num_cpus": job.workers or cores(), "object_store_memory": _STORE,
            "include_dashboard": False,
        }  # fmt: skip
    with _connected(**options):
        yield run


@contextmanager
def _connected(address: str, **options: Any) -> Iterator[None]:
    import ray

    hint = ""
    try:
        _knock(address)
        # Somebody is there. A cluster that asks for a token turns away who has none, and Ray does not always say so.
        hint = "" if _TOKEN in os.environ else f"; if the cluster asks for a token, set {_TOKEN}=token here as well"
        with _hushed():
            ray.init(address, **options)
    except Exception as error:
        if address == _HERE:
            raise WorkerError(f"Ray cannot be started on this machine ({_said(error)})") from error
        raise InputError(f"--address {address}: no Ray cluster answers there ({_said(error)}){hint}") from error
    try:
        with redirect_stdout(_Brief()):
            yield
    finally:
        ray.shutdown()


def _quiet() -> None:
    """Load Ray's part for tables, which says nothing then: what goes wrong is raised as well."""
    import ray.data  # noqa: F401 (that it is there, and has set its own levels)

    logging.getLogger("ray.data").setLevel(logging.CRITICAL)


def _knock(address: str) -> None:
    """See that something listens at ``HOST:PORT``, for which Ray itself waits many minutes; OSError if nothing does."""
    host, colon, port = address.removeprefix(CLIENT).rpartition(":")
    if colon:
        socket.create_connection((host.strip("[]"), int(port)), timeout=_WAIT).close()


class _Brief(io.TextIOBase):
    """Where Ray tells of machines and processes that died: the first line of it, on standard error.

    It would print that with pages of its diary, and among the data.
    """

    def write(self, text: str) -> int:
        line = text.strip().partition("\n")[0]
        if line:
            sys.stderr.write(f"{line}\n")
        return len(text)


@contextmanager
def _hushed() -> Iterator[None]:
    """What Ray's processes say on standard error goes nowhere for a while; what goes wrong is raised all the same."""
    sys.stderr.flush()
    kept = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


def _said(error: Exception) -> str:
    """What an error says, in one line."""
    return " ".join(str(error).split())[:300].rstrip(".") or type(error).__name__


class _Far:
    """A run that a machine of the cluster leads: files are those it sees, and this one only looks on."""

    def __init__(self, job: Job) -> None:
        import ray

        # Leading takes no core from those that read.
        self._leader = ray.remote(num_cpus=0)(_Leader).remote()
        self.place, self.passed_over, self.inputs, self.whole = self._asked("begin", job)

    def outcomes(self) -> Iterator[Outcome]:
        while (outcome := self._asked("next")) is not None:
            yield outcome

    def end(self) -> Totals:
        totals: Totals = self._asked("end")
        return totals

    def _asked(self, what: str, *told: Any) -> Any:
        import ray

        try:
            return ray.get(getattr(self._leader, what).remote(*told))
        except Exception as error:
            raise ours(error) from error


class _Leader:
    """Leads a run within the cluster."""

    def begin(self, job: Job) -> tuple[str, tuple[str, ...], int, int]:
        # What this process says would reach the command, after its own last word.
        _quiet()
        run = self._run = Run(job)
        self._outcomes = run.outcomes()
        return run.place, run.passed_over, run.inputs, run.whole

    def next(self) -> Outcome | None:
        return next(self._outcomes, None)

    def end(self) -> Totals:
        return self._run.end()
