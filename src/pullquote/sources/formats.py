"""Which kind of file is read by which source. A new format is one row in this table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from . import jsonl, textfile
from .record import Failure, Record


@dataclass(frozen=True, slots=True)
class Format:
    """How to read one kind of file.

    ``records(path, name)`` streams its reviews, ``name`` being what ids are made
    of; ``count(path)`` says, at little cost, how many there may be.
    """

    records: Callable[[Path, str], Iterator[Record | Failure]]
    count: Callable[[Path], int]


TEXT = Format(textfile.records, textfile.count)
JSONL = Format(jsonl.records, jsonl.count)

#: By suffix, in lower case.
FORMATS: dict[str, Format] = {
    ".txt": TEXT,
    ".md": TEXT,
    ".html": TEXT,
    ".htm": TEXT,
    ".jsonl": JSONL,
}


def format_of(path: Path) -> Format | None:
    """The format of a file by its suffix; None where there is none for it."""
    return FORMATS.get(path.suffix.lower())
