"""From what a user names (files, folders, ``-``) to a stream of reviews."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from ..errors import InputError
from . import folder, stdin
from .formats import FORMATS, TEXT, Format, format_of
from .record import Failure, Record

#: The name that stands for standard input.
STDIN = "-"


def records(inputs: Iterable[str]) -> Iterator[Record | Failure]:
    """The reviews of all ``inputs``, in their order, one in memory at a time.

    Every input is looked for before the first is opened, so that a slip of the
    pen costs no work.

    Raises:
        InputError: at once, if an input is missing, of no known kind, or a folder without reviews.
    """
    named = list(inputs)
    if named.count(STDIN) > 1:
        raise InputError("standard input (-) can be read only once; name it once")
    for name in named:
        _check(name)
    return _stream(named)


def count(inputs: Iterable[str]) -> int | None:
    """How many reviews ``inputs`` may hold, blank and damaged ones included; None if that cannot be told.

    Raises:
        InputError: if a file cannot be read.
    """
    total = 0
    for name in inputs:
        path = Path(name)
        if name == STDIN or not (path.is_file() or path.is_dir()):
            return None
        try:
            total += folder.count(path) if path.is_dir() else _format(path).count(path)
        except OSError as error:
            raise InputError(f"{name}: {error.strerror or error}") from error
    return total


def _stream(names: list[str]) -> Iterator[Record | Failure]:
    for name in names:
        path = Path(name)
        if name == STDIN:
            yield from stdin.records(sys.stdin.buffer)
        elif path.is_dir():
            yield from folder.records(path)
        else:
            yield from _format(path).records(path, path.stem)


def _check(name: str) -> None:
    path = Path(name)
    if name == STDIN:
        return
    try:
        found = path.exists()
    except OSError as error:
        raise InputError(f"{name}: {error.strerror or error}") from error
    if not found:
        raise InputError(f"{name}: no such file or folder; check the path, or use - for standard input")
    if path.is_dir():
        folder.check(path)
    else:
        _format(path)


def _format(path: Path) -> Format:
    """The format of a file that was named outright; without a suffix (a pipe, say) it is one text."""
    format = format_of(path) if path.suffix else TEXT
    if format is None:
        raise InputError(f"{path}: no known kind of file; known are {', '.join(FORMATS)} and folders of these")
    return format
