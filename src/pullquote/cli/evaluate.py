"""``pullquote evaluate``: how well readings agree with a gold standard."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..cores import cores
from .complaints import SOME_FAILED, complain, ending_well, refusing
from .progress import counting, wanted

if TYPE_CHECKING:
    from ..evaluation.gold import Gold
    from ..evaluation.score import Scores, Tally
    from ..reading import Reading
    from ..sources.record import Record

_FAULTS_SHOWN = 10


def evaluate(
    gold: Annotated[
        Path,
        typer.Argument(metavar="GOLD.jsonl", show_default=False, help="Annotated reviews, one JSON object a line."),
    ],
    readings: Annotated[
        Path | None,
        typer.Option(metavar="FILE.jsonl", help="Readings to score. Default: the reviews are read now."),
    ] = None,
    model: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Model to read with. Default: the one that comes along."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Score readings against annotated reviews, measure by measure.

    Exit code: 0 scored, 1 some reading points outside its text, quotes what is
    not there or failed, 2 an input is no gold or holds no readings.
    """
    with ending_well():
        from ..evaluation.gold import read
        from ..evaluation.score import Tally

        with refusing():
            # Once through before any work: a damaged last line should not cost an hour of reading.
            total = sum(1 for _ in read(gold))
            tally = Tally()
            if readings is not None:
                known = {reading.id: reading for reading in _given(readings)}
                for document in read(gold):
                    tally.add(document, known.get(document.id))
        failed = _read_now(gold, total, model, tally) if readings is None else 0
        scores = tally.scores()
        _print_json(scores) if as_json else _print_rows(scores)
    if scores.faults or failed:
        raise typer.Exit(SOME_FAILED)


def _given(path: Path) -> Iterator[Reading]:
    """The readings of a file, one line in memory at a time."""
    from ..errors import InputError, ReadingError
    from ..reading import Reading
    from ..sources.bounded import lines

    try:
        with path.open("rb") as stream:
            for number, line in enumerate(lines(stream), 1):
                if line is None or line.strip():
                    try:
                        yield Reading.from_json(line or b"").without_text()
                    except ReadingError as error:
                        raise InputError(f"{path}:{number}: {error}") from error
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from error


def _read_now(gold: Path, total: int, model: str | None, tally: Tally) -> int:
    """Read the gold's reviews into ``tally``; returns how many could not be read, which count as missing."""
    from ..crew.run import reading
    from ..evaluation.gold import read
    from ..reader.limits import MAX_CHARS
    from .documents import Documents

    annotated: dict[str, Gold] = {}
    documents = Documents(_records(gold, read(gold), annotated))
    with ExitStack() as ending:
        with refusing():
            answers = ending.enter_context(
                reading(documents.texts(), model=model, workers=cores(), max_chars=MAX_CHARS)
            )
        show = ending.enter_context(counting(total, shown=wanted()))
        for number, (record, told) in enumerate(documents.read(answers), 1):
            tally.add(annotated.pop(record.origin), told.reading())
            show(number + documents.failed, documents.failed)
    for unread in annotated.values():
        tally.add(unread, None)
    return documents.failed


def _records(path: Path, gold: Iterator[Gold], annotated: dict[str, Gold]) -> Iterator[Record]:
    """The reviews behind ``gold``; each annotation waits in ``annotated``, by its origin, for its reading."""
    from ..sources.record import Record

    for number, document in enumerate(gold, 1):
        origin = f"{path}, review {number} ({document.id})"
        annotated[origin] = document
        yield Record(document.text, document.id, origin)


def _print_json(scores: Scores) -> None:
    import json

    built: dict[str, Any] = {
        "measures": scores.measures,
        "calibration": scores.calibration,
        "detail": {name: counts.row() for name, counts in scores.detail.items()},
        "faults": scores.faults,
        "reviews": scores.reviews,
        "missing": scores.missing,
    }
    typer.echo(json.dumps(built, indent=1))


def _print_rows(scores: Scores) -> None:
    typer.echo(f"{scores.reviews} reviews, {scores.missing} without a reading, {len(scores.faults)} faults")
    for fault in scores.faults[:_FAULTS_SHOWN]:
        complain(fault)
    for name, figure in scores.measures.items():
        typer.echo(f"{figure:8.4f}  {name}")
    typer.echo("\n   f1   prec. recall   gold")
    for name, counts in scores.detail.items():
        typer.echo(f"{counts.f1:6.3f} {counts.precision:6.3f} {counts.recall:6.3f} {counts.sought:6d}  {name}")
    typer.echo("\nCalibration (0 is perfect)")
    for name, figure in scores.calibration.items():
        typer.echo(f"{figure:8.4f}  {name}")
