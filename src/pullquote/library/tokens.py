"""Tokens: who may ask a library over the web, and who may write to it.

They are kept in a file of their own beside the library (``NAME.duckdb.tokens``), so that one can be
made or revoked while a server holds the library, and so that whoever is given a copy of the library is given no key
to it. A token is shown once and kept as its SHA-256. A slow hash, as for passwords, would gain nothing: the secret
is 256 bits of chance, and nobody can try them through.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import os
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, get_args

import msgspec

from ..errors import InputError, LibraryError
from .lock import locked
from .write import now

Scope = Literal["read", "write"]
SCOPES: tuple[Scope, ...] = get_args(Scope)

#: Every token begins so, for people and for programs that look for secrets in the wrong places.
PREFIX = "pq_"
_BYTES = 32
_FORM = "pullquote.tokens/1"
LONGEST_NAME = 100


class Token(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a token: all but the secret. Times are UTC; ``hash`` is SHA-256 in hex digits."""

    name: str
    scopes: tuple[Scope, ...]
    created: dt.datetime
    hash: str
    revoked: dt.datetime | None = None


class _File(msgspec.Struct, frozen=True):
    """The file: its form, and the tokens in order of making."""

    form: str = _FORM
    tokens: tuple[Token, ...] = ()


def tokens_path(library: Path) -> Path:
    """Where the tokens of a library file are."""
    return library.with_name(f"{library.name}.tokens")


def create(library: Path, name: str, scopes: Sequence[str]) -> str:
    """Make a token and give its secret, which is kept nowhere.

    Args:
        library: the library's file.
        name: what the token is called from now on.
        scopes: what it allows: "read", "write".

    Raises:
        InputError: if there is no such library or scope, or another token has the name.
    """
    if not library.is_file():
        raise LibraryError(f"{library}: there is no library here; make one with: pullquote ingest SOURCE")
    if not name.strip() or len(name) > LONGEST_NAME or not name.isprintable():
        raise InputError(f"a token's name has 1 to {LONGEST_NAME} printable characters")
    if unknown := [scope for scope in scopes if scope not in SCOPES]:
        raise InputError(f"there is no scope {unknown[0]!r}; there are {', '.join(SCOPES)}")
    if not scopes:
        raise InputError(f"a token needs a scope: {', '.join(SCOPES)}")
    secret = PREFIX + secrets.token_urlsafe(_BYTES)
    with _changing(library) as tokens:
        if any(token.name == name and token.revoked is None for token in tokens):
            raise InputError(f"there is a token {name!r} already; revoke it first, or take another name")
        allowed = tuple(scope for scope in SCOPES if scope in scopes)
        tokens.append(Token(name=name, scopes=allowed, created=now(), hash=_hash(secret)))
    return secret


def listed(library: Path) -> list[Token]:
    """All tokens of a library, revoked ones too, oldest first.

    Raises:
        LibraryError: if their file cannot be read.
    """
    path = tokens_path(library)
    try:
        file = msgspec.json.decode(path.read_bytes(), type=_File)
    except FileNotFoundError:
        return []
    except (OSError, msgspec.DecodeError) as error:
        raise LibraryError(f"{path}: the tokens cannot be read ({error}); remove the file and make new ones") from error
    if file.form != _FORM:
        raise LibraryError(f"{path}: written by another release ({file.form}); upgrade: pip install -U pullquote")
    return list(file.tokens)


def revoke(library: Path, name: str) -> None:
    """From now on the token called ``name`` allows nothing.

    Raises:
        InputError: if no token in force is called so.
    """
    with _changing(library) as tokens:
        for i, token in enumerate(tokens):
            if token.name == name and token.revoked is None:
                tokens[i] = msgspec.structs.replace(token, revoked=now())
                return
        raise InputError(f"there is no token {name!r} in force; list them with: pullquote token list")


def verify(library: Path, secret: str) -> Token | None:
    """The token that ``secret`` is, if it is one and is not revoked.

    The secret's hash is compared with every token's, each in constant time, so that how long it takes tells nothing.

    Raises:
        LibraryError: if the tokens cannot be read.
    """
    hashed, found = _hash(secret), None
    for token in listed(library):
        if hmac.compare_digest(token.hash, hashed) and token.revoked is None:
            found = token
    return found


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


@contextmanager
def _changing(library: Path) -> Iterator[list[Token]]:
    """The tokens, to be changed by one process at a time; written whole in the end, or not at all."""
    path = tokens_path(library)
    with locked(path.with_name(f".{path.name}.lock"), wait=True):
        tokens = listed(library)
        yield tokens
        part = path.with_name(f".{path.name}.part")
        part.unlink(missing_ok=True)
        # Nobody but the owner may read it, from the first byte on.
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
            stream.write(msgspec.json.format(msgspec.json.encode(_File(tokens=tuple(tokens)))) + b"\n")
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(path)
