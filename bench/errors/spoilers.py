"""Mistakes about what gives the story away: sentences ranked too high or too low."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from table import markdown

from errors.mistake import Mistake
from errors.review import Review
from pullquote.evaluation.gold import ROLES
from pullquote.evaluation.matching import segment_at

#: Upper ends of the bands in which scores are counted.
BANDS = (0.1, 0.25, 0.5, 0.75, 1.0)
#: From here on a sentence is called a spoiler, in the table of kinds alone.
LIKELY = 0.5


def spoiler_sentences(review: Review) -> Iterator[Mistake]:
    """Every sentence, right or wrong, with its score as confidence; ``lost`` marks the spoilers."""
    rows = zip(review.gold.sentences, review.gold.spoil, review.gold.roles, strict=True)
    for number, ((start, end), spoil, role) in enumerate(rows):
        segment = segment_at(review.reading.segments, start, end)
        score = segment.spoiler if segment else 0.0
        spoiler = spoil == "1"
        yield Mistake(
            "spoiler scored low" if spoiler else "non-spoiler scored high", f"{ROLES[role]} sentence", review.gold.id,
            number, f"{'spoiler' if spoiler else 'no spoiler'} ({ROLES[role]})",
            f"{segment.role}, {segment.polarity}" if segment else "no sentence", score, spoiler, not spoiler,
        )  # fmt: skip


def crossed(rows: Iterable[Mistake]) -> list[Mistake]:
    """Those on the wrong side of even odds."""
    return [row for row in rows if ((row.confidence or 0.0) >= LIKELY) != row.lost]


def bands(rows: Iterable[Mistake]) -> str:
    """How many spoilers and others have a score in each band, in Markdown."""
    counts = Counter((row.lost, next(top for top in BANDS if (row.confidence or 0.0) <= top)) for row in rows)
    heads = [f"to {top:g}" for top in BANDS]
    return markdown(
        ["score", *heads],
        [[name, *(str(counts[spoiler, top]) for top in BANDS)]
         for name, spoiler in (("spoilers", True), ("other sentences", False))],
    )  # fmt: skip


def extremes(rows: Iterable[Mistake], most: int) -> list[Mistake]:
    """The highest-scored non-spoilers, then the lowest-scored spoilers, ``most`` together."""
    kept = list(rows)
    high = sorted((row for row in kept if row.wrong), key=lambda row: -(row.confidence or 0.0))
    low = sorted((row for row in kept if row.lost), key=lambda row: row.confidence or 0.0)
    lows = min(most // 2, len(low))
    highs = min(most - lows, len(high))
    return high[:highs] + low[: most - highs]
