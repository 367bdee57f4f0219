"""From what a user names (files, folders, archives, ``-``) to a stream of reviews."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from ..errors import InputError
from . import stdin, walk
from .columns import Hints
from .columns import hints as hints_of
from .files import File, OnDisk
from .formats import ARCHIVE, KNOWN, TEXT, Format, format_of
from .largemovie import Layout
from .packed import unpacked
from .record import Failure, Record

#: The name that stands for standard input.
STDIN = "-"


def records(
    inputs: Iterable[str], *, mapping: Mapping[str, str] | None = None, scale: float | None = None
) -> Iterator[Record | Failure]:
    """The reviews of all ``inputs``, in their order, one in memory at a time.

    ``mapping`` has the columns of tables by field, where they have no usual name (see `columns.mapping`); ``scale``
    is the best score of ratings that do not tell it themselves. Every input is looked for before the first is
    opened, so that a slip of the pen costs no work.

    Raises:
        InputError: at once, if an input is missing, of no known kind, a folder without reviews, or a table whose
            text column is not recognised.
    """
    named = named_records(inputs, mapping=mapping, scale=scale)
    return (record for _, record in named)


def named_records(
    inputs: Iterable[str], *, mapping: Mapping[str, str] | None = None, scale: float | None = None
) -> Iterator[tuple[str, Record | Failure]]:
    """The same as `records`, each with the input it came from, as the user named it.

    Raises:
        InputError: as `records`.
    """
    names = list(inputs)
    if names.count(STDIN) > 1:
        raise InputError("standard input (-) can be read only once; name it once")
    hints = hints_of(mapping, scale)
    for name in names:
        _check(name, hints)
    return ((name, record) for name in names for record in _stream(name, hints))


def count(inputs: Iterable[str]) -> int | None:
    """How many reviews ``inputs`` may hold, blank and damaged ones included; None if that cannot be told cheaply.

    Raises:
        InputError: if a file cannot be read.
    """
    total = 0
    for name in inputs:
        path = Path(name)
        file = OnDisk(path)
        if name == STDIN or _is_archive(file) or unpacked(file) != file or not (path.is_file() or path.is_dir()):
            return None
        try:
            number = walk.count(path) if path.is_dir() else _format(path).count(path)
        except OSError as error:
            raise InputError(f"{name}: {error.strerror or error}") from error
        if number is None:
            return None
        total += number
    return total


def _stream(name: str, hints: Hints) -> Iterator[Record | Failure]:
    path = Path(name)
    file = unpacked(OnDisk(path))
    if name == STDIN:
        yield from stdin.records(sys.stdin.buffer, hints)
    elif path.is_dir():
        yield from walk.of_folder(path, hints)
    elif _is_archive(file):
        yield from walk.of_archive(file, hints)
    else:
        yield from walk.of_file(file, file.place.stem, hints, _format(path), Layout())


def _check(name: str, hints: Hints) -> None:
    path = Path(name)
    if name == STDIN:
        return
    try:
        if not path.exists():
            raise InputError(f"{name}: no such file or folder; check the path, or use - for standard input")
        if path.is_dir():
            walk.check_folder(path)
            return
        file = unpacked(OnDisk(path))
        format = None if _is_archive(file) else _format(path)
        # What is in a pipe can be looked at only once.
        if path.is_file():
            try:
                format.check(file, hints) if format is not None else walk.check_archive(file)
            except InputError as error:
                raise InputError(f"{name}: {error}") from error
    except OSError as error:
        raise InputError(f"{name}: {error.strerror or error}") from error


def _is_archive(file: File) -> bool:
    return file.place.suffix.lower() == ARCHIVE


def _format(path: Path) -> Format:
    """The format of a file that was named outright; without a suffix (a pipe, say) it is one text."""
    place = unpacked(OnDisk(path)).place
    format = format_of(place) if place.suffix else TEXT
    if format is None:
        raise InputError(f"{path}: no known kind of file; known are {KNOWN}, and folders of these")
    return format
