"""Who may write: whoever has a token with the scope "write", where the library may be written at all."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from ..problems import problem
from ..service import Service
from .guard import REALM, lacking, token_of


def refuse_writing(request: Request, serving: Service) -> Response | None:
    """The refusal of a request that is to write and may not; None if it may.

    Cookies count for nothing here, so that no page can write in the name of a person who happens to open it.
    """
    token = token_of(request)
    if token is None:
        told = "Writing needs a token with the scope 'write': send it as Authorization: Bearer TOKEN."
        return problem(request.scope, 401, told, headers={"www-authenticate": f"Bearer {REALM}"})
    if "write" not in token.scopes:
        return lacking(request.scope, "write")
    if serving.settings.read_only:
        return problem(request.scope, 403, "This server changes nothing: it was started with --read-only.")
    return None
