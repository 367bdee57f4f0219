"""What the linker knows of words and names: counted in the reviews that readers learn from."""

from __future__ import annotations

import json
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from pullquote.catalogue.keys import words
from pullquote.catalogue.spans import plain, written
from pullquote.catalogue.words import NAMES, WORDS
from pullquote.training.data import Review

#: Commonest words kept.
KEPT_WORDS = 6000
#: Names kept are those in reviews of at least so many films.
LEAST_FILMS = 3


def count(reviews: Sequence[Review], folder: Path, say: Callable[[str], None]) -> None:
    """Count words and names in ``reviews`` and write both tables to ``folder``."""
    seen: Counter[str] = Counter()
    films: dict[str, set[str]] = defaultdict(set)
    for number, review in enumerate(reviews, 1):
        text = plain(review["text"])
        seen.update(words(text))
        for key in {span.key for span in written(text)}:
            films[key].add(review["film"])
        if number % 2000 == 0:
            say(f"{number:,} of {len(reviews):,} reviews counted")
    total = sum(seen.values())
    bits = {word: round(-math.log2(number / total), 1) for word, number in seen.most_common(KEPT_WORDS)}
    _write(folder / WORDS, bits)
    _write(folder / NAMES, {key: len(own) for key, own in films.items() if len(own) >= LEAST_FILMS})


def _write(path: Path, table: Mapping[str, float]) -> None:
    lines = ",\n".join(f"{json.dumps(key, ensure_ascii=False)}:{value}" for key, value in sorted(table.items()))
    path.write_text(f"{{\n{lines}\n}}\n", encoding="utf-8")
