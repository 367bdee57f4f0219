"""Correct: the review on a desk, where its reading is mended sentence by sentence."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, get_args

from fastapi import APIRouter, Path, Query, Request
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from ...corrections.keep import history, undo
from ...errors import CorrectionConflict, InputError
from ...library.store import Store
from ...reading import Aspect, CreditRole, MentionType, Recommendation, Relationship
from ...render import words
from ..correcting.author import LONGEST, author_of, checked, remember
from ..correcting.changes import LEANINGS, correct
from ..correcting.claims import KINDS, LONGEST_NAME, editable
from ..correcting.desk import Desk, desk
from ..links import own_path
from ..problems import Refused
from ..service import Service
from ..shell import Serving, field, form_of, is_part, page, part, secure

router = APIRouter(include_in_schema=False)
Number = Annotated[int, Path(ge=1, lt=2**62)]
_TONES = {**words.JUDGEMENTS, "neutral": "No judgement"}
_LEANING = {"positive": "Favourable", "mixed": "Mixed", "negative": "Unfavourable"}
#: What can be chosen in forms: what is sent, and how it is called.
_CHOICES: dict[str, dict[str, str]] = {
    "sentence": dict(words.SENTENCES),
    "tone": _TONES,
    "type": {one: words.MENTIONS[one] for one in get_args(MentionType)},
    "aspect": {one: one for one in get_args(Aspect)},
    "polarity": dict(words.JUDGEMENTS),
    "role": {one: one for one in get_args(CreditRole)},
    "relation": {one: words.relation(one) for one in get_args(Relationship)},
    "recommend": {one: words.RECOMMENDATIONS[one] for one in get_args(Recommendation)},
    "leaning": {one: _LEANING[one] for one in LEANINGS},
    "kind": {name: kind.word for name, kind in KINDS.items()} | {"rating": "Stated rating"},
}


@router.get("/review/{number}/correct")
async def correcting(
    request: Request, serving: Serving, number: Number, sentence: Annotated[int | None, Query(ge=0, lt=2**62)] = None
) -> Response:
    """The desk, with one sentence chosen; scripts ask for that sentence's part alone."""
    _may_write(serving)
    laid = await serving.ask(lambda connection: desk(connection, number, sentence))
    return _page(request, laid, name="correct_bench.html" if is_part(request) else "correct.html")


@router.post("/review/{number}/correct")
async def corrected(request: Request, serving: Serving, number: Number) -> Response:
    """Keep what a form of the desk asks for."""
    form = await form_of(request)
    author = _author(request, serving)
    told = {name: field(form, name) for name in form}
    return await _done(request, serving, number, form, "Kept.", lambda store: correct(store, number, told, author))


@router.post("/review/{number}/undo")
async def undone(request: Request, serving: Serving, number: Number) -> Response:
    """Take one correction of this review back."""
    form = await form_of(request)
    _may_write(serving)
    typed = field(form, "correction")
    correction = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 12 else 0

    def take_back(store: Store) -> None:
        if correction not in {one.correction for one in history(store, number)}:
            raise InputError("this review has no such correction")
        undo(store, correction)

    return await _done(request, serving, number, form, "Undone.", take_back)


@router.post("/author")
async def named(request: Request, serving: Serving) -> Response:
    """Remember who corrects, and go back to where that was asked."""
    form = await form_of(request)
    _may_write(serving)
    try:
        name = checked(field(form, "author"))
    except InputError as error:
        raise Refused(400, f"{_sentence(error)} Go back and type another one.") from error
    response = RedirectResponse(own_path(field(form, "back")), 303)
    remember(response, name, secure=secure(request))
    return response


async def _done(
    request: Request, serving: Service, number: int, form: FormData, said: str, work: Callable[[Store], object]
) -> Response:
    """Do ``work`` to the library; the answer is the desk as it is then, or why it could not be done."""
    start = field(form, "sentence")
    sentence = int(start) if start.isascii() and start.isdecimal() and len(start) < 12 else None
    status, trouble = 200, ""
    try:
        await serving.write(work)
    except InputError as error:
        status, trouble = 409 if isinstance(error, CorrectionConflict) else 400, _sentence(error)
    if trouble and is_part(request):
        # The form is still there with all that was typed; its script puts this beside it.
        answer = part("correct_trouble.html", trouble=trouble)
        answer.status_code = status
        return answer
    if not (trouble or is_part(request)):
        at = f"?sentence={sentence}#at{sentence}" if sentence is not None else ""
        return RedirectResponse(f"/review/{number}/correct{at}", 303)
    laid = await serving.ask(lambda connection: desk(connection, number, sentence))
    if not trouble:
        return _page(request, laid, name="correct_body.html", said=said)
    tried = {"form": ""} | {name: field(form, name) for name in form}
    return _page(request, laid, status=status, trouble=trouble, tried=tried)


def _page(request: Request, laid: Desk, *, name: str = "correct.html", status: int = 200, **values: Any) -> Response:
    told = {"trouble": "", "tried": {"form": ""}, "said": "", "desk": laid} | values
    return page(
        request, name, status=status, author=author_of(request), choices=_CHOICES, editable=editable,
        longest_author=LONGEST, longest_name=LONGEST_NAME, **told,
    )  # fmt: skip


def _author(request: Request, serving: Service) -> str:
    _may_write(serving)
    author = author_of(request)
    if author is None:
        raise Refused(400, "Say first who you are: open the page of correcting again, and it asks for your name.")
    return author


def _may_write(serving: Service) -> None:
    if not serving.settings.pages_write:
        raise Refused(403, "This library is only to be looked at here.")


def _sentence(error: InputError) -> str:
    """What went wrong as a sentence of its own."""
    told = words.plain(str(error))[:500]
    return f"{told[:1].upper()}{told[1:]}{'' if told.endswith('.') else '.'}"
