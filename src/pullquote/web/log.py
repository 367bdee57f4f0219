"""The access log: who asked for what kind of page, how it went and how long it took; no words of theirs."""

from __future__ import annotations

import logging
import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_log = logging.getLogger("pullquote.web.access")


class AccessLog:
    """Logs every request under the pattern of its path, for paths hold names and titles."""

    def __init__(self, app: ASGIApp) -> None:
        """Around ``app``."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request and log it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = time.perf_counter()
        status = 0

        async def noticing(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noticing)
        finally:
            client = scope["client"][0] if scope.get("client") else "-"
            pattern = getattr(scope.get("route"), "path", None) or "-"
            spent = 1000 * (time.perf_counter() - began)
            method = scope["method"] if scope["method"].isalpha() else "-"
            _log.info("%s %s %s %d %.0f ms", client, method, pattern, status, spent)
