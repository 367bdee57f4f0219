"""The reviews in many files at once: those of a folder, or those of a zip archive."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path, PurePath

from ..errors import InputError
from . import archive, folder, largemovie, letterboxd
from .columns import Hints
from .files import File, OnDisk
from .formats import ARCHIVE, KNOWN, Format, format_of
from .packed import unpacked
from .record import Failure, Record


def of_folder(path: Path, hints: Hints) -> Iterator[Record | Failure]:
    """The reviews in every file of a known kind under ``path``.

    Ids are made of the path inside the folder, without the suffix.
    """
    yield from _walk(folder.files(path), OnDisk(path).place, "", hints)


def of_archive(file: File, hints: Hints, prefix: str = "") -> Iterator[Record | Failure]:
    """The reviews in every file of a known kind in the zip ``file``, which is walked like a folder.

    Ids are made of ``prefix`` and the path inside the archive, without the suffix.
    """
    try:
        with archive.opened(file) as opened:
            yield from _walk(archive.files(opened, file.origin), PurePath(), prefix, hints)
    except InputError as error:
        yield Failure(file.origin, str(error))
    except OSError as error:
        yield Failure(file.origin, error.strerror or str(error))


def of_file(
    file: File, name: str, hints: Hints, format: Format, layout: largemovie.Layout
) -> Iterator[Record | Failure]:
    """The reviews in one unpacked file, with what the folders around it tell."""
    if not largemovie.recognises(file):
        yield from format.records(file, name, hints)
        return
    for item in format.records(file, name, hints):
        try:
            yield item if isinstance(item, Failure) else replace(
                item, film_id=layout.film_id(file), rating=layout.rating(file)
            )  # fmt: skip
        except (InputError, OSError) as error:
            yield Failure(file.origin, f"the list of its film's addresses cannot be read: {error}")


def check_folder(path: Path) -> None:
    """Let the folder at ``path`` pass if it holds at least one file of a known kind.

    Raises:
        InputError: if it holds none.
    """
    if not any(isinstance(found, Failure) or _known(found) for found in folder.files(path)):
        raise InputError(f"{path}: no reviews in this folder; it needs files that end in {KNOWN}")


def check_archive(file: File) -> None:
    """Let the zip ``file`` pass if it holds at least one file of a known kind.

    Raises:
        InputError: if it holds none, or is no whole zip.
        OSError: if it cannot be opened.
    """
    with archive.opened(file) as opened:
        if not any(isinstance(found, Failure) or _known(found) for found in archive.files(opened, file.origin)):
            raise InputError(f"no reviews in this archive; it needs files that end in {KNOWN}")


def count(path: Path) -> int | None:
    """How many reviews the folder at ``path`` may hold, by its files; None if that cannot be told at little cost."""
    total = 0
    for found in folder.files(path):
        if isinstance(found, Failure) or not _known(found) or _passed_over(found):
            continue
        format = format_of(found.place)
        number = format.count(Path(found.origin)) if format is not None else None
        if number is None:
            return None
        total += number
    return total


def _walk(found: Iterable[File | Failure], top: PurePath, prefix: str, hints: Hints) -> Iterator[Record | Failure]:
    layout = largemovie.Layout()
    for file in found:
        if isinstance(file, Failure):
            yield file
            continue
        if not _known(file) or _passed_over(file):
            continue
        plain = unpacked(file)
        name = prefix + plain.place.relative_to(top).with_suffix("").as_posix()
        if plain.place.suffix.lower() == ARCHIVE:
            yield from of_archive(plain, hints, f"{name}/")
        elif (format := format_of(plain.place)) is not None:
            yield from of_file(plain, name, hints, format, layout)


def _known(file: File) -> bool:
    place = unpacked(file).place
    return place.suffix.lower() == ARCHIVE or format_of(place) is not None


def _passed_over(file: File) -> bool:
    return largemovie.passes_over(file) or letterboxd.passes_over(file)
