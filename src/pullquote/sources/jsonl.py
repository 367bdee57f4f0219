"""Reviews as JSON lines: one object a line, with ``text`` and, where there is one, ``id``.

A line that is no review becomes a Failure that names it; the lines after it still count.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from .bounded import MAX_BYTES, lines, size
from .record import Failure, Record

_BOM = b"\xef\xbb\xbf"


class _Line(msgspec.Struct):
    """The fields that matter here; all others are passed over."""

    text: str
    id: str | int | None = None


_decoder = msgspec.json.Decoder(_Line)


def records(path: Path, name: str) -> Iterator[Record | Failure]:
    """The reviews in the file ``path``, one line in memory at a time; ``name`` begins the ids of lines without one."""
    try:
        with path.open("rb") as stream:
            yield from from_lines(lines(stream), name=name, origin=str(path))
    except OSError as error:
        yield Failure(str(path), error.strerror or str(error))


def from_lines(rows: Iterable[bytes | None], *, name: str, origin: str) -> Iterator[Record | Failure]:
    """The reviews in ``rows``, where None stands for a line too long to hold.

    A review without an id is called ``name:line``. Blank lines are passed over.
    """
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
        else:
            yield Record(parsed.text, f"{name}:{number}" if parsed.id is None else str(parsed.id), where)


def _parse(content: bytes) -> _Line | str:
    """The review on a line, or the reason why there is none."""
    try:
        return _decoder.decode(content)
    except msgspec.ValidationError as error:
        return f"no review on this line: {str(error)[:1].lower()}{str(error)[1:]}"
    except UnicodeDecodeError as error:
        return f"not UTF-8 (byte {error.start + 1}); save the file as UTF-8"
    except (msgspec.DecodeError, RecursionError) as error:
        return f"not JSON: {error}"


def count(path: Path) -> int:
    """How many lines with anything on them the file holds.

    Raises:
        OSError: if the file cannot be read.
    """
    with path.open("rb") as stream:
        return sum(line is None or not line.isspace() for line in lines(stream))
