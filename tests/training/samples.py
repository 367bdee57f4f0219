"""A tiny data folder in our own words: enough to run every stage of training, not to learn anything."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

PRAISE = ("Superb film", "I loved it", "Wonderful acting", "A joy to watch")
BLAME = ("Dreadful film", "I hated it", "Wooden acting", "A bore to watch")


def gold(number: int) -> dict[str, Any]:
    """One annotated review; even ones praise, odd ones pan."""
    good = number % 2 == 0
    judgement = (PRAISE if good else BLAME)[number % 4]
    sentences = (
        f'"The Lamp {number}" was directed by Ana Roca.',
        f"Jon Vale plays Max, the brother of Lily, and dies in Part {number}.",
        f"{judgement}.",
    )
    spans, start = [], 0
    for sentence in sentences:
        spans.append([start, start + len(sentence)])
        start += len(sentence) + 1
    return {
        "id": f"T{number}", "film_id": f"tt{number}", "text": " ".join(sentences), "sentences": spans,
        "film": [f"The Lamp {number}"], "roles": "CPO", "spoil": "010", "pol": "00" + "+-"[not good],
        "ents": [[f"The Lamp {number}", "WORK"], ["Ana Roca", "PERSON"], ["Jon Vale", "PERSON"],
                 ["Max", "CHARACTER"], ["Lily", "CHARACTER"]],
        "credits": [[0, "Ana Roca", "director", None], [1, "Jon Vale", "actor", "Max"]],
        "relations": [[1, "Max", "sibling of", "Lily"]],
        "opinions": [[2, judgement, "overall", "+-"[not good], None]],
        "rating": None, "stars": 9 if good else 2, "rating_true": 9 if good else 2,
        "recommend": "yes" if good else "no",
    }  # fmt: skip


def spelled(number: int) -> str:
    """A word of its own for each number."""
    return "".join("abcdefghij"[int(digit)] for digit in str(number)).title()


def write(root: Path) -> Path:
    """Fill ``root`` with gold/ and data/ as training expects them."""
    (root / "gold").mkdir(parents=True)
    (root / "data").mkdir()
    for name, numbers in (("train", range(8)), ("dev", range(20, 22))):
        lines = [json.dumps(gold(n)) for n in numbers]
        (root / "gold" / f"{name}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    rated = [
        {
            "id": f"r{n}", "label": int(n % 2 == 0), "rating": 9 if n % 2 == 0 else 2, "film": f"tt{100 + n}",
            "text": f"{(PRAISE if n % 2 == 0 else BLAME)[n % 4]}. I saw The Kite {spelled(n)} twice.<br />So it goes.",
        }
        for n in range(48)
    ]  # fmt: skip
    pq.write_table(pa.Table.from_pylist(rated), root / "data" / "imdb_train.parquet")
    sentences = [
        {"text": "max goes home to his sister .", "role": "plot", "polarity": None, "source": "ours"},
        {"text": "i found it dull .", "role": "opinion", "polarity": None, "source": "ours"},
        {"text": "a warm and witty film .", "role": None, "polarity": "positive", "source": "ours"},
        {"text": "a cold and empty film .", "role": None, "polarity": "negative", "source": "ours"},
    ]
    pq.write_table(pa.Table.from_pylist(sentences), root / "data" / "sentences.parquet")
    films = [{"film": f"tt{100 + n}", "title": f"Kite {spelled(n)};The", "year": 2001, "genres": ""} for n in range(48)]
    pq.write_table(pa.Table.from_pylist(films), root / "data" / "films.parquet")
    return root
