"""Which film is meant: by its id, its title, or an unmistakable part of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..errors import AmbiguousName, InputError
from ..library.keys import title_key

if TYPE_CHECKING:
    import duckdb

#: "Carrie (1976)".
_WITH_YEAR = re.compile(r"(.*\S)\s*\((\d{4})\)\s*")
_NAMED_IN_ERRORS = 8
#: Titles less like the one asked for than this (Jaro-Winkler) are no suggestion.
_LIKE = 0.75


@dataclass(frozen=True, slots=True)
class Film:
    """A film that reviews in the library are about: its id there, its title and year where known."""

    film: str
    title: str | None
    year: int | None
    reviews: int

    @property
    def name(self) -> str:
        """The film as one would name it: "Carrie (1976)"; its id where nobody has told the title.

        >>> Film("tt1", "Carrie", 1976, 3).name, Film("tt2", None, None, 1).name
        ('Carrie (1976)', 'tt2')
        """
        if self.title is None:
            return self.film
        return f"{self.title} ({self.year})" if self.year else self.title


def find_film(connection: duckdb.DuckDBPyConnection, named: str) -> Film:
    """The film that ``named`` means: an id, a title (with its year or without), its beginning, or words within it.

    Case, accents, signs and the first article of titles do not matter.

    Raises:
        AmbiguousName: if several films answer to it; the message lists them.
        InputError: if none does; the message lists titles like it.
    """
    named = named.strip()
    if not named:
        raise InputError("name a film by its title or id")
    title, year = named, None
    if dated := _WITH_YEAR.fullmatch(named):
        title, year = dated[1], int(dated[2])
    by_id = _of_id(connection, named)
    if by_id and by_id.reviews:
        return by_id
    for found in _tiers(_titled(connection, title), title, year):
        if len(found) == 1:
            return found[0]
        if found:
            raise AmbiguousName(_several(named, found), [f.film for f in found])
    if by_id:
        raise InputError(f"{named}: no review in this library is about it")
    raise InputError(_unknown(connection, named, title))


def films_by_id(connection: duckdb.DuckDBPyConnection, ids: Sequence[str]) -> list[Film]:
    """The films of these ids, most reviewed first; ids unknown here are left out."""
    return _counted(connection, "film IN (SELECT unnest($1::VARCHAR[]))", [list(ids)])


def _of_id(connection: duckdb.DuckDBPyConnection, film: str) -> Film | None:
    rows = connection.execute(
        "SELECT film, title, year, (SELECT count(*) FROM reviews WHERE film = $1) FROM films WHERE film = $1", [film]
    ).fetchall()
    return Film(*rows[0]) if rows else None


def _titled(connection: duckdb.DuckDBPyConnection, title: str) -> list[Film]:
    """Films with reviews whose titles may be meant, most reviewed first."""
    # Only titles that hold the longest word asked for can answer; the rest is told by their keys.
    word = max(title_key(title).split(), key=len)
    return [f for f in _counted(connection, "contains(lower(strip_accents(title)), $1)", [word]) if f.reviews]


def _counted(connection: duckdb.DuckDBPyConnection, where: str, values: Sequence[object]) -> list[Film]:
    rows = connection.execute(
        f"""
        WITH found AS MATERIALIZED (SELECT film, title, year FROM films WHERE {where})
        SELECT film, title, year, coalesce(n, 0)
        FROM found LEFT JOIN (
            SELECT film, count(*) AS n FROM reviews WHERE film IN (SELECT film FROM found) GROUP BY film
        ) USING (film) ORDER BY 4 DESC, film
        """,
        values,
    ).fetchall()
    return [Film(*row) for row in rows]


def _tiers(films: Sequence[Film], title: str, year: int | None) -> Iterator[list[Film]]:
    """Those of ``films`` that answer to ``title``, the closest kind of answer first."""
    key = title_key(title)
    keyed = [(title_key(f.title or ""), f) for f in films if year is None or f.year in (year, None)]
    yield [f for k, f in keyed if k == key]
    yield [f for k, f in keyed if k.startswith(f"{key} ")]
    yield [f for k, f in keyed if f" {key} " in f" {k} "]
    yield [f for k, f in keyed if key in k]


def _listed(film: Film) -> str:
    return f"{film.name}, {film.reviews} {'review' if film.reviews == 1 else 'reviews'}: {film.film}"


def _several(named: str, found: Sequence[Film]) -> str:
    shown = "; ".join(_listed(f) for f in found[:_NAMED_IN_ERRORS])
    more = f"; and {len(found) - _NAMED_IN_ERRORS} more" if len(found) > _NAMED_IN_ERRORS else ""
    return f"{named}: {len(found)} films answer to this; name one by its id. {shown}{more}"


def _unknown(connection: duckdb.DuckDBPyConnection, named: str, title: str) -> str:
    rows = connection.execute(
        """
        SELECT title, year FROM (
            SELECT title, year, jaro_winkler_similarity(lower(strip_accents(title)), lower(strip_accents($1))) AS like_
            FROM films SEMI JOIN reviews USING (film) WHERE title IS NOT NULL
        ) WHERE like_ > $2 ORDER BY like_ DESC, title, year LIMIT 5
        """,
        [title, _LIKE],
    ).fetchall()
    if rows:
        like = "; ".join(Film("", title, year, 0).name for title, year in rows)
        return f"{named}: no film here has this title; the nearest: {like}"
    return f"{named}: no film here has this title or id, nor one like it"
