"""Pieces that the terminal pages of all answers are made of: headings, shares, counts of praise and blame, quotes."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import RenderableType
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from ..questions.aspects import Tally
from ..questions.interval import Share
from ..questions.quotes import Quote
from ..questions.stars import Stars
from . import words

COLOURS = {"positive": "green", "negative": "red", "mixed": "yellow"}
_BAR_CELLS = 16
_LEVELS = " ▁▂▃▄▅▆▇█"


def section(title: str, *body: RenderableType, note: str = "") -> list[RenderableType]:
    """A ruled heading and what stands under it."""
    heading = Text(title, style="bold")
    if note:
        heading.append(f"  {note}", style="not bold dim")
    return [Text(), Rule(heading, align="left", style="dim", characters="─"), *body]


def grid(*ratios: int | None) -> Table:
    """Columns without lines; those with a ratio share the room that is left."""
    made = Table.grid(padding=(0, 2, 0, 0), expand=True)
    for ratio in ratios:
        made.add_column(ratio=ratio, overflow="fold", no_wrap=ratio is None)
    return made


def count(number: int, one: str) -> str:
    """A number of things.

    >>> count(1, "review"), count(1200, "review")
    ('1 review', '1,200 reviews')
    """
    return f"{number:,} {one if number == 1 else one + 's'}"


def bounds(share: Share) -> str:
    """The interval of a share in percent.

    >>> bounds(Share(5, 9, 5 / 9, 0.267, 0.811))
    '27–81%'
    """
    return f"{share.low:.0%}".rstrip("%") + f"–{share.high:.0%}"


def signed(share: Share) -> str:
    """A net share with its interval, in percent.

    >>> signed(Share(1, 9, 1 / 9, -0.467, 0.622))
    '+11% (−47 to +62)'
    """
    if share.share is None:
        return ""
    low, net, high = (f"{round(100 * value):+d}".replace("-", "−") for value in (share.low, share.share, share.high))
    return f"{net}% ({low} to {high})"


def sides(tally: Tally) -> Text:
    """How many reviews praise, blame, and do both."""
    text = Text()
    text.append(f"{words.SIGNS['positive']}{tally.praise:,}", style=COLOURS["positive"])
    text.append(f" {words.SIGNS['negative']}{tally.blame:,}", style=COLOURS["negative"])
    if tally.mixed:
        text.append(f" {words.SIGNS['mixed']}{tally.mixed:,}", style=COLOURS["mixed"])
    return text


def bar(tally: Tally) -> Text:
    """Praise, both, and blame as lengths of one bar."""
    text = Text()
    if not tally.reviews:
        return text
    praise = round(_BAR_CELLS * tally.praise / tally.reviews)
    blame = min(round(_BAR_CELLS * tally.blame / tally.reviews), _BAR_CELLS - praise)
    text.append("█" * praise, style=COLOURS["positive"])
    text.append("▒" * (_BAR_CELLS - praise - blame), style=COLOURS["mixed"])
    text.append("░" * blame, style=COLOURS["negative"])
    return text


def rated(stars: Stars) -> list[Text]:
    """Stars with their spread, a small histogram, and the share favourable."""
    total = stars.given + stars.estimated
    if stars.median is None or stars.mean is None or stars.favourable.share is None:
        return [Text("no stars", style="dim")]
    line = Text()
    line.append(f"{words.stars(stars.median)}", style="bold").append(f" median, {stars.mean:.1f} mean")
    if stars.spread is not None:
        line.append(f", spread {stars.spread:.1f}")
    line.append(f"   {stars.given:,} given, {stars.estimated:,} estimated", style="dim")
    most = max(stars.histogram)
    drawn = Text("1 ", style="dim")
    for number in stars.histogram:
        level = 0 if number == 0 else max(1, round(number / most * (len(_LEVELS) - 1)))
        drawn.append(_LEVELS[level] * 2 + " ", style="cyan")
    drawn.append("10", style="dim")
    favourable = Text()
    favourable.append(f"{words.percent(stars.favourable.share)} favourable", style="bold")
    favourable.append(f" ({bounds(stars.favourable)}) of {count(total, 'review')}", style="dim")
    return [line, favourable, drawn]


def quote(said: Quote) -> Text:
    """The words, who is meant, and whose they are."""
    text = Text(f"“{words.plain(said.quote)}”")
    if said.target and said.target.casefold() not in said.quote.casefold():
        text.append(f"  on {words.plain(said.target)}", style="dim italic")
    return text.append(f"  {by(said.author, said.id)}", style="dim")


def by(author: str | None, review: str) -> str:
    """The author, where known, and the review's id in its source."""
    return f"{words.plain(author)}, {words.plain(review)}" if author else words.plain(review)


def quoted(praise: Sequence[Quote], blame: Sequence[Quote]) -> Table:
    """Quotes, praise first."""
    lines = grid(None, 1)
    for side, own in (("positive", praise), ("negative", blame)):
        for said in own:
            lines.add_row(Text(f"  {words.SIGNS[side]}", style=COLOURS[side]), quote(said))
    return lines
