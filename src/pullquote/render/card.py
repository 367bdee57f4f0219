"""A reading on the terminal: one card, made to be looked at."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from ..reading import Reading, Verdict
from . import outline as outlines
from . import words

_COLOURS = {"positive": "green", "negative": "red", "mixed": "yellow"}
_VEIL = "\u2591\u2591\u2591 spoiler"
_BAR_CELLS = 20


def card(reading: Reading, text: str, *, spoilers: bool = False) -> RenderableType:
    """The card of ``reading`` over its raw review ``text``.

    Spoilers are veiled unless ``spoilers`` asks for them. All that comes from
    the review is shown as text: never as markup, never as an escape sequence.
    """
    found = outlines.outline(reading, text)
    blocks: list[RenderableType] = [*_head(found.title, reading.verdict)]
    if found.parts:
        blocks += _section("Cast and crew", _cast(found.parts, spoilers))
    if found.characters or found.bonds:
        blocks += _section("Characters", _characters(found, spoilers))
    if found.story:
        note = _veil_note(found.story, spoilers)
        blocks += _section("What happens", _story(found.story, spoilers), note)
    for group in found.groups:
        title = f"{words.SIGNS[group.polarity]} {words.JUDGEMENTS[group.polarity]}"
        judgements = [j for _, of in group.aspects for j in of]
        style = f"bold {_COLOURS[group.polarity]}"
        blocks += _section(title, _judgements(group, spoilers), _veil_note(judgements, spoilers), style)
    if found.warnings:
        lines = [Text(f"! {warning}", style="yellow") for warning in found.warnings]
        blocks += _section("Note", Group(*lines), style="bold yellow")
    return Padding(Group(*blocks), (1, 2))


def _head(title: str | None, verdict: Verdict) -> Iterable[RenderableType]:
    colour = _COLOURS[words.tendency(verdict)]
    yield Text(title, style="bold") if title else Text("Film not named", style="italic dim")
    yield Text()
    line = Text()
    line.append(f"{words.SIGNS[words.tendency(verdict)]} {words.verdict_line(verdict)}", style=f"bold {colour}")
    line.append(f", {words.RECOMMENDATIONS[verdict.recommend]}")
    yield line
    filled = round(verdict.stars / 10 * _BAR_CELLS)
    bar = Text()
    bar.append("\u2588" * filled, style=colour)
    bar.append("\u2591" * (_BAR_CELLS - filled), style="dim")
    bar.append(f" {words.stars(verdict.stars)}", style="bold")
    bar.append(" estimated", style="dim")
    if verdict.stated_rating is not None:
        bar.append(", ", style="dim")
        bar.append(words.rating(verdict.stated_rating), style="bold")
        bar.append(" stated", style="dim")
    yield bar


def _section(title: str, body: RenderableType, note: str = "", style: str = "bold") -> list[RenderableType]:
    heading = Text(title, style=style)
    if note:
        heading.append(f"  {note}", style="not bold dim")
    return [Text(), Rule(heading, align="left", style="dim", characters="\u2500"), body]


def _veil_note(lines: Iterable[outlines.Line], spoilers: bool) -> str:
    lines = list(lines)
    hidden = outlines.veiled(lines)
    if spoilers or not hidden:
        return ""
    return f"{hidden} of {len(lines)} veiled"


def _veil() -> Text:
    return Text(_VEIL, style="dim")


def _sure(confidence: float | None) -> Text:
    return Text("" if confidence is None else words.percent(confidence), style="dim")


def _grid(*ratios: int | None) -> Table:
    """Columns without lines, the last of them for the confidence."""
    grid = Table.grid(padding=(0, 2, 0, 0), expand=True)
    for ratio in ratios:
        grid.add_column(ratio=ratio, overflow="fold")
    grid.add_column(justify="right", no_wrap=True, min_width=4)
    return grid


def _cast(parts: Iterable[outlines.Part], spoilers: bool) -> Table:
    grid = _grid(5, 3, 5)
    for part in parts:
        character = Text(part.character or "", style="italic")
        if part.character and part.veils and not spoilers:
            character = _veil()
        role = Text(part.role, style="dim")
        grid.add_row(Text(part.person, style="bold"), role, character, _sure(part.confidence))
    return grid


def _characters(found: outlines.Outline, spoilers: bool) -> RenderableType:
    blocks: list[RenderableType] = []
    if found.characters:
        names = Text()
        for n, name in enumerate(found.characters):
            names.append(", " if n else "").append(name.name, style="italic")
        blocks.append(names)
    grid = _grid(1)
    for bond in found.bonds:
        said = Text()
        said.append(bond.subject, style="italic").append(f" {bond.relation} ", style="dim")
        said.append(bond.object, style="italic")
        grid.add_row(_veil() if bond.veils and not spoilers else said, _sure(bond.confidence))
    if found.bonds:
        blocks.append(grid)
    return Group(*blocks)


def _story(story: Iterable[outlines.Passage], spoilers: bool) -> Table:
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(justify="right", no_wrap=True)
    grid.add_column(overflow="fold")
    for number, passage in enumerate(story, start=1):
        hidden = passage.veils and not spoilers
        grid.add_row(Text(f"{number}", style="dim"), _veil() if hidden else Text(passage.text))
    return grid


def _judgements(group: outlines.Group, spoilers: bool) -> Table:
    grid = Table.grid(padding=(0, 2, 0, 0), expand=True)
    grid.add_column(no_wrap=True, min_width=12)
    grid.add_column(ratio=1, overflow="fold")
    grid.add_column(justify="right", no_wrap=True, min_width=4)
    for aspect, judgements in group.aspects:
        for n, judgement in enumerate(judgements):
            hidden = judgement.veils and not spoilers
            quote = _veil() if hidden else _quote(judgement)
            grid.add_row(Text("" if n else aspect, style="dim"), quote, _sure(judgement.confidence))
    return grid


def _quote(judgement: outlines.Judgement) -> Text:
    quote = Text(f"\u201c{judgement.text}\u201d")
    if judgement.target and judgement.target.casefold() not in judgement.text.casefold():
        quote.append(f"  {judgement.target}", style="dim italic")
    return quote
