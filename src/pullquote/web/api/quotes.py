"""The quotes behind a bar: what a film's reviews say for or against an aspect."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from ...questions.claims import Opinion
from ...questions.films import Film
from ...questions.scope import Scope, of_film
from ...reading import Aspect
from ..links import outside
from .answers import Quote
from .asking import Asking
from .cursor import opened, page
from .naming import film_of
from .operation import question
from .parameters import Listing


class Said(Listing, frozen=True, kw_only=True):
    """Which quotes."""

    film: Annotated[str, Meta(min_length=1, max_length=2000, description="Title or id.")]
    aspect: Aspect | None = None
    polarity: Literal["positive", "negative", "mixed"] | None = None
    spoilers: Annotated[bool, Meta(description="From sentences that give the story away, too.")] = False


class Quotes(msgspec.Struct, frozen=True, kw_only=True):
    """Quotes, the surest first; ``total`` on all pages, ``veiled`` more give the story away."""

    film: Film
    items: tuple[Quote, ...]
    total: int
    veiled: int
    next: str | None


def ask(asking: Asking, given: Said) -> Quotes:
    """All that a film's reviews say for or against an aspect, the surest first."""
    film = film_of(asking, given.film)
    scope = of_film(asking.connection, film.film, spoilers=given.spoilers)
    asked = [one for one in scope.opinions if _is_asked(one, given)]
    told = sorted((one for one in asked if not _veiled(scope, one)), key=_place)
    since = opened(asking, given.cursor, tuple[float, int, int])
    left = [one for one in told if _place(one) > since] if since else told
    shown, after = page(asking, left, given.limit, _place)
    scope.origins({one.review for one in shown})
    items = tuple(_quote(scope, one) for one in shown)
    return Quotes(film=film, items=items, total=len(told), veiled=len(asked) - len(told), next=after)


def _is_asked(one: Opinion, given: Said) -> bool:
    return given.aspect in (None, one.aspect) and given.polarity in (None, one.polarity)


def _place(one: Opinion) -> tuple[float, int, int]:
    return -one.confidence, one.review, one.opinion


def _veiled(scope: Scope, one: Opinion) -> bool:
    return one.segment is not None and scope.sentences[one.review, one.segment].veiled


def _quote(scope: Scope, one: Opinion) -> Quote:
    origin = scope.origins([one.review])[one.review]
    sentence = one if one.segment is None else scope.sentences[one.review, one.segment]
    start, end = sentence.start, max(sentence.end, one.end)
    return Quote(
        quote=origin.text[one.start : one.end], aspect=one.aspect, polarity=one.polarity, target=one.target,
        confidence=one.confidence, sentence=origin.text[start:end], review=one.review, start=one.start, end=one.end,
        sentence_start=start, sentence_end=end, id=origin.id, author=origin.author, url=outside(origin.url),
    )  # fmt: skip


OPERATIONS = (
    question(
        name="quotes", path="/quotes", summary="Quotes of a film by aspect and polarity", parameters=Said,
        answer=Quotes, ask=ask, refusals=(404,),
    ),
)  # fmt: skip
