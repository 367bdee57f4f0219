"""The folder of readings: small files put there whole or not at all, on this machine or in object storage."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from ..errors import ExportError
from .storage import brief, joined, located, remote, shown

#: What the names of files begin and end with while they are written.
_HIDDEN, _PART = ".", ".tmp"


@dataclass(frozen=True, slots=True)
class Place:
    """A folder by its whole path or address. Every method may raise ExportError, which names the file."""

    address: str

    def __str__(self) -> str:
        """The address as it may be shown."""
        return shown(self.address)

    def get(self, name: str) -> bytes | None:
        """What is in the file ``name``; None where there is none."""
        from pyarrow.fs import FileType

        with self._failing(name):
            system, path = located(joined(self.address, name))
            if system.get_file_info(path).type == FileType.NotFound:
                return None
            with system.open_input_stream(path) as stream:
                return bytes(stream.read())

    def put(self, name: str, data: bytes) -> None:
        """Make ``name`` a file with ``data`` in it, at once: whoever looks sees what was there before, or all of it."""
        with self._failing(name):
            target = joined(self.address, name)
            if remote(self.address):
                system, path = located(target)
                # Storage shows an object when all of it is there.
                with system.open_output_stream(path) as stream:
                    stream.write(data)
                return
            self._replace(Path(target), data)

    def names(self, folder: str) -> list[str]:
        """Names of the finished files and of the folders in ``folder``; none where there is no such folder."""
        return [name for name in self._all(folder) if not name.startswith(_HIDDEN)]

    def remove(self, name: str) -> None:
        """See that there is no file ``name``."""
        with self._failing(name), suppress(FileNotFoundError):
            system, path = located(joined(self.address, name))
            system.delete_file(path)

    def sweep(self, folder: str) -> None:
        """Remove what was never finished in ``folder``; for when all that was to be written there is there."""
        for name in self._all(folder):
            if name.startswith(_HIDDEN) and name.endswith(_PART):
                self.remove(f"{folder}/{name}")

    def _all(self, folder: str) -> list[str]:
        from pyarrow.fs import FileSelector

        with self._failing(folder):
            system, path = located(joined(self.address, folder))
            found = system.get_file_info(FileSelector(path, allow_not_found=True))
            return [info.base_name for info in found]

    def _replace(self, target: Path, data: bytes) -> None:
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(f"{_HIDDEN}{target.name}.{secrets.token_hex(4)}{_PART}")
        try:
            with part.open("xb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
        # The move itself lives in the folder; where a folder cannot be synced the file is whole all the same.
        with suppress(OSError):
            handle = os.open(target.parent, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)

    @contextmanager
    def _failing(self, name: str) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise ExportError(f"{shown(joined(self.address, name))}: {brief(error)}") from error
