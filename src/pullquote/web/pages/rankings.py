"""Rankings: films in order of how surely reviews praise, or blame, one aspect or the whole."""

from __future__ import annotations

from typing import Annotated, Any, Literal, get_args

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse

from ...questions.rank import rank
from ...reading import Aspect
from ..shell import Serving, page

router = APIRouter(include_in_schema=False)
_LISTED = 50
#: What the share is of, and which end comes first.
Order = Literal["praised", "least-praised", "blamed"]


@router.get("/rankings")
async def rankings(
    request: Request, serving: Serving, aspect: Aspect | Literal[""] = "", order: Order = "praised",
    least: Annotated[int | None, Query(ge=1, le=1_000_000)] = None,
) -> HTMLResponse:  # fmt: skip
    """The form, and the films in the order it asks for."""
    rows: list[dict[str, object]] = []
    # Ten, or fewer where the library has no film with so many.
    for at_least in (10, 5, 2, 1) if least is None else (least,):
        if rows := await _rows(serving, aspect, order, at_least):
            break
    values: dict[str, Any] = {"aspect": aspect, "order": order, "least": at_least, "aspects": get_args(Aspect)}
    return page(request, "rankings.html", rows=rows, **values)


async def _rows(serving: Serving, aspect: str, order: str, least: int) -> list[dict[str, object]]:
    answer = await serving.ask(
        lambda connection: rank(
            connection, aspect or None, blamed=order == "blamed", worst=order == "least-praised", min_reviews=least,
            limit=_LISTED,
        )
    )  # fmt: skip
    return answer.rows()
