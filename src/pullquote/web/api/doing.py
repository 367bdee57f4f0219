"""Operations that do something: their answer is made once and kept by nobody."""

from __future__ import annotations

import msgspec
from starlette.responses import Response


def done(answer: msgspec.Struct, status: int = 200) -> Response:
    """An answer as JSON."""
    return Response(msgspec.json.encode(answer), status, media_type="application/json")
