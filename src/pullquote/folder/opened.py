"""What a question is put to, by its name on the command line: a library's file, or a folder of readings."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING

from ..errors import InputError
from ..library.store import Store, library_path, open_library

if TYPE_CHECKING:
    import duckdb

    from .asked import Folder


def open_asked(named: str | os.PathLike[str] | None, *, once: bool = True) -> Store | Folder:
    """Open what ``named`` names, to read; None is the library that a command finds by itself.

    Args:
        once: see that a review that stands twice in a folder counts once (`Folder.each_once`).

    Raises:
        InputError: if a folder holds no readings; see `Folder`.
        LibraryError: see `Store`.
    """
    path = library_path(named)
    if not path.is_dir() and path.suffix != ".parquet":
        return open_library(named)
    from .asked import Folder
    from .found import find

    found = find(str(path))
    if found is None:
        raise InputError(f"{path}: neither a library nor readings; name a library file, or a folder of readings")
    folder = Folder(found)
    if once:
        with _undamaged(folder):
            folder.each_once()
    return folder


@contextmanager
def asking(named: str | os.PathLike[str] | None, films: Sequence[str] = ()) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to what `open_asked` opens; of a folder, to the reviews of ``films`` alone if some are named.

    Raises:
        InputError: also inside, if a file of a folder is damaged; see `open_asked` and `Folder.about`.
    """
    with open_asked(named, once=not films) as asked:
        if isinstance(asked, Store):
            yield asked.connection
            return
        with _undamaged(asked), asked.about(films) if films else nullcontext(asked.connection) as connection:
            yield connection


@contextmanager
def _undamaged(folder: Folder) -> Iterator[None]:
    """Only when it is read is a file of a folder seen to be damaged, and DuckDB does not always say which."""
    import duckdb

    try:
        yield
    except duckdb.Error as error:
        from .found import damaged

        folder.close()
        place = damaged(folder.found.readings) or folder.found.name
        raise InputError(f"{place}: cannot be asked ({str(error).splitlines()[0]}); fetch it again") from error
