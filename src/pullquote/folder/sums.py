"""Counts for every film in a folder of readings: one pass over its files, and later over new files alone.

Kept in a DuckDB file of their own (``sums.sql``). Sums can be added to, so what was counted is not read again.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from itertools import islice
from math import sqrt
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import InputError, LibraryError
from ..library.missing import extra
from ..library.store import MEMORY
from ..questions.aspects import Tally, tally
from ..questions.interval import Share, wilson
from ..questions.stars import FAVOURABLE
from ..scale.storage import remote
from .found import damaged
from .tables import listed

if TYPE_CHECKING:
    from types import TracebackType

    from .found import Piece, Readings

#: Files counted in one transaction.
_TOGETHER = 64
_TABLES = {"parts", "seen", "films", "aspects"}

#: A review's place in its files.
_PLACE = "(file_index::BIGINT << 32) + file_row_number"
#: What is counted of new reviews: those that were counted before are left out, and each is there once.
_FRESH = f"""
    CREATE OR REPLACE TEMP TABLE fresh AS
    WITH first AS (
        SELECT key, min(place) AS place
        FROM (SELECT ('0x' || key)::UHUGEINT AS key, {_PLACE} AS place FROM read_parquet($files) WHERE key IS NOT NULL)
        ANTI JOIN seen USING (key) GROUP BY key
    )
    SELECT first.place, first.key, film_key AS film, year, rating_stars IS NOT NULL AS given,
           coalesce(title, CASE WHEN film_by = 'text' THEN film.title END) AS title,
           coalesce(rating_stars, verdict.stars) AS stars, verdict.sentiment AS sentiment,
           list_transform(opinions, lambda o: {{'aspect': o.aspect, 'polarity': o.polarity}}) AS opinions
    FROM read_parquet($files) JOIN first ON first.place = {_PLACE}
"""
_STAR = "least(greatest(floor(stars + 0.5), 1), 10)"
_HISTOGRAM = ", ".join(f"count(*) FILTER ({_STAR} = {star})" for star in range(1, 11))
_FILMS = f"""
    CREATE OR REPLACE TABLE films AS
    SELECT film, first(title ORDER BY nth) FILTER (title IS NOT NULL) AS title,
           first(year ORDER BY nth) FILTER (year IS NOT NULL) AS year, sum(reviews)::BIGINT AS reviews,
           sum(given)::BIGINT AS given, sum(favourable)::BIGINT AS favourable, sum(stars) AS stars,
           sum(squares) AS squares,
           [{", ".join(f"sum(histogram[{star}])::BIGINT" for star in range(1, 11))}] AS histogram
    FROM (
        SELECT -1 AS nth, * FROM films
        UNION ALL BY NAME
        SELECT min(place) AS nth, film, first(title ORDER BY place) FILTER (title IS NOT NULL) AS title,
               first(year ORDER BY place) FILTER (year IS NOT NULL) AS year, count(*) AS reviews,
               count(*) FILTER (given) AS given, count(*) FILTER ({FAVOURABLE}) AS favourable, sum(stars) AS stars,
               sum(stars * stars) AS squares, [{_HISTOGRAM}] AS histogram
        FROM fresh WHERE film IS NOT NULL GROUP BY film
    ) GROUP BY film
"""
_COUNTS = ("praise", "blame", "mixed", "praise_quotes", "blame_quotes", "mixed_quotes")
_ASPECTS = f"""
    CREATE OR REPLACE TABLE aspects AS
    SELECT film, aspect, {", ".join(f"sum({name})::BIGINT AS {name}" for name in _COUNTS)} FROM (
        FROM aspects
        UNION ALL BY NAME
        SELECT film, aspect, count(*) FILTER (good > bad) AS praise, count(*) FILTER (good < bad) AS blame,
               count(*) FILTER (good = bad) AS mixed, sum(good) AS praise_quotes, sum(bad) AS blame_quotes,
               sum(quotes - good - bad) AS mixed_quotes
        FROM (
            SELECT film, place, o.aspect AS aspect, count(*) AS quotes,
                   count(*) FILTER (o.polarity = 'positive') AS good, count(*) FILTER (o.polarity = 'negative') AS bad
            FROM (SELECT film, place, unnest(opinions) AS o FROM fresh WHERE film IS NOT NULL) GROUP BY ALL
        ) GROUP BY film, aspect
    ) GROUP BY film, aspect
