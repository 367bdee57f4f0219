"""Forms that only our own pages can send.

Each browser gets a random cookie, and each form a token that signs that cookie with a key nobody else has (the signed
double-submit pattern of OWASP). The token is a new one in every page, so that nothing can be told from how well pages
compress. Beside it, a browser's own word that a request comes from another site is believed.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from .problems import Refused

COOKIE, FIELD = "pullquote", "form_token"
_BYTES = 16
_MAX_FIELDS = 60


class Tokens:
    """Signs and checks tokens with a key that lasts as long as the server runs."""

    def __init__(self) -> None:
        """Draw the key."""
        self._key = secrets.token_bytes(32)

    def issued(self, cookie: str) -> str:
        """A token for the browser with this cookie."""
        salt = secrets.token_hex(_BYTES)
        return f"{salt}.{self._signed(salt, cookie)}"

    def holds(self, cookie: str, token: str) -> bool:
        """Whether ``token`` was issued for this cookie."""
        salt, _, signature = token.partition(".")
        return hmac.compare_digest(signature.encode(), self._signed(salt, cookie).encode())

    def _signed(self, salt: str, cookie: str) -> str:
        return hmac.new(self._key, f"{salt}.{cookie}".encode(), hashlib.sha256).hexdigest()


def cookie_of(request: Request) -> str | None:
    """The browser's cookie, None if it has none of ours yet."""
    value = request.cookies.get(COOKIE, "")
    return value if len(value) == 2 * _BYTES and value.isalnum() and value.isascii() else None


def new_cookie() -> str:
    """A cookie for a browser that has none."""
    return secrets.token_hex(_BYTES)


def give(response: Response, cookie: str, *, secure: bool) -> None:
    """Let the browser keep ``cookie``; it sends it back from our own pages only."""
    response.set_cookie(COOKIE, cookie, httponly=True, samesite="strict", secure=secure, path="/")


async def checked_form(request: Request, tokens: Tokens, *, max_part: int = 64 * 1024) -> FormData:
    """The fields of a form that one of our own pages sent.

    Args:
        max_part: most bytes of one field.

    Raises:
        Refused: 403 if it came from elsewhere or its page is of an earlier run of the server; 400 if it is no form.
    """
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise Refused(403, "This form was sent by another site.")
    if not request.headers.get("content-type", "").startswith(
        ("application/x-www-form-urlencoded", "multipart/form-data")
    ):
        raise Refused(400, "This is no form.")
    form = await request.form(max_files=1, max_fields=_MAX_FIELDS, max_part_size=max_part)
    cookie, token = cookie_of(request), form.get(FIELD)
    if cookie is None or not isinstance(token, str) or not tokens.holds(cookie, token):
        raise Refused(403, "This page is too old to send a form from, or cookies are off. Open it again and retry.")
    return form
