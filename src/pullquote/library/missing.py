"""A plain word about packages that an extra brings and that are not there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from ..errors import InputError


@contextmanager
def extra(name: str) -> Iterator[None]:
    """Around imports of packages of the extra ``name``.

    Raises:
        InputError: if one is missing; the message says how to install it.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        raise InputError(f"{error.name} is missing; install it with: pip install 'pullquote[{name}]'") from error
