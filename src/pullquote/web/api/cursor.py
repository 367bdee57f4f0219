"""Cursors: where a list goes on, sealed, so that only one that this library gave for this question is taken."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import msgspec

from ..problems import Refused
from .asking import Asking

_SEAL = 12
Row = TypeVar("Row")
Position = TypeVar("Position", bound=tuple[Any, ...])


def opened(asking: Asking, cursor: str | None, kind: type[Position]) -> Position | None:
    """The position of the last row of the page before, as a tuple of type ``kind``; None at the beginning.

    Raises:
        Refused: 400 if the cursor was not given by this library, or for another question.
    """
    if cursor is None:
        return None
    try:
        data = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        seal, told = data[:_SEAL], data[_SEAL:]
        if not hmac.compare_digest(seal, _seal(asking, told)):
            raise ValueError("not our seal")
        position: Position = msgspec.json.decode(told, type=kind)
        return position
    except (ValueError, binascii.Error) as error:
        why = "This cursor is none that was given here for this question. Begin anew, without one."
        raise Refused(400, why) from error


def page(
    asking: Asking, rows: Sequence[Row], limit: int, position: Callable[[Row], tuple[Any, ...]]
) -> tuple[Sequence[Row], str | None]:
    """The first ``limit`` of ``rows``, and the cursor of the page after if there are more."""
    shown = rows[:limit]
    return shown, _sealed(asking, position(shown[-1])) if len(rows) > limit else None


def _sealed(asking: Asking, position: tuple[Any, ...]) -> str:
    data = msgspec.json.encode(position)
    return base64.urlsafe_b64encode(_seal(asking, data) + data).decode().rstrip("=")


def _seal(asking: Asking, position: bytes) -> bytes:
    # The library's id is known to nobody who only asks it, and lasts longer than a run of the server.
    key = asking.library.encode()[: hashlib.blake2b.MAX_KEY_SIZE]
    sealed = len(asking.about).to_bytes(8, "big") + asking.about + position
    return hashlib.blake2b(sealed, key=key, digest_size=_SEAL).digest()
