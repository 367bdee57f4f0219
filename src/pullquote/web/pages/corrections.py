"""What was corrected in a review, and the review as the machine read it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Request
from starlette.responses import HTMLResponse

from ..correcting.desk import known_review, title_of
from ..correcting.selection import laid
from ..correcting.told import told
from ..shell import Serving, page
from ..shown import shown

router = APIRouter(include_in_schema=False)
Number = Annotated[int, Path(ge=1, lt=2**62)]


@router.get("/review/{number}/corrections")
async def corrections(request: Request, serving: Serving, number: Number) -> HTMLResponse:
    """All corrections of a review, undone ones too."""
    known, title = await serving.ask(lambda c: (known_review(c, number), title_of(c, number)))
    lines = told(known.corrections, laid(known.text), known.reading.segments)
    return page(request, "corrections.html", number=number, title=title, history=lines)


@router.get("/review/{number}/machine")
async def machine(request: Request, serving: Serving, number: Number) -> HTMLResponse:
    """The review with what the machine read in it, whatever was corrected since."""
    known, title = await serving.ask(lambda c: (known_review(c, number), title_of(c, number)))
    review = shown(known.machine, known.text)
    return page(request, "correct_machine.html", number=number, title=title, review=review)
