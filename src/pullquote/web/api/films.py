"""Films: all of them, one with its dossier, praise fit to print."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from msgspec import Meta

from ...library.keys import title_key
from ...questions.aspects import Dispute, Tally
from ...questions.blurbs import blurbs
from ...questions.bonds import Bond
from ...questions.cast import Person
from ...questions.dossier import dossier
from ...questions.films import Film
from ...questions.interval import Share, wilson
from ...questions.named import Named
from ...questions.stars import FAVOURABLE, Stars
from ..links import outside
from .answers import Quote, all_quoted
from .asking import Asking
from .cursor import opened, page
from .naming import seeking_film
from .operation import question
from .parameters import Listing, Parameters


class Titled(Listing, frozen=True, kw_only=True):
    """Which films are listed."""

    title: Annotated[str, Meta(min_length=1, max_length=500, description="Words within the title.")] | None = None


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """A film at a glance: reviews, the median of their stars from 1 to 10, the share favourable."""

    film: str
    title: str | None
    year: int | None
    reviews: int
    stars: float
    favourable: Share


class Cards(msgspec.Struct, frozen=True, kw_only=True):
    """Films, most reviewed first."""

    items: tuple[Card, ...]
    next: str | None


class OneFilm(Parameters, frozen=True, kw_only=True):
    """Which film, and how much of it is told."""

    named: Annotated[str, Meta(min_length=1, max_length=2000, description="Title or id of the film.")]
    spoilers: Annotated[bool, Meta(description="What gives the story away, too.")] = False


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """How one aspect of a film is judged, with the quotes that tell most of either side."""

    aspect: str
    tally: Tally
    praise: tuple[Quote, ...]
    blame: tuple[Quote, ...]


class FilmDossier(msgspec.Struct, frozen=True, kw_only=True):
    """What reviews tell of a film; lists are ordered by the number of reviews that bear them out.

    ``veiled`` relations and characters' parts are left out because they give the story away.
    """

    film: Film
    stars: Stars
    aspects: tuple[Judged, ...]
    disputes: tuple[Dispute, ...]
    people: tuple[Person, ...]
    characters: tuple[Named, ...]
    relations: tuple[Bond, ...]
    places: tuple[Named, ...]
    works: tuple[Named, ...]
    spoilers: bool
    veiled: int


class Praise(OneFilm, frozen=True, kw_only=True):
    """Which film's praise, and how much of it."""

    limit: Annotated[int, Meta(ge=1, le=50)] = 6
    all_reviews: Annotated[bool, Meta(description="From unfavourable reviews, too.")] = False


class Blurbs(msgspec.Struct, frozen=True, kw_only=True):
    """Praise fit to print, best first."""

    items: tuple[Quote, ...]


_CARDS = f"""
WITH counted AS (
    SELECT film, count(*) AS n, median(stars) AS stars, count(*) FILTER ({FAVOURABLE}) AS liked
    FROM ratings WHERE film IS NOT NULL
    AND ($1 = '' OR film IN (SELECT film FROM films WHERE contains(lower(strip_accents(title)), $1)))
    GROUP BY film HAVING $2::BIGINT IS NULL OR count(*) < $2 OR (count(*) = $2 AND film > $3)
    ORDER BY n DESC, film LIMIT $4
)
SELECT film, title, year, n, stars, liked FROM counted LEFT JOIN films USING (film) ORDER BY n DESC, film
"""


def listed(asking: Asking, given: Titled) -> Cards:
    """All films, or those whose titles hold some words; case, accents and a first article do not matter."""
    key = title_key(given.title) if given.title and given.title.strip() else ""
    reviews, film = opened(asking, given.cursor, tuple[int, str]) or (None, None)
    rows = asking.connection.execute(_CARDS, [key, reviews, film, given.limit + 1]).fetchall()
    shown, after = page(asking, rows, given.limit, lambda row: (row[3], row[0]))
    return Cards(items=tuple(_card(*row) for row in shown), next=after)


def _card(film: str, title: str | None, year: int | None, reviews: int, stars: float, liked: int) -> Card:
    return Card(film=film, title=title, year=year, reviews=reviews, stars=stars, favourable=wilson(liked, reviews))


def one(asking: Asking, given: OneFilm) -> FilmDossier:
    """The dossier of a film: stars, aspects with quotes, cast and crew, characters, places, other works."""
    with seeking_film(asking):
        found = dossier(asking.connection, given.named, spoilers=given.spoilers)
    same: dict[str, Any] = {name: getattr(found, name) for name in FilmDossier.__struct_fields__ if name != "aspects"}
    aspects = (
        Judged(aspect=a.aspect, tally=a.tally, praise=all_quoted(a.praise), blame=all_quoted(a.blame))
        for a in found.aspects
    )
    return FilmDossier(aspects=tuple(aspects), **same)


def praise(asking: Asking, given: Praise) -> Blurbs:
    """Quotable praise of a film, one quote of each review, never one that its sentence turns."""
    with seeking_film(asking):
        rows = blurbs(
            asking.connection, given.named, limit=given.limit, all_reviews=given.all_reviews, spoilers=given.spoilers
        ).rows()
    told = [row | {"url": outside(row["url"]), "polarity": "positive"} for row in rows]
    return Blurbs(items=msgspec.convert(told, tuple[Quote, ...]))


OPERATIONS = (
    question(name="films", path="/films", summary="List films", parameters=Titled, answer=Cards, ask=listed),
    question(
        name="film", path="/film/{named}", summary="The dossier of a film", parameters=OneFilm, answer=FilmDossier,
        ask=one, refusals=(404,),
    ),
    question(
        name="blurbs", path="/blurbs/{named}", summary="Praise of a film fit to print", parameters=Praise,
        answer=Blurbs, ask=praise, refusals=(404,),
    ),
)  # fmt: skip
