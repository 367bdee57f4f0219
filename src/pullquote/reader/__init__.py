"""Document to reading: one pass of the encoder, many heads, and the decoding that makes claims of scores."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .reader import Reader

__all__ = ["Reader"]


def __getattr__(name: str) -> Any:
    """``Reader`` when it is asked for: the limits of reading are wanted where no engine is."""
    if name == "Reader":
        from .reader import Reader

        return Reader
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
