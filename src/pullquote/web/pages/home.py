"""The first page: search as one types over sentences and quotes, by words and by meaning, and films as cards."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, get_args

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse

from ...errors import AmbiguousName, InputError
from ...questions.films import films_by_id
from ...reading import Aspect, Polarity, Role
from ...search.ask import search
from ...search.filters import Filters
from ...search.query import LONGEST
from .. import cards
from ..lit import lit
from ..problems import Refused
from ..service import Service
from ..shell import Serving, is_part, page, part, spoilers_shown

if TYPE_CHECKING:
    import duckdb

    from ...search.found import Found

router = APIRouter(include_in_schema=False)
#: Answers at first, how many more each time, and at most.
_ANSWERS, _MOST = 20, 200
_CARDS = 8


@dataclass(frozen=True, slots=True)
class Asked:
    """What the form asks for, as it was typed."""

    q: str
    film: str
    aspect: str
    polarity: str
    role: str
    stars: str
    year: str
    limit: int

    @property
    def narrowed(self) -> bool:
        """Whether anything but words is asked for."""
        return any((self.film, self.aspect, self.polarity, self.role, self.stars, self.year))

    def filters(self, *, spoilers: bool) -> Filters:
        """The same for the search.

        Raises:
            InputError: if a field holds what it cannot hold.
        """
        low, _, high = self.stars.partition("-")
        if self.stars and not (low.isdecimal() and high.isdecimal()):
            raise InputError("stars are a range, such as 7-10")
        if self.year and not (self.year.isdecimal() and 1 <= int(self.year) <= dt.MAXYEAR):
            raise InputError("a year is a number, such as 2011")
        year = int(self.year) if self.year else None
        return Filters(
            film=self.film or None, aspect=self.aspect or None, polarity=self.polarity or None, role=self.role or None,
            spoiler_free=not spoilers, min_stars=float(low) if low else None, max_stars=float(high) if high else None,
            since=dt.date(year, 1, 1) if year else None, until=dt.date(year, 12, 31) if year else None,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Results:
    """What is shown under the form."""

    cards: list[cards.Card]
    found: tuple[Found, ...] = ()
    missing: int = 0
    note: str = ""
    choices: tuple[tuple[str, str], ...] = ()


@router.get("/")
@router.get("/search")
async def home(
    request: Request, serving: Serving,
    q: Annotated[str, Query(max_length=LONGEST)] = "", film: Annotated[str, Query(max_length=500)] = "",
    aspect: str = "", polarity: str = "", role: str = "", stars: str = "", year: str = "",
    limit: Annotated[int, Query(ge=1, le=_MOST)] = _ANSWERS,
) -> HTMLResponse:  # fmt: skip
    """The page, or what stands under the form for the script that asks as one types."""
    asked = Asked(q.strip(), film.strip(), aspect, polarity, role, stars, year, limit)
    spoilers = spoilers_shown(request)
    results = await serving.ask(lambda connection: _results(connection, serving, asked, spoilers))
    values: dict[str, Any] = {"asked": asked, "results": results, "lit": _lit, "more": min(limit + _ANSWERS, _MOST)}
    if is_part(request):
        return part("results.html", **values)
    reviews, films = await serving.ask(cards.size)
    values |= {"aspects": get_args(Aspect), "polarities": get_args(Polarity), "roles": get_args(Role)}
    return page(request, "home.html", reviews=reviews, films=films, **values)


@router.get("/films")
async def films(
    request: Request, serving: Serving, first: Annotated[int, Query(ge=0, le=10_000_000)] = 0
) -> HTMLResponse:
    """All films, a page of cards at a time."""
    found = await serving.ask(lambda connection: cards.cards(connection, first=first, limit=cards.EACH + 1))
    after = first + cards.EACH if len(found) > cards.EACH else None
    values: dict[str, Any] = {"cards": found[: cards.EACH], "after": after}
    return part("cards.html", **values) if is_part(request) else page(request, "films.html", first=first, **values)


def _results(connection: duckdb.DuckDBPyConnection, serving: Service, asked: Asked, spoilers: bool) -> _Results:
    if not asked.q:
        note = "Name a word or two; the filters narrow what they find." if asked.narrowed else ""
        return _Results(cards.cards(connection, titled=asked.film, limit=cards.EACH), note=note)
    titled = [] if asked.narrowed else cards.cards(connection, titled=asked.q, limit=_CARDS)
    try:
        filters = asked.filters(spoilers=spoilers)
    except InputError as error:
        raise Refused(400, str(error)) from error
    try:
        index = serving.index()
    except InputError:
        # Its own words name a folder of the server.
        note = "This library has no search index that can be used. Its keeper can make one with: pullquote index"
        return _Results(titled, note=note)
    try:
        answers = search(connection, index, asked.q, filters=filters, limit=asked.limit)
    except AmbiguousName as error:
        named = films_by_id(connection, error.candidates)
        return _Results(titled, note="Several films are called so. Which one?", choices=_choices(named))
    except InputError:
        return _Results(titled, note="Nothing can be asked like this: a word is needed, and a film that is here.")
    return _Results(titled, answers.found, answers.missing)


def _choices(named: list[Any]) -> tuple[tuple[str, str], ...]:
    return tuple((film.name, film.film) for film in named)


def _lit(found: Found) -> list[tuple[str, str]]:
    return lit(found.words, ((q.start - found.start, q.end - found.start, q.polarity) for q in found.quotes))