"""


@dataclass(frozen=True, slots=True)
class FilmSums:
    """What was counted for a film; see `questions.stars.Stars` and `questions.aspects.Tally`."""

    film: str
    title: str | None
    year: int | None
    reviews: int
    given: int
    mean: float
    spread: float | None
    histogram: tuple[int, ...]
    favourable: Share
    aspects: dict[str, Tally]


class Sums:
    """The file that sums are kept in; a context manager."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        """Open ``path``, which is made if it is not there.

        Raises:
            LibraryError: if it is in use, or something else.
        """
        with extra("library"):
            import duckdb

        self.path = Path(path)
        try:
            self.connection = duckdb.connect(str(path), config={"memory_limit": MEMORY})
        except duckdb.Error as error:
            raise LibraryError(f"{path}: cannot be opened: {str(error).splitlines()[0]}") from error
        tables = {row[0] for row in self.connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
        if not tables:
            self._begin()
        elif tables != _TABLES:
            self.connection.close()
            raise LibraryError(f"{path}: holds no sums over films; name another file")

    def __enter__(self) -> Sums:
        """The sums themselves."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""
        self.connection.close()

    def update(self, found: Readings) -> Iterator[int]:
        """Count the files of ``found`` that are new; yields how many reviews lie in those done, after each step.

        A step is kept whole or not at all. If a file that was counted is gone or has changed, everything is counted
        anew.

        Raises:
            InputError: if a file cannot be read or lies elsewhere; what was counted before stays.
        """
        import duckdb

        there = {Path(piece.address).name: (piece, _digest(piece)) for piece in found.readings}
        known = dict(self.connection.execute("SELECT part, digest FROM parts").fetchall())
        if any(part not in there or there[part][1] != digest for part, digest in known.items()):
            known = {}
            self._begin()
        new = iter([(part, digest, piece) for part, (piece, digest) in there.items() if part not in known])
        done = 0
        while some := list(islice(new, _TOGETHER)):
            try:
                self._count(some)
            except duckdb.Error as error:
                place = damaged(piece for _, _, piece in some) or found.name
                raise InputError(
                    f"{place}: cannot be counted ({str(error).splitlines()[0]}); fetch it again"
                ) from error
            done += sum(piece.rows for _, _, piece in some)
            yield done

    def films(self, *, at_least: int = 1) -> Iterator[FilmSums]:
        """All films with ``at_least`` so many reviews, most reviewed first."""
        cursor = self.connection.cursor()
        told: dict[str, dict[str, Tally]] = {}
        for film, aspect, *counts in cursor.execute(
            f"SELECT film, aspect, {', '.join(_COUNTS)} FROM aspects JOIN films USING (film) WHERE reviews >= $1 "
            "ORDER BY film, praise + blame + mixed DESC, aspect",
            [at_least],
        ).fetchall():
            told.setdefault(film, {})[aspect] = tally(*counts)
        for film, title, year, reviews, given, favourable, stars, squares, histogram in cursor.execute(
            "SELECT film, title, year, reviews, given, favourable, stars, squares, histogram FROM films "
            "WHERE reviews >= $1 ORDER BY reviews DESC, film",
            [at_least],
        ).fetchall():
            mean = stars / reviews
            # Stars lie between 1 and 10, so that the difference of sums loses nothing that matters.
            spread = sqrt(max(squares - reviews * mean * mean, 0) / (reviews - 1)) if reviews > 1 else None
            yield FilmSums(
                film, title, year, reviews, given, mean, spread, tuple(histogram), wilson(favourable, reviews),
                told.get(film, {}),
            )  # fmt: skip

    def _begin(self) -> None:
        drop = "".join(f"DROP TABLE IF EXISTS {name}; " for name in sorted(_TABLES))
        schema = (files(__package__) / "sums.sql").read_text(encoding="utf-8")
        self.connection.execute(f"BEGIN; {drop} {schema} COMMIT")

    def _count(self, some: list[tuple[str, str, Piece]]) -> None:
        addresses = [piece.address for _, _, piece in some]
        self.connection.execute("BEGIN")
        try:
            self.connection.execute(_FRESH.replace("$files", listed(addresses)))
            self.connection.execute(_FILMS)
            self.connection.execute(_ASPECTS)
            self.connection.execute("INSERT INTO seen SELECT key FROM fresh")
            self.connection.execute("DROP TABLE fresh")
            for part, digest, piece in some:
                self.connection.execute("INSERT INTO parts VALUES (?, ?, ?)", [part, digest, piece.rows])
            self.connection.execute("COMMIT")
        except BaseException:
            self.connection.execute("ROLLBACK")
            raise


def _digest(piece: Piece) -> str:
    if remote(piece.address):
        raise InputError(f"{piece.origin}: only a folder on this machine can be counted; fetch it first")
    if piece.sha256:
        return piece.sha256
    try:
        stat = Path(piece.address).stat()
    except OSError as error:
        raise InputError(f"{piece.origin}: {error.strerror or error}") from error
    return f"{stat.st_size} bytes, {stat.st_mtime_ns}"
