"""Films side by side as a page of the terminal."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from ..questions.compare import Comparison, Side
from . import pieces, words


def comparison_page(found: Comparison) -> RenderableType:
    """``found`` on the terminal: one column for each film, one row for each aspect."""
    table = Table(box=None, expand=True, padding=(0, 2, 1, 0), header_style="bold")
    table.add_column("")
    for one in found.films:
        table.add_column(Text(words.plain(one.film.name)), ratio=1, overflow="fold")
    table.add_row(Text("stars", style="bold"), *(Group(*pieces.rated(one.stars)) for one in found.films))
    for aspect in found.aspects:
        sides = (one.aspects.get(aspect) for one in found.films)
        table.add_row(Text(aspect, style="bold"), *(_side(side) if side else Text("·", "dim") for side in sides))
    return Padding(table, (1, 2))


def _side(side: Side) -> RenderableType:
    head = pieces.sides(side.tally).append(f"  {pieces.signed(side.tally.net)}", style="dim")
    praise, blame = ((one,) if one else () for one in (side.praise, side.blame))
    return Group(head, pieces.quoted(praise, blame)) if praise or blame else head
