"""Files wherever they lie: on this machine, or in object storage by their address (``s3://``, ``gs://``, ``az://``)."""

from __future__ import annotations

import io
import os
import posixpath
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import unquote, urlsplit

from ..errors import InputError

if TYPE_CHECKING:
    from pyarrow.fs import FileInfo, FileSystem

    from ..sources.files import File


def remote(address: str) -> bool:
    """Whether ``address`` is one of object storage, and no path."""
    return "://" in address and not address.startswith("file://")


def whole(address: str, base: str = "") -> str:
    """The same wherever one stands: paths that begin in the folder ``base``, or in this one, become absolute ones.

    >>> whole("s3://films/2020/", "/home"), whole("file:///a%20b", "/home"), whole("../c", "/home")
    ('s3://films/2020', '/a b', '/c')
    """
    if remote(address):
        return address.rstrip("/")
    path = unquote(urlsplit(address).path) if address.startswith("file://") else address
    return os.path.abspath(os.path.join(base, path))  # noqa: PTH100, PTH118 (links stay as they are)


def shown(address: str) -> str:
    """``address`` as it may be shown and kept: without keys to the storage, which some write into it.

    >>> shown("s3://KEY:SECRET@films/a.csv?region=eu-west-1"), shown("a?b.csv")
    ('s3://films/a.csv', 'a?b.csv')
    """
    if not remote(address):
        return address
    parts = urlsplit(address, allow_fragments=False)
    # Azure's addresses have the container before the sign, and no key.
    user, at, host = parts.netloc.rpartition("@")
    keep = parts.netloc if at and ":" not in user and parts.scheme.startswith("abfs") else host
    return f"{parts.scheme}://{keep}{parts.path}"


def joined(address: str, name: str) -> str:
    """The address of ``name`` in the folder ``address``; names may lead up."""
    if not remote(address):
        return posixpath.normpath(posixpath.join(address, name))
    parts = urlsplit(address, allow_fragments=False)
    path = posixpath.normpath(posixpath.join(parts.path or "/", name))
    return parts._replace(path=path).geturl()


def located(address: str) -> tuple[FileSystem, str]:
    """The file system that ``address`` is on, and the path there.

    Raises:
        InputError: if no such storage is known here, or what it needs is not installed.
    """
    if not remote(address):
        return _local(), address
    parts = urlsplit(address, allow_fragments=False)
    system, root = _system(parts.scheme, parts.netloc, parts.query)
    return system, root + parts.path


@lru_cache(maxsize=1)
def _local() -> FileSystem:
    from pyarrow.fs import LocalFileSystem

    return LocalFileSystem()


@lru_cache(maxsize=16)
def _system(scheme: str, host: str, query: str) -> tuple[FileSystem, str]:
    import pyarrow as pa
    from pyarrow import fs

    name = f"{scheme}://{host}" + (f"?{query}" if query else "")
    try:
        system, root = fs.FileSystem.from_uri(name)
        return system, root
    except pa.ArrowInvalid as error:
        if "Unrecognized filesystem type" not in str(error):
            raise InputError(f"{shown(name)}: {brief(error)}") from error
    try:
        import fsspec
    except ModuleNotFoundError as error:
        raise InputError(
            f"{scheme}://: no such storage is known here; other kinds than s3:// and gs:// need fsspec: "
            "pip install 'pullquote[ray]'"
        ) from error
    try:
        return fs.PyFileSystem(fs.FSSpecHandler(fsspec.filesystem(scheme))), host
    except ValueError as error:
        raise InputError(f"{scheme}://: no such storage is known; known are s3://, gs://, az:// and paths") from error
    except ImportError as error:
        raise InputError(f"{scheme}://: {error}") from error


def brief(error: Exception) -> str:
    """The first line of what storage says is wrong."""
    words = str(getattr(error, "strerror", None) or str(error) or type(error).__name__).splitlines()[0]
    # Arrow puts the system's own words last.
    return re.sub(r".*Detail: \[errno [0-9]+\] ", "", words)[:300].rstrip(". ")


@contextmanager
def reaching(address: str) -> Iterator[None]:
    """Around what looks into storage.

    Raises:
        InputError: for whatever storage raises; it says what to check.
    """
    try:
        yield
    except OSError as error:
        check = "check the address, the network and the credentials" if remote(address) else "check the path"
        raise InputError(f"{shown(address)}: cannot be reached ({brief(error)}); {check}") from error


@dataclass(frozen=True, slots=True)
class Stored:
    """A file by its address, as sources read files; ``origin`` is what people know it by."""

    address: str
    origin: str

    @property
    def place(self) -> PurePosixPath:
        """Its path in its storage."""
        return PurePosixPath(located(self.address)[1])

    def open(self) -> BinaryIO:
        """Its bytes."""
        if not remote(self.address):
            return Path(self.address).open("rb")
        system, path = located(self.address)
        return io.BufferedReader(system.open_input_file(path))

    def beside(self, relative: str) -> File | None:
        """The neighbour at ``relative``."""
        other = joined(posixpath.dirname(self.address), relative)
        system, path = located(other)
        return Stored(other, shown(other)) if is_file(system.get_file_info(path)) else None


def is_file(info: FileInfo) -> bool:
    """Whether something is a file."""
    from pyarrow.fs import FileType

    return bool(info.type == FileType.File)
