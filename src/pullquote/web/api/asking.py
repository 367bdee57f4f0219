"""A question to the library and its answer as JSON, with a strong ETag that tells when another answer is due."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING, TypeVar

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from ...reader.shipped import identity
from ...search.index import index_folder
from ..service import Service
from .parameters import Parameters

if TYPE_CHECKING:
    import duckdb

P = TypeVar("P", bound=Parameters)
#: Parameters that do not change what a list holds, only where a page of it begins and ends.
_OF_PAGES = ("cursor", "limit")


@dataclass(frozen=True, slots=True)
class Asking:
    """A question while it is answered.

    ``library`` is the library's id, ``changes`` its count of changes; ``about`` stands for the operation and all its
    parameters but those that only turn pages.
    """

    connection: duckdb.DuckDBPyConnection
    serving: Service
    library: str
    changes: str
    about: bytes


async def answered(
    request: Request, serving: Service, name: str, given: P, ask: Callable[[Asking, P], msgspec.Struct]
) -> Response:
    """What ``ask`` answers to a request, or 304 if the client has that answer."""
    # One answer packed and unpacked is two representations, and a strong tag may stand for one only.
    packed = "gzip" in request.headers.get("accept-encoding", "").lower()
    had = request.headers.get("if-none-match", "")

    def work(connection: duckdb.DuckDBPyConnection) -> tuple[str, bytes | None]:
        # The count is read first: what is changed meanwhile is told under an older count, never the other way round.
        meta = dict(connection.execute("SELECT name, value FROM meta").fetchall())
        values = {key: value for key, value in msgspec.structs.asdict(given).items() if key not in _OF_PAGES}
        asking = Asking(connection, serving, meta["library"], meta["changes"], msgspec.json.encode([name, values]))
        tag = _tag(asking, given, packed)
        return tag, None if _has(had, tag) else msgspec.json.encode(ask(asking, given))

    tag, answer = await serving.ask(work)
    headers = {"etag": tag, "cache-control": "private, no-cache", "vary": "Accept-Encoding, Authorization"}
    if answer is None:
        return Response(status_code=304, headers=headers)
    return Response(answer, media_type="application/json", headers=headers)


def _tag(asking: Asking, given: Parameters, packed: bool) -> str:
    """The tag of an answer: of the library as it is, the release and the model that answer, and the question."""
    settings = asking.serving.settings
    index = index_folder(settings.library) / "built.json"
    stamp = index.stat().st_mtime_ns if index.exists() else 0
    parts = [_release(), _model(settings.model), asking.library, asking.changes, stamp, packed, given]
    digest = hashlib.blake2b(asking.about + msgspec.json.encode(parts), digest_size=16)
    return f'"{digest.hexdigest()}"'


def _has(header: str, tag: str) -> bool:
    """Whether an If-None-Match header names ``tag``; weak tags match here, too (RFC 9110, 13.1.2)."""
    named = {one.strip().removeprefix("W/") for one in header.split(",")}
    return tag in named or "*" in named


@cache
def _release() -> str:
    return version("pullquote")


@cache
def _model(name: str | None) -> str:
    return identity(name)
