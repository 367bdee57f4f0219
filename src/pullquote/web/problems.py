"""What a client is told when a request fails: a plain page, or JSON from the API; nothing of the server's inside."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import Scope

from .templating import template

#: Paths that machines ask for.
API = "/api/"
_HEADLINES = {
    400: "That cannot be asked",
    403: "Not from here",
    404: "Not found",
    405: "Not that way",
    413: "Too much at once",
    421: "Not under that name",
    429: "Too many requests",
    500: "Something broke",
    503: "Too busy just now",
}


class Refused(Exception):
    """A request that is refused, with what the client is told; ``choices`` are (words, link) that lead on."""

    def __init__(self, status: int, told: str, choices: tuple[tuple[str, str], ...] = ()) -> None:
        """Refuse with an HTTP ``status``."""
        super().__init__(told)
        self.status = status
        self.told = told
        self.choices = choices


def problem(
    scope: Scope, status: int, told: str, *,
    choices: tuple[tuple[str, str], ...] = (), headers: Mapping[str, str] | None = None,
) -> Response:  # fmt: skip
    """The answer to a request that failed, in the form its client expects."""
    if scope["path"].startswith(API):
        # RFC 9457; without a type of its own, a problem is called what its status is called.
        body: dict[str, Any] = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status}
        body["detail"] = told
        if choices:
            body["choices"] = [{"name": name, "url": url} for name, url in choices]
        return JSONResponse(body, status, dict(headers or {}), media_type="application/problem+json")
    headline = _HEADLINES.get(status) or HTTPStatus(status).phrase
    html = template("problem.html").render(headline=headline, told=told, choices=choices)
    return HTMLResponse(html, status, dict(headers or {}))
