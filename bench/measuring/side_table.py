"""The one table: a row for every reader, a dash where it gives no such figure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from table import markdown


def side_table(rows: Sequence[dict[str, Any]], cores: Sequence[int]) -> str:
    """All rows in Markdown; memory is that on the most cores."""
    rates = [f"reviews/s, {n} cores" if n > 1 else "reviews/s, 1 core" for n in reversed(cores)]
    head = [
        "reader", *rates, "peak MB", "largest, MB", "cold start, s", "accuracy", "stars off by", "ECE", "mention F1",
        "reading score",
    ]  # fmt: skip
    return markdown(head, [_row(row, [str(n) for n in reversed(cores)]) for row in rows])


def _row(row: dict[str, Any], cores: Sequence[str]) -> list[str]:
    speed, quality = row["speed"], row["quality"]
    whole = speed[cores[0]]
    names = quality.get("names")
    return [
        row["reader"],
        *(speed[n]["rate"].text(",.1f" if speed[n]["rate"].median < 100 else ",.0f") for n in cores),
        whole["peak_mb"].text(",.0f") if whole["peak_mb"] else "–",
        f"{whole['largest_mb'].median:,.0f}" if whole["largest_mb"] else "–",
        row["cold_start"].text(".2f"),
        f"{quality['accuracy']:.3f}",
        f"{quality['stars_mae']:.2f}",
        "–" if quality["ece"] is None else f"{quality['ece']:.3f}",
        f"{names['f1']:.3f}" if names else "–",
        f"{quality['reading_score']:.3f}" if "reading_score" in quality else "–",
    ]
