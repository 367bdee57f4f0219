"""The two tables of a section: kinds of mistake with their counts, and single mistakes."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from errors.mistake import Mistake

#: Varieties of a kind that are named.
VARIETIES = 6

_SPECIAL = re.compile(r"([\\|*_`<>\[\]])")


def kinds_table(mistakes: Sequence[Mistake]) -> str:
    """Each kind with its count, its share, and what it cost, the most frequent first."""
    groups: dict[str, list[Mistake]] = defaultdict(list)
    for mistake in mistakes:
        groups[mistake.kind].append(mistake)
    rows = []
    for kind, held in sorted(groups.items(), key=lambda group: (-len(group[1]), group[0])):
        varieties = sorted(Counter(m.which for m in held if m.which).items(), key=lambda row: (-row[1], row[0]))
        named = ", ".join(f"{which} {count}" for which, count in varieties[:VARIETIES])
        more = f", {len(varieties) - VARIETIES} more" if len(varieties) > VARIETIES else ""
        rows.append(
            [kind, str(len(held)), f"{len(held) / len(mistakes):.0%}", str(sum(m.lost for m in held)),
             str(sum(m.wrong for m in held)), named + more]
        )  # fmt: skip
    return _table(["kind", "count", "share", "missed", "wrong", "most often"], rows, numbers={1, 2, 3, 4})


def mistakes_table(mistakes: Sequence[Mistake], confidence: str = "confidence") -> str:
    """One row for each mistake."""
    rows = [
        [m.review, "–" if m.sentence is None else str(m.sentence), f"{m.kind} ({m.which})" if m.which else m.kind,
         m.gold, m.said, "–" if m.confidence is None else f"{m.confidence:.2f}"]
        for m in mistakes
    ]  # fmt: skip
    return _table(["review", "sentence", "kind", "gold says", "reading says", confidence], rows, numbers={1, 5})


def _table(head: Sequence[str], rows: Sequence[Sequence[str]], numbers: set[int]) -> str:
    rule = "|".join("--:" if column in numbers else ":--" for column in range(len(head)))
    body = [" | ".join(_escaped(cell) for cell in row) for row in rows]
    return "\n".join([f"| {' | '.join(head)} |", f"|{rule}|", *(f"| {row} |" for row in body)])


def _escaped(cell: str) -> str:
    return _SPECIAL.sub(r"\\\1", " ".join(cell.split()))
