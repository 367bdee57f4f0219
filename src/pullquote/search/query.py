"""What is searched for: plain words, and phrases in double quotation marks."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..errors import InputError

_PHRASE = re.compile(r'["\u201c\u201d\u201e](.*?)(?:["\u201c\u201d]|$)')
_WORD = re.compile(r"[^\W_]")
#: More is no question but a text.
LONGEST = 1_000


@dataclass(frozen=True, slots=True)
class Query:
    """Words to look for, and phrases that must stand as they are; ``words`` holds those of phrases, too."""

    words: str
    phrases: tuple[str, ...] = ()

    def stands_in(self, words: str) -> bool:
        """Whether every phrase stands in ``words``; case and white space do not matter.

        >>> parsed('"slow burn"').stands_in("A Slow  burn."), parsed('"slow burn"').stands_in("Slowly burning")
        (True, False)
        """
        plain = " ".join(words.split()).casefold()
        return all(phrase.casefold() in plain for phrase in self.phrases)


def parsed(text: str) -> Query:
    """A question as typed. Nothing in it is syntax but double quotation marks.

    Raises:
        InputError: if it holds no word, or too many.

    >>> parsed('a "slow burn" thriller')
    Query(words='a slow burn thriller', phrases=('slow burn',))
    """
    if len(text) > LONGEST:
        raise InputError(f"the question is {len(text)} characters long; ask in at most {LONGEST}")
    phrases = tuple(" ".join(p.split()) for p in _PHRASE.findall(text) if _WORD.search(p))
    words = " ".join(re.sub(r'["\u201c\u201d\u201e\x00]', " ", text).split())
    if not _WORD.search(words):
        raise InputError("nothing to search for: name at least one word")
    return Query(words, phrases)
