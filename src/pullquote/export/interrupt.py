"""Work inside DuckDB that Ctrl-C ends at once."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Thread
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    import duckdb

Result = TypeVar("Result")


def interruptible(connection: duckdb.DuckDBPyConnection, work: Callable[[], Result]) -> Result:
    """Do ``work``, which uses ``connection``; a signal that raises here (Ctrl-C, SIGTERM) stops it and goes on up.

    Python sees a signal only between its own steps, and one step inside DuckDB may take minutes. So the work is
    done beside, and the main thread stays free to hear.
    """
    results: list[Result] = []
    faults: list[BaseException] = []
    over = Event()

    def beside() -> None:
        try:
            results.append(work())
        except BaseException as fault:
            faults.append(fault)
        finally:
            over.set()

    Thread(target=beside, name="duckdb").start()
    # Not by join: Python 3.11 takes a thread for ended once its join was interrupted.
    try:
        over.wait()
    except BaseException:
        # Again and again, for the first may come before the work is underway.
        while not over.wait(0.1):
            connection.interrupt()
        raise
    if faults:
        raise faults[0]
    return results[0]
