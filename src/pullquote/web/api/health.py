"""Health: is the library open, how large is it, can it be searched and written."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING, Literal

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from ...errors import InputError
from ...reader.shipped import identity
from ..cards import size
from ..service import Service
from .doing import done
from .operation import Operation
from .parameters import Parameters

if TYPE_CHECKING:
    import duckdb


class Health(msgspec.Struct, frozen=True, kw_only=True):
    """That the server answers, and what it serves.

    ``model`` reads what is handed in; ``changes`` counts the changes of the library; ``index`` tells whether searches
    see all of it; ``writes`` whether it can be written by those who have a token for that.
    """

    status: Literal["ok"]
    version: str
    model: str
    reviews: int
    films: int
    changes: int
    index: Literal["current", "behind", "none"]
    writes: bool


async def respond(request: Request, serving: Service, given: Parameters) -> Response:
    """Whether the server answers, and what it serves. The answer is never kept."""
    return done(await serving.ask(lambda connection: _health(connection, serving)))


def _health(connection: duckdb.DuckDBPyConnection, serving: Service) -> Health:
    reviews, films = size(connection)
    [(changes,)] = connection.execute("SELECT value FROM meta WHERE name = 'changes'").fetchall()
    return Health(
        status="ok", version=version("pullquote"), model=identity(serving.settings.model), reviews=reviews, films=films,
        changes=int(changes), index=_index(connection, serving), writes=not serving.settings.read_only,
    )  # fmt: skip


def _index(connection: duckdb.DuckDBPyConnection, serving: Service) -> Literal["current", "behind", "none"]:
    try:
        return "behind" if serving.index().check(connection) else "current"
    except InputError:
        return "none"


OPERATIONS = (
    Operation(
        name="health", path="/health", summary="Whether the server answers", parameters=Parameters, answer=Health,
        respond=respond,
    ),
)  # fmt: skip
