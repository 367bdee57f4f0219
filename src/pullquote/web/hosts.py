"""Which host names the server answers to, so that no page from elsewhere can reach it under a name of its own.

A site may let its own name point at 127.0.0.1 (DNS rebinding) and its scripts then speak to this server as to their
own. Such a request names that site in its Host header. Addresses cannot be rebound and are always right.
"""

from __future__ import annotations

from collections.abc import Collection
from ipaddress import ip_address

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from .problems import problem


def host_name(header: str) -> str:
    """The name in a Host header, without the port.

    >>> host_name("localhost:8765"), host_name("[::1]:8765"), host_name("FILMS.example")
    ('localhost', '::1', 'films.example')
    """
    if header.startswith("["):
        return header[1:].partition("]")[0].lower()
    return header.partition(":")[0].lower()


class KnownHosts:
    """Refuses requests that name another host."""

    def __init__(self, app: ASGIApp, names: Collection[str]) -> None:
        """Around ``app``: it answers to addresses, localhost and ``names``."""
        self._app = app
        self._names = {"localhost", *(name.lower() for name in names)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or refuse it."""
        if scope["type"] == "http" and not self._known(host_name(Headers(scope=scope).get("host", ""))):
            refused = problem(scope, 421, "This server does not answer to that name. Open it by its address.")
            await refused(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _known(self, name: str) -> bool:
        if name in self._names:
            return True
        try:
            ip_address(name)
        except ValueError:
            return False
        return True
