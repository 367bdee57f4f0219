"""A person as the reviews tell it: films, roles and characters, how they are spoken of, and with whom they worked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .aspects import TALLY, VOICES, Tally, tally
from .cast import Part, parts
from .films import Film, films_by_id
from .namesakes import joined
from .people import find_person
from .quotes import BY_SIDE, Quote, candidates, sourced
from .scope import OF_REVIEWS, in_veil, scope
from .telling import telling

if TYPE_CHECKING:
    import duckdb

_CANDIDATES, _QUOTES, _COMPANIONS = 40, 4, 12


@dataclass(frozen=True, slots=True)
class Work:
    """A film in whose reviews the person is named: in how many, their parts in it, how they are spoken of there."""

    film: Film
    reviews: int
    parts: tuple[Part, ...]
    spoken: Tally


@dataclass(frozen=True, slots=True)
class Companion:
    """Someone else credited in reviews that name the person: on how many films, in how many such reviews."""

    name: str
    films: int
    reviews: int


@dataclass(frozen=True, slots=True)
class Profile:
    """A person over all films of the library; ``keys`` are the forms of the name found, ``reviews`` name them."""

    name: str
    keys: tuple[str, ...]
    reviews: int
    films: tuple[Work, ...]
    spoken: Tally
    praise: tuple[Quote, ...]
    blame: tuple[Quote, ...]
    companions: tuple[Companion, ...]
    spoilers: bool


def person(connection: duckdb.DuckDBPyConnection, named: str, *, spoilers: bool = False) -> Profile:
    """What reviews tell of the person that ``named`` means (`find_person`); films most reviewed first.

    Within a film whose reviews use the full name, its short forms count too. Unless ``spoilers``, no words of a
    sentence that gives the story away are shown.

    Raises:
        AmbiguousName: if several people answer to the name.
        InputError: if nobody does.
    """
    key, name = find_person(connection, named)
    places = _places(connection, key)
    with scope(connection, OF_REVIEWS, sorted({p[1] for p in places}), spoilers=spoilers) as cursor:
        cursor.execute(
            "CREATE TEMP TABLE own_forms AS SELECT unnest($1::BIGINT[]) AS review, unnest($2::VARCHAR[]) AS form",
            [[review for _, review, _ in places], [form for *_, form in places]],
        )
        spoken = _spoken(cursor)
        found = candidates(cursor, by=BY_SIDE, each=_CANDIDATES, where="(o.review, o.target_key) IN (FROM own_forms)")
        best = {side: telling([c for c in found if c.polarity == side], _QUOTES) for side in ("positive", "negative")}
        quotes = sourced(cursor, [c for own in best.values() for c in own])
        praise, blame = (tuple(quotes[c.review, c.opinion] for c in own) for own in best.values())
        return Profile(
            name=name,
            keys=tuple(dict.fromkeys([key, *sorted({form for *_, form in places})])),
            reviews=len({review for _, review, _ in places}),
            films=_works(cursor, places, spoken),
            spoken=spoken.get(None, _NOT_AT_ALL),
            praise=praise,
            blame=blame,
            companions=_companions(cursor),
            spoilers=spoilers,
        )


_NOT_AT_ALL = tally(0, 0, 0, 0, 0, 0)


def _places(connection: duckdb.DuckDBPyConnection, key: str) -> list[tuple[str | None, int, str]]:
    """Film, review and form of the name, wherever the person is named; reviews without a film know only full names."""
    surname = key.rsplit(maxsplit=1)[-1]
    rows = connection.execute(
        """
        SELECT DISTINCT film, review, form FROM (
            SELECT review, key AS form FROM entities WHERE type = 'PERSON' AND (key = $1 OR ends_with(key, ' ' || $1))
            UNION ALL
            SELECT review, person_key FROM credits WHERE person_key = $1 OR ends_with(person_key, ' ' || $1)
        ) JOIN reviews USING (review) ORDER BY review, form
        """,
        [surname],
    ).fetchall()
    by_film: dict[str | None, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for film, review, form in rows:
        by_film[film][form].append(review)
    places: list[tuple[str | None, int, str]] = []
    for film, forms in by_film.items():
        if key not in forms:
            continue
        own = [key]
        if film is not None:
            one = joined({form: len(reviews) for form, reviews in forms.items()}, by_surname=True)
            own = [form for form in forms if one[form] == one[key]]
        places += [(film, review, form) for form in own for review in forms[form]]
    return places


def _spoken(cursor: duckdb.DuckDBPyConnection) -> dict[str | None, Tally]:
    """How the person is spoken of, by film; over all of them under None."""
    own = """(
        SELECT o.review, o.polarity, c.film FROM own_opinions o JOIN chosen c USING (review)
        WHERE (o.review, o.target_key) IN (FROM own_forms)
    )"""
    rows = cursor.execute(
        f"""
        WITH voices AS MATERIALIZED ({VOICES.format(keys="film, review", opinions=own)})
        SELECT film, {TALLY} FROM voices WHERE film IS NOT NULL GROUP BY film
        UNION ALL SELECT NULL, {TALLY} FROM voices
        """
    ).fetchall()
    return {film: tally(*counts) for film, *counts in rows}


def _works(
    cursor: duckdb.DuckDBPyConnection,
    places: Iterable[tuple[str | None, int, str]],
    spoken: dict[str | None, Tally],
) -> tuple[Work, ...]:
    rows = cursor.execute(
        f"""
        SELECT film, role, CASE WHEN veiled IS NULL THEN character_key END, mode(character ORDER BY character),
               list(DISTINCT review)
        FROM (
            SELECT c.review, c.role, c.character, c.character_key, veiled
            FROM (FROM credits WHERE (review, person_key) IN (FROM own_forms)) c LEFT JOIN {in_veil("c")}
        ) JOIN chosen USING (review) WHERE film IS NOT NULL GROUP BY ALL ORDER BY ALL
        """
    ).fetchall()
    credited: dict[str, list[tuple[str, str | None, str | None, Sequence[int]]]] = defaultdict(list)
    for film, *said in rows:
        credited[film].append(tuple(said))
    named: dict[str, set[int]] = defaultdict(set)
    for film, review, _ in places:
        if film is not None:
            named[film].add(review)
    works = [
        Work(film, len(named[film.film]), parts(credited[film.film]), spoken.get(film.film, _NOT_AT_ALL))
        for film in films_by_id(cursor, list(named))
    ]
    return tuple(sorted(works, key=lambda w: (-w.reviews, w.film.film)))


def _companions(cursor: duckdb.DuckDBPyConnection) -> tuple[Companion, ...]:
    rows = cursor.execute(
        """
        SELECT mode(person ORDER BY person), count(DISTINCT film), count(DISTINCT review)
        FROM credits JOIN chosen USING (review)
        WHERE film IS NOT NULL AND person_key NOT IN (SELECT form FROM own_forms)
        GROUP BY person_key ORDER BY 2 DESC, 3 DESC, person_key LIMIT $1
        """,
        [_COMPANIONS],
    ).fetchall()
    return tuple(Companion(*row) for row in rows)
