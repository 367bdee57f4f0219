"""What a format reads from: a file on disk, packed, or inside an archive, all alike."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import BinaryIO, Protocol


class File(Protocol):
    """A file that can be opened and knows its neighbours, wherever it lies."""

    @property
    def origin(self) -> str:
        """What people know it by: "folder.zip/sub/a.txt"."""

    @property
    def place(self) -> PurePath:
        """Where it stands among folders; its suffix tells the format."""

    def open(self) -> BinaryIO:
        """Its bytes.

        Raises:
            OSError: if it cannot be opened.
            InputError: if it cannot be unpacked; reading on may raise it too.
        """

    def beside(self, relative: str) -> File | None:
        """The file at ``relative``, seen from the folder this one is in; None where there is none."""


@dataclass(frozen=True, slots=True)
class OnDisk:
    """A file of the file system."""

    path: Path

    @property
    def origin(self) -> str:
        """Its path, as it was named."""
        return str(self.path)

    @property
    def place(self) -> PurePath:
        """Its whole path: the folders above count even where the user stands inside them."""
        return PurePath(os.path.abspath(self.path))  # noqa: PTH100 (links stay as they are)

    def open(self) -> BinaryIO:
        """Its bytes, or OSError."""
        return self.path.open("rb")

    def beside(self, relative: str) -> File | None:
        """The neighbour at ``relative``."""
        found = self.path.parent / relative
        return OnDisk(found) if found.is_file() else None
