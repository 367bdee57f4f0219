"""Films beside each other and in order: comparison and rankings."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from ...questions.aspects import Tally
from ...questions.compare import Side as Found
from ...questions.compare import compare
from ...questions.films import Film
from ...questions.rank import rank
from ...questions.stars import Stars
from ...reading import Aspect
from ..problems import Refused
from .answers import Quote, quoted
from .asking import Asking
from .cursor import opened, page
from .naming import film_of
from .operation import question
from .parameters import Listing, Parameters

#: More films than a library holds.
_ALL = 2**31


class Several(Parameters, frozen=True, kw_only=True):
    """Which films are compared."""

    film: Annotated[
        tuple[Annotated[str, Meta(min_length=1, max_length=500)], ...],
        Meta(min_length=2, max_length=4, description="Titles or ids, two to four, each given as `film=`."),
    ]
    spoilers: Annotated[bool, Meta(description="Quotes that give the story away, too.")] = False


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """One film's judgement on one aspect: the counts, and the quote that tells most of praise and of blame."""

    tally: Tally
    praise: Quote | None
    blame: Quote | None


class Compared(msgspec.Struct, frozen=True, kw_only=True):
    """One of the films: its stars, and its side of each aspect that its reviews judge."""

    film: Film
    stars: Stars
    aspects: dict[str, Side]


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """Films side by side, in the order asked for; ``aspects`` of any of them, most often judged first."""

    films: tuple[Compared, ...]
    aspects: tuple[str, ...]


class Order(Listing, frozen=True, kw_only=True):
    """What films are ranked by."""

    aspect: Annotated[Aspect, Meta(description="Left out: the film as a whole.")] | None = None
    order: Literal["praised", "least-praised", "blamed"] = "praised"
    least: Annotated[
        int, Meta(ge=1, le=1_000_000, description="Films with fewer reviews that judge it are left out.")
    ] = 10


class Ranked(msgspec.Struct, frozen=True, kw_only=True):
    """A film in its place; ``part`` of ``reviews`` say so, a ``share`` that truly lies between ``low`` and ``high``."""

    place: int
    film: str
    title: str | None
    year: int | None
    reviews: int
    part: int
    share: float
    low: float
    high: float


class Ranking(msgspec.Struct, frozen=True, kw_only=True):
    """Films in order of the surer bound of their share (Wilson, 1927)."""

    items: tuple[Ranked, ...]
    next: str | None


def beside(asking: Asking, given: Several) -> Comparison:
    """Two to four films side by side: stars, share favourable, each aspect with a quote of either side."""
    ids = [film_of(asking, named).film for named in given.film]
    if len(set(ids)) < len(ids):
        raise Refused(422, "Some of these are one film; name each once.")
    found = compare(asking.connection, ids, spoilers=given.spoilers)
    films = (
        Compared(film=one.film, stars=one.stars, aspects={name: _side(side) for name, side in one.aspects.items()})
        for one in found.films
    )
    return Comparison(films=tuple(films), aspects=found.aspects)


def _side(found: Found) -> Side:
    praise, blame = (quoted(one) if one else None for one in (found.praise, found.blame))
    return Side(tally=found.tally, praise=praise, blame=blame)


def in_order(asking: Asking, given: Order) -> Ranking:
    """Films in order of how surely reviews praise, or blame, one aspect or the whole."""
    worst = given.order == "least-praised"
    answer = rank(
        asking.connection, given.aspect, blamed=given.order == "blamed", worst=worst, min_reviews=given.least,
        limit=_ALL,
    )  # fmt: skip
    rows = msgspec.convert(answer.rows(), list[Ranked])

    def key(row: Ranked) -> tuple[float, int, str]:
        return (row.high if worst else -row.low), -row.reviews, row.film

    since = opened(asking, given.cursor, tuple[float, int, str])
    shown, after = page(asking, [row for row in rows if key(row) > since] if since else rows, given.limit, key)
    return Ranking(items=tuple(shown), next=after)


OPERATIONS = (
    question(
        name="compare", path="/compare", summary="Films side by side", parameters=Several, answer=Comparison,
        ask=beside, refusals=(404, 422),
    ),
    question(
        name="rankings", path="/rankings", summary="Films in order", parameters=Order, answer=Ranking, ask=in_order
    ),
)  # fmt: skip
