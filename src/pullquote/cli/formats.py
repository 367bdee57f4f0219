"""How readings are printed: as cards, JSON, JSON lines, or one page."""

from __future__ import annotations

import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from ..errors import InputError
from .output import Output

if TYPE_CHECKING:
    from ..reading import Reading

#: Most reviews on one page; a browser and its reader are lost in more.
PAGE_LIMIT = 500


class Format(StrEnum):
    """The forms of print by the names users give them."""

    card = "card"
    json = "json"
    jsonl = "jsonl"
    html = "html"


def chosen(named: Format | None, path: Path | None) -> Format:
    """The format asked for; else the one of the output's suffix; else cards on a terminal, JSON lines elsewhere."""
    if named is not None:
        return named
    suffix = path.suffix.lower().removeprefix(".") if path else ""
    if suffix in ("html", "json", "jsonl"):
        return Format(suffix)
    return Format.card if path is None and sys.stdout.isatty() else Format.jsonl


class Printer(Protocol):
    """Takes readings one by one, then the end."""

    def add(self, line: bytes, text: str) -> None:
        """Print one reading, given as its line of JSON, ``text`` being its review."""

    def end(self) -> None:
        """Print what is still due; called once, after at least one reading."""


class JsonLines:
    """One line of JSON per reading, printed at once."""

    def __init__(self, output: Output) -> None:
        """Print on ``output``."""
        self._output = output

    def add(self, line: bytes, text: str) -> None:
        """Print one line."""
        self._output.write(line + b"\n")

    def end(self) -> None:
        """Nothing is due."""


class Json:
    """An indented object for one reading, an array of them for several; only one reading is held back."""

    def __init__(self, output: Output) -> None:
        """Print on ``output``."""
        self._output = output
        self._held: bytes | None = None
        self._several = False

    def add(self, line: bytes, text: str) -> None:
        """Print the reading before this one: only now is it known that there are several."""
        import msgspec

        if self._held is not None:
            self._output.write((b",\n" if self._several else b"[\n") + self._held)
            self._several = True
        self._held = msgspec.json.format(line, indent=2)

    def end(self) -> None:
        """Print the last reading."""
        before, after = (b",\n", b"\n]\n") if self._several else (b"", b"\n")
        self._output.write(before + (self._held or b"") + after)


class Cards:
    """One card per reading, in colour on a terminal."""

    def __init__(self, output: Output, *, spoilers: bool) -> None:
        """Print on ``output``; what gives the story away is veiled unless ``spoilers``."""
        from rich.console import Console

        self._output = output
        self._spoilers = spoilers
        terminal = output.stream.isatty()
        self._console = Console(force_terminal=terminal, width=None if terminal else 100)

    def add(self, line: bytes, text: str) -> None:
        """Print one card; it is drawn in memory and goes out whole, through the one output there is."""
        from ..reading import Reading
        from ..render.card import card

        with self._console.capture() as drawn:
            self._console.print(card(Reading.from_json(line), text, spoilers=self._spoilers))
        self._output.write(drawn.get().encode("utf-8", "replace"))

    def end(self) -> None:
        """Nothing is due."""


class Page:
    """All readings on one page, printed at the end."""

    def __init__(self, output: Output, *, spoilers: bool) -> None:
        """Print on ``output``; what gives the story away is veiled unless ``spoilers``."""
        self._output = output
        self._spoilers = spoilers
        self._readings: list[tuple[Reading, str]] = []

    def add(self, line: bytes, text: str) -> None:
        """Keep one reading for the page."""
        from ..reading import Reading

        self._readings.append((Reading.from_json(line), text))

    def end(self) -> None:
        """Print the page."""
        from ..render.page import page

        self._output.write(page(self._readings, spoilers=self._spoilers).encode())


def printer(format: Format, *, spoilers: bool) -> Callable[[Output], Printer]:
    """What prints in ``format``, still to be given its output."""
    if format is Format.card:
        return lambda output: Cards(output, spoilers=spoilers)
    if format is Format.html:
        return lambda output: Page(output, spoilers=spoilers)
    return Json if format is Format.json else JsonLines


def check_page(number: int | None) -> None:
    """Let a page of ``number`` reviews pass; None, not yet known, passes too.

    Raises:
        InputError: if there are more than fit a page.
    """
    if number is not None and number > PAGE_LIMIT:
        raise InputError(
            f"a page is for looking and holds at most {PAGE_LIMIT} reviews; here are more. "
            "Use --format jsonl, or name fewer inputs"
        )
