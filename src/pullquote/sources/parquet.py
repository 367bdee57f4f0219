"""Parquet tables, read batch by batch; only the columns that are needed. Needs the extra ``library``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ..errors import InputError
from .bounded import read_whole
from .columns import Hints, resolve
from .files import File, OnDisk
from .record import Failure, Record
from .rows import Row
from .rows import records as from_rows

#: Rows in memory at a time.
_BATCH = 256


def records(file: File, name: str, hints: Hints) -> Iterator[Record | Failure]:
    """The reviews in ``file``; those without an id are called ``name:row``, counting from 1."""
    yield from from_rows(_rows(file, hints), name=name, origin=file.origin)


def check(file: File, hints: Hints) -> None:
    """Let ``file`` pass if it has a column for the text.

    Raises:
        InputError: if it has none, naming the columns that were found; if it is no Parquet table.
    """
    try:
        with _opened(file) as table:
            resolve(tuple(table.schema_arrow.names), hints)
    except OSError:
        return  # it is named when its turn comes


def count(path: Path) -> int | None:
    """How many rows the file holds, by its footer; None if that cannot be read."""
    try:
        with _opened(OnDisk(path)) as table:
            return int(table.metadata.num_rows)
    except InputError:
        return None


@contextmanager
def _opened(file: File) -> Iterator[Any]:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ModuleNotFoundError as error:
        raise InputError("to read Parquet, install pyarrow with: pip install 'pullquote[library]'") from error

    with file.open() as stream:
        try:
            # Its parts are read in any order, which what is being unpacked does not allow.
            source = stream if stream.seekable() else pa.BufferReader(read_whole(stream))
            table = pq.ParquetFile(source)
        except pa.ArrowException as error:
            raise InputError(f"no whole Parquet table ({_brief(error)}); is it the right file?") from error
        try:
            yield table
        except pa.ArrowException as error:
            raise InputError(f"the Parquet data is damaged ({_brief(error)}); fetch the file again") from error


def _rows(file: File, hints: Hints) -> Iterator[Row | Failure]:
    try:
        with _opened(file) as table:
            columns = resolve(tuple(table.schema_arrow.names), hints)
            number = 0
            wanted = sorted(set(columns.of.values()))
            for batch in table.iter_batches(batch_size=_BATCH, columns=wanted):
                cells = {name: batch.column(name) for name in batch.schema.names}
                for place in range(batch.num_rows):
                    number += 1
                    values = {field: _value(cells[name][place]) for field, name in columns.of.items() if name in cells}
                    yield Row(f"{file.origin}:{number}", number, values, columns.of, columns.scale)
    except InputError as error:
        yield Failure(file.origin, str(error))
    except OSError as error:
        yield Failure(file.origin, error.strerror or str(error))


def _value(cell: Any) -> object:
    """What is in a cell, as Python has it; None for a moment that Python cannot tell, bytes for a text in no UTF-8."""
    try:
        return cell.as_py()
    except UnicodeDecodeError:
        return cell.as_buffer().to_pybytes()
    except (ValueError, OverflowError):
        return None


def _brief(error: Exception) -> str:
    return str(error).splitlines()[0][:200].rstrip(".")
