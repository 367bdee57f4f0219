"""A catalogue from a plain list: a CSV, TSV or Parquet file of id, title, year."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import InputError
from .index import TITLE_COLUMNS, Tell, batches, insert, title_rows
from .titles import named

if TYPE_CHECKING:
    import duckdb

#: The usual names of each column, in order of trust, without case and signs.
USUAL = {
    "id": ("tconst", "imdbid", "imdb", "filmid", "film", "id", "movieid", "titleid"),
    "title": ("primarytitle", "title", "name", "filmtitle", "movietitle"),
    "year": ("startyear", "year", "releaseyear"),
}
PARQUET = (".parquet", ".pq")
SUFFIXES = (".csv", ".tsv", ".csv.gz", ".tsv.gz", ".csv.zst", ".tsv.zst", *PARQUET)


def add_table(connection: duckdb.DuckDBPyConnection, path: Path, tell: Tell) -> None:
    """Add the films of one list to a catalogue that is being built.

    Titles are read as MovieLens writes them (`titles.named`). Where an id comes more than once, its first row
    names the film, and the titles of the others are alternatives.

    Raises:
        InputError: if no column of ids or titles is found, or the file cannot be read.
    """
    import duckdb

    try:
        _add(connection, path, tell)
    except duckdb.Error as error:
        raise InputError(f"{path}: {str(error).splitlines()[0]}") from error


def _add(connection: duckdb.DuckDBPyConnection, path: Path, tell: Tell) -> None:
    read = "read_parquet(?)" if path.name.lower().endswith(PARQUET) else "read_csv(?, all_varchar=true)"
    found = [name for name, *_ in connection.execute(f"DESCRIBE SELECT * FROM {read}", [str(path)]).fetchall()]
    columns = recognised(found)
    if missing := [kind for kind in ("id", "title") if kind not in columns]:
        raise InputError(
            f"{path}: no column of {' or '.join(missing)} among {', '.join(found)}; name the columns id, title and year"
        )
    chosen = ", ".join(f"CAST({_quoted(columns[kind])} AS VARCHAR)" if kind in columns else "NULL" for kind in USUAL)
    total = 0
    for batch in batches(connection.cursor().execute(f"SELECT {chosen} FROM {read}", [str(path)])):
        films: list[tuple[Any, ...]] = []
        titles: list[tuple[str, str, str]] = []
        for id, listed, year in batch:
            film, title = (id or "").strip(), (listed or "").strip()
            if film and title:
                name = named(title)
                films.append((film, name.title, _year(year) or name.year, total + len(films)))
                titles += [(film, name.title, "title"), *((film, other, "aka") for other in name.others)]
        insert(connection, "found_films", ("film", "title", "year", "arrival"), films)
        insert(connection, "found_titles", TITLE_COLUMNS, title_rows(titles))
        total += len(films)
        tell(f"{path}: {total:,} films")
    if not total:
        raise InputError(f"{path}: holds no film with an id and a title")


def recognised(found: list[str]) -> dict[str, str]:
    """Which of the columns is which, by its usual names.

    >>> recognised(["imdb_id", "primaryTitle", "Rank"])
    {'id': 'imdb_id', 'title': 'primaryTitle'}
    """
    plain = {re.sub(r"[\W_]", "", name).lower(): name for name in reversed(found)}
    return {
        kind: plain[usual[0]] for kind, names in USUAL.items() if (usual := [name for name in names if name in plain])
    }


def _quoted(column: str) -> str:
    return '"' + column.replace('"', '""') + '"'


def _year(told: str | None) -> int | None:
    match = re.match(r"\s*(1[89]\d\d|20\d\d)\b", told or "")
    return int(match[1]) if match else None
