"""Building a catalogue: sources in, one DuckDB file out, moved into place when it is whole."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import InputError
from ..library.missing import extra
from .imdb import FILES, WITHOUT, add_imdb, check, kind_of
from .index import Tell
from .store import VERSION, connect
from .table import SUFFIXES, add_table

if TYPE_CHECKING:
    import duckdb

SCHEMA = Path(__file__).with_name("schema.sql")
#: Memory that DuckDB may take while it builds; beyond it, it goes on on disk.
MEMORY = "2GB"

#: What films and titles are gathered in before duplicates are left out.
_FOUND = """
    CREATE TABLE found_films (
        film VARCHAR, title VARCHAR, original VARCHAR, kind VARCHAR, year SMALLINT, votes INTEGER,
        arrival BIGINT DEFAULT 0 -- which came first, where a film comes more than once
    );
    CREATE TABLE found_titles (
        key VARCHAR, film VARCHAR, extent VARCHAR, origin VARCHAR, article VARCHAR, title VARCHAR
    );
"""
#: The whole title before the part of one, the title in force before others.
_BEST = "(extent = 'short')::INT * 3 + list_position(['title', 'original', 'aka'], origin)"
_FINAL = f"""
    INSERT INTO films
        SELECT film, arg_min(title, arrival), arg_min(original, arrival), arg_min(kind, arrival),
               arg_min(year, arrival), arg_min(votes, arrival)
        FROM found_films GROUP BY film ORDER BY film;
    INSERT INTO titles
        SELECT key, film, arg_min(extent, best), arg_min(origin, best), arg_min(article, best), arg_min(title, best)
        FROM (SELECT *, {_BEST} AS best FROM found_titles) GROUP BY key, film ORDER BY key;
    DROP TABLE found_films;
    DROP TABLE found_titles;
"""


@dataclass(frozen=True, slots=True)
class Built:
    """How much a new catalogue holds."""

    films: int
    titles: int
    people: int


def build(sources: Sequence[str | Path], target: Path, tell: Tell) -> Built:
    """Build the catalogue ``target`` from IMDb's daily files, or from lists of id, title and year.

    The old file stays as it was until the new one is whole.

    Args:
        sources: the files, or folders that hold them.
        target: the file to write or replace.
        tell: called with a line for people whenever there is something to say.

    Raises:
        InputError: if a source is missing, torn or not understood, if ``target`` is another kind of file, or is
            being built by another process.
        OSError: if there is no writing there.
    """
    imdb, tables = _sorted(sources)
    if imdb:
        check(imdb)
        for kind, lost in WITHOUT.items():
            if kind not in imdb:
                tell(f"no {kind}.tsv.gz: {lost} will not be known")
    _check_target(target)
    target = target.resolve()
    # Always the same name, so that what a killed build leaves behind is cleared by the next.
    part = target.with_name(f".{target.name}.part")
    connection = _started(part)
    try:
        built = _fill(connection, imdb, tables, tell)
        connection.close()
        _move(part, target)
    except _duckdb_error() as error:
        raise InputError(f"{target}: could not be built: {str(error).splitlines()[0]}") from error
    finally:
        connection.close()
        _clear(part)
    return built


def _fill(connection: duckdb.DuckDBPyConnection, imdb: dict[str, Path], tables: list[Path], tell: Tell) -> Built:
    if imdb:
        # Rows come in any order: they are sorted at the end, and need not wait for each other.
        connection.execute("SET preserve_insertion_order = false")
        add_imdb(connection, imdb, tell)
    for path in tables:
        add_table(connection, path, tell)
    tell("sorting")
    connection.execute(_FINAL)
    rows = {
        "catalogue": str(VERSION),
        "built": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "sources": ", ".join(str(path) for path in (*imdb.values(), *tables)),
    }
    for row in rows.items():
        connection.execute("INSERT INTO meta VALUES (?, ?)", row)
    return Built(*(_count(connection, table) for table in ("films", "titles", "people")))


def _sorted(sources: Sequence[str | Path]) -> tuple[dict[str, Path], list[Path]]:
    """IMDb's files by kind, and the lists."""
    imdb: dict[str, Path] = {}
    tables: list[Path] = []
    for path in (file for source in sources for file in _files(Path(source))):
        kind = kind_of(path)
        if kind is None:
            tables.append(path)
        elif kind in imdb and imdb[kind] != path:
            raise InputError(f"{path}: {kind} is already there as {imdb[kind]}; name only one")
        else:
            imdb[kind] = path
    if imdb and tables:
        raise InputError(f"{tables[0]}: build from IMDb's daily files or from lists, not from both")
    return imdb, tables


def _files(source: Path) -> list[Path]:
    if source.is_dir():
        found = sorted(path for path in source.iterdir() if path.is_file())
        if imdb := [path for path in found if kind_of(path)]:
            return imdb
        if lists := [path for path in found if path.name.lower().endswith(SUFFIXES)]:
            return lists
        raise InputError(f"{source}: holds none of IMDb's files ({', '.join(FILES)}) and no CSV or Parquet file")
    if not source.is_file():
        raise InputError(f"{source}: there is no such file or folder")
    if not source.name.lower().endswith(SUFFIXES):
        raise InputError(f"{source}: is neither one of IMDb's files ({', '.join(FILES)}) nor CSV, TSV or Parquet")
    return [source]


def _check_target(target: Path) -> None:
    if target.is_dir():
        raise InputError(f"{target}: is a folder; name a file to write")
    if not target.parent.is_dir():
        raise InputError(f"{target}: there is no folder {target.parent}; make it first")
    if target.exists():
        # Only a catalogue is replaced by one: nobody's library is lost to a slip.
        connect(target, any_version=True).close()


def _move(part: Path, target: Path) -> None:
    with part.open("rb+") as stream:
        os.fsync(stream.fileno())
    part.replace(target)


def _clear(part: Path) -> None:
    for left in (part, part.with_name(part.name + ".wal")):
        left.unlink(missing_ok=True)


def _duckdb_error() -> type[Exception]:
    import duckdb

    return duckdb.Error


def _started(part: Path) -> duckdb.DuckDBPyConnection:
    """An empty catalogue at ``part``."""
    with extra("library"):
        import duckdb
    try:
        # Opened before it is cleared away: a build that still runs holds the file's lock.
        if part.exists():
            duckdb.connect(str(part)).close()
    except duckdb.IOException as error:
        if "lock" in str(error):
            raise InputError(f"{part}: another build is running; wait for it to end") from error
    except duckdb.Error:
        pass
    _clear(part)
    connection = duckdb.connect(str(part))
    connection.execute(f"SET memory_limit = '{MEMORY}'")
    connection.execute(SCHEMA.read_text(encoding="utf-8") + _FOUND)
    return connection


def _count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM {table}").fetchall()[0][0])
