"""The library's file: opened, locked, brought up to date, and never left half-written.

DuckDB keeps the file: a transaction is in it whole or not at all, whatever is
killed or runs out of disk, and one process at a time may write.
"""

from __future__ import annotations

import os
import re
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import InputError, LibraryError
from .missing import extra

if TYPE_CHECKING:
    from types import TracebackType

    import duckdb

#: Version of the tables that this release writes; older files are migrated, newer ones refused.
VERSION = 3
#: Most memory that DuckDB takes. Its own default is most of the machine's, which it fills with what it has read.
MEMORY = "2GB"
_LITTLE = "16MB"
#: Where the library is if nobody says otherwise.
DEFAULT = "pullquote.duckdb"
VARIABLE = "PULLQUOTE_LIBRARY"


def library_path(named: str | os.PathLike[str] | None = None) -> Path:
    """The library's file: as named, else ``$PULLQUOTE_LIBRARY``, else ``pullquote.duckdb`` in this folder."""
    return Path(named or os.environ.get(VARIABLE) or DEFAULT)


class Store:
    """An open library file; a context manager that closes it.

    ``connection`` is plain DuckDB. Opened to read, several processes may share the file.
    """

    def __init__(
        self, path: str | os.PathLike[str], *, write: bool = False, new: bool = True, memory: str = MEMORY
    ) -> None:
        """Open ``path``; to write, it is made if it is not there, and older tables are brought up to date.

        Args:
            new: whether a library may be made.
            memory: most memory DuckDB may take; beyond it, it goes on on disk.

        Raises:
            LibraryError: if the file is missing, in use, no library, or of a newer release.
        """
        self.path = Path(path)
        self.writes = write
        self._memory = memory
        if not (write and new) and not self.path.exists():
            raise LibraryError(
                f"{path}: there is no library here; make one with: pullquote ingest SOURCE --library {path}"
            )
        if write and not self.path.parent.is_dir():
            raise LibraryError(f"{path}: there is no folder {self.path.parent}; make it first")
        self.connection = self._open(write)
        try:
            self._limit(memory)
            self._prepare()
        except BaseException:
            self.connection.close()
            raise

    def __enter__(self) -> Store:
        """The store itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""
        self.close()

    def close(self) -> None:
        """Close the file; what was not committed is gone."""
        self.connection.close()

    def release(self) -> None:
        """Give back the memory that holds what was read: DuckDB keeps it for the next question, up to its limit."""
        import duckdb

        # Nothing is given back while other connections use it all.
        with suppress(duckdb.OutOfMemoryException):
            self._limit(_LITTLE)
        self._limit(self._memory)

    def _limit(self, memory: str) -> None:
        self.connection.execute("SET memory_limit = ?", [memory])

    def _open(self, write: bool) -> duckdb.DuckDBPyConnection:
        with extra("library"):
            import duckdb
        try:
            return duckdb.connect(str(self.path), read_only=not write)
        except duckdb.Error as error:
            raise LibraryError(self._refusal(str(error))) from error

    def _refusal(self, message: str) -> str:
        if "lock" in message:
            holder = re.search(r"PID (\d+)", message)
            who = f" (process {holder[1]})" if holder else ""
            return f"{self.path}: another process is using this library{who}; wait for it to end"
        if "not a valid DuckDB" in message or "not a DuckDB" in message:
            return f"{self.path}: this is no library; name another file with --library"
        if "newer" in message or "storage version" in message:
            return f"{self.path}: written by a newer DuckDB; upgrade: pip install -U duckdb"
        return f"{self.path}: cannot be opened: {message.splitlines()[0]}"

    def _prepare(self) -> None:
        tables = {row[0] for row in self.connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
        if not tables and self.writes:
            with self.transaction():
                self.connection.execute(_sql("schema.sql"))
                rows = {"schema": str(VERSION), "library": uuid.uuid4().hex, "changes": "0"}
                for name, value in rows.items():
                    self.connection.execute("INSERT INTO meta VALUES (?, ?)", [name, value])
                self.connection.execute("INSERT INTO meta VALUES ('created', current_timestamp::VARCHAR)")
            return
        if not {"meta", "reviews", "readings"} <= tables:
            raise LibraryError(f"{self.path}: a DuckDB file, but no library; name another file with --library")
        version = int(self.meta("schema") or 0)
        if version > VERSION:
            raise LibraryError(
                f"{self.path}: made by a newer Pullquote (tables of version {version}, this one knows {VERSION}); "
                "upgrade: pip install -U pullquote"
            )
        if version < VERSION:
            self._migrate(version)

    def _migrate(self, version: int) -> None:
        if not self.writes:
            raise LibraryError(
                f"{self.path}: made by an older Pullquote (tables of version {version}); bring it up to date with: "
                f"pullquote check --library {self.path}"
            )
        with self.transaction():
            for number in range(version + 1, VERSION + 1):
                self.connection.execute(_sql(f"migrations/{number:04}.sql"))
            self.connection.execute("UPDATE meta SET value = ? WHERE name = 'schema'", [str(VERSION)])

    def meta(self, name: str) -> str | None:
        """What the table ``meta`` says under ``name``."""
        row = self.one("SELECT value FROM meta WHERE name = ?", [name])
        return str(row[0]) if row else None

    def one(self, query: str, values: Sequence[object] = ()) -> tuple[Any, ...] | None:
        """The first row of a query; None if there is none.

        All of the result is fetched, for DuckDB does nothing else on a connection while a result is open.
        """
        rows = self.connection.execute(query, list(values)).fetchall()
        return rows[0] if rows else None

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is done inside is kept, or nothing is.

        Raises:
            LibraryError: if the disk is full or broken; the library is as it was.
        """
        import duckdb

        self.connection.execute("BEGIN TRANSACTION")
        try:
            yield
        except BaseException as error:
            with suppress(duckdb.Error):
                self.connection.execute("ROLLBACK")
            if isinstance(error, duckdb.IOException | duckdb.FatalException | duckdb.OutOfMemoryException):
                raise self._unwritten(error) from error
            raise
        try:
            self.connection.execute("COMMIT")
        except duckdb.Error as error:
            # DuckDB has rolled back by itself.
            raise self._unwritten(error) from error

    def _unwritten(self, error: BaseException) -> LibraryError:
        return LibraryError(
            f"{self.path}: cannot be written ({str(error).splitlines()[0]}); the library is as it was before this "
            "batch. Make room or mend the disk, and run the same command again"
        )

    def changed(self) -> None:
        """Count one change to what derived data is made of; to be called inside the transaction that makes it."""
        self.connection.execute("UPDATE meta SET value = (value::BIGINT + 1)::VARCHAR WHERE name = 'changes'")


def _sql(name: str) -> str:
    return (files(__package__) / name).read_text(encoding="utf-8")


def open_library(named: str | os.PathLike[str] | None, *, write: bool = False, new: bool = True) -> Store:
    """Open the library that a command names, or the one it finds by itself.

    Raises:
        LibraryError: see `Store`.
    """
    path = library_path(named)
    if path.is_dir():
        raise InputError(
            f"{path}: is a folder; name a library file. Readings in a folder are asked by sql, film, compare, rank, "
            f"person and blurbs; for all else load them: pullquote ingest {path} --library FILE"
        )
    return Store(path, write=write, new=new)
