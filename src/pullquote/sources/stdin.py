"""Standard input: one review as text, or many as JSON lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import BinaryIO

from ..errors import InputError
from .bounded import MAX_BYTES, lines, read_whole
from .jsonl import from_lines
from .record import Failure, Record
from .textfile import from_bytes

NAME = "stdin"

#: No prose begins like this, so a first line that does is an object, whole or damaged.
_OBJECT = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"')


def records(stream: BinaryIO) -> Iterator[Record | Failure]:
    """The reviews on ``stream``: JSON lines if the first line with anything on it starts an object, else one text."""
    head: list[bytes | None] = []
    held = 0
    rest = lines(stream)
    for line in rest:
        head.append(line)
        held += MAX_BYTES if line is None else len(line)
        if line is None or line.strip() or held > MAX_BYTES:
            break
    if head and head[-1] is not None and _OBJECT.match(head[-1]):
        yield from from_lines(chain(head, rest), name=NAME, origin=NAME)
        return
    try:
        start = b"".join(line for line in head if line is not None)
        if None in head or held > MAX_BYTES:
            raise InputError("the text is too long for one review")
        yield from_bytes(start + read_whole(stream, MAX_BYTES - held), id=NAME, origin=NAME)
    except InputError as error:
        yield Failure(NAME, str(error))
