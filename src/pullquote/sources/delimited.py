"""Tables of delimited text: CSV and TSV, with a header line.

The delimiter is found among comma, semicolon, tab and bar; a text arrives to the letter, line breaks included.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from ..errors import InputError
from .bounded import size
from .columns import Columns, Hints, recognised, resolve
from .files import File
from .record import Failure, Record
from .rows import Row
from .rows import records as from_rows
from .textlines import TextLines

#: Longest row, in characters; no review comes near, and a quote that is never closed must not fill the memory.
MAX_ROW = 16 * 1024 * 1024

_DELIMITERS = (",", ";", "\t", "|")


def records(file: File, name: str, hints: Hints) -> Iterator[Record | Failure]:
    """The reviews in ``file``, row by row; ``name`` begins the ids of rows without one."""
    yield from from_rows(_rows_of(file, hints), name=name, origin=file.origin)


def from_stream(stream: BinaryIO, *, name: str, origin: str, hints: Hints) -> Iterator[Record | Failure]:
    """The same from an open stream."""
    return from_rows(_guarded(stream, origin, hints), name=name, origin=origin)


def check(file: File, hints: Hints) -> None:
    """Let ``file`` pass if its header has a column for the text.

    Raises:
        InputError: if it has none, naming the columns that were found; if it is empty, or no table.
    """
    try:
        with file.open() as stream:
            _Table(TextLines(stream), hints)
    except OSError:
        return  # it is named when its turn comes


def headed(line: str, hints: Hints) -> bool:
    """Whether ``line`` is beyond doubt the header of a table of reviews: a text and something else are recognised."""
    names = _cells(line, _Form(_delimiter(line)))
    try:
        return len(resolve(tuple(names), hints).of) > 1 and all(len(name) < 40 for name in names)
    except InputError:
        return False


def _rows_of(file: File, hints: Hints) -> Iterator[Row | Failure]:
    try:
        with file.open() as stream:
            yield from _guarded(stream, file.origin, hints)
    except InputError as error:
        yield Failure(file.origin, str(error))
    except OSError as error:
        yield Failure(file.origin, error.strerror or str(error))


def _guarded(stream: BinaryIO, origin: str, hints: Hints) -> Iterator[Row | Failure]:
    try:
        yield from _Table(TextLines(stream), hints).rows(origin)
    except InputError as error:
        yield Failure(origin, str(error))


@dataclass(frozen=True, slots=True)
class _Form:
    """How cells are set apart."""

    delimiter: str
    quoting: bool = True
    escape: str | None = None


class _TooLong(Exception):
    """The row in hand is longer than one may be."""


class _Feed:
    """Lines for the csv module, and what is known of the row in hand: where it began, how long it is, how read."""

    def __init__(self, lines: TextLines) -> None:
        self._lines = lines
        self.number = 0
        self.begin()

    def begin(self) -> None:
        """A new row begins with the next line."""
        self.start = self.number + 1
        self.ended = False
        self.encodings: set[str] = set()
        self._size = self._quotes = 0
        self._line = ""

    def __iter__(self) -> _Feed:
        return self

    def __next__(self) -> str:
        if not self._read(MAX_ROW + 1):
            self.ended = True
            raise StopIteration
        self._size += len(self._line)
        if self._size > MAX_ROW:
            raise _TooLong
        return self._line

    def skip(self) -> None:
        """Read on to where the row in hand ends: at the end of a line, outside quotes."""
        while not self._line.endswith(("\n", "\r")) or self._quotes % 2:
            if not self._read(65_536):
                return

    def _read(self, limit: int) -> str:
        self._line = self._lines.next(limit)
        self._quotes += self._line.count('"')
        self.number += self._line.endswith(("\n", "\r"))
        if self._lines.encoding:
            self.encodings.add(self._lines.encoding)
        return self._line


class _Table:
    """A table whose header has been read."""

    def __init__(self, lines: TextLines, hints: Hints) -> None:
        """Read the header of the table in ``lines``; InputError if there is none, or none with a text."""
        csv.field_size_limit(max(csv.field_size_limit(), MAX_ROW))
        self._feed = _Feed(lines)
        self._reader = _reader(self._feed, _form(lines.head))
        try:
            self._header = next((row for row in self._reader if row), [])
        except (_TooLong, csv.Error) as error:
            raise InputError("its first line is no header; a table needs one with the names of its columns") from error
        if not self._header:
            raise InputError("the table is empty; it needs a header with the names of its columns, and rows")
        self._columns: Columns = resolve(tuple(self._header), hints)
        self._places = {field: self._header.index(name) for field, name in self._columns.of.items()}

    def rows(self, origin: str) -> Iterator[Row | Failure]:
        """The rows after the header. InputError if the rest cannot be unpacked."""
        feed = self._feed
        while True:
            feed.begin()
            where = f"{origin}:{feed.start}"
            try:
                cells = next(self._reader, None)
            except _TooLong:
                feed.skip()
                yield Failure(
                    where, f"the row is longer than {size(MAX_ROW)}, too long for one review; is a quote left open?"
                )
                continue
            except csv.Error as error:
                yield Failure(where, f"no row of a table: {error}")
                continue
            if cells is None:
                return
            if feed.ended:
                yield Failure(where, "the file ends inside quotes; it is cut off, or a quote is left open in this row")
                return
            if cells:
                yield self._row(cells, where)

    def _row(self, cells: list[str], where: str) -> Row | Failure:
        width = len(self._header)
        if len(cells) != width and (len(cells) < width or any(cells[width:])):
            return Failure(
                where, f"{len(cells)} cells where the header has {width}; put quotes around cells with delimiters"
            )
        values = {field: cells[place] for field, place in self._places.items()}
        notices = tuple(f"not UTF-8; read as {encoding}" for encoding in sorted(self._feed.encodings))
        return Row(where, self._feed.start, values, self._columns.of, self._columns.scale, notices)


def _reader(lines: Iterator[str], form: _Form) -> Iterator[list[str]]:
    return csv.reader(
        lines,
        delimiter=form.delimiter,
        quoting=csv.QUOTE_MINIMAL if form.quoting else csv.QUOTE_NONE,
        escapechar=form.escape,
        doublequote=form.escape is None,
    )


def _cells(line: str, form: _Form) -> list[str]:
    try:
        return next(_reader(iter([line]), form), [])
    except csv.Error:
        return []


def _form(head: str) -> _Form:
    """How the table that begins with ``head`` sets its cells apart."""
    lines = [line for line in re.split(r"\r\n|\n|\r", head) if line.strip()]
    if not lines:
        return _Form(",")
    delimiter = _delimiter(lines[0])
    # The last line may be cut off.
    body = lines[: -1 if len(lines) > 2 else None]
    if delimiter == "\t" and _plain_quotes(body):
        return _Form(delimiter, quoting=False)
    end = rf"(?=[{re.escape(delimiter)}\r\n]|\Z)"
    if re.search(rf'\\"(?!"|{end})', head) and not re.search(rf'[^{re.escape(delimiter)}\r\n"]""(?!{end})', head):
        return _Form(delimiter, escape="\\")
    return _Form(delimiter)


def _delimiter(header: str) -> str:
    """The delimiter by which the header has most columns of known names, then most columns at all."""

    def worth(delimiter: str) -> tuple[int, int]:
        names = _cells(header, _Form(delimiter))
        return len(recognised(names)), len(names)

    return max(_DELIMITERS, key=worth)


def _plain_quotes(lines: list[str]) -> bool:
    """Whether quotes are signs like others here, as in IMDb's files.

    They are if each line has all its cells and yet some cell begins with a quote that it does not close.
    """
    tabs = lines[0].count("\t")
    if any(line.count("\t") != tabs for line in lines):
        return False
    return any(cell.startswith('"') and not re.fullmatch(r'"(?:[^"]|"")*"', cell) and not re.search(r'\\"', cell)
               for line in lines for cell in line.split("\t"))  # fmt: skip
