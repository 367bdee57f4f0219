"""Titles and names on their way into a catalogue that is being built: rows in batches, each with its keys."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from ..reader.names import bare_words
from .keys import keys

if TYPE_CHECKING:
    import duckdb

#: Rows in memory at a time.
BATCH = 50_000
#: What a build says about how far it is.
Tell = Callable[[str], None]

TITLE_COLUMNS = ("key", "film", "extent", "origin", "article", "title")


def batches(rows: duckdb.DuckDBPyConnection) -> Iterator[list[tuple[Any, ...]]]:
    """The rows of an executed query, a batch at a time."""
    while batch := rows.fetchmany(BATCH):
        yield batch


def insert(connection: duckdb.DuckDBPyConnection, table: str, columns: tuple[str, ...], rows: list[Any]) -> None:
    """Append rows, given as tuples in the order of ``columns``, to ``table``."""
    import pyarrow as pa

    if rows:
        values = list(zip(*rows, strict=True))
        connection.register("incoming", pa.table(dict(zip(columns, map(pa.array, values), strict=True))))
        # Names of tables and columns are this package's own; values travel as Arrow.
        connection.execute(f"INSERT INTO {table} ({', '.join(columns)}) SELECT * FROM incoming")
        connection.unregister("incoming")


def title_rows(named: Iterable[tuple[str, str, str]]) -> list[tuple[str, ...]]:
    """Rows of the table titles for (film, title, origin)."""
    return [
        (k.key, film, k.extent, origin, k.article, title) for film, title, origin in named for k in keys(title)
    ]  # fmt: skip


def index_titles(connection: duckdb.DuckDBPyConnection, query: str, tell: Tell) -> None:
    """Put the keys of all (film, title, origin) that ``query`` gives into the table of found keys."""
    total = 0
    for batch in batches(connection.cursor().execute(query)):
        insert(connection, "found_titles", TITLE_COLUMNS, title_rows(batch))
        total += len(batch)
        tell(f"{total:,} titles indexed")


def index_people(connection: duckdb.DuckDBPyConnection, query: str, tell: Tell) -> None:
    """Put all (person, name) that ``query`` gives into the table people, with their keys."""
    total = 0
    for batch in batches(connection.cursor().execute(query)):
        rows = [(person, name, " ".join(bare_words(name))) for person, name in batch]
        insert(connection, "people", ("person", "name", "key"), rows)
        total += len(batch)
        tell(f"{total:,} people indexed")
