"""Work inside DuckDB that Ctrl-C ends at once."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread
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

    def beside() -> None:
        try:
            results.append(work())
        except BaseException as fault:
            faults.append(fault)

    thread = Thread(target=beside, name="duckdb")
    thread.start()
    try:
        thread.join()
    except BaseException:
        connection.interrupt()
        thread.join()
        raise
    if faults:
        raise faults[0]
    return results[0]
