"""Praise for a press sheet as a page of the terminal: each quote with its whole sentence and its source."""

from __future__ import annotations

from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from ..library.answer import Answer
from . import pieces, words


def press_page(found: Answer) -> RenderableType:
    """``found`` (`questions.blurbs`) on the terminal."""
    blocks: list[RenderableType] = []
    for row in found.rows():
        head = Text(f"“{words.plain(row['quote'])}”", style="bold")
        blocks += [head, _sentence(row), Text(_source(row), style="dim"), Text()]
    return Padding(Group(*blocks[:-1]), (1, 2))


def _sentence(row: dict[str, Any]) -> Text:
    """The sentence with the quote in it lit."""
    start, end = row["start"] - row["sentence_start"], row["end"] - row["sentence_start"]
    sentence = row["sentence"]
    text = Text("  ")
    for part, style in ((sentence[:start], "dim"), (sentence[start:end], ""), (sentence[end:], "dim")):
        # Cleaning takes white space off the ends, and that between the parts is wanted.
        shown = words.plain(part)
        left, right = (" " if shown and part[at].isspace() else "" for at in (0, -1))
        text.append(f"{left}{shown}{right}" or " " * bool(part), style=style)
    return text


def _source(row: dict[str, Any]) -> str:
    where = words.plain(row["url"] or row["source"])
    return f"  {pieces.by(row['author'], row['id'])}, {where}, characters {row['start']}-{row['end']}; {row['aspect']}"
