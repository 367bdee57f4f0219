"""Reviews as JSON lines: one object a line, its fields recognised by their usual names.

A line that is no review becomes a Failure that names it; the lines after it still count.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import msgspec

from ..errors import InputError
from .bounded import MAX_BYTES, lines, size
from .columns import Columns, Hints, resolve
from .files import File
from .record import Failure, Record
from .rows import Row
from .rows import records as from_rows

_BOM = b"\xef\xbb\xbf"
#: By how many of its first lines a file is judged before any work.
_FIRST = 20

_decoder = msgspec.json.Decoder(dict[str, object])


def records(file: File, name: str, hints: Hints) -> Iterator[Record | Failure]:
    """The reviews in ``file``, one line in memory at a time; ``name`` begins the ids of lines without one."""
    yield from from_rows(_rows_of(file, hints), name=name, origin=file.origin)


def from_lines(
    rows: Iterable[bytes | None], *, name: str, origin: str, hints: Hints | None = None
) -> Iterator[Record | Failure]:
    """The reviews in ``rows``, where None stands for a line too long to hold.

    A review without an id is called ``name:line``. Blank lines are passed over.
    """
    return from_rows(_rows(rows, origin, hints or Hints()), name=name, origin=origin)


def check(file: File, hints: Hints) -> None:
    """Let ``file`` pass unless its first lines are objects of which none has a text.

    Raises:
        InputError: naming the fields that were found.
    """
    found: dict[str, None] = {}
    try:
        with file.open() as stream:
            for line in islice(lines(stream), _FIRST):
                parsed = _parse((line or b"").removeprefix(_BOM))
                found.update(dict.fromkeys(parsed if isinstance(parsed, dict) else ()))
    except (OSError, InputError):
        return  # what cannot be opened or unpacked is named when its turn comes
    if found:
        resolve(tuple(found), hints)


def count(path: Path) -> int:
    """How many lines with anything on them the file holds.

    Raises:
        OSError: if the file cannot be read.
    """
    with path.open("rb") as stream:
        return sum(line is None or not line.isspace() for line in lines(stream))


def _rows_of(file: File, hints: Hints) -> Iterator[Row | Failure]:
    try:
        with file.open() as stream:
            yield from _rows(lines(stream), file.origin, hints)
    except InputError as error:
        yield Failure(file.origin, str(error))
    except OSError as error:
        yield Failure(file.origin, error.strerror or str(error))


def _rows(rows: Iterable[bytes | None], origin: str, hints: Hints) -> Iterator[Row | Failure]:
    for number, row in enumerate(rows, 1):
        where = f"{origin}:{number}"
        if row is None:
            yield Failure(where, f"the line is longer than {size(MAX_BYTES)}, too long for one review")
            continue
        content = row.removeprefix(_BOM) if number == 1 else row
        if not content.strip():
            continue
        parsed = _parse(content)
        if isinstance(parsed, str):
            yield Failure(where, parsed)
            continue
        try:
            columns = _columns(parsed, hints)
        except InputError as error:
            yield Failure(where, f"no review on this line, as no `text`: {error}")
            continue
        values = {field: parsed.get(column) for field, column in columns.of.items()}
        yield Row(where, number, values, columns.of, columns.scale)


def _columns(parsed: dict[str, object], hints: Hints) -> Columns:
    return resolve(tuple(parsed), hints, partial=True)


def _parse(content: bytes) -> dict[str, object] | str:
    """The object on a line, or the reason why there is none."""
    try:
        return _decoder.decode(content)
    except msgspec.ValidationError as error:
        return f"no review on this line: {str(error)[:1].lower()}{str(error)[1:]}"
    except UnicodeDecodeError as error:
        return f"not UTF-8 (byte {error.start + 1}); save the file as UTF-8"
    except (msgspec.DecodeError, RecursionError) as error:
        return f"not JSON: {error}"
