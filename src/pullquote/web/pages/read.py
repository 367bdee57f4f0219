"""Read: a review pasted or a saved page, its reading at once; to be kept, if the library may be written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.responses import HTMLResponse, RedirectResponse, Response

from ...errors import InputError
from ...reading import Reading
from ...sources.record import Record
from ..handed import described, keep, record_of
from ..links import review as review_url
from ..problems import Refused
from ..service import LONGEST
from ..settings import SLOWER
from ..shell import Serving, field, form_of, page
from ..shown import shown

if TYPE_CHECKING:
    from ...reader import Reader

router = APIRouter(include_in_schema=False)
_MOST = SLOWER["/read"].body
#: Fields of the form that describe a review, with their most characters.
_FIELDS = {"title": 300, "year": 4, "author": 200, "rating": 40}


@dataclass(frozen=True, slots=True)
class _Read:
    record: Record
    reading: Reading


@router.get("/read")
async def empty(request: Request) -> HTMLResponse:
    """The empty form."""
    return page(request, "read.html", text="", trouble="", longest=LONGEST)


@router.post("/read")
async def read(request: Request, serving: Serving) -> HTMLResponse:
    """The form with the reading of what was handed in."""
    form = await form_of(request, max_part=_MOST)
    text = field(form, "text")
    try:
        data = await _data(form)
        done = await serving.read(lambda reader: _read(reader, data))
    except InputError as error:
        return page(request, "read.html", status=400, text=text, trouble=str(error), longest=LONGEST)
    return await run_in_threadpool(_page, request, done)


@router.post("/read/keep")
async def kept(request: Request, serving: Serving) -> Response:
    """Keep the review that was read, and go to its page."""
    form = await form_of(request, max_part=_MOST)
    if not serving.settings.pages_write:
        raise Refused(403, "This library is only to be looked at here.")
    told = {name: field(form, name)[:most] for name, most in _FIELDS.items()}
    try:
        data = await _data(form)
        done = await serving.read(lambda reader: _read(reader, data))
        record = described(done.record, **told)
    except InputError as error:
        return page(request, "read.html", status=400, text=field(form, "text"), trouble=str(error), longest=LONGEST)
    number = await serving.write(lambda store: keep(store, record, done.reading))
    return RedirectResponse(review_url(number), 303)


def _page(request: Request, done: _Read) -> HTMLResponse:
    # Of a long review this takes a second or two, in which other pages go on.
    return page(request, "reading.html", record=done.record, review=shown(done.reading, done.record.text))


async def _data(form: FormData) -> bytes:
    """What was handed in: the file, if there is one, else the text, its lines ended as texts end them."""
    file = form.get("file")
    if isinstance(file, UploadFile) and file.size:
        return await file.read()
    return field(form, "text").replace("\r\n", "\n").encode("utf-8", "replace")


def _read(reader: Reader, data: bytes) -> _Read:
    record = record_of(data)
    return _Read(record, reader.read(record.text, id=record.id))
