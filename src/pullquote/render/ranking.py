"""A ranking of films as a page of the terminal."""

from __future__ import annotations

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from ..library.answer import Answer
from ..questions.films import Film
from . import words


def ranking_page(found: Answer, share: str) -> RenderableType:
    """``found`` (`questions.rank`) on the terminal; ``share`` says what is counted."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", expand=False)
    for name in ("", "film", "surely", share, "reviews", "id"):
        table.add_column(name, justify="left" if name in ("film", "id") else "right", overflow="fold")
    for row in found.rows():
        film = Film(row["film"], row["title"], row["year"], row["reviews"])
        table.add_row(
            Text(str(row["place"]), style="dim"),
            Text(words.plain(film.name), style="bold"),
            Text(f"{row['low']:.0%}–{row['high']:.0%}"),
            Text(f"{row['part']:,} ({row['share']:.0%})"),
            Text(f"{row['reviews']:,}"),
            Text(words.plain(film.film), style="dim"),
        )
    return Padding(table, (1, 2))
