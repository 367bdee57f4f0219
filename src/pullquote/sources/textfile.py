"""A file that is one review, plain text or Markdown, in whatever encoding it came.

Tags stay in, since spans count the characters of the text as it was handed in.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ..errors import InputError
from .bounded import read_whole
from .columns import Hints
from .encoding import decode
from .files import File
from .record import Failure, Record


def records(file: File, name: str, hints: Hints) -> Iterator[Record | Failure]:
    """The one review in ``file``; ``name`` becomes its id."""
    try:
        with file.open() as stream:
            data = read_whole(stream)
        yield from_bytes(data, id=name, origin=file.origin)
    except InputError as error:
        yield Failure(file.origin, str(error))
    except OSError as error:
        yield Failure(file.origin, error.strerror or str(error))


def from_bytes(data: bytes, *, id: str, origin: str) -> Record:
    """The review that ``data`` spells; a notice tells of any encoding but UTF-8.

    Raises:
        InputError: if ``data`` is no text.
    """
    text, encoding = decode(data)
    notices = (f"not UTF-8; read as {encoding}",) if encoding else ()
    return Record(text, id, origin, notices)


def count(path: Path) -> int:
    """How many reviews the file holds: one."""
    return 1
