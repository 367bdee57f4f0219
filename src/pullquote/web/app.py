"""The site put together: its settings, what stands around every request, and the routers of its pages."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware

from . import assets
from .api.guard import Guard
from .api.router import router as api
from .csrf import Tokens
from .failing import Failing
from .headers import SafeHeaders
from .hosts import KnownHosts
from .limits import Limits, Rate
from .log import AccessLog
from .pages import choices, compare, correct, corrections, film, home, person, quotes, rankings, read, review, reviews
from .problems import problem
from .service import Service
from .settings import Settings

#: Routers of the pages, in no order that matters.
_PAGES = (choices, compare, correct, corrections, film, home, person, quotes, rankings, read, review, reviews)
_TOLD = {404: "There is no such page.", 405: "This address does not take that kind of request."}


def create_app(settings: Settings) -> FastAPI:
    """The site over the library that ``settings`` name; the library is open until the app's lifespan ends.

    Raises:
        LibraryError: if there is no library, or it is in use.
    """
    service = Service(settings)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        yield
        service.close()

    app = FastAPI(
        title="Pullquote", lifespan=lifespan, middleware=_around(settings), docs_url=None, redoc_url=None,
        openapi_url=None, redirect_slashes=False,
        exception_handlers={HTTPException: _http, RequestValidationError: _invalid},
    )  # fmt: skip
    app.state.service = service
    app.state.tokens = Tokens()
    app.include_router(assets.router)
    for one in _PAGES:
        app.include_router(one.router)
    app.include_router(api(settings))
    return app


def _around(settings: Settings) -> list[Middleware]:
    """What every request passes, the outermost first."""
    rate = [Middleware(Rate, rate=settings.rate)] if settings.rate is not None else []
    return [
        Middleware(SafeHeaders),
        Middleware(AccessLog),
        Middleware(KnownHosts, names=settings.names),
        *rate,
        Middleware(GZipMiddleware, minimum_size=1000, compresslevel=5),
        Middleware(Failing),
        Middleware(Guard, library=settings.library, closed=settings.closed),
        Middleware(Limits, allowance=settings.allowance, slower=settings.slower),
    ]


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    told = _TOLD.get(error.status_code, "This request could not be understood.")
    return problem(request.scope, error.status_code, told, headers=error.headers)


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    names = ", ".join(dict.fromkeys(str(one["loc"][-1]) for one in error.errors()))
    return problem(request.scope, 400, f"These fields cannot be what they are: {names}.")
