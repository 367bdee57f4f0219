"""An operation of the API: where it is asked, what it takes and gives, what may go wrong; and how it is answered."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from ...library.tokens import Scope
from ..service import Service
from .asking import Asking, answered
from .parameters import Parameters

P = TypeVar("P", bound=Parameters)

#: Where the API begins.
PREFIX = "/api/v1"


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """One of several that a name may mean, and where to ask for it."""

    name: str
    url: str


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """Why a request was refused (RFC 9457); ``choices`` are there where a name means several."""

    type: str
    title: str
    status: int
    detail: str
    choices: tuple[Choice, ...] | msgspec.UnsetType = msgspec.UNSET


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One thing that can be asked or done.

    ``path`` follows `PREFIX`; fields of ``parameters`` that it names stand in it, the others in the query.
    ``refusals`` are the statuses of refusals besides those that any request may meet; ``told_by`` is the function
    whose docstring describes it, if that is not ``respond``.
    """

    name: str
    path: str
    summary: str
    parameters: type[Parameters]
    answer: type[msgspec.Struct]
    respond: Callable[[Request, Service, Any], Awaitable[Response]]
    method: Literal["GET", "POST"] = "GET"
    body: type[msgspec.Struct] | None = None
    status: int = 200
    scope: Scope = "read"
    refusals: tuple[int, ...] = ()
    told_by: Callable[..., object] | None = None

    @property
    def description(self) -> str:
        """What it does, as its function says it."""
        told = inspect.getdoc(self.told_by or self.respond) or ""
        return " ".join(told.split("\n\nRaises:")[0].split())

    @property
    def in_path(self) -> frozenset[str]:
        """Parameters that stand in the path."""
        return frozenset(part[1:-1] for part in self.path.split("/") if part.startswith("{"))


def question(
    *, name: str, path: str, summary: str, parameters: type[P], answer: type[msgspec.Struct],
    ask: Callable[[Asking, P], msgspec.Struct], refusals: tuple[int, ...] = (),
) -> Operation:  # fmt: skip
    """An operation that only asks the library: its answer has an ETag, and is not sent to whoever has it."""

    async def respond(request: Request, serving: Service, given: P) -> Response:
        return await answered(request, serving, name, given, ask)

    return Operation(
        name=name, path=path, summary=summary, parameters=parameters, answer=answer, respond=respond,
        refusals=refusals, told_by=ask,
    )  # fmt: skip
