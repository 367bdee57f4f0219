"""How much of a review's own words a report may show: names, and the first words of a quote."""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

#: A string of more words than this is shown as a quote, unless it is an annotated name.
NAME_WORDS = 4
#: Words of a quote that are shown.
QUOTE_WORDS = 3

_SIGNS = re.compile(r"\W+")


def plain(string: str) -> str:
    """The words alone, in small letters, to compare by.

    >>> plain(' "Avoid  this!" ')
    'avoid this'
    """
    return _SIGNS.sub(" ", string).strip().lower()


def clip_quote(string: str, sentences: AbstractSet[str]) -> str:
    """At most the first three words, and never all words of one of the (plain) sentences.

    >>> clip_quote("superb from first to last", set()), clip_quote("Avoid this", {"avoid this"})
    ('superb from first…', 'Avoid…')
    """
    words = string.split()[:QUOTE_WORDS]
    while words and _whole(words, sentences):
        words.pop()
    return " ".join(words) + "…"


def clip_name(string: str, names: AbstractSet[str], sentences: AbstractSet[str]) -> str:
    """A name in full; what is too long for one, or holds a whole sentence, as a quote.

    >>> clip_name("Kate del Castillo", set(), set()), clip_name("Avoid this", set(), {"avoid this"})
    ('Kate del Castillo', 'Avoid…')
    """
    words = string.split()
    if plain(string) not in names and (len(words) > NAME_WORDS or _whole(words, sentences)):
        return clip_quote(string, sentences)
    return " ".join(words)


def _whole(words: Sequence[str], sentences: AbstractSet[str]) -> bool:
    """Whether the words are a sentence, or hold one of several words."""
    string = plain(" ".join(words))
    return string in sentences or any(" " in held and f" {held} " in f" {string} " for held in sentences)
