"""From what goes wrong inside to what the client is told; the rest goes to the server's log, without any text."""

from __future__ import annotations

import logging
import traceback

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .problems import Refused, problem
from .service import Busy

_log = logging.getLogger("pullquote.web")


class Failing:
    """Turns every error into a plain answer."""

    def __init__(self, app: ASGIApp) -> None:
        """Around ``app``."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, whatever happens."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = False

        async def noticing(message: Message) -> None:
            nonlocal begun
            begun = begun or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, noticing)
            return
        except Refused as error:
            answer = problem(scope, error.status, error.told, choices=error.choices)
        except Busy:
            answer = problem(scope, 503, "Many ask at once. Try again in a moment.", headers={"retry-after": "2"})
        except Exception as error:
            # The error's own words may hold words of a review or a question: only its kind and place are logged.
            _log.error("%s at\n%s", type(error).__name__, "".join(traceback.format_tb(error.__traceback__)))
            answer = problem(scope, 500, "The server could not answer this. It has been written to its log.")
        if begun:
            # Half an answer cannot be taken back; the connection is closed so that it shows.
            raise RuntimeError("an answer broke off")
        await answer(scope, receive, send)
