"""Corrections of a reading: what was corrected, correcting, undoing, marking the whole as checked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Annotated, Literal, TypeVar

import msgspec
from msgspec import Meta
from starlette.requests import Request
from starlette.responses import Response

from ...corrections import keep
from ...corrections.changes import Change, ClaimChange
from ...corrections.record import Correction, of_reviews
from ...errors import CorrectionConflict, InputError
from ...library.rebuild import readings
from ...library.store import Store
from ...reading import Reading
from ..problems import Refused
from ..service import Service
from .asking import Asking
from .cursor import opened, page
from .doing import done
from .guard import token_of
from .operation import Operation, question
from .parameters import Listing, Parameters, body
from .reviews import Number, OneReview, unknown

Done = TypeVar("Done")
#: With its zone, which is UTC.
Time = Annotated[dt.datetime, Meta(tz=True)]


class OfReview(Listing, frozen=True, kw_only=True):
    """Corrections of which review."""

    number: Annotated[Number, Meta(description="Number of the review.")]


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """A correction; ``set_aside`` says why it does not fit what another model read since."""

    correction: int
    review: int
    author: str
    made_at: Time
    status: Literal["in force", "undone", "set aside"]
    undone_at: Time | None
    set_aside: str | None
    change: Change


class Corrections(msgspec.Struct, frozen=True, kw_only=True):
    """Corrections, oldest first, undone ones too."""

    items: tuple[Kept, ...]
    next: str | None


class Wanted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is to be changed, all of it or nothing; each change is of the reading as those before it left it."""

    changes: Annotated[tuple[ClaimChange, ...], Meta(min_length=1, max_length=100)]


class Approved(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which reading was found right: ``in_force`` of the review."""

    in_force: Number


class OneCorrection(Parameters, frozen=True, kw_only=True):
    """Which correction."""

    correction: Annotated[Number, Meta(description="Number of the correction.")]


class Mended(msgspec.Struct, frozen=True, kw_only=True):
    """What was done: the numbers of the corrections made or undone, and the reading as it is now."""

    review: int
    corrections: tuple[int, ...]
    in_force: int
    reading: Reading


def listed(asking: Asking, given: OfReview) -> Corrections:
    """All corrections ever made of a review, by whom and when, with what each replaced and put there."""
    if not readings(asking.connection, [given.number]):
        raise unknown()
    (since,) = opened(asking, given.cursor, tuple[int]) or (0,)
    made = of_reviews(asking.connection, [given.number]).get(given.number, [])
    left = [one for one in made if one.correction > since]
    shown, after = page(asking, left, given.limit, lambda one: (one.correction,))
    return Corrections(items=tuple(map(_told, shown)), next=after)


def _told(one: Correction) -> Kept:
    return Kept(
        correction=one.correction, review=one.review, author=one.author, made_at=_utc(one.made_at), status=one.status,
        undone_at=_utc(one.undone_at) if one.undone_at else None, set_aside=one.set_aside, change=one.change,
    )  # fmt: skip


def _utc(time: dt.datetime) -> dt.datetime:
    return time.replace(tzinfo=dt.UTC)


async def correct(request: Request, serving: Service, given: OneReview) -> Response:
    """Correct a reading; the author of the corrections is the name of the token.

    `before` must be in the reading to the letter (409 otherwise: somebody was faster), and what is put in must fit the
    text (422 otherwise).
    """
    wanted = await body(request, Wanted)
    author = _author(request)
    return await _mending(
        serving, given.number, lambda store: keep.correct_all(store, given.number, wanted.changes, author)
    )


async def approve(request: Request, serving: Service, given: OneReview) -> Response:
    """Note that all of a reading is right as it is; 409 if it is no longer that reading."""
    approved = await body(request, Approved)
    author = _author(request)
    return await _mending(
        serving, given.number, lambda store: [keep.mark_checked(store, given.number, approved.in_force, author)]
    )


async def undo(request: Request, serving: Service, given: OneCorrection) -> Response:
    """Take a correction back; 409 if it is undone already, or a later one rests on it."""

    def change(store: Store) -> Mended:
        row = store.one("SELECT review, undone_at FROM corrections WHERE correction = ?", [given.correction])
        if row is None:
            raise Refused(404, "No correction of this library has that number.")
        if row[1] is not None:
            raise Refused(409, "This correction is undone already.")
        _trying(lambda: keep.undo(store, given.correction))
        return _mended(store, int(row[0]), [given.correction])

    return done(await serving.write(change))


async def _mending(serving: Service, review: int, mend: Callable[[Store], Sequence[int]]) -> Response:
    def change(store: Store) -> Mended:
        if store.one("SELECT 1 FROM reviews WHERE review = ?", [review]) is None:
            raise unknown()
        made = _trying(lambda: mend(store))
        return _mended(store, review, made)

    return done(await serving.write(change), 201)


def _trying(mend: Callable[[], Done]) -> Done:
    """What ``mend`` gives; what it refuses is told."""
    try:
        return mend()
    except CorrectionConflict as error:
        raise Refused(409, f"{error}.") from error
    except InputError as error:
        raise Refused(422, f"{error}.") from error


def _mended(store: Store, review: int, numbers: Sequence[int]) -> Mended:
    now = keep.current(store.connection, review)
    return Mended(review=review, corrections=tuple(numbers), in_force=now.number, reading=now.reading)


def _author(request: Request) -> str:
    token = token_of(request)
    assert token is not None
    return token.name


_WRITES = (409, 415)
OPERATIONS = (
    question(
        name="corrections", path="/review/{number}/corrections", summary="Corrections of a review",
        parameters=OfReview, answer=Corrections, ask=listed, refusals=(404,),
    ),
    Operation(
        name="correct", path="/review/{number}/corrections", summary="Correct a reading", method="POST", status=201,
        parameters=OneReview, body=Wanted, answer=Mended, respond=correct, scope="write", refusals=(404, 422, *_WRITES),
    ),
    Operation(
        name="approve", path="/review/{number}/checked", summary="Mark a reading as checked", method="POST",
        status=201, parameters=OneReview, body=Approved, answer=Mended, respond=approve, scope="write",
        refusals=(404, 422, *_WRITES),
    ),
    Operation(
        name="undo", path="/corrections/{correction}/undo", summary="Undo a correction", method="POST",
        parameters=OneCorrection, answer=Mended, respond=undo, scope="write", refusals=(404, 409),
    ),
)  # fmt: skip
