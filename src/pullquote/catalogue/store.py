"""An open catalogue: films by the keys of their titles, and the people credited on them."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import InputError
from ..library.missing import extra

if TYPE_CHECKING:
    from types import TracebackType

    import duckdb

#: Version of the tables that this release builds and reads.
VERSION = 1
#: Where the catalogue is if nobody says otherwise.
DEFAULT = "catalogue.duckdb"
VARIABLE = "PULLQUOTE_CATALOGUE"
#: Films looked at for one key, the best known first: nobody can be told apart among more.
_SHARING = 200

_LOOK_UP = f"""
SELECT t.key, t.film, f.title, f.year, f.kind, f.votes, t.extent, t.origin, t.article,
       count(*) FILTER (t.extent = 'whole') OVER (PARTITION BY t.key), count(*) OVER (PARTITION BY t.key)
FROM titles t SEMI JOIN wanted USING (key) JOIN films f USING (film)
QUALIFY row_number() OVER (
    PARTITION BY t.key ORDER BY t.extent = 'short', f.votes DESC NULLS LAST, t.film
) <= {_SHARING}
ORDER BY ALL
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """A film as one key finds it.

    ``extent``, ``origin`` and ``article`` are those of the table titles; ``sharing`` is how many films have the
    key as that of a whole title, ``sharing_any`` how many have it at all.
    """

    key: str
    film: str
    title: str
    year: int | None
    kind: str | None
    votes: int | None
    extent: str
    origin: str
    article: str
    sharing: int
    sharing_any: int


@dataclass(frozen=True, slots=True)
class Credited:
    """Someone with a credit on a film; ``key`` is their name without case, accents, signs."""

    person: str
    name: str
    key: str
    role: str


def catalogue_path(named: str | os.PathLike[str] | None = None) -> Path:
    """The catalogue's file: as named, else ``$PULLQUOTE_CATALOGUE``, else ``catalogue.duckdb`` in this folder."""
    return Path(named or os.environ.get(VARIABLE) or DEFAULT)


def connect(path: Path, *, any_version: bool = False) -> duckdb.DuckDBPyConnection:
    """Open a catalogue's file to read.

    Args:
        any_version: take that of another release, too.

    Raises:
        InputError: if the file is missing, no catalogue, or of another release.
    """
    with extra("library"):
        import duckdb
    if path.is_dir():
        raise InputError(f"{path}: is a folder; name a catalogue file")
    if not path.exists():
        raise InputError(f"{path}: there is no catalogue here; make one with: pullquote catalogue build SOURCE")
    try:
        connection = duckdb.connect(str(path), read_only=True)
    except duckdb.Error as error:
        raise InputError(f"{path}: is no catalogue, or cannot be opened: {str(error).splitlines()[0]}") from error
    try:
        rows = connection.execute("SELECT value FROM meta WHERE name = 'catalogue'").fetchall()
    except duckdb.Error:
        rows = []
    if not rows:
        connection.close()
        raise InputError(f"{path}: is no catalogue; name another file with --catalogue")
    if rows[0][0] != str(VERSION) and not any_version:
        connection.close()
        raise InputError(f"{path}: was built by another release; build it anew: pullquote catalogue build SOURCE")
    return connection


class Catalogue:
    """A catalogue opened to read; a context manager that closes it. ``connection`` is plain DuckDB."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        """Open ``path``.

        Raises:
            InputError: see `connect`.
        """
        self.path = Path(path)
        self.connection = connect(self.path)
        #: Whether it knows who made the films.
        self.has_people = bool(self.connection.execute("FROM credits LIMIT 1").fetchall())

    def __enter__(self) -> Catalogue:
        """The catalogue itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""
        self.connection.close()

    def info(self) -> dict[str, str]:
        """What the catalogue was built of and when, and how much it holds; in words."""
        told = dict(self.connection.execute("SELECT name, value FROM meta").fetchall())
        counts = {
            table: f"{self.connection.execute(f'SELECT count(*) FROM {table}').fetchall()[0][0]:,}"
            for table in ("films", "titles", "people", "credits")
        }
        return {"path": str(self.path), "built": told["built"], "sources": told["sources"], **counts}

    def look_up(self, keys: Collection[str]) -> dict[str, list[Entry]]:
        """The films found by each of ``keys`` (see `keys.key`); keys that find none are left out."""
        found: dict[str, list[Entry]] = defaultdict(list)
        if keys:
            self._want("key", keys)
            for row in self.connection.execute(_LOOK_UP).fetchall():
                found[row[0]].append(Entry(*row))
        return dict(found)

    def titles(self, films: Collection[str]) -> dict[str, tuple[str, int | None]]:
        """Title and year of each of ``films``, by id; unknown ones are left out."""
        if not films:
            return {}
        self._want("film", films)
        rows = self.connection.execute("SELECT film, title, year FROM films SEMI JOIN wanted USING (film)").fetchall()
        return {film: (title, year) for film, title, year in rows}

    def people(self, films: Collection[str]) -> dict[str, list[Credited]]:
        """Who is credited on each of ``films``, by id."""
        found: dict[str, list[Credited]] = defaultdict(list)
        if films and self.has_people:
            self._want("film", films)
            rows = self.connection.execute(
                "SELECT c.film, p.person, p.name, p.key, c.role FROM credits c SEMI JOIN wanted USING (film) "
                "JOIN people p USING (person) ORDER BY ALL"
            ).fetchall()
            for film, *credited in rows:
                found[film].append(Credited(*credited))
        return dict(found)

    def _want(self, column: str, values: Collection[str]) -> None:
        import pyarrow as pa

        self.connection.register("wanted", pa.table({column: pa.array(sorted(set(values)), pa.string())}))
