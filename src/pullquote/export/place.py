"""Where an export comes to lie: beside its place first, then moved there whole."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from ..errors import InputError

#: The file that tells an export of ours, and what is in it.
MARK = "pullquote-export.json"
FORM = "pullquote.export/1"


def check_folder(folder: Path) -> None:
    """Let ``folder`` pass as the place of an export: new, empty, or an earlier export and nothing else.

    Raises:
        InputError: if anything would be lost.
    """
    if not folder.parent.is_dir():
        raise InputError(f"{folder}: there is no folder {folder.parent}; make it first")
    if not folder.exists():
        return
    if not folder.is_dir() or folder.is_symlink():
        raise InputError(f"{folder}: is no folder; this export is a folder of files, name another place")
    inside = {file.name for file in folder.iterdir()}
    foreign = inside - _ours(folder)
    if foreign:
        raise InputError(
            f"{folder}: the folder holds what no export wrote ({', '.join(sorted(foreign)[:3])}); "
            "name an empty folder, or an earlier export to be replaced"
        )


def _ours(folder: Path) -> set[str]:
    try:
        mark = msgspec.json.decode((folder / MARK).read_bytes())
        return {MARK, *mark["files"]} if mark["form"] == FORM else set()
    except (OSError, msgspec.DecodeError, TypeError, KeyError):
        return set()


@contextmanager
def new_folder(folder: Path, told: dict[str, Any]) -> Iterator[Path]:
    """A folder to write in, moved to ``folder`` in the end, where it takes the place of an earlier export.

    Whatever goes wrong before, ``folder`` is as it was.

    Args:
        told: what to note in the export's mark beside its files.

    Raises:
        InputError: see `check_folder`.
    """
    check_folder(folder)
    folder = folder.resolve()
    part = folder.with_name(f".{folder.name}.{secrets.token_hex(4)}.part")
    part.mkdir()
    try:
        yield part
        files = sorted(file.name for file in part.iterdir())
        (part / MARK).write_bytes(msgspec.json.format(msgspec.json.encode({"form": FORM, **told, "files": files})))
        # Once more: the export took its time, and somebody may have put something there.
        check_folder(folder)
        if folder.exists():
            old = folder.with_name(f".{folder.name}.{secrets.token_hex(4)}.old")
            folder.rename(old)
            part.rename(folder)
            shutil.rmtree(old)
        else:
            part.rename(folder)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def check_file(path: Path, library: Path) -> None:
    """Let ``path`` pass as a file to write.

    Raises:
        InputError: if it is a folder, lies in none, or is the library.
    """
    if path.is_dir():
        raise InputError(f"{path}: is a folder; name a file to write")
    if not path.parent.is_dir():
        raise InputError(f"{path}: there is no folder {path.parent}; make it first")
    if path.exists() and path.samefile(library):
        raise InputError(f"{path}: is the library itself; name another file to write")


@contextmanager
def new_file(path: Path, library: Path) -> Iterator[Path]:
    """A path to write to, moved to ``path`` in the end; devices and pipes are written straight.

    Raises:
        InputError: see `check_file`.
    """
    check_file(path, library)
    if path.exists() and not path.is_file():
        yield path
        return
    path = path.resolve()
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        yield part
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
