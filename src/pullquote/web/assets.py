"""Scripts, styles and fonts: read once from the package, served under addresses that change with what they hold."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from fastapi import APIRouter, HTTPException, Request, Response

from ..render import engine

_KINDS = {
    "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "woff2": "font/woff2",
    "svg": "image/svg+xml", "txt": "text/plain; charset=utf-8", "json": "application/json",
}  # fmt: skip
#: What the page of `pullquote read` and the site share: its style, and the script that ties words and claims.
_SHARED = ("page.css", "page.js")

router = APIRouter()


@dataclass(frozen=True, slots=True)
class _File:
    data: bytes
    packed: bytes | None
    kind: str
    version: str


@cache
def _all() -> Mapping[str, _File]:
    found = {name: engine.source(name).encode() for name in _SHARED}
    own = files("pullquote.web") / "static"
    for place in (own, own / "vendor"):
        found |= {one.name: one.read_bytes() for one in place.iterdir() if one.is_file()}
    return {name: _file(name, data) for name, data in found.items() if name.rpartition(".")[2] in _KINDS}


def _file(name: str, data: bytes) -> _File:
    kind = _KINDS[name.rpartition(".")[2]]
    packed = None if kind.startswith("font") else gzip.compress(data, 9, mtime=0)
    return _File(data, packed, kind, hashlib.sha256(data).hexdigest()[:12])


def asset(name: str) -> str:
    """The address of a file; another one as soon as the file is another."""
    return f"/static/{name}?v={_all()[name].version}"


@router.get("/static/{name}", include_in_schema=False)
def static(name: str, request: Request) -> Response:
    """One file, for a year: whoever has it under this address need not ask again."""
    found = _all().get(name)
    if found is None:
        raise HTTPException(404)
    headers = {"cache-control": "public, max-age=31536000, immutable", "vary": "accept-encoding"}
    if found.packed and "gzip" in request.headers.get("accept-encoding", ""):
        return Response(found.packed, media_type=found.kind, headers=headers | {"content-encoding": "gzip"})
    return Response(found.data, media_type=found.kind, headers=headers)
