"""How much a client may ask for: bytes in a request, seconds for an answer, requests in a second."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from contextlib import suppress
from ipaddress import IPv6Address, ip_address

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .problems import problem
from .settings import BURST_SECONDS, Allowance

#: Clients remembered at once; those that have been quiet longest are forgotten, and start afresh.
_CLIENTS = 10_000


#: How many bytes over the limit, and for how many seconds, are still let in before a client is cut off.
_LET_IN, _PATIENCE = 16_000_000, 1.0


class _TooLarge(Exception):
    """A body went over its limit while it came in."""


async def _let_in(receive: Receive) -> None:
    """Take what a client is sending, and forget it."""
    taken = 0
    while taken < _LET_IN:
        message = await receive()
        taken += len(message.get("body", b""))
        if message["type"] != "http.request" or not message.get("more_body"):
            return


class Limits:
    """Refuses bodies that are too large (413) and stops what takes too long (503)."""

    def __init__(self, app: ASGIApp, allowance: Allowance, slower: Mapping[str, Allowance]) -> None:
        """Around ``app``; paths that begin as those of ``slower`` have allowances of their own."""
        self._app = app
        self._allowance = allowance
        self._slower = slower

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request within its allowance."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path = scope["path"]
        mine = next((own for start, own in self._slower.items() if path.startswith(start)), self._allowance)
        begun = False
        taken = 0
        deadline = asyncio.timeout(mine.seconds)

        async def measured() -> Message:
            nonlocal taken
            message = await receive()
            if message["type"] == "http.request":
                taken += len(message.get("body", b""))
                if taken > mine.body:
                    raise _TooLarge
            return message

        async def noticing(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                # What has begun is let through to its end.
                deadline.reschedule(None)
            await send(message)

        try:
            length = Headers(scope=scope).get("content-length", "0")
            if not length.isdecimal() or int(length) > mine.body:
                raise _TooLarge
            async with deadline:
                await self._app(scope, measured, noticing)
            return
        except _TooLarge:
            told = f"This takes at most {mine.body // 1024:,} KB at once."
            # Whoever is still sending may lose the answer when the line is closed: a little more is let in, unread.
            with suppress(TimeoutError):
                async with asyncio.timeout(_PATIENCE):
                    await _let_in(receive)
            answer = problem(scope, 413, told, headers={"connection": "close"})
        except TimeoutError:
            told = "It took too long and was stopped. Ask for less, or try again in a moment."
            answer = problem(scope, 503, told, headers={"retry-after": "5"})
        if begun:
            raise RuntimeError("an answer broke off")
        await answer(scope, receive, send)


class Rate:
    """Refuses clients that ask too often (429): a bucket of tokens each, refilled steadily."""

    def __init__(self, app: ASGIApp, rate: float, clock: Callable[[], float] = time.monotonic) -> None:
        """Around ``app``: ``rate`` requests a second over time, `BURST_SECONDS` of them at once."""
        self._app = app
        self._rate = rate
        self._most = max(1.0, rate * BURST_SECONDS)
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or refuse it."""
        if scope["type"] == "http":
            wait = self.take(_client(scope))
            if wait:
                told = "That was quick. Wait a moment and try again."
                answer = problem(scope, 429, told, headers={"retry-after": str(max(1, round(wait)))})
                await answer(scope, receive, send)
                return
        await self._app(scope, receive, send)

    def take(self, client: str) -> float:
        """Take a token of ``client``'s; seconds until there is one, 0 if it was had."""
        now = self._clock()
        tokens, since = self._buckets.pop(client, (self._most, now))
        tokens = min(self._most, tokens + (now - since) * self._rate)
        had = tokens >= 1
        self._buckets[client] = (tokens - had, now)
        if len(self._buckets) > _CLIENTS:
            self._buckets.popitem(last=False)
        return 0.0 if had else (1 - tokens) / self._rate


def _client(scope: Scope) -> str:
    """The client's address; of IPv6 the network, for one client commands as many addresses as it likes."""
    host = scope["client"][0] if scope.get("client") else ""
    try:
        address = ip_address(host)
    except ValueError:
        return str(host)
    return str(int(address) >> 64) if isinstance(address, IPv6Address) else host
