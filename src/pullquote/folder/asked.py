"""A folder of readings asked where it lies: the library's tables as views over its Parquet, by DuckDB."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.resources import files
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import InputError
from ..library.missing import extra
from ..library.store import MEMORY, VERSION
from ..questions.films import find_film
from ..scale.spark import FAILURE
from ..scale.storage import remote
from .found import Piece, Readings, check_columns
from .tables import CLAIMS, FILMS, PEOPLE, READINGS, REVIEWS, functions, listed

if TYPE_CHECKING:
    from types import TracebackType

    import duckdb

_LOAD = "pullquote ingest ADDRESS --library FILE"
#: Films as the library has them at the end of an ingest: without a title, a film is called what most reviews call it.
_TITLED = f"""
    SELECT film, coalesce(title, told) AS title, year,
           CASE WHEN title_by IS NOT NULL THEN title_by WHEN told IS NOT NULL THEN 'text' END AS title_by
    FROM (
        SELECT film, CASE WHEN title_by = 'given' THEN title END AS title,
               CASE WHEN title_by = 'given' THEN title_by END AS title_by, year FROM ({FILMS})
    ) LEFT JOIN (
        SELECT film_key AS film, arg_max(title, (votes, title)) AS told FROM (
            SELECT film_key, film.title AS title, count(*) OVER (PARTITION BY film.title) AS votes
            FROM rows WHERE film.title IS NOT NULL
        ) WHERE film_key IS NOT NULL GROUP BY 1
    ) USING (film)
"""
#: Tables of a library that a folder has nothing for.
_EMPTY = ("links", "corrections", "failures")


class Folder:
    """Readings asked like a library; a context manager. ``connection`` is plain DuckDB, in memory.

    A review's number is its place in the folder. Every question goes through all files, in the columns it needs; of
    films it is quicker to ask `about` them. A review that stands in the folder twice counts once `about` films, and
    elsewhere after `each_once`.
    """

    def __init__(self, found: Readings) -> None:
        """Ask ``found``.

        Raises:
            InputError: if there is nothing in it, a file is missing or not whole, lacks columns, or lies elsewhere.
        """
        if not found.readings:
            raise InputError(f"{found.name}: there are no readings in it yet")
        for piece in found.readings:
            _check(piece)
        with extra("library"):
            import duckdb

        self.found = found
        self.files = [piece.address for piece in (*found.readings, *found.failures)]
        self._spill = tempfile.TemporaryDirectory(prefix="pullquote-")
        self.connection = _memory(self._spill.name)
        try:
            files = f"read_parquet({listed(piece.address for piece in found.readings)})"
            names = [row[0] for row in self.connection.execute(f"DESCRIBE FROM {files}").fetchall()]
            check_columns(names)
            firsts = list(accumulate((piece.rows for piece in found.readings[:-1]), initial=1))
            self._rows = (
                f"SELECT *, ({firsts})[file_index::BIGINT + 1] + file_row_number AS review "
                f"FROM {files} WHERE key IS NOT NULL"
            )
            self.connection.execute(f"CREATE VIEW rows AS {self._rows}")
            self.connection.execute(f"CREATE VIEW films AS {_TITLED}")
            _tables(self.connection)
            if found.failures:
                reason = FAILURE if FAILURE in names else "reason"
                self.connection.execute(
                    f"DROP TABLE failures; CREATE VIEW failures AS SELECT source, origin, {reason} AS reason, "
                    "NULL::TIMESTAMP AS failed_at "
                    f"FROM read_parquet({listed(piece.address for piece in found.failures)}) WHERE {reason} IS NOT NULL"
                )
        except (InputError, duckdb.Error) as error:
            self.close()
            raise InputError(f"{found.name}: {str(error).splitlines()[0]}") from error
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Folder:
        """The folder itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Give back memory and disk."""
        self.connection.close()
        self._spill.cleanup()

    def each_once(self) -> None:
        """Leave out reviews that stood in the folder before, as loading does; it takes a pass over the keys of all."""
        self.connection.execute(
            "CREATE TEMP TABLE again AS SELECT review FROM rows "
            "WHERE key IN (SELECT key FROM rows GROUP BY key HAVING count(*) > 1) "
            "QUALIFY row_number() OVER (PARTITION BY key ORDER BY review) > 1"
        )
        if self.connection.execute("FROM again LIMIT 1").fetchall():
            self.connection.execute(
                f"CREATE OR REPLACE VIEW rows AS FROM ({self._rows}) WHERE review NOT IN (SELECT review FROM again)"
            )

    @contextmanager
    def about(self, named: Sequence[str]) -> Iterator[duckdb.DuckDBPyConnection]:
        """The same tables with the reviews of some films alone, each review once, in memory.

        Args:
            named: titles or ids of films (`find_film`).

        Raises:
            AmbiguousName: if several films answer to a name.
            InputError: if none does.
        """
        films = [[find_film(self.connection, name).film for name in named]]
        rows = self.connection.sql(
            "SELECT * FROM rows WHERE film_key IN (SELECT unnest($1::VARCHAR[])) "
            "QUALIFY row_number() OVER (PARTITION BY key ORDER BY review) = 1 ORDER BY review",
            params=films,
        ).to_arrow_table()
        told = self.connection.sql(
            "SELECT * FROM films WHERE film IN (SELECT unnest($1::VARCHAR[]))", params=films
        ).to_arrow_table()
        connection = _memory(self._spill.name)
        try:
            for table, found in (("rows", rows), ("films", told)):
                connection.register("found", found)
                connection.execute(f"CREATE TABLE {table} AS FROM found")
                connection.unregister("found")
            del rows
            _tables(connection)
            yield connection
        finally:
            connection.close()


def _memory(spill: str) -> duckdb.DuckDBPyConnection:
    with extra("library"):
        import duckdb

    connection = duckdb.connect(config={"memory_limit": MEMORY, "temp_directory": spill})
    functions(connection)
    return connection


def _tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the other tables of a library beside ``rows`` and ``films``."""
    views = {"reviews": REVIEWS, "readings": READINGS, **CLAIMS, "people": PEOPLE}
    for name, select in views.items():
        connection.execute(f"CREATE VIEW {name} AS {select}")
    schema = (files("pullquote.library") / "schema.sql").read_text(encoding="utf-8")
    for name in ("meta", *_EMPTY):
        connection.execute(_statement(schema, f"TABLE {name}"))
    connection.execute("INSERT INTO meta VALUES ('schema', ?)", [str(VERSION)])
    for name in ("sentences", "ratings"):
        connection.execute(_statement(schema, f"VIEW {name}"))


def _statement(schema: str, what: str) -> str:
    return schema[schema.index(f"CREATE {what} ") :].partition(";\n")[0]


def _check(piece: Piece) -> None:
    if remote(piece.address):
        raise InputError(f"{piece.origin}: only a folder on this machine can be asked; fetch it, or load it: {_LOAD}")
    try:
        size = Path(piece.address).stat().st_size
    except OSError as error:
        raise InputError(f"{piece.origin}: {error.strerror or error}") from error
    if piece.bytes and size != piece.bytes:
        raise InputError(f"{piece.origin}: the file is not whole; fetch it again, or read the part again")
