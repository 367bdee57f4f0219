"""How much a title's words tell by themselves: words, and names, that reviews are full of tell little.

Both tables were counted in rated reviews of films that no figure is measured on (``python bench/linking.py --count``).
"""

from __future__ import annotations

import json
import math
from functools import lru_cache
from importlib.resources import files
from typing import Any

from .keys import words

#: Bits of each common word: minus the logarithm of its share of all words in reviews.
WORDS = "words.json"
#: For each key, in reviews of how many films words with this key stand in capitals or quotes.
NAMES = "names.json"
#: Films whose reviews the names were counted in.
_FILMS = 2624


def bits(title: str) -> float:
    """Information in the words of a title, each taken by itself, in bits.

    >>> bits("The Film") < bits("Zatoichi")
    True
    """
    return sum(word_bits(word) for word in words(title))


def word_bits(word: str) -> float:
    """Information in one word as `keys.words` gives it, in bits."""
    known, rarest = _bits()
    return known.get(word, rarest)


def background(key: str) -> int:
    """In reviews of how many films, of those counted, words with this key stand in capitals or quotes.

    >>> background("zatoichiquarrel") < background("starwars")
    True
    """
    return _names().get(key, 0)


def rarity(key: str) -> float:
    """How much it tells that two reviews share a name: the logarithm of all films to those with the name, at least 0.

    >>> rarity("zatoichiquarrel") > rarity("starwars")
    True
    """
    return max(0.0, math.log(_FILMS / (1 + background(key))))


@lru_cache(maxsize=1)
def _bits() -> tuple[dict[str, float], float]:
    """Bits of the common words, and those of any other."""
    kept: dict[str, float] = _kept(WORDS)
    return kept, max(kept.values()) + 1


@lru_cache(maxsize=1)
def _names() -> dict[str, int]:
    kept: dict[str, int] = _kept(NAMES)
    return kept


def _kept(name: str) -> Any:
    return json.loads((files(__package__) / name).read_text(encoding="utf-8"))
