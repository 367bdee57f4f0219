"""The words of a quote: which carry its meaning, and whether it can stand alone."""

from __future__ import annotations

import re
from functools import lru_cache

_JOINED = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")

_PERSONS = frozenset("he she they him her them his hers their theirs himself herself themselves".split())
_FUNCTION = _PERSONS | frozenset(
    """a an the this that these those it its it's itself i i'm i've me my mine we us our you your one ones
    is are was were be been being am has have had do does did so very too really just quite pretty more most much
    many some any all each every both few and or but nor of in on at to for from with by as into about than then
    there here what which who whom whose when where while if because not no n't also even still only well
    film movie picture thing things way lot bit""".split()
)
#: What is left hanging when a quote begins or ends with one of these.
_NO_BEGINNING = frozenset(
    "of than which who whom whose and or nor but because 's 't 'll 're 've t s ve ll re n't though although".split()
)
_NO_END = frozenset(
    """a an the of to in on at for from with by as and or nor but because than that which who whose very so too its
    his her their my our your is are was were be been has have had into about while if when not no more most""".split()
)
_PAIRS = (("(", ")"), ("[", "]"), ("“", "”"))
_SHORTEST_WORDS, _CONTENT_WORDS = 3, 2


def words(text: str) -> list[str]:
    """The words of ``text`` in order, in lower case.

    >>> words("It's hardly “subtle”.")
    ["it's", 'hardly', 'subtle']
    """
    return [w.lower().replace("’", "'") for w in _WORD.findall(text)]


@lru_cache(maxsize=16_384)
def content(text: str) -> frozenset[str]:
    """The words that carry the meaning, without those that only hold a sentence together.

    >>> sorted(content("The acting is really superb"))
    ['acting', 'superb']
    """
    return frozenset(w for w in words(text) if w not in _FUNCTION)


def stands_alone(quote: str, target: str | None) -> bool:
    """Whether a quote can be read without what stands around it, as far as its own words tell.

    It has three words, two of them with a meaning; does not begin or end in mid-phrase; closes what it opens; and
    does not speak of a "he" or "she" nobody knows, unless ``target`` tells whom it judges.

    >>> stands_alone("the acting is superb", None), stands_alone("of the superb acting", None)
    (True, False)
    >>> stands_alone("he is superb throughout", None), stands_alone("he is superb throughout", "Kurt Amsel")
    (False, True)
    """
    told = words(quote)
    if len(told) < _SHORTEST_WORDS or len(content(quote)) < _CONTENT_WORDS:
        return False
    if quote[0] in "'’,.;:)]”-–—" or quote[-1] in ",;:([“-–—" or told[0] in _NO_BEGINNING or told[-1] in _NO_END:
        return False
    if quote.count('"') % 2 or any(quote.count(a) != quote.count(b) for a, b in _PAIRS):
        return False
    return target is not None or told[0] not in _PERSONS


def cuts_word(text: str, start: int, end: int) -> bool:
    """Whether a span begins or ends within a word; hyphens and apostrophes hold words together.

    >>> cuts_word("by Carrie-Anne Moss", 3, 9), cuts_word("by Carrie-Anne Moss", 3, 14)
    (True, False)
    """
    return any(word.start() < at < word.end() for word in _JOINED.finditer(text) for at in (start, end))


def alike(one: frozenset[str], other: frozenset[str]) -> float:
    """How much two sets of words share, from 0 to 1 (Jaccard's coefficient)."""
    return len(one & other) / len(one | other) if one and other else 0.0
