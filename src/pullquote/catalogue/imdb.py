"""A catalogue from IMDb's daily files (TSV, ``\\N`` for nothing, quotes are plain characters)."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import InputError
from .index import Tell, index_people, index_titles

if TYPE_CHECKING:
    import duckdb

#: Kinds of titles that are reviewed as films or series; episodes and games are left out.
KINDS = ("movie", "tvMovie", "short", "tvShort", "tvSeries", "tvMiniSeries", "tvSpecial", "video")
#: The files and the columns needed of each.
FILES = {
    "title.basics": ("tconst", "titleType", "primaryTitle", "originalTitle", "startYear"),
    "title.akas": ("titleId", "title"),
    "title.principals": ("tconst", "nconst", "category", "characters"),
    "title.crew": ("tconst", "directors", "writers"),
    "title.ratings": ("tconst", "numVotes"),
    "name.basics": ("nconst", "primaryName"),
}
#: What is not known without a file.
WITHOUT = {
    "title.akas": "alternative and translated titles",
    "title.principals": "casts",
    "title.crew": "directors and writers",
    "name.basics": "names of people",
}
_LONGEST_HEADER = 10_000
_TSV = "read_csv(?, delim='\t', quote='', escape='', nullstr='\\N', header=true, all_varchar=true)"


def kind_of(path: Path) -> str | None:
    """Which of the daily files this is, by its name; None if none."""
    name = path.name.lower().removesuffix(".gz").removesuffix(".tsv")
    return name if name in FILES and path.name != name else None


def check(files: Mapping[str, Path]) -> None:
    """Let the files pass.

    Raises:
        InputError: if title.basics is not there, or the first line of a file is not that of its kind.
    """
    if "title.basics" not in files:
        raise InputError(f"title.basics.tsv.gz is missing beside {', '.join(p.name for p in files.values())}")
    for kind, path in files.items():
        try:
            with gzip.open(path) if path.name.endswith(".gz") else path.open("rb") as stream:
                header = stream.readline(_LONGEST_HEADER).decode("utf-8", "replace").rstrip("\r\n").split("\t")
        except (OSError, EOFError, zlib.error) as error:
            raise InputError(f"{path}: {getattr(error, 'strerror', None) or error}") from error
        if missing := [column for column in FILES[kind] if column not in header]:
            raise InputError(f"{path}: has no column {', '.join(missing)}; is it IMDb's {kind}.tsv.gz?")


def add_imdb(connection: duckdb.DuckDBPyConnection, files: Mapping[str, Path], tell: Tell) -> None:
    """Add the films of the daily files, with their titles and people, to a catalogue that is being built.

    Raises:
        InputError: if a file is torn or not of its form.
    """
    _load(connection, files, "title.basics", tell, f"""
        INSERT INTO found_films (film, title, original, kind, year)
        SELECT tconst, primaryTitle, originalTitle, titleType, TRY_CAST(startYear AS SMALLINT)
        FROM {_TSV} WHERE titleType IN {KINDS} AND primaryTitle IS NOT NULL
    """)  # fmt: skip
    if "title.ratings" in files:
        _load(connection, files, "title.ratings", tell, f"""
            UPDATE found_films SET votes = TRY_CAST(numVotes AS INTEGER) FROM {_TSV}
            WHERE film = tconst
        """)  # fmt: skip
    index_titles(connection, "SELECT film, title, 'title' FROM found_films", tell)
    index_titles(connection, "SELECT film, original, 'original' FROM found_films WHERE original != title", tell)
    if "title.akas" in files:
        connection.execute("CREATE TABLE akas (film VARCHAR, title VARCHAR)")
        _load(connection, files, "title.akas", tell, f"""
            INSERT INTO akas SELECT DISTINCT titleId, title FROM {_TSV}
            WHERE title IS NOT NULL AND titleId IN (SELECT film FROM found_films)
        """)  # fmt: skip
        index_titles(connection, "SELECT film, title, 'aka' FROM akas", tell)
        connection.execute("DROP TABLE akas")
    _add_people(connection, files, tell)


def _add_people(connection: duckdb.DuckDBPyConnection, files: Mapping[str, Path], tell: Tell) -> None:
    if "name.basics" not in files:
        return
    connection.execute("CREATE TABLE found_credits (film VARCHAR, person VARCHAR, role VARCHAR, characters VARCHAR)")
    if "title.principals" in files:
        _load(connection, files, "title.principals", tell, f"""
            INSERT INTO found_credits SELECT tconst, nconst, category, characters FROM {_TSV}
            WHERE tconst IN (SELECT film FROM found_films)
        """)  # fmt: skip
    if "title.crew" in files:
        for role, column in (("director", "directors"), ("writer", "writers")):
            _load(connection, files, "title.crew", tell, f"""
                INSERT INTO found_credits SELECT tconst, unnest(string_split({column}, ',')), '{role}', NULL
                FROM {_TSV} WHERE {column} IS NOT NULL AND tconst IN (SELECT film FROM found_films)
            """)  # fmt: skip
    # Without their names people cannot be found, so that names come by way of a table of their own.
    connection.execute("CREATE TABLE found_people (person VARCHAR, name VARCHAR)")
    _load(connection, files, "name.basics", tell, f"""
        INSERT INTO found_people SELECT nconst, primaryName FROM {_TSV}
        WHERE primaryName IS NOT NULL AND nconst IN (SELECT person FROM found_credits)
    """)  # fmt: skip
    index_people(connection, "SELECT person, name FROM found_people", tell)
    connection.execute("""
        INSERT INTO credits SELECT film, person, role, max(characters) FROM found_credits
        WHERE person IN (SELECT person FROM found_people) GROUP BY ALL ORDER BY film;
        DROP TABLE found_credits;
        DROP TABLE found_people;
    """)


def _load(
    connection: duckdb.DuckDBPyConnection, files: Mapping[str, Path], kind: str, tell: Tell, statement: str
) -> None:
    import duckdb

    tell(f"{files[kind]}: being read")
    try:
        connection.execute(statement, [str(files[kind])])
    except duckdb.Error as error:
        raise InputError(f"{files[kind]}: {str(error).splitlines()[0]}") from error
