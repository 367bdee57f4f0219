"""Standard input: one review as text, or many as JSON lines or as a table with a header."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import BinaryIO

from ..errors import InputError
from . import delimited
from .bounded import MAX_BYTES, lines, read_whole, rejoined
from .columns import Hints
from .jsonl import from_lines
from .record import Failure, Record
from .textfile import from_bytes

NAME = "stdin"

#: No prose begins like this, so a first line that does is an object, whole or damaged.
_OBJECT = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"')
#: A header line is short.
_HEADER = 2000


def records(stream: BinaryIO, hints: Hints | None = None) -> Iterator[Record | Failure]:
    """The reviews on ``stream``, by its first line with anything on it.

    JSON lines if that starts an object; a table if it names columns, one for the text and another that is known;
    else one text.
    """
    hints = hints or Hints()
    head: list[bytes | None] = []
    held = 0
    rest = lines(stream)
    for line in rest:
        head.append(line)
        held += MAX_BYTES if line is None else len(line)
        if line is None or line.strip() or held > MAX_BYTES:
            break
    first = head[-1] if head else None
    if first is not None and _OBJECT.match(first):
        yield from from_lines(chain(head, rest), name=NAME, origin=NAME, hints=hints)
        return
    start = b"".join(line for line in head if line is not None)
    if first is not None and len(first) < _HEADER and delimited.headed(first.decode("utf-8-sig", "replace"), hints):
        table = rejoined(start, stream)
        yield from delimited.from_stream(table, name=NAME, origin=NAME, hints=hints)
        return
    try:
        if None in head or held > MAX_BYTES:
            raise InputError("the text is too long for one review")
        yield from_bytes(start + read_whole(stream, MAX_BYTES - held), id=NAME, origin=NAME)
    except InputError as error:
        yield Failure(NAME, str(error))
