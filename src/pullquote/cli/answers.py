"""How answers to questions are printed: as a page of the terminal, JSON, JSON lines, or comma-separated values."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import RenderableType

    from ..library.answer import Answer

#: Help of the options that questions share.
LIBRARY = "Library file, or folder of readings. Default: $PULLQUOTE_LIBRARY, else pullquote.duckdb here."
SPOILERS = "Show what gives the story away, too."


class CardFormat(StrEnum):
    """Forms of an answer with parts of many kinds."""

    card = "card"
    json = "json"


class TableFormat(StrEnum):
    """Forms of an answer that is a table."""

    card = "card"
    json = "json"
    jsonl = "jsonl"
    csv = "csv"


class TextFormat(StrEnum):
    """Forms of a list of quotes."""

    text = "text"
    jsonl = "jsonl"
    csv = "csv"


def on_screen() -> bool:
    """Whether a person reads standard output."""
    return sys.stdout.isatty()


def print_page(page: RenderableType) -> None:
    """Print ``page`` on standard output, in colour on a terminal."""
    from rich.console import Console

    console = Console(width=None if on_screen() else 100)
    with console.capture() as drawn:
        console.print(page)
    # Lines are filled up to the width; nobody needs that elsewhere.
    text = drawn.get() if on_screen() else "".join(f"{line.rstrip()}\n" for line in drawn.get().splitlines())
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))
    sys.stdout.buffer.flush()


def print_json(answer: Any) -> None:
    """Print ``answer``, a dataclass, list or dictionary, as one indented JSON value."""
    import msgspec

    sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(answer), indent=2) + b"\n")
    sys.stdout.buffer.flush()


def print_table(answer: Answer, form: str) -> None:
    """Print the rows of ``answer`` as ``json``, ``jsonl`` or ``csv``."""
    if form == "json":
        print_json(answer.rows())
        return
    table = answer.arrow()
    if form == "csv":
        from ..export.commas import write

        write(table.column_names, table.to_batches(), sys.stdout.buffer)
    else:
        from ..export.rowlines import lines

        sys.stdout.buffer.writelines(lines(table.column_names, table.to_batches()))
    sys.stdout.buffer.flush()
