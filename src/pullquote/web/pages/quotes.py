"""The quotes behind one bar: all that a film's reviews say for or against one aspect, the surest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse

from ...questions.films import Film, films_by_id
from ...questions.scope import of_film
from ...reading import Aspect
from ..lit import lit
from ..problems import Refused
from ..shell import Serving, is_part, page, part, spoilers_shown

if TYPE_CHECKING:
    import duckdb

router = APIRouter(include_in_schema=False)
_EACH = 10
Side = Literal["positive", "negative", "mixed"]


@dataclass(frozen=True, slots=True)
class Said:
    """A quote in its sentence, which is cut into stretches (text, polarity), and whose it is."""

    parts: list[tuple[str, str]]
    target: str | None
    confidence: float
    review: int
    at: int
    id: str
    author: str | None


@dataclass(frozen=True, slots=True)
class _Answer:
    film: Film
    quotes: list[Said]
    all: int
    veiled: int


@router.get("/quotes")
async def quotes(
    request: Request, serving: Serving, film: Annotated[str, Query(max_length=4000)], aspect: Aspect, side: Side,
    first: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
) -> HTMLResponse:  # fmt: skip
    """A page of them, or the part that opens under the bar."""
    spoilers = spoilers_shown(request)
    found = await serving.ask(lambda connection: _quotes(connection, film, aspect, side, first, spoilers))
    after = first + _EACH if first + _EACH < found.all else None
    values: dict[str, Any] = {"found": found, "aspect": aspect, "side": side, "first": first, "after": after}
    return part("quotes.html", **values) if is_part(request) else page(request, "quotes_page.html", **values)


def _quotes(
    connection: duckdb.DuckDBPyConnection, film: str, aspect: str, side: str, first: int, spoilers: bool
) -> _Answer:
    known = films_by_id(connection, [film])
    if not known:
        raise Refused(404, "No film of this library has that id.")
    scope = of_film(connection, film, spoilers=spoilers)
    own = [one for one in scope.opinions if one.aspect == aspect and one.polarity == side]
    veiled = {one for one in own if one.segment is not None and scope.sentences[one.review, one.segment].veiled}
    shown = sorted((one for one in own if one not in veiled), key=lambda o: (-o.confidence, o.review, o.opinion))
    now = shown[first : first + _EACH]
    origins = scope.origins({one.review for one in now})
    said = []
    for one in now:
        origin = origins[one.review]
        sentence = scope.sentences[one.review, one.segment] if one.segment is not None else one
        start, end = sentence.start, max(sentence.end, one.end)
        parts = lit(origin.text[start:end], [(one.start - start, one.end - start, one.polarity)])
        said.append(Said(parts, one.target, one.confidence, one.review, start, origin.id, origin.author))
    return _Answer(known[0], said, len(shown), len(veiled))
