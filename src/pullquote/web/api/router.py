"""The API put together: its operations, the document that describes them, and that as a page."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Mapping

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from ..service import Service
from ..settings import Settings
from ..shell import page
from . import comparison, corrections, films, health, person, quotes, read, reviews, search
from .openapi import document
from .operation import PREFIX, Operation
from .parameters import parameters
from .writing import refuse_writing

OPERATIONS: tuple[Operation, ...] = (
    *search.OPERATIONS, *films.OPERATIONS, *quotes.OPERATIONS, *reviews.OPERATIONS, *comparison.OPERATIONS,
    *person.OPERATIONS, *read.OPERATIONS, *corrections.OPERATIONS, *health.OPERATIONS,
)  # fmt: skip


def router(settings: Settings) -> APIRouter:
    """Routes of the API for a server with these settings."""
    described = document(OPERATIONS, closed=settings.closed)
    printed = json.dumps(described, ensure_ascii=False, indent=1).encode()
    routes = APIRouter(include_in_schema=False)

    async def openapi(request: Request) -> Response:
        return Response(printed, media_type="application/json", headers={"cache-control": "private, no-cache"})

    async def docs(request: Request) -> HTMLResponse:
        return page(request, "api.html", operations=OPERATIONS, prefix=PREFIX, document=described)

    _add(routes, "/openapi.json", openapi, ["GET"])
    _add(routes, "/docs", docs, ["GET"])
    by_path: dict[str, dict[str, Operation]] = defaultdict(dict)
    for one in OPERATIONS:
        by_path[one.path][one.method] = one
    for path, methods in by_path.items():
        # Names of films and people may hold slashes.
        _add(routes, path.replace("{named}", "{named:path}"), _responding(methods), methods)
    return routes


def _add(
    routes: APIRouter, path: str, respond: Callable[[Request], Awaitable[Response]], methods: Iterable[str]
) -> None:
    listed = [*methods, "HEAD"] if "GET" in methods else list(methods)
    routes.add_api_route(PREFIX + path, respond, methods=listed, response_model=None)


def _responding(methods: Mapping[str, Operation]) -> Callable[[Request], Awaitable[Response]]:
    """What answers at one path, by the method."""

    async def respond(request: Request) -> Response:
        one = methods["GET" if request.method == "HEAD" else request.method]
        serving: Service = request.app.state.service
        if one.scope == "write" and (refused := refuse_writing(request, serving)):
            return refused
        return await one.respond(request, serving, parameters(request, one.parameters))

    return respond
