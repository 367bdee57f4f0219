"""Tables as Parquet, packed with Zstandard; written by DuckDB itself, so that every type stays what it is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from .interrupt import interruptible
from .tables import query

if TYPE_CHECKING:
    from .selection import Chosen


def write(chosen: Chosen, table: str, path: Path) -> None:
    """Write what ``table`` says of the chosen reviews to ``path``."""
    statement = f"COPY ({query(table, chosen)}) TO ? (FORMAT parquet, COMPRESSION zstd)"
    interruptible(chosen.connection, lambda: chosen.connection.execute(statement, [str(path)]))
