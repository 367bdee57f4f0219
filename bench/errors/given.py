"""The readings to analyse: from a file, or read now."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pullquote.errors import InputError, ReadingError
from pullquote.evaluation.gold import Gold
from pullquote.reader.limits import check
from pullquote.reading import Reading


def from_file(path: Path) -> dict[str, Reading]:
    """The readings of a JSON Lines file by id, the last of equals.

    Raises:
        InputError: if the file cannot be read, or at the first line that is no reading.
    """
    readings = {}
    try:
        with path.open("rb") as stream:
            for number, line in enumerate(stream, 1):
                if line.strip():
                    try:
                        reading = Reading.from_json(line)
                    except ReadingError as error:
                        raise InputError(f"{path.name}:{number}: {error}") from error
                    readings[reading.id] = reading
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from error
    return readings


def read_now(gold: Iterable[Gold], model: str | None) -> dict[str, Reading]:
    """Read the gold's reviews; those that cannot be read are left out.

    Raises:
        ModelError: if the model's files are missing or damaged.
    """
    from pullquote import Reader

    reader = Reader(model)
    return {reading.id: reading for reading in reader.read_many((g.id, g.text) for g in gold if _readable(g.text))}


def _readable(text: str) -> bool:
    try:
        check(text)
    except InputError:
        return False
    return True
