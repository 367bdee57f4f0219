"""Operations that do something: their answer is made once and kept by nobody."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

import msgspec
from starlette.responses import Response

from ...errors import InputError
from ...library.store import Store
from ..service import Service

Answer = TypeVar("Answer")


def done(answer: msgspec.Struct, status: int = 200) -> Response:
    """An answer as JSON."""
    return Response(msgspec.json.encode(answer), status, media_type="application/json")


async def changing(serving: Service, change: Callable[[Store], Answer]) -> Answer:
    """What ``change`` gives, done to the library; then the search index is brought up to date.

    Where that cannot be done, because another process is building the index, the change holds all the same, and
    searches say how many reviews they miss.
    """
    answer = await serving.write(change, search=False)
    with suppress(InputError):
        await serving.write(lambda store: None)
    return answer
