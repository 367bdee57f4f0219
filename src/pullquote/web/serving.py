"""The server itself: its socket, its log, and how it takes requests."""

from __future__ import annotations

import logging
import socket
from ipaddress import ip_address

import python_multipart  # noqa: F401 (forms need it, and its absence should be told before the first of them)
import uvicorn
from fastapi import FastAPI

from ..errors import InputError

#: Connections that wait to be taken.
_BACKLOG = 512


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach an address.

    >>> is_loopback("127.0.0.1"), is_loopback("localhost"), is_loopback("0.0.0.0")
    (True, True, False)
    """
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def listening(host: str, port: int) -> socket.socket:
    """A socket that takes connections at ``host`` and ``port``; port 0 is one that is free.

    Raises:
        InputError: if that address cannot be had.
    """
    try:
        kind, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        opened = socket.socket(kind, socket.SOCK_STREAM)
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.bind(address)
        opened.listen(_BACKLOG)
    except OSError as error:
        told = f"cannot serve at {host}, port {port}: {error.strerror}; name others with --host and --port"
        raise InputError(told) from error
    return opened


def server(app: FastAPI) -> uvicorn.Server:
    """A server of ``app``, one process; it believes no header about who the client is."""
    config = uvicorn.Config(
        app, log_config=None, access_log=False, server_header=False, proxy_headers=False, timeout_keep_alive=10,
        timeout_graceful_shutdown=5, backlog=_BACKLOG, lifespan="on", ws="none",
    )  # fmt: skip
    return uvicorn.Server(config)


def logged() -> None:
    """Send the site's log to standard error, one line a request."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    ours = logging.getLogger("pullquote.web")
    ours.addHandler(handler)
    ours.setLevel(logging.INFO)
    ours.propagate = False
