"""The name of whoever corrects: asked once and kept in a cookie."""

from __future__ import annotations

from urllib.parse import quote, unquote

from fastapi import Request, Response

from ...errors import InputError

COOKIE = "author"
#: Longest name, in characters; a library would take longer ones, a cookie should not.
LONGEST = 80
_YEAR = 365 * 24 * 3600


def author_of(request: Request) -> str | None:
    """The name that this browser gave before."""
    value = request.cookies.get(COOKIE)
    if value is None:
        return None
    try:
        return checked(unquote(value, errors="strict"))
    except (InputError, UnicodeDecodeError):
        return None


def remember(response: Response, name: str, *, secure: bool) -> None:
    """Let the browser keep the name for a year."""
    value = quote(name, safe="")
    response.set_cookie(COOKIE, value, max_age=_YEAR, httponly=True, samesite="strict", secure=secure, path="/")


def checked(name: str) -> str:
    """The name without spaces around it.

    Raises:
        InputError: if it is empty, too long, or holds what cannot be printed.

    >>> checked("  Zoë 😀 ")
    'Zoë 😀'
    """
    name = name.strip()
    if not name or len(name) > LONGEST or not name.isprintable():
        raise InputError(f"a name has 1 to {LONGEST} characters that can be printed")
    return name
