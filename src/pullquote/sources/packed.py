"""Files packed by gzip (``.gz``) or Zstandard (``.zst``), unpacked while they are read.

What stands before a tear is read; the tear itself is an error. Nothing is written to disk, and packed data that
expands as no text does (a bomb) is left alone.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import BinaryIO

from ..errors import InputError
from .bounded import from_pieces, size
from .files import File

#: Text shrinks to a fifth or a tenth; tables that repeat themselves to a fiftieth.
MAX_RATIO = 200
#: Up to this many bytes nobody minds how they were packed.
FREE = 1_000_000
#: Most bytes that one file may unpack to: 16 GiB.
MAX_UNPACKED = 16 * 1024**3

_CHUNK = 65_536
#: One KiB of Zstandard can stand for 32 MiB, which is as much as may be held at once.
_ZSTD_CHUNK = 1024
#: Memory that a packed file may ask for: 128 MiB, as the `zstd` program allows.
_ZSTD_WINDOW = 1 << 27

_Read = Callable[[int], bytes]


def check_expansion(unpacked: int, packed: int) -> None:
    """Let ``packed`` bytes pass that unpack to ``unpacked``.

    Raises:
        InputError: if they expand as no text does.
    """
    if unpacked > FREE and unpacked > MAX_RATIO * packed:
        raise InputError(f"it expands more than {MAX_RATIO}-fold, as no text does; if you trust it, unpack it yourself")
    if unpacked > MAX_UNPACKED:
        raise InputError(f"it unpacks to more than {size(MAX_UNPACKED)}; unpack it yourself, or split it")


def _gunzipped(read: _Read) -> Iterator[bytes]:
    data = read(_CHUNK)
    while data:
        engine = zlib.decompressobj(31)
        while not engine.eof:
            try:
                piece = engine.decompress(data, _CHUNK)
            except zlib.error as error:
                raise InputError(f"the gzip data is damaged ({error}); fetch the file again") from error
            yield piece
            data = engine.unconsumed_tail or (b"" if engine.eof else read(_CHUNK))
            if not data and not piece and not engine.eof:
                raise InputError("the gzip data breaks off; fetch the file again")
        # Some programs fill up with zeros; another member may follow.
        data = (engine.unused_data or read(_CHUNK)).lstrip(b"\0") or read(_CHUNK).lstrip(b"\0")


def _unzstded(read: _Read) -> Iterator[bytes]:
    try:
        import zstandard
    except ModuleNotFoundError as error:
        raise InputError("to read .zst, install zstandard with: pip install 'pullquote[library]'") from error

    data = read(_ZSTD_CHUNK)
    while data:
        engine = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW).decompressobj()
        while not engine.eof:
            if not data:
                raise InputError("the Zstandard data breaks off; fetch the file again")
            try:
                yield engine.decompress(data)
            except zstandard.ZstdError as error:
                raise InputError(f"the Zstandard data is damaged ({error}); fetch the file again") from error
            data = engine.unused_data if engine.eof else read(_ZSTD_CHUNK)
        data = data or read(_ZSTD_CHUNK)


#: By suffix, in lower case.
UNPACKERS: dict[str, Callable[[_Read], Iterator[bytes]]] = {".gz": _gunzipped, ".zst": _unzstded}


@dataclass(frozen=True, slots=True)
class Packed:
    """A packed file, read as what is in it."""

    file: File

    @property
    def origin(self) -> str:
        """As the packed file is known."""
        return self.file.origin

    @property
    def place(self) -> PurePath:
        """The packed file's place without its last suffix."""
        return self.file.place.with_suffix("")

    def open(self) -> BinaryIO:
        """The unpacked bytes; reading raises InputError where they are torn, damaged, or expand beyond bounds."""
        return from_pieces(_watched(self.file.open(), UNPACKERS[self.file.place.suffix.lower()]))

    def beside(self, relative: str) -> File | None:
        """A neighbour of the packed file."""
        return self.file.beside(relative)


def unpacked(file: File) -> File:
    """``file`` itself, or what is packed in it, by its suffix."""
    return Packed(file) if file.place.suffix.lower() in UNPACKERS else file


def _watched(packed: BinaryIO, unpack: Callable[[_Read], Iterator[bytes]]) -> Iterator[bytes]:
    taken = made = 0

    def read(number: int) -> bytes:
        nonlocal taken
        data = packed.read(number)
        taken += len(data)
        return data

    with packed:
        for piece in unpack(read):
            made += len(piece)
            check_expansion(made, taken)
            yield piece
