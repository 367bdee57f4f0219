"""A progress bar on standard error, where there is someone to see it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


def wanted(*, cards_on_screen: bool = False) -> bool:
    """Whether a bar would be seen and not be in the way; cards that scroll by show progress themselves."""
    return sys.stderr.isatty() and not cards_on_screen


@contextmanager
def counting(total: int | None, *, shown: bool) -> Iterator[Callable[[int, int], None]]:
    """Yield what is to be told how many reviews were seen and how many of them failed.

    ``total`` is how many there may be, None if unknown. The bar tells rate, time left and failures.
    """
    if not shown:
        yield lambda seen, failed: None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("Reading"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"),
        TimeElapsedColumn(), TimeRemainingColumn(), TextColumn("{task.fields[failures]}"),
    )  # fmt: skip
    # Standard output is left alone: results go there, not through the bar.
    with Progress(*columns, console=Console(stderr=True), transient=True, redirect_stdout=False) as progress:
        task = progress.add_task("", total=total, rate="", failures="")

        def show(seen: int, failed: int) -> None:
            # Readings come a batch at a time, so only the rate since the start says anything.
            elapsed = progress.tasks[0].elapsed
            progress.update(
                task,
                completed=seen,
                rate=f"{seen / elapsed:.0f}/s" if elapsed else "",
                failures=f"[red]{failed} failed[/red]" if failed else "",
            )

        yield show
