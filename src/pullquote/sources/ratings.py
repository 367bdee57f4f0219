"""Scores on every scale that reviewers use, kept to the letter and brought to one from 1 to 10.

A score of ``value`` on a scale that ends with ``scale`` has ``10 * value / scale`` stars, and no fewer than 1. So a
vote out of ten stays what it is, three and a half stars of five are a seven, as people convert who use Letterboxd and
IMDb, and 78 of 100 is 7.8. Letters are spread evenly from F (0) to A (100), with A+ as A, as Metacritic does ("How We
Create the Metascore Magic": B+ 83, B 75, B- 67, ...), so B+ has 8.3 stars.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from .record import Rating

#: Best to worst, in even steps. A+ counts as A, and F- as F.
_LETTERS = ("A", "A-", "B+", "B", "B-", "C+", "C", "C-", "D+", "D", "D-", "F+", "F")
_STEPS = len(_LETTERS) - 1
LETTER_STARS = {letter: 10 * (_STEPS - step) / _STEPS for step, letter in enumerate(_LETTERS)}
LETTER_STARS |= {"A+": LETTER_STARS["A"], "F-": LETTER_STARS["F"]}

#: Longer than this is prose, not a score.
_LONGEST = 60
_NOTHING = frozenset(("", "-", "--", "n/a", "na", "nan", "none", "null", r"\n", "?", "unrated", "not rated"))
_NUMBER = r"-?(?:[0-9]{1,4}(?:[.,][0-9]{1,4})?|[.,][0-9]{1,4})"
_HALF = r"(?: ?½| 1/2| and a half)"
_COUNT = rf"(?:{_NUMBER}{_HALF}?|½)"
_STARS = r"(?: ?-?(?:stars?|points?|pts\.?|\*|★))"
_OUT_OF = re.compile(rf"({_COUNT}){_STARS}? ?(?:/|out of|of|on a scale of|sur|von) ?({_NUMBER}){_STARS}?")
_PERCENT = re.compile(rf"({_NUMBER}) ?(?:%|percent)")
_DRAWN = re.compile(r"([★⭐*](?:[ \ufe0f]?[★⭐*]){0,9}|)\ufe0f? ?(½|1/2|)((?: ?[☆✩]){0,10})")
_BARE = re.compile(rf"({_COUNT})({_STARS})?")


def parse(given: str, scale: float | None = None) -> Rating | None:
    """The rating that ``given`` spells; None if it is empty or says that there is none.

    ``scale`` is the best score where ``given`` names none itself. Without it a bare number over 10 counts as one of
    100, and one up to 10 keeps no stars, for it may be of 4, 5 or 10. What is no score, or lies outside its scale,
    is kept to the letter alone.

    >>> parse("3.5/5").stars, parse("85%").stars, parse("78").stars, parse("4", 5).stars
    (7.0, 8.5, 7.8, 8.0)
    >>> parse("★★★½☆").scale, parse("4"), parse("n/a")
    (5.0, Rating(given='4', value=4.0, scale=None, stars=None), None)
    """
    text = re.sub(r"\s+", " ", given.strip()) if len(given) <= _LONGEST else given[: _LONGEST + 1]
    if text.casefold() in _NOTHING:
        return None
    if len(text) > _LONGEST:
        return Rating(given)
    letter = text.upper().replace("−", "-").replace("–", "-").replace(" ", "")
    if letter in LETTER_STARS:
        return Rating(given, stars=max(1.0, LETTER_STARS[letter]))
    value, own = _place(text.casefold())
    if value is None:
        return Rating(given)
    top = own or scale or (100.0 if value > 10 else None)
    if not 0 <= value <= (top or 10):
        return Rating(given)
    return Rating(given, value, top, stars(value, top) if top else None)


def stars(value: float, scale: float) -> float:
    """``value`` of ``scale`` on the scale of readings, 1 to 10.

    >>> stars(3.5, 5), stars(0, 4)
    (7.0, 1.0)
    """
    return min(10.0, max(1.0, 10 * value / scale))


def guessed_scale(given: Iterable[str]) -> float | None:
    """The scale of bare numbers in one column, from the first of them: 100 or 10 if some go that far, else None.

    >>> guessed_scale(["8", "64", "71"]), guessed_scale(["3", "9.5"]), guessed_scale(["4", "5"])
    (100.0, 10.0, None)
    """
    values = [value for text in given if len(text) <= _LONGEST for value, own in (_place(text.strip()),) if not own]
    most = max((value for value in values if value is not None), default=0.0)
    return 100.0 if 10 < most <= 100 else 10.0 if 5 < most <= 10 else None


def _place(text: str) -> tuple[float | None, float | None]:
    """The value that ``text`` spells, in lower case, and the end of its scale where it says so."""
    text = text.removeprefix("rating: ").removeprefix("rated ")
    if match := _OUT_OF.fullmatch(text):
        top = _number(match[2])
        # "1/2" is half a star as often as one of two.
        return (_number(match[1]), top) if top >= 3 else (None, None)
    if match := _PERCENT.fullmatch(text):
        return _number(match[1]), 100.0
    if (match := _DRAWN.fullmatch(text)) and text:
        full, half, empty = (len(re.findall(signs, match[n])) for n, signs in enumerate(("[★⭐*]", "½|1/2", "[☆✩]"), 1))
        value = full + half / 2
        drawn = full + half + empty
        # Unfilled stars show the scale; without them five may be all there are.
        return value, float(drawn) if empty else 5.0 if text == "★★★★★" else 10.0 if value > 5 else None
    if match := _BARE.fullmatch(text):
        value = _number(match[1])
        return value, 10.0 if match[2] and 5 < value <= 10 else None
    return None, None


def _number(words: str) -> float:
    """The number that digits with or without a half stand for.

    >>> [_number(words) for words in ("7,5", "3 1/2", "½", "-1")]
    [7.5, 3.5, 0.5, -1.0]
    """
    bare = re.sub(r" ?½| 1/2| and a half", "", words)
    half = 0.5 if bare != words else 0.0
    return (float(bare.replace(",", ".")) if bare else 0.0) + half
