"""A folder on disk: its files, subfolders included, in the order of the names."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from .files import File, OnDisk
from .record import Failure


def files(folder: Path) -> Iterator[File | Failure]:
    """Every file under ``folder``; hidden ones and links to folders are passed over.

    A folder that cannot be listed becomes a Failure.
    """
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield Failure(str(folder), error.strerror or str(error))
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from files(Path(entry.path))
        elif entry.is_file():
            yield OnDisk(Path(entry.path))
