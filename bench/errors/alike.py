"""When two different names are likely one name in two forms."""

from __future__ import annotations

from difflib import SequenceMatcher

from pullquote.evaluation.names import name_key

#: Two spellings are close from this share of common letters on.
CLOSE = 0.8


def alike(one: str | None, other: str | None) -> bool:
    """Whether one name holds all words of the other, or is spelt nearly like it.

    >>> alike("Mr. Derbez", "Eugenio Derbez"), alike("Jon Smith", "John Smith"), alike("Ann", "Tom")
    (True, True, False)
    """
    first, second = name_key(one), name_key(other)
    if not first or not second:
        return False
    words, others = set(first.split()), set(second.split())
    return words <= others or others <= words or SequenceMatcher(None, first, second, False).ratio() >= CLOSE
