"""A zip archive, read like a folder: member by member, in the order of their names, never written to disk."""

from __future__ import annotations

import lzma
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePath, PurePosixPath
from typing import BinaryIO

from ..errors import InputError
from .bounded import from_pieces
from .files import File
from .packed import check_expansion
from .record import Failure

_CHUNK = 65_536
_ENCRYPTED = 1
#: What zipfile raises for members that are damaged, or packed or encrypted as it does not know.
_DAMAGE = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, RuntimeError, NotImplementedError, ValueError)
_CLIMBS = re.compile(r"(?:^|[/\\])\.\.(?:[/\\]|$)|^[/\\]|^[A-Za-z]:")


@dataclass(frozen=True, slots=True)
class Member:
    """A file inside a zip archive."""

    archive: zipfile.ZipFile
    info: zipfile.ZipInfo
    whence: str

    @property
    def origin(self) -> str:
        """The archive and the path inside it."""
        return f"{self.whence}/{self.info.filename}"

    @property
    def place(self) -> PurePath:
        """The path inside the archive."""
        return PurePosixPath(self.info.filename)

    def open(self) -> BinaryIO:
        """Its bytes; reading raises InputError where they are damaged."""
        return from_pieces(_unzipped(self.archive, self.info))

    def beside(self, relative: str) -> File | None:
        """The member at ``relative``."""
        name = posixpath.normpath(posixpath.join(posixpath.dirname(self.info.filename), relative))
        info = self.archive.NameToInfo.get(name)
        return None if info is None or info.is_dir() or _fault(info) else Member(self.archive, info, self.whence)


@contextmanager
def opened(file: File) -> Iterator[zipfile.ZipFile]:
    """The archive in ``file``.

    Raises:
        InputError: if it is damaged or cannot be read in any order, as one zip inside another.
        OSError: if it cannot be opened.
    """
    with file.open() as stream:
        if not stream.seekable():
            raise InputError("a zip inside another archive is not opened; unpack the outer one first")
        try:
            archive = zipfile.ZipFile(stream)
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise InputError(f"no whole zip archive ({error}); fetch the file again") from error
        with archive:
            yield archive


def files(archive: zipfile.ZipFile, whence: str) -> Iterator[File | Failure]:
    """The files in ``archive``, which people know as ``whence``; hidden ones are passed over.

    A member that is encrypted, that climbs out of the archive or that expands as no text does becomes a Failure.
    """
    for info in sorted(archive.infolist(), key=lambda info: info.filename.split("/")):
        parts = PurePosixPath(info.filename).parts
        if info.is_dir() or any(part == "__MACOSX" or re.match(r"\.[^./\\]", part) for part in parts):
            continue
        member = Member(archive, info, whence)
        fault = _fault(info)
        yield Failure(member.origin, fault) if fault else member


def _fault(info: zipfile.ZipInfo) -> str | None:
    """Why a member is not read; None if it is."""
    if _CLIMBS.search(info.filename):
        return "its path leads out of the archive, so it is not trusted; make the archive anew"
    if info.flag_bits & _ENCRYPTED:
        return "it is encrypted; unpack the archive with its password and read the folder"
    try:
        # No more than the size it states is ever unpacked.
        check_expansion(info.file_size, info.compress_size)
    except InputError as error:
        return str(error)
    return None


def _unzipped(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    try:
        with archive.open(info) as stream:
            while piece := stream.read(_CHUNK):
                yield piece
    except _DAMAGE as error:
        raise InputError(f"cannot be unpacked ({error}); fetch the archive again, or unpack it yourself") from error
