"""Readings as JSON lines, in the interchange form."""

from __future__ import annotations

import msgspec

from .document import Document


def line(document: Document, *, with_text: bool = False) -> bytes:
    """One line for one review, its end included; `Reading.from_json` reads it back."""
    reading = document.reading.without_text()
    if with_text:
        reading = msgspec.structs.replace(reading, text=document.text)
    return reading.to_json() + b"\n"
