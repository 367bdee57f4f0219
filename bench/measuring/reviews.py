"""Reviews in a file of JSON lines, the form in which every reader gets them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import islice
from pathlib import Path


def write_reviews(texts: Iterable[str], path: Path) -> None:
    """Reviews as JSON lines, numbered from 0."""
    with path.open("w", encoding="utf-8") as out:
        for number, text in enumerate(texts):
            out.write(json.dumps({"id": str(number), "text": text}, ensure_ascii=False) + "\n")


def read_reviews(path: Path, most: int | None = None) -> list[str]:
    """The texts of such a file, or its first so many."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in islice(lines, most)]
