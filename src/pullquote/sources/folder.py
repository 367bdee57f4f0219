"""A folder of reviews, read file by file, subfolders included, in the order of the names."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from ..errors import InputError
from .formats import FORMATS, format_of
from .record import Failure, Record


def records(folder: Path) -> Iterator[Record | Failure]:
    """The reviews of every file of a known kind under ``folder``.

    Ids are made of the path inside the folder, without the suffix. Hidden files
    and links to folders are passed over.
    """
    for found in _files(folder):
        if isinstance(found, Failure):
            yield found
        elif (format := format_of(found)) is not None:
            yield from format.records(found, found.relative_to(folder).with_suffix("").as_posix())


def check(folder: Path) -> None:
    """Let ``folder`` pass if it holds at least one file of a known kind.

    Raises:
        InputError: if it holds none.
    """
    if not any(isinstance(found, Path) for found in _files(folder)):
        raise InputError(f"{folder}: no reviews in this folder; it needs files that end in {', '.join(FORMATS)}")


def count(folder: Path) -> int:
    """How many reviews the folder may hold, by its files."""
    total = 0
    for found in _files(folder):
        if isinstance(found, Path) and (format := format_of(found)) is not None:
            total += format.count(found)
    return total


def _files(folder: Path) -> Iterator[Path | Failure]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield Failure(str(folder), error.strerror or str(error))
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _files(Path(entry.path))
        elif entry.is_file() and format_of(Path(entry.path)) is not None:
            yield Path(entry.path)
