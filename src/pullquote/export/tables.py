"""Which tables of a library there are to export, and what of them belongs to the chosen reviews."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..errors import InputError

if TYPE_CHECKING:
    import duckdb

    from .selection import Chosen

_CHOSEN = "SELECT review FROM chosen"

#: What belongs to some reviews in tables that do not number them. Failures belong to no review that is here.
_SOME = {
    "films": f"film IN (SELECT film FROM reviews WHERE review IN ({_CHOSEN}))",
    "people": "person IN ("
    f"SELECT person_key FROM credits WHERE review IN ({_CHOSEN}) "
    f"UNION SELECT key FROM entities WHERE type = 'PERSON' AND review IN ({_CHOSEN}))",
    "failures": "false",
    "meta": "true",
}


def tables(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Names of the library's tables."""
    found = connection.execute(
        "SELECT table_name FROM duckdb_tables() WHERE NOT temporary AND NOT internal ORDER BY table_name"
    )
    return [row[0] for row in found.fetchall()]


def named(connection: duckdb.DuckDBPyConnection, wanted: Sequence[str]) -> list[str]:
    """The tables and views ``wanted``, each once; all tables where nothing is wanted in particular.

    Raises:
        InputError: if one is not there; the message lists those that are.
    """
    own = tables(connection)
    views = [
        row[0]
        for row in connection.execute(
            "SELECT view_name FROM duckdb_views() WHERE NOT internal AND NOT temporary ORDER BY view_name"
        ).fetchall()
    ]
    for table in wanted:
        if table not in own and table not in views:
            raise InputError(f"--table {table}: the library has no such table; it has {', '.join([*own, *views])}")
    return list(dict.fromkeys(wanted)) or own


def query(table: str, chosen: Chosen) -> str:
    """SQL for the rows of ``table``, which `named` has seen, that belong to the chosen reviews."""
    if chosen.everything:
        return f'SELECT * FROM "{table}"'
    return f'SELECT * FROM "{table}" WHERE {_SOME.get(table, f"review IN ({_CHOSEN})")}'
