"""Keys of titles: what is left when case, accents, signs, articles and ways of writing numbers are set aside."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

#: What a key was made of: the whole title, or only the part before its colon or dash.
Extent = Literal["whole", "short"]

_ARTICLES = frozenset({"the", "a", "an"})
_SPELLED = {
    word: str(number)
    for number, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen twenty".split(),
        1,
    )
}
_ROMAN = {
    roman: str(number)
    for number, roman in enumerate("ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx".split(), 2)
}
#: Words that only announce a number: "Part II", "Vol. 1".
_COUNTING = frozenset("part pt volume vol chapter episode number no".split())
_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "ð": "d", "þ": "th", "ı": "i"})
_APOSTROPHES = re.compile(r"['’‘`´]")
_WORDS = re.compile(r"[^\W_]+|&")
#: Two numbers side by side stay two.
_TWO_NUMBERS = re.compile(r"(?<=\d) (?=\d)")
#: Where a title ends and its subtitle begins.
_SUBTITLE = re.compile(r"\s*:\s+|\s+[-–—]\s+|:(?=\D)")
#: A first part shorter than this is no name to know a film by.
_SHORTEST_PART = 4


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a title: ``article`` is the English one that stood before it, "" if none."""

    key: str
    extent: Extent
    article: str


def words(title: str) -> list[str]:
    """The words of a title, folded; numbers as digits.

    >>> words("Schindler's List"), words("The Godfather: Part II"), words("Amélie & I")
    (['schindlers', 'list'], ['the', 'godfather', '2'], ['amelie', 'i'])
    """
    if not title.isascii():
        title = title.replace("½", " 1/2")
        title = "".join(c for c in unicodedata.normalize("NFKD", title) if not unicodedata.combining(c))
    plain = _APOSTROPHES.sub("", title.lower().translate(_LETTERS))
    found = _WORDS.findall(plain)
    built: list[str] = []
    for at, word in enumerate(found):
        if word in ("&", "and"):
            continue
        number = _SPELLED.get(word) or (_ROMAN.get(word) if at else None) or word
        if number.isdecimal():
            number = number.lstrip("0") or "0"
            if len(built) > 1 and built[-1] in _COUNTING:
                built.pop()
        built.append("vs" if word == "versus" else number)
    return built


def key(title: str) -> tuple[str, str]:
    """The key of a whole title and the article before it; the key is "" where the title has no letters or digits.

    Spaces are left out, so that "Spider-Man", "Spider Man" and "Spiderman" meet.

    >>> key("The Spider-Man"), key("ALIEN³"), key("Rocky II") == key("Rocky 2")
    (('spiderman', 'the'), ('alien3', ''), True)
    """
    found = words(title)
    article = found[0] if len(found) > 1 and found[0] in _ARTICLES else ""
    return _TWO_NUMBERS.sub(".", " ".join(found[bool(article) :])).replace(" ", ""), article


def keys(title: str) -> Iterator[Key]:
    """All keys a title is found by, the whole one first.

    >>> [(k.key, k.extent) for k in keys("Alien: Resurrection")]
    [('alienresurrection', 'whole'), ('alien', 'short')]
    """
    whole, article = key(title)
    if not whole:
        return
    yield Key(whole, "whole", article)
    first = _SUBTITLE.split(title, maxsplit=1)[0]
    if first != title:
        short, article = key(first)
        if len(short) >= _SHORTEST_PART and short != whole:
            yield Key(short, "short", article)
