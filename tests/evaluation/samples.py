"""An annotated review, made up for the tests, with a trap in every sentence."""

import json
from typing import Any

_SENTENCES = (
    "Rosario works abroad.",
    "Mr. Derbez plays Enrique, and Derbez gives a superb performance.",
    "In the end Rosario finds her son.",
    "A pity it is pretty<br />dull.",
)


def _spans() -> list[list[int]]:
    spans, start = [], 0
    for sentence in _SENTENCES:
        spans.append([start, start + len(sentence)])
        start += len(sentence) + 1
    return spans


LUNA: dict[str, Any] = {
    "id": "sample",
    "text": " ".join(_SENTENCES),
    "sentences": _spans(),
    "film": ["La luna"],
    "roles": "POPO",
    "spoil": "0010",
    "pol": "0+0-",
    "ents": [
        ["Mr. Derbez", "PERSON"],
        ["Derbez", "PERSON"],
        ["Rosario", "CHARACTER", [2]],
        ["Rosario", "CHARACTER", [0]],
        ["Enrique", "CHARACTER"],
    ],
    "credits": [[1, "Mr. Derbez", "actor", "Enrique"]],
    "relations": [[2, "Rosario", "parent of", "her son"]],
    "opinions": [[1, "superb performance", "acting", "+", "Mr. Derbez"], [3, "pretty dull", "overall", "-", None]],
    "rating": None,
    "stars": 6,
    "recommend": "mixed",
    "rating_true": 7,
}


def as_line(gold: dict[str, Any]) -> bytes:
    """One line of a gold file, without its end."""
    return json.dumps(gold).encode()
