"""The tables that the user's SOURCEs mean: files one by one, and everything of a known kind in folders."""

from __future__ import annotations

import datetime as dt
import hashlib
import posixpath
import re
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import msgspec

from ..errors import InputError
from ..sources import formats, largemovie, letterboxd
from ..sources.packed import UNPACKERS, unpacked
from .storage import Stored, joined, located, reaching, remote, shown, whole

if TYPE_CHECKING:
    from pyarrow.fs import FileInfo

#: Suffixes of what is read: one review a row or line.
TABLES = tuple(
    suffix
    for suffix, format in formats.FORMATS.items()
    if format in (formats.JSONL, formats.DELIMITED, formats.PARQUET)
)
_KINDS = f"{', '.join(TABLES)}, and these followed by {' or '.join(UNPACKERS)}"
#: Most letters of a file's own name in the names of its parts.
_LONGEST = 40


class Input(msgspec.Struct, frozen=True):
    """One table to read.

    ``source`` is the SOURCE it belongs to, ``address`` opens it, ``origin`` names it to people and ``name`` begins
    the ids of reviews without one; ``size`` (bytes) and ``modified`` (UTC) tell whether it is still the same.
    """

    source: str
    address: str
    origin: str
    name: str
    size: int
    modified: str

    @property
    def known(self) -> str:
        """The whole path or address, as it is kept."""
        return shown(self.address)

    @property
    def stem(self) -> str:
        """What the names of its parts begin with, like no other file's."""
        word = re.sub(r"[^A-Za-z0-9]+", "-", self.name).strip("-")[-_LONGEST:].strip("-") or "table"
        return f"{word}-{hashlib.blake2b(self.known.encode('utf-8', 'surrogateescape'), digest_size=6).hexdigest()}"

    def file(self) -> Stored:
        """The file itself."""
        return Stored(self.address, self.origin)


class Found(msgspec.Struct, frozen=True):
    """What was found: tables, each once, and names of files that are none."""

    tables: tuple[Input, ...]
    others: tuple[str, ...]


def find(sources: Iterable[str], output: str, base: str) -> Found:
    """Look for the tables in ``sources``, in the order of their names; paths begin in the folder ``base``.

    Raises:
        InputError: if a source is missing, cannot be reached, is no table or a folder without any, or if ``output``
            is inside one of them.
    """
    tables: dict[str, Input] = {}
    others: list[str] = []
    for source in sources:
        for one in _of_source(source, output, base):
            if isinstance(one, str):
                others.append(one)
            else:
                tables.setdefault(one.known, one)
    return Found(tuple(tables.values()), tuple(others))


def _of_source(source: str, output: str, base: str) -> Iterator[Input | str]:
    from pyarrow.fs import FileType

    if source == "-":
        raise InputError("standard input (-) cannot be read by several machines; save it to a file first")
    address = whole(source, base)
    system, path = located(address)
    with reaching(source):
        info = system.get_file_info(path)
    if info.type == FileType.NotFound:
        raise InputError(f"{shown(source)}: no such file or folder; check the path, and that this machine sees it")
    if info.type == FileType.File:
        if not _is_table(path):
            raise InputError(f"{shown(source)}: is no table; the engine ray reads {_KINDS}")
        yield _input(source, address, _origin(source), _stem(posixpath.basename(path)), info)
        return
    if f"{output}/".startswith(f"{address.rstrip('/')}/"):
        raise InputError(f"{shown(source)}: the output would lie inside it and be read next time; name another place")
    number = 0
    for info in _files(source, system, path):
        inside = info.path[len(path) :].strip("/")
        one = _input(source, joined(address, inside), _origin(source, inside), _stem(inside), info)
        if not _is_table(inside):
            yield one.origin
        elif not _passed_over(one):
            number += 1
            yield one
    if not number:
        raise InputError(f"{shown(source)}: no tables in this folder; it needs files that end in {_KINDS}")


def _files(source: str, system: object, path: str) -> list[FileInfo]:
    """Every file under ``path`` that is not hidden, in the order of the names."""
    from pyarrow.fs import FileSelector, FileSystem, FileType

    assert isinstance(system, FileSystem)
    with reaching(source):
        found = system.get_file_info(FileSelector(path, recursive=True))
    inside = [(PurePosixPath(info.path[len(path) :].strip("/")).parts, info) for info in found]
    files = [
        (parts, info)
        for parts, info in inside
        if info.type == FileType.File and not any(part.startswith(".") for part in parts)
    ]
    return [info for _, info in sorted(files, key=lambda one: one[0])]


def _origin(source: str, *inside: str) -> str:
    """What people know a file by: as other sources call it."""
    return "/".join([shown(source).rstrip("/"), *inside]) if remote(source) else str(Path(source, *inside))


def _input(source: str, address: str, origin: str, name: str, info: FileInfo) -> Input:
    modified = info.mtime.astimezone(dt.UTC).isoformat() if info.mtime else ""
    return Input(shown(source), address, origin, name, info.size, modified)


def _plain(path: str) -> PurePosixPath:
    place = PurePosixPath(path)
    return place.with_suffix("") if place.suffix.lower() in UNPACKERS else place


def _stem(path: str) -> str:
    """What ids are made of: the path without suffixes, as other sources make it."""
    return _plain(path).with_suffix("").as_posix()


def _is_table(path: str) -> bool:
    return _plain(path).suffix.lower() in TABLES


def _passed_over(one: Input) -> bool:
    file = unpacked(one.file())
    # Where neighbours are dear to look for, no export of one person lies.
    return not remote(one.address) and (largemovie.passes_over(file) or letterboxd.passes_over(file))
