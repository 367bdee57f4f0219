"""What a browser is to remember: whether to show what gives stories away."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse

from ..links import own_path
from ..shell import field, form_of, remember_spoilers, secure

router = APIRouter(include_in_schema=False)


@router.post("/choices")
async def choose(request: Request) -> RedirectResponse:
    """Remember the choice and go back to the page it was made on."""
    form = await form_of(request)
    response = RedirectResponse(own_path(field(form, "back")), 303)
    remember_spoilers(response, shown=field(form, "spoilers") == "shown", secure=secure(request))
    return response
