"""What all pages stand in: the head, the way about, the switch of spoilers, the token of forms."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Depends, Request
from starlette.datastructures import FormData
from starlette.responses import HTMLResponse

from . import csrf
from .service import Service
from .templating import template

#: Cookie that remembers that spoilers are wanted.
SPOILERS = "spoilers"
_YEAR = 365 * 24 * 3600


def _service(request: Request) -> Service:
    found: Service = request.app.state.service
    return found


#: The library behind the pages, for a route to ask for.
Serving = Annotated[Service, Depends(_service)]


def spoilers_shown(request: Request) -> bool:
    """Whether this browser asked to see what gives stories away."""
    return request.cookies.get(SPOILERS) == "shown"


def remember_spoilers(response: HTMLResponse | Any, *, shown: bool, secure: bool) -> None:
    """Let the browser keep that choice for a year."""
    value = "shown" if shown else "veiled"
    response.set_cookie(SPOILERS, value, max_age=_YEAR, httponly=True, samesite="strict", secure=secure, path="/")


def is_part(request: Request) -> bool:
    """Whether a script of ours asks for a part of a page, to put it into one that is there."""
    return request.headers.get("hx-request") == "true" and request.headers.get("hx-history-restore-request") != "true"


def secure(request: Request) -> bool:
    """Whether cookies may be kept to encrypted connections."""
    return request.url.scheme == "https"


def page(request: Request, name: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """The page that template ``name`` makes of ``values``."""
    cookie = csrf.cookie_of(request)
    given = cookie or csrf.new_cookie()
    tokens: csrf.Tokens = request.app.state.tokens
    here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    html = template(name).render(
        values,
        shown=spoilers_shown(request),
        here=here if request.method == "GET" else request.url.path,
        form_field=csrf.FIELD,
        form_token=tokens.issued(given),
        writes=request.app.state.service.settings.pages_write,
    )
    response = HTMLResponse(html, status)
    if cookie is None:
        csrf.give(response, given, secure=secure(request))
    return response


def part(name: str, **values: Any) -> HTMLResponse:
    """A part of a page, without what stands around it."""
    return HTMLResponse(template(name).render(values))


async def form_of(request: Request, *, max_part: int = 64 * 1024) -> FormData:
    """The fields of a form that a page of ours sent.

    Raises:
        Refused: if it came from elsewhere.
    """
    tokens: csrf.Tokens = request.app.state.tokens
    return await csrf.checked_form(request, tokens, max_part=max_part)


def field(form: FormData, name: str) -> str:
    """A field's text, stripped; empty if it was not filled in."""
    value = form.get(name)
    return value.strip() if isinstance(value, str) else ""
