"""Reading texts, up to a hundred at once, and keeping them where that is wanted and allowed."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import msgspec
from msgspec import Meta
from starlette.requests import Request
from starlette.responses import Response

from ...errors import EmptyReview, ReviewTooLong
from ...library.keys import review_key
from ...library.rows import Read
from ...library.store import Store
from ...library.write import add, title_films
from ...reader import limits
from ...reading import Reading
from ...sources.ratings import parse
from ...sources.record import Record
from ..handed import SOURCE
from ..problems import Refused
from ..service import LONGEST, Service
from .doing import done
from .operation import Operation
from .parameters import Parameters, body
from .reviews import Number
from .writing import refuse_writing

if TYPE_CHECKING:
    from ...reader import Reader

#: Texts at once, and all their characters: what is read within the time that a request has.
TEXTS, TOGETHER = 100, 400_000

Short = Annotated[str, Meta(max_length=300)]


class Text(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A review to be read; what stands beside the text is kept with it. ``rating`` is told as in "3.5/5" or "B+"."""

    text: Annotated[str, Meta(min_length=1, max_length=LONGEST)]
    id: Annotated[str, Meta(min_length=1, max_length=200)] | None = None
    title: Short | None = None
    year: Annotated[int, Meta(ge=1000, le=9999)] | None = None
    film_id: Annotated[str, Meta(min_length=1, max_length=200)] | None = None
    author: Short | None = None
    rating: Annotated[str, Meta(max_length=40)] | None = None


class Texts(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Reviews to be read; with ``save`` they are kept, which needs a token with the scope "write"."""

    reviews: Annotated[tuple[Text, ...], Meta(min_length=1, max_length=TEXTS)]
    save: bool = False


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What came of one text: its reading, or why there is none; ``review`` is its number where it was kept."""

    id: str
    reading: Reading | None
    review: Number | None
    problem: str | None


class Outcomes(msgspec.Struct, frozen=True, kw_only=True):
    """What came of each text, in their order."""

    items: tuple[Outcome, ...]


async def respond(request: Request, serving: Service, given: Parameters) -> Response:
    """Read reviews. One that cannot be read says so in its place; the others are read all the same.

    Reading is done aside, one request after the other; when many wait, the answer is 503. With `save` the reviews are
    kept in the library; one that is there already is not kept twice, and its number is given.
    """
    texts = await body(request, Texts)
    if texts.save and (refused := refuse_writing(request, serving)):
        return refused
    if sum(len(one.text) for one in texts.reviews) > TOGETHER:
        raise Refused(413, f"All texts together may have {TOGETHER:,} characters; send them in several requests.")
    records = [_record(one) for one in texts.reviews]
    stopped = threading.Event()
    try:
        found = await serving.read(lambda reader: _read(reader, records, stopped))
    except asyncio.CancelledError:
        # The request is gone; whoever waits for the reader need not wait for the rest of it.
        stopped.set()
        raise
    numbers: dict[str, int] = {}
    if texts.save:
        pairs = zip(records, found, strict=True)
        read = [Read(SOURCE, record, one) for record, one in pairs if isinstance(one, Reading)]
        numbers = await serving.write(lambda store: _kept(store, read))
    return done(Outcomes(items=tuple(_outcome(*pair, numbers) for pair in zip(records, found, strict=True))))


def _record(one: Text) -> Record:
    """A text as sources yield it."""
    record = Record(
        one.text, "", SOURCE, film_id=one.film_id, title=one.title or None, year=one.year, author=one.author or None,
        rating=parse(one.rating) if one.rating else None,
    )  # fmt: skip
    return replace(record, id=one.id or f"{SOURCE}-{review_key(record).hex()[:8]}")


def _read(reader: Reader, records: list[Record], stopped: threading.Event) -> list[Reading | str]:
    """The reading of each text, or why there is none."""
    found: list[Reading | str] = []
    wanted: list[int] = []
    for place, record in enumerate(records):
        try:
            limits.check(record.text, LONGEST)
            found.append("")
            wanted.append(place)
        except (EmptyReview, ReviewTooLong) as error:
            found.append(str(error))
    readings = reader.read_many((records[place].id, records[place].text) for place in wanted)
    for place, reading in zip(wanted, readings, strict=True):
        if stopped.is_set():
            break
        found[place] = reading.without_text()
    return found


def _kept(store: Store, read: list[Read]) -> dict[str, int]:
    """Store those reviews that are not there yet; gives the number of each by its key."""
    by_key = {review_key(one.record).hex(): one for one in read}
    there = _numbers(store, by_key)
    if fresh := [one for key, one in by_key.items() if key not in there]:
        add(store, fresh)
        title_films(store)
    return _numbers(store, by_key)


def _numbers(store: Store, keys: dict[str, Read]) -> dict[str, int]:
    rows = store.connection.execute(
        "SELECT key, review FROM reviews WHERE key IN (SELECT unnest($1::VARCHAR[]))", [list(keys)]
    ).fetchall()
    return dict(rows)


def _outcome(record: Record, found: Reading | str, numbers: dict[str, int]) -> Outcome:
    if isinstance(found, str):
        return Outcome(id=record.id, reading=None, review=None, problem=found)
    number = numbers.get(review_key(record).hex())
    return Outcome(id=record.id, reading=found, review=number, problem=None)


OPERATIONS = (
    Operation(
        name="read", path="/read", summary="Read reviews", method="POST", parameters=Parameters, body=Texts,
        answer=Outcomes, respond=respond, refusals=(401, 403, 413, 415),
    ),
)  # fmt: skip
