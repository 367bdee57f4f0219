"""Lines of text from bytes of any encoding, one at a time, even where the encodings are mixed.

Each line proves itself as UTF-8 or not. A line that does not is read in the encoding that fits the file's
beginning; where that is Windows-1252, only the bytes that are no UTF-8 are taken for it, so that a file put together
of several still gives all its letters.
"""

from __future__ import annotations

import io
import re
from typing import BinaryIO

from ..errors import InputError
from .bounded import rejoined
from .encoding import decode

_SAMPLE = 65_536
_ODD = re.compile("[\udc80-\udcff]+")
_WIDE = ("utf-16", "utf-32", "utf-16-le", "utf-16-be")
_SINGLE = ("cp1252", "latin-1")
_HIGH = bytes(range(128, 256))


class TextLines:
    """The lines of a stream.

    ``head`` is the text it begins with; ``encoding`` that of the line before, None where that was UTF-8.
    """

    def __init__(self, stream: BinaryIO) -> None:
        """Read from ``stream``.

        Raises:
            InputError: if the stream begins as no text does, or cannot be unpacked.
            OSError: if it cannot be read.
        """
        sample = stream.read(_SAMPLE)
        self.head, self._guess = _decoded(sample)
        self.encoding: str | None = None
        wide = self._guess in _WIDE
        encoding = self._guess if wide and self._guess else "utf-8-sig"
        self._errors = "replace" if wide else "surrogateescape"
        rest = rejoined(sample, stream)
        self._text = io.TextIOWrapper(rest, encoding=encoding, errors=self._errors, newline="")
        if wide:
            self.encoding = self._guess

    def next(self, limit: int) -> str:
        """The next line with its end, or its first ``limit`` characters; empty at the end of the stream.

        Raises:
            InputError: if the stream cannot be unpacked further.
            OSError: if it cannot be read.
        """
        line = self._text.readline(limit)
        if self._errors == "replace":
            return line
        self.encoding = None
        return line if line.isascii() or not _ODD.search(line) else self._mended(line)

    def _mended(self, line: str) -> str:
        if self._guess is None or self._guess in _SINGLE:
            self.encoding = "cp1252"
            return _ODD.sub(lambda odd: _western(_bytes(odd[0])), line)
        self.encoding = self._guess
        return _bytes(line).decode(self._guess, "replace")


def _decoded(sample: bytes) -> tuple[str, str | None]:
    """The sample as text, and its encoding if that is not UTF-8."""
    if len(sample) < _SAMPLE:
        return decode(sample)
    # Not to end inside a character.
    whole = sample if b"\0" in sample else sample.rstrip(_HIGH) or sample
    try:
        return decode(whole)
    except InputError:
        if b"\0" not in whole:
            raise
        return decode(whole[:-2])


def _bytes(line: str) -> bytes:
    return line.encode("utf-8", "surrogateescape")


def _western(odd: bytes) -> str:
    try:
        return odd.decode("cp1252")
    except UnicodeDecodeError:
        return odd.decode("latin-1")
