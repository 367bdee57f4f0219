"""Which reviews are meant: all of them, or those of some films and some days."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..questions.films import find_film
from .order import Selection

if TYPE_CHECKING:
    import duckdb

    from ..library.store import Store


@dataclass(frozen=True, slots=True)
class Chosen:
    """The reviews a selection means: ``connection`` sees them as the table ``chosen`` beside the library's own."""

    connection: duckdb.DuckDBPyConnection
    number: int
    everything: bool


@contextmanager
def chosen(store: Store, selection: Selection, *, corrected: bool = False) -> Iterator[Chosen]:
    """The reviews that ``selection`` means, as long as this lasts; the library's file is not touched.

    Args:
        corrected: of those only the ones that readers corrected or checked whole.

    Raises:
        InputError: if a film is not known here, or its title is that of several.
    """
    films = [find_film(store.connection, named).film for named in selection.films]
    connection = store.connection.cursor()
    try:
        connection.execute(
            """
            CREATE TEMP TABLE chosen AS SELECT review FROM reviews
            WHERE (len($films::VARCHAR[]) = 0 OR film IN (SELECT unnest($films::VARCHAR[])))
              AND ($since::DATE IS NULL OR written >= $since::DATE)
              AND ($until::DATE IS NULL OR written <= $until::DATE)
              AND (NOT $corrected OR review IN (
                  SELECT review FROM corrections WHERE undone_at IS NULL AND set_aside IS NULL))
            """,
            {"films": films, "since": selection.since, "until": selection.until, "corrected": corrected},
        )
        row = connection.execute("SELECT count(*) FROM chosen").fetchone()
        yield Chosen(connection, int(row[0]) if row else 0, selection.everything and not corrected)
    finally:
        connection.close()
