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


def open_asked(named: str | os.PathLike[str] | None) -> Store | Folder:
    """Open what ``named`` names, to read; None is the library that a command finds by itself.

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
    return Folder(found)


@contextmanager
def asking(named: str | os.PathLike[str] | None, films: Sequence[str] = ()) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to what `open_asked` opens; of a folder, to the reviews of ``films`` alone if some are named.

    Raises:
        InputError: also inside, if a file of a folder is damaged; see `open_asked` and `Folder.about`.
    """
    with open_asked(named) as asked:
        if isinstance(asked, Store):
            yield asked.connection
            return
        import duckdb

        try:
            with asked.about(films) if films else nullcontext(asked.connection) as connection:
                yield connection
        except duckdb.Error as error:
            # Only now it is seen that a file is damaged, and DuckDB does not always say which.
            from .found import damaged

            place = damaged(asked.found.readings) or asked.found.name
            raise InputError(f"{place}: cannot be asked ({str(error).splitlines()[0]}); fetch it again") from error
