"""A process settled down to read and nothing else."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..reader import Reader

#: What the first reading needs is loaded by then.
_FIRST = '"The Lamp" (2011) is a superb film. Ana Weiss plays Ruth, and she is wonderful. 8/10'


def settle(reader: Reader) -> None:
    """Load all that ``reader`` needs, and have what is in memory by now looked at by no collection of garbage.

    That saves looking through the objects of the libraries again and again, of which Ray brings very many, and after a
    fork their pages stay shared.
    """
    reader.read(_FIRST)
    gc.collect()
    gc.freeze()
