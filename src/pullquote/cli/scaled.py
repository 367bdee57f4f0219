"""``pullquote read --engine ray``: the same on many machines, as the command shows it."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from enum import StrEnum
from itertools import islice
from pathlib import Path

import typer

from ..errors import InputError
from .complaints import SOME_FAILED, complain, ending_well, refusing
from .progress import counting, wanted

#: Failures, and files that are no tables, that are named; the others are counted.
_NAMED = 20


class Engine(StrEnum):
    """What does the work of reading, by the names users give it."""

    processes = "processes"
    ray = "ray"


def read_on_ray(
    inputs: list[str], output: str | None, address: str | None, *, model: str | None, map: list[str] | None,
    scale: float | None, max_chars: int, part: int | None, workers: int | None, others: list[object],
) -> None:  # fmt: skip
    """Read tables on Ray into the folder ``output``; options as those of the command.

    ``others`` are options that do not go with this engine; none of them may be given.

    Exit code: 0 all was read, 1 some was not, 2 nothing was tried.
    """
    with ending_well(), ExitStack() as ending:
        from ..scale.order import PART
        from ..scale.run import Job
        from ..scale.session import running

        with refusing():
            if output is None:
                raise InputError("--engine ray writes a folder of Parquet files; name it with --output DIR")
            if any(others):
                raise InputError("--format, --threads and --spoilers do not go with --engine ray, which writes Parquet")
            job = Job(
                tuple(inputs), output, str(Path.cwd()), model, tuple(map or ()), scale, max_chars, part or PART, workers
            )
            run = ending.enter_context(running(job, address))
        _note_others(run.passed_over)
        if run.whole:
            complain(f"{run.whole:,} of {run.inputs:,} files were done already")
        show = ending.enter_context(counting(None, shown=wanted()))
        seen = failed = broken = 0
        for outcome in run.outcomes():
            if outcome.broken is not None:
                origin, reason = outcome.broken
                complain(f"{origin}: cannot be read to its end ({reason}); repeat the command to go on with it")
                broken += 1
                continue
            for origin, reason in islice(outcome.failures, max(0, _NAMED - failed)):
                complain(f"{origin}: {reason}")
            if outcome.entry is not None:
                seen, failed = seen + outcome.entry.rows, failed + outcome.entry.failed
                show(seen, failed)
        sums = run.end()
        told = [f"{sums.read:,} read"] + ([f"{sums.failed:,} failed (listed in its failures/)"] if sums.failed else [])
        complain(f"{run.place}: {', '.join(told)}")
    if sums.failed or broken:
        raise typer.Exit(SOME_FAILED)


def _note_others(others: Iterable[str]) -> None:
    names = list(others)
    if names:
        more = f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else ""
        complain(f"note: no tables, and passed over: {', '.join(names[:_NAMED])}{more}")
