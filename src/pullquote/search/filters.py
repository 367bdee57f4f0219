"""Which sentences are asked for: checked, made a condition on the index, and tried once more on each answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING, Any, get_args

from ..errors import InputError
from ..library.keys import name_key
from ..questions.films import find_film
from ..reading import Aspect, Polarity, Role
from ..render.words import SPOILER_FROM
from .numbers import number

if TYPE_CHECKING:
    import duckdb

    from .found import Found

ASPECTS: tuple[str, ...] = get_args(Aspect)
POLARITIES: tuple[str, ...] = get_args(Polarity)
ROLES: tuple[str, ...] = get_args(Role)
#: Polarities an opinion may have; a sentence may be neutral besides.
_OPINION_POLARITIES = ("positive", "negative", "mixed")
#: More people than this under one short name are too many to mean.
_NAMESAKES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What an answer must have; None asks for nothing.

    ``polarity`` is that of the judgement on ``aspect`` where one is named, else of the sentence. ``person`` is
    named or judged in the sentence. Stars are the reviewer's own where there are any, else the reading's estimate;
    ``since`` and ``until`` include their days.
    """

    film: str | None = None
    person: str | None = None
    aspect: str | None = None
    polarity: str | None = None
    role: str | None = None
    spoiler_free: bool = False
    min_stars: float | None = None
    max_stars: float | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    source: str | None = None

    def __post_init__(self) -> None:
        """Refuse names that are none.

        Raises:
            InputError: if aspect, polarity or role is not one of those that readings know, or stars are no number.
        """
        polarities = _OPINION_POLARITIES if self.aspect else POLARITIES
        for what, named, known in (
            ("aspect", self.aspect, ASPECTS), ("polarity", self.polarity, polarities), ("role", self.role, ROLES),
        ):  # fmt: skip
            if named is not None and named not in known:
                raise InputError(f"no {what} is called {named!r}; there are: {', '.join(known)}")
        if not all(isfinite(stars) for stars in (self.min_stars, self.max_stars) if stars is not None):
            raise InputError("stars are numbers from 1 to 10")


@dataclass(frozen=True, slots=True)
class Scope:
    """Filters with their names looked up in a library: ``film`` is an id there, ``people`` are keys."""

    filters: Filters
    film: str | None
    people: tuple[str, ...]
    reviews: tuple[int, ...] | None

    @property
    def narrow(self) -> bool:
        """Whether so little is in scope that going through all of it is quicker than the vector index."""
        return self.reviews is not None or bool(self.people)

    def condition(self) -> str | None:
        """The filters in LanceDB's SQL, None if all sentences are in scope.

        It is made of numbers, dates and words of closed sets alone: no text from outside enters it.
        """
        f = self.filters
        parts = []
        if self.reviews is not None:
            parts.append(f"review IN ({', '.join(str(int(r)) for r in self.reviews) or '-1'})")
        if self.people:
            parts.append(f"array_has_any(people, [{', '.join(str(number(key)) for key in self.people)}])")
        if f.aspect:
            kinds = [f.polarity] if f.polarity else _OPINION_POLARITIES
            listed = ", ".join(f"'{f.aspect} {kind}'" for kind in kinds)
            parts.append(f"array_has_any(opinions, [{listed}])")
        elif f.polarity:
            parts.append(f"polarity = '{f.polarity}'")
        if f.role:
            parts.append(f"role = '{f.role}'")
        if f.spoiler_free:
            parts.append("veiled = false")
        if f.min_stars is not None:
            parts.append(f"stars >= {float(f.min_stars)!r}")
        if f.max_stars is not None:
            parts.append(f"stars <= {float(f.max_stars)!r}")
        if f.since is not None:
            parts.append(f"written >= CAST('{f.since.isoformat()}' AS DATE)")
        if f.until is not None:
            parts.append(f"written <= CAST('{f.until.isoformat()}' AS DATE)")
        if f.source is not None:
            parts.append(f"source = {number(f.source)}")
        return " AND ".join(parts) or None

    def holds(self, found: Found) -> bool:
        """Whether an answer, as the library has it now, is in scope."""
        f = self.filters
        kinds = {q.polarity for q in found.quotes if q.aspect == f.aspect} if f.aspect else {found.polarity}
        tests: tuple[tuple[Any, bool], ...] = (
            (self.film, found.film == self.film),
            (self.people or None, not found.people.isdisjoint(self.people)),
            (f.aspect, bool(kinds)),
            (f.polarity, f.polarity in kinds),
            (f.role, found.role == f.role),
            (f.spoiler_free or None, found.spoiler < SPOILER_FROM),
            (f.min_stars, found.stars is not None and found.stars >= (f.min_stars or 0)),
            (f.max_stars, found.stars is not None and found.stars <= (f.max_stars or 0)),
            (f.since, found.written is not None and found.written >= (f.since or found.written)),
            (f.until, found.written is not None and found.written <= (f.until or found.written)),
            (f.source, found.source == f.source),
        )
        return all(right for asked, right in tests if asked is not None)


def resolved(connection: duckdb.DuckDBPyConnection, filters: Filters) -> Scope:
    """Look up the film, person and source that ``filters`` name.

    Raises:
        InputError: if the library has none of that name.
    """
    film, reviews = None, None
    if filters.film is not None:
        film = find_film(connection, filters.film).film
        found = connection.execute("SELECT review FROM reviews WHERE film = ? ORDER BY review", [film]).fetchall()
        reviews = tuple(review for (review,) in found)
    people = _people(connection, filters.person) if filters.person is not None else ()
    if filters.source is not None:
        known = _column(connection, "SELECT DISTINCT source FROM reviews ORDER BY source", [])
        if filters.source not in known:
            raise InputError(f"nothing here came from {filters.source!r}; there are: {', '.join(known[:20]) or 'none'}")
    return Scope(filters, film, people, reviews)


def _people(connection: duckdb.DuckDBPyConnection, named: str) -> tuple[str, ...]:
    """Keys of the people called so: in full, else by their last or first name."""
    key = name_key(named.strip())
    exact = _column(connection, "SELECT DISTINCT person FROM people WHERE person = ?", [key])
    longer = _column(
        connection,
        "SELECT DISTINCT person FROM people WHERE ends_with(person, ?) OR starts_with(person, ?) ORDER BY person",
        [f" {key}", f"{key} "],
    )
    people = [*exact, *longer] if " " not in key else exact or longer
    if not key or not people:
        raise InputError(f"nobody called {named!r} is named in this library")
    if len(people) > _NAMESAKES:
        some = ", ".join(people[:5])
        raise InputError(f"{len(people)} people here are called {named!r} ({some}, ...); give the full name")
    return tuple(people)


def _column(connection: duckdb.DuckDBPyConnection, sql: str, values: Sequence[object]) -> list[str]:
    return [value for (value,) in connection.execute(sql, list(values)).fetchall()]
