"""A person as a page of the terminal."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from ..questions.person import Profile
from . import pieces, words
from .dossier import parts_text

_SHOWN = 20


def profile_page(found: Profile) -> RenderableType:
    """``found`` on the terminal."""
    head = Text(words.plain(found.name), style="bold")
    where = f"{pieces.count(found.reviews, 'review')} of {pieces.count(len(found.films), 'film')}"
    head.append(f"  {where}", style="not bold dim")
    blocks: list[RenderableType] = [head]
    if found.spoken.reviews:
        line = pieces.bar(found.spoken).append(" ").append_text(pieces.sides(found.spoken))
        blocks += [Text(), line.append(f"  {pieces.signed(found.spoken.net)}", style="dim")]
        blocks.append(pieces.quoted(found.praise, found.blame))
    if found.films:
        films = pieces.grid(5, 6, None, None)
        for work in found.films[:_SHOWN]:
            films.add_row(
                Text(words.plain(work.film.name), style="bold"),
                parts_text(work.parts),
                Text(pieces.count(work.reviews, "review"), style="dim"),
                pieces.sides(work.spoken) if work.spoken.reviews else Text(),
            )
        note = f"{_SHOWN} of {len(found.films)}" if len(found.films) > _SHOWN else ""
        blocks += pieces.section("Films", films, note=note)
    if found.companions:
        others = Text()
        for one in found.companions:
            others.append(", " if others else "").append(words.plain(one.name))
            others.append(f" {pieces.count(one.films, 'film')}", style="dim")
        blocks += pieces.section("With", others)
    return Padding(Group(*blocks), (1, 2))
