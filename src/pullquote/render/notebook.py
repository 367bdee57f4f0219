"""A reading in a notebook: the highlighted review, or its claims where the text was left behind."""

from __future__ import annotations

from itertools import groupby

from msgspec import UnsetType

from ..reading import Reading
from . import engine, words
from .layers import marks, pieces
from .outline import outline


def fragment(reading: Reading) -> str:
    """HTML for an output cell: no script, all style under one class.

    Without ``reading.text`` it is a table of the claims and their spans.
    """
    text = "" if isinstance(reading.text, UnsetType) else reading.text
    laid = {m.id: m for m in marks(reading, text)}
    spoilers = {i for i, m in laid.items() if "spoiler" in m.classes}
    cut = [
        {
            "text": words.visible(piece.text),
            "classes": " ".join(f"pq-{c}" for c in piece.classes),
            "opens": next((laid[c].classes[1] for c in piece.opens if laid[c].kind == "judgement"), ""),
            "tooltip": "\n".join(laid[c].tooltip for c in reversed(piece.claims)),
            "veiled": not spoilers.isdisjoint(piece.claims),
        }
        for piece in (pieces(reading, text) if text else [])
    ]
    return engine.template("notebook.html").render(
        reading=reading,
        title=outline(reading, text).title,
        runs=[(veiled, list(run)) for veiled, run in groupby(cut, key=lambda p: p["veiled"])],
        claims=[] if text else _claims(reading, [m.tooltip for m in laid.values()]),
    )


def _claims(reading: Reading, tooltips: list[str]) -> list[dict[str, str]]:
    """One row for each claim that is more than a sentence's label, in the order of the marks."""
    spoilers = [s for s in reading.segments if s.spoiler >= words.SPOILER_FROM]
    rows = []
    for (kind, claim), tooltip in zip(reading.claims(), tooltips, strict=True):
        if kind in {"segment", "evidence"}:
            continue
        veiled = kind in {"credit", "relation", "opinion"} and any(
            claim.start < s.end and s.start < claim.end for s in spoilers
        )
        quote = words.plain(getattr(claim, "quote", ""))
        rows.append(
            {
                "claim": kind.capitalize() if veiled else tooltip,
                "quote": "spoiler" if veiled else quote,
                "span": f"{claim.start}\u2013{claim.end}",
            }
        )
    return rows
