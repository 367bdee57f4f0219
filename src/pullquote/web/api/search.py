"""Search: sentences by words and by meaning."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import msgspec
from msgspec import Meta

from ...errors import InputError
from ...reading import Aspect, Polarity, Role
from ...search.ask import By, search
from ...search.filters import Filters, resolved
from ...search.found import Found, Quote
from ...search.query import LONGEST, parsed
from ..links import outside
from ..problems import Refused
from .asking import Asking
from .cursor import opened, page
from .naming import seeking_film
from .operation import question
from .parameters import Listing

#: Answers that are put in order; pages are cut from these, so that no page depends on how long the ones before were.
RANKED = 200


class Sought(Listing, frozen=True, kw_only=True):
    """What is searched for."""

    q: Annotated[str, Meta(min_length=1, max_length=LONGEST, description='Words; "phrases" stand as they are.')]
    by: By = "both"
    film: Annotated[str, Meta(max_length=500, description="Title or id.")] | None = None
    person: Annotated[str, Meta(max_length=500, description="Named or judged in the sentence.")] | None = None
    aspect: Aspect | None = None
    polarity: (
        Annotated[
            Polarity, Meta(description="Of the judgement on `aspect` where one is asked for, else of the sentence.")
        ]
        | None
    ) = None
    role: Role | None = None
    spoilers: Annotated[bool, Meta(description="Sentences that give the story away, too.")] = False
    min_stars: Annotated[float, Meta(ge=0, le=10)] | None = None
    max_stars: Annotated[float, Meta(ge=0, le=10)] | None = None
    since: dt.date | None = None
    until: dt.date | None = None


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence that answers, with its quotes, film and review; spans count code points of the review.

    ``stars`` are the reviewer's own (``stars_given``) or the reading's estimate.
    """

    words: str
    quotes: tuple[Quote, ...]
    film: str | None
    title: str | None
    year: int | None
    review: int
    segment: int
    start: int
    end: int
    id: str
    author: str | None
    written: dt.date | None
    url: str | None
    stars: float | None
    stars_given: bool
    role: str
    polarity: str
    spoiler: float


class Hits(msgspec.Struct, frozen=True, kw_only=True):
    """Sentences, best first, of the 200 best; ``missing`` reviews are not in the search index as they are now."""

    items: tuple[Hit, ...]
    missing: int
    next: str | None


def ask(asking: Asking, given: Sought) -> Hits:
    """Sentences that answer words, by words (BM25), by meaning (nearest vectors), or by both fused.

    The first 200 can be had. Without `spoilers`, sentences that give the story away are left out.
    """
    try:
        parsed(given.q)
        filters = Filters(
            film=given.film, person=given.person, aspect=given.aspect, polarity=given.polarity, role=given.role,
            spoiler_free=not given.spoilers, min_stars=given.min_stars, max_stars=given.max_stars, since=given.since,
            until=given.until,
        )  # fmt: skip
    except InputError as error:
        raise Refused(422, f"This cannot be asked: {error}.") from error
    try:
        with seeking_film(asking):
            resolved(asking.connection, filters)
        index = asking.serving.index()
        answers = search(asking.connection, index, given.q, filters=filters, by=given.by, limit=RANKED)
    except InputError as error:
        # Its own words name a folder of the server.
        told = "This library has no search index that can be used. Its keeper can make one with: pullquote index"
        raise Refused(503, told) from error
    (done,) = opened(asking, given.cursor, tuple[int]) or (0,)
    places = range(done, len(answers.found))
    shown, after = page(asking, places, given.limit, lambda place: (place + 1,))
    return Hits(items=tuple(_hit(answers.found[place]) for place in shown), missing=answers.missing, next=after)


def _hit(found: Found) -> Hit:
    told = {name: getattr(found, name) for name in Hit.__struct_fields__ if name != "url"}
    return Hit(**told, url=outside(found.url))


OPERATIONS = (
    question(
        name="search", path="/search", summary="Search sentences by words and meaning", parameters=Sought, answer=Hits,
        ask=ask, refusals=(404, 422),
    ),
)  # fmt: skip
