"""Which kind of file is read by which source. A new format is one row in this table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath

from . import delimited, jsonl, page, parquet, textfile
from .columns import Hints
from .files import File
from .packed import UNPACKERS
from .record import Failure, Record


def _any(file: File, hints: Hints) -> None:
    """Let every file pass: what is in it shows when it is read."""


def _unknown(path: Path) -> None:
    """Say that counting would take as long as reading."""


@dataclass(frozen=True, slots=True)
class Format:
    """How to read one kind of file.

    ``records(file, name, hints)`` streams its reviews, ``name`` being what ids are made of; ``count(path)`` says,
    at little cost, how many there may be, or None; ``check(file, hints)`` raises InputError if none can be read.
    """

    records: Callable[[File, str, Hints], Iterator[Record | Failure]]
    count: Callable[[Path], int | None]
    check: Callable[[File, Hints], None] = _any


TEXT = Format(textfile.records, textfile.count)
PAGE = Format(page.records, page.count)
JSONL = Format(jsonl.records, jsonl.count, jsonl.check)
DELIMITED = Format(delimited.records, _unknown, delimited.check)
PARQUET = Format(parquet.records, parquet.count, parquet.check)

#: By suffix, in lower case.
FORMATS: dict[str, Format] = {
    ".txt": TEXT,
    ".md": TEXT,
    ".html": PAGE,
    ".htm": PAGE,
    ".jsonl": JSONL,
    ".ndjson": JSONL,
    ".csv": DELIMITED,
    ".tsv": DELIMITED,
    ".parquet": PARQUET,
}
#: What is read like a folder.
ARCHIVE = ".zip"

KNOWN = f"{', '.join(FORMATS)}, {ARCHIVE}, any of these followed by {' or '.join(UNPACKERS)}"


def format_of(place: PurePath) -> Format | None:
    """The format of an unpacked file by its suffix; None where there is none for it."""
    return FORMATS.get(place.suffix.lower())
