"""A person as the reviews tell it: films, roles and characters, how they are spoken of, and with whom they worked."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Set
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING

from ..library.keys import name_key
from .aspects import Tally, spoken
from .claims import Credit, Opinion
from .films import Film, films_by_id
from .named import usual
from .namesakes import joined
from .parts import Part, parts, told
from .people import find_person
from .quotes import Quote
from .scope import Scope, of_reviews
from .telling import most_telling

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
    forms = {(review, form) for _, review, form in places}
    scope = of_reviews(connection, (review for _, review, _ in places), spoilers=spoilers)
    films = films_by_id(connection, list({film for film, *_ in places if film is not None}))
    judged = [one for one in scope.opinions if one.target and (one.review, name_key(one.target)) in forms]
    best = most_telling(scope, judged, by=attrgetter("polarity"), each=_CANDIDATES, limit=_QUOTES)
    return Profile(
        name=name,
        keys=tuple(dict.fromkeys([key, *sorted({form for *_, form in places})])),
        reviews=len(scope.reviews),
        films=_works(scope, films, forms, judged),
        spoken=spoken(judged),
        praise=best.get("positive", ()),
        blame=best.get("negative", ()),
        companions=_companions(scope, {form for *_, form in places}),
        spoilers=spoilers,
    )


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


def _works(
    scope: Scope, films: Iterable[Film], forms: Set[tuple[int, str]], judged: Iterable[Opinion]
) -> tuple[Work, ...]:
    def film_of(claim: Credit | Opinion) -> str | None:
        return scope.reviews[claim.review].film

    named: dict[str | None, set[int]] = defaultdict(set)
    for review, _ in forms:
        named[scope.reviews[review].film].add(review)
    credited: dict[str | None, list[Credit]] = defaultdict(list)
    for credit in scope.credits:
        if (credit.review, credit.person_key) in forms:
            credited[film_of(credit)].append(credit)
    opinions: dict[str | None, list[Opinion]] = defaultdict(list)
    for opinion in judged:
        opinions[film_of(opinion)].append(opinion)
    works = (
        Work(film, len(named[film.film]), parts(told(scope, credited[film.film])), spoken(opinions[film.film]))
        for film in films
    )
    return tuple(sorted(works, key=lambda w: (-w.reviews, w.film.film)))


def _companions(scope: Scope, forms: Set[str]) -> tuple[Companion, ...]:
    """Others credited in these reviews, those on most films first; ``forms`` of the name are the person's own."""
    credited: dict[str, list[Credit]] = defaultdict(list)
    for credit in scope.credits:
        if credit.person_key not in forms and scope.reviews[credit.review].film is not None:
            credited[credit.person_key].append(credit)
    found = []
    for key, own in credited.items():
        reviews = {credit.review for credit in own}
        films = {scope.reviews[review].film for review in reviews}
        found.append((-len(films), -len(reviews), key))
    return tuple(
        Companion(usual(Counter(credit.person for credit in credited[key])), -films, -reviews)
        for films, reviews, key in sorted(found)[:_COMPANIONS]
    )
