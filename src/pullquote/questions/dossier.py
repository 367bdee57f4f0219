"""The dossier of a film: all that the reviews in a library tell of it, each judgement with its quotes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .aspects import Dispute, Tally, aspect_and_side, disputes, tallies
from .bonds import Bond, bonds
from .cast import Person, cast
from .films import Film, find_film
from .named import Named, clearly, most, names, other_works, together
from .quotes import Quote
from .scope import Scope, of_film
from .stars import Stars, stars
from .telling import most_telling

if TYPE_CHECKING:
    import duckdb

#: Candidates looked at for each side of each aspect, and quotes kept of them.
_CANDIDATES, _QUOTES = 24, 3
#: Of so many reviews, one alone does not tell how characters stand to each other: readings guess that.
_MANY_REVIEWS = 10
_PEOPLE, _CHARACTERS, _BONDS, _PLACES, _WORKS = 40, 30, 20, 20, 20


@dataclass(frozen=True, slots=True)
class Aspect:
    """How one aspect of a film is judged, with the quotes that tell most of either side."""

    aspect: str
    tally: Tally
    praise: tuple[Quote, ...]
    blame: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    """What reviews tell of a film.

    Lists are ordered by the number of reviews that bear them out. Unless ``spoilers``, no words of a sentence that
    gives the story away are in it; ``veiled`` relations and characters' parts were left out for that.
    """

    film: Film
    stars: Stars
    aspects: tuple[Aspect, ...]
    disputes: tuple[Dispute, ...]
    people: tuple[Person, ...]
    characters: tuple[Named, ...]
    relations: tuple[Bond, ...]
    places: tuple[Named, ...]
    works: tuple[Named, ...]
    spoilers: bool
    veiled: int


def dossier(connection: duckdb.DuckDBPyConnection, named: str, *, spoilers: bool = False) -> Dossier:
    """The dossier of the film that ``named`` means (`find_film`).

    Raises:
        AmbiguousName: if several films answer to it.
        InputError: if none does.
    """
    film = find_film(connection, named)
    scope = of_film(connection, film.film, spoilers=spoilers)
    tallied = tallies(scope.opinions)
    found = names(scope)
    people, veiled_parts = cast(scope, clearly(found, "PERSON", "CHARACTER"), found["CHARACTER"], limit=_PEOPLE)
    characters, same = together(clearly(found, "CHARACTER", "PERSON"))
    at_least = 2 if film.reviews >= _MANY_REVIEWS else 1
    told, veiled_bonds = bonds(scope, same, at_least=at_least, limit=_BONDS)
    return Dossier(
        film=film,
        stars=stars(scope.reviews.values()),
        aspects=_with_quotes(scope, tallied),
        disputes=disputes(tallied),
        people=people,
        characters=most(characters, _CHARACTERS),
        relations=told,
        places=most(found["PLACE"], _PLACES),
        works=most(other_works(scope, found["WORK"], film.title), _WORKS),
        spoilers=spoilers,
        veiled=veiled_parts + veiled_bonds,
    )


def _with_quotes(scope: Scope, tallied: dict[str, Tally]) -> tuple[Aspect, ...]:
    best = most_telling(scope, scope.opinions, by=aspect_and_side, each=_CANDIDATES, limit=_QUOTES)
    return tuple(
        Aspect(aspect, counts, best.get((aspect, "positive"), ()), best.get((aspect, "negative"), ()))
        for aspect, counts in tallied.items()
    )
