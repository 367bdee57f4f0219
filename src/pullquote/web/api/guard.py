"""Who may ask: everybody on this machine or in public, elsewhere whoever has a token; writing always needs one."""

from __future__ import annotations

import base64
import binascii
from pathlib import Path

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from ...library import tokens
from ..problems import API, problem

#: What tokens are for, as refusals name it.
REALM = 'realm="pullquote"'


class Guard:
    """Refuses whoever needs a token and has none that is in force."""

    def __init__(self, app: ASGIApp, library: Path, *, closed: bool) -> None:
        """Around ``app``; ``closed`` says that even looking needs a token with the scope "read"."""
        self._app = app
        self._library = library
        self._closed = closed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or refuse it."""
        refused = self._refused(scope) if scope["type"] == "http" else None
        await (refused or self._app)(scope, receive, send)

    def _refused(self, scope: Scope) -> Response | None:
        given = Headers(scope=scope).get("authorization")
        api = scope["path"].startswith(API)
        if not (self._closed or (api and given is not None)):
            return None
        kind = "Bearer" if api else "Basic"
        if given is None:
            told = "This library opens to those who have a token: send it as Authorization: Bearer TOKEN."
            return problem(scope, 401, told, headers={"www-authenticate": f"{kind} {REALM}"})
        token = tokens.verify(self._library, secret) if (secret := _secret(given, basic=not api)) else None
        if token is None:
            told = "This token is none, or no longer one."
            challenge = f"{kind} {REALM}" + (', error="invalid_token"' if api else "")
            return problem(scope, 401, told, headers={"www-authenticate": challenge})
        if self._closed and "read" not in token.scopes:
            return lacking(scope, "read")
        scope.setdefault("state", {})["token"] = token
        return None


def lacking(scope: Scope, needed: tokens.Scope) -> Response:
    """The answer to a token that does not allow what is asked."""
    challenge = f'Bearer {REALM}, error="insufficient_scope", scope="{needed}"'
    told = f"This token does not have the scope {needed!r}."
    return problem(scope, 403, told, headers={"www-authenticate": challenge})


def token_of(request: Request) -> tokens.Token | None:
    """The token that came with a request to the API, and is in force."""
    found: tokens.Token | None = getattr(request.state, "token", None)
    return found


def _secret(header: str, *, basic: bool) -> str | None:
    """The token in an Authorization header.

    Browsers know no bearer tokens, so pages take one as the password of Basic, whatever the name (RFC 7617). The API
    does not: a browser sends that along with what other sites make it ask, as it sends cookies.
    """
    scheme, _, rest = header.partition(" ")
    if scheme.lower() == "bearer":
        return rest.strip()
    if scheme.lower() == "basic" and basic:
        try:
            return base64.b64decode(rest.strip(), validate=True).decode().partition(":")[2]
        except (binascii.Error, UnicodeDecodeError, ValueError):
            return None
    return None
