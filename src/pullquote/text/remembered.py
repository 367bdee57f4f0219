"""Facts about words, each worked out once: the same few thousand words make up most of all reviews."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

Fact = TypeVar("Fact")

#: Words held in each of the two halves; with all that is kept of them, some 28 MB a process.
_HALF = 32_768
#: Longer "words" are not kept, so that no text can fill the memory.
_LONGEST = 40


class Remembered(dict[str, Fact]):
    """What ``fact`` says of each word, looked up with ``[word]``; words long unseen are forgotten.

    Several threads may look words up at once: each step of keeping and forgetting is whole, and a
    word forgotten too early is only worked out again.

    >>> Remembered(len)["Alien"]
    5
    """

    __slots__ = ("_before", "_fact")

    def __init__(self, fact: Callable[[str], Fact]) -> None:
        super().__init__()
        self._fact = fact
        self._before: dict[str, Fact] = {}

    def __missing__(self, word: str) -> Fact:
        """Work the word's fact out, and keep it if the word is no longer than words are."""
        value = self._before.get(word)
        if value is None:
            value = self._fact(word)
        if len(word) <= _LONGEST:
            if len(self) >= _HALF:
                self._before = dict(self)
                self.clear()
            self[word] = value
        return value
