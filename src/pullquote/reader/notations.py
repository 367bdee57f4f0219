"""The ways to write a score: "8/10", "*** out of ****", "Grade: B+", one table.

Every repeat in a pattern is bounded, and a pattern runs only near words that its matches need, or opens with
one sign or few, so that no text takes more than linear time.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_VALUES = {word: float(value) for value, word in enumerate(_WORDS)} | {"no": 0.0, "single": 1.0}

WORD = rf"(?:{'|'.join(_WORDS)})(?: and a half)?"
_DIGITS = r"-?[0-9]{1,3}(?:[.,][0-9]{1,2})?(?: 1/2| ?½| and a half)?"
_NUMBER = rf"(?:{_DIGITS}|{WORD})"
_HALF = r"(?:1/2|½)"
#: What stands before "stars" or "out of".
_COUNT = rf"(?P<v>{_NUMBER}|{_HALF}|no|half an?|a single)"
#: "***", "* *", "**1/2", "1/2*"
_DRAWN = rf"(?:(?<!\* )\*(?: ?\*){{0,9}}(?: ?{_HALF})?|{_HALF} ?\*)"
#: Not in the middle of a word, a date, an amount of money or a longer number.
_OPEN = r"(?<![\w*$£€/#])(?<![0-9][.,:-])"
_SHUT = r"(?![\w*])(?![.,:/-][0-9])"
#: "four stars because", but not "four stars of the silent era" and not "a 9 minute film".
_NEXT = (
    r"(?=\s{0,9}(?:[.,;:!?)(\"'\n]|-(?!\w)|\Z)|\s{1,9}(?:all|although|and|as|at|based|because|but|due|for|from|if|in|instead"
    r"|is|just|mainly|merely|mostly|on|only|out|overall|purely|rather|rating|simply|since|so|solely|though|votes?|when|while"
    r"|with)\b)"
)
_BARE = rf"\"?{_OPEN}(?P<score>(?P<v>{_NUMBER})(?P<s>)(?:-plus)?)\+?{_SHUT}{_NEXT}"
_LETTER = rf"\"?(?P<score>(?P<v>[A-DF])(?P<s>)[+-]{{0,9}})(?![\w+])(?!\.\w)(?! ?-\w){_NEXT}"
_NAMES = ("rating", "score", "grade", "vote", "verdict", "evaluation", "overall", "total")
NAME = rf"\b(?:{'|'.join(_NAMES)})\b"
_GIVE = ("give", "giving", "gave")
_ENDS = ("4", "5", "10", "four", "five", "ten")
_PRAISE = ("definite", "perfect", "solid", "easy", "strong", "big", "clear", "full")
_EARN = ("get", "got", "deserve", "worth", "receive", "earn")

#: What some kinds of score never lack, so that most texts need no further look: a number after "a" or "on".
_ANY_NUMBER = rf"[ao]n? (?:(?:{'|'.join(_PRAISE)}) )?\"?{_NUMBER}(?:-plus)?\+?{_SHUT}{_NEXT}"
#: The same for letters: one by itself, or right after "rated".
_ANY_LETTER = (
    rf"[A-DF](?![a-zA-Z])(?:(?<!\w[A-DF])|(?<=[dD][A-DF]))(?:[+-]|(?![\w+])(?!\.\w)(?! ?-\w){_NEXT}|[ .!)]{{0,5}}$)"
)

#: A value and the end of its scale.
Place = tuple[float | None, float | None]


def _number(words: str) -> float | None:
    """The number that digits, a word or drawn stars stand for.

    >>> [_number(w) for w in ("7,5", "three and a half", "* *1/2", "3 1/2", "½", "many")]
    [7.5, 3.5, 2.5, 3.5, 0.5, None]
    """
    bare = re.sub(r"1/2|½|\band a half\b|\bhalf\b(?: an?)?", " ", words)
    half = 0.5 if bare != words else 0.0
    if digits := re.search(r"-?[0-9]+(?:[.,][0-9]+)?", bare):
        return float(digits[0].replace(",", ".")) + half
    for word in re.findall(r"[a-z]+", bare):
        if word in _VALUES:
            return _VALUES[word] + half
    return bare.count("*") + bare.count("★") + half or None


def over(value: str, scale: str) -> Place:
    """A value and the end of its scale; "20 out of 10" has no place on its scale.

    >>> over("***1/2", "****"), over("20", "10")
    ((3.5, 4.0), (None, 10.0))
    """
    top, got = _number(scale), _number(value)
    return (got if got is not None and top and 0 <= got <= top else None), top or None


def of_ten(value: str, _: str) -> Place:
    """A bare number is a vote out of ten."""
    return over(value, "10")


def stars(value: str, empty: str) -> Place:
    """Stars without a scale may be out of four, five or ten; from six on only ten is left.

    >>> stars("4", ""), stars("7", ""), stars("*****", ""), stars("★★★", "☆☆")
    ((4.0, None), (7.0, 10.0), (5.0, 5.0), (3.0, 5.0))
    """
    got = _number(value)
    if got is None or not 0 <= got <= 10:
        return None, None
    if empty:
        return got, float(len(value) + len(empty))
    return got, (10.0 if got > 5 else 5.0 if value in ("*****", "★★★★★") else None)


def grade(_: str, __: str) -> Place:
    """Letters follow no agreed scale."""
    return None, None


class Way(NamedTuple):
    """One way to write a score.

    No text without a match of ``needs`` (None: no need) has one. Every match contains one of the ``hooks``
    (none: look everywhere). The group ``score`` is what gets quoted, ``v`` and ``s``
    are what ``read`` makes value and scale of, ``worth`` is its weight.
    """

    needs: re.Pattern[str] | None
    hooks: tuple[str, ...]
    read: Callable[[str, str], Place]
    worth: int
    pattern: re.Pattern[str]


def _way(needs: str, hooks: tuple[str, ...], read: Callable[[str, str], Place], worth: int, pattern: str) -> Way:
    wanted = re.compile(needs, re.MULTILINE) if needs else None
    return Way(wanted, hooks, read, worth, re.compile(pattern, re.MULTILINE))


#: Letters are looked for in the text as it is, all else in lower case.
WAYS = (
    # "8/10", "7.5 / 10": only scales people use, so no "9/11", "24/7" or "50/50"
    _way("/ ?10", ("/",), over, 3, rf"{_OPEN}(?P<score>(?P<v>{_DIGITS}) ?/ ?(?P<s>100?)(?:\.0)?(?: stars\b)?)"
         r"(?![\w*/%]|[.-][0-9]|(?: of)? (?:the|all|them|its)\b)"),
    # "1½/5", "1.5/5 stars": as often a fraction, so the words around it must bear it out
    _way("/ ?(?:[456]|20)", ("/",), over, 1,
         rf"{_OPEN}(?P<score>(?P<v>{_DIGITS}) ?/ ?(?P<s>[456]|20)(?:\.0)?(?: stars\b)?)"
         r"(?![\w*/%]|[.-][0-9]| of\b| the\b)"),
    # "3 out of 5", "3+ outta 5 stars", "8 stars out of ten", "4 stars (out of 5)", "9.0 on a scale of 10"
    _way("", ("out of", "outta", "scale of", "from a bad"), over, 3, rf"{_OPEN}(?P<score>{_COUNT}\+?"
         r"(?: ?(?:\*|\(\*{1,10}\)|-?stars?|points?))? ?\(?(?:out of|outta|on a scale of|from a bad)(?: a)?"
         rf"(?: possible)? (?P<s>[0-9]{{1,3}}|{WORD})\b(?:\(\*{{1,10}}\))?\)?(?: ?stars?\b)?)(?![\w%]|[.,][0-9])"),
    # "7 of 10", "2 of 5 stars", "8 from 10": only with digits, for "one of ten" is a count
    _way(rf"[0-9½f](?: ?stars?)? (?:of|from) (?:{'|'.join(_ENDS)})\b",
         tuple(f" {way} {end}" for way in ("of", "from") for end in _ENDS), over, 1,
         rf"{_OPEN}(?P<score>(?P<v>{_DIGITS})(?: ?stars?)? (?:of|from) (?P<s>{'|'.join(_ENDS)})"
         rf"(?: stars?\b)?)\b{_NEXT}"),
    # "*** out of ****", "** from ****", "*1/2 /*****", "1/2* out of 4", "* of 4 stars", "NO STARS from ****"
    _way(r"\*", ("*",), over, 3,
         rf"{_OPEN}(?P<score>(?P<v>{_DRAWN}|(?:{_NUMBER}|no) stars?) ?\(?(?:out of|of out|outta|of"
         rf"|from|/)(?: a possible)? ?(?P<s>\*(?: ?\*){{2,9}}|(?:[0-9]{{1,2}}|{WORD})\b(?!%))\)?"
         r"(?: ?stars?\b)?)(?![\w*])"),
    # "***", "(*1/2)" where a line ends; elsewhere asterisks are emphasis or a warning
    _way(r"\*", ("*",), stars, 1, r"(?<![*\w)])(?<!\* )(?<!\w )(?<!\w,)"
         rf"(?P<score>\(?(?P<v>\*{{1,5}}(?: ?{_HALF})?)(?P<s>)\)?)(?=[.!]? {{0,3}}$)"),
    # "*** A Title (9/2/09) Director" opens a line
    _way(r"\*", ("*",), of_ten, 3, r"^(?P<score>(?P<v>\*{1,10})(?P<s>))"
         r"(?= [^\n*(]{1,80}\([0-9]{1,2}/[0-9]{1,2}/[0-9]{2,4}\))"),
    # "4*", "3***": a digit and its stars
    _way(r"\*", ("*",), stars, 1, rf"{_OPEN}(?P<score>(?P<v>[0-9])(?P<s>)\*{{1,5}})(?![\w*]){_NEXT}"),
    # "★★★½", "★★★☆☆"
    _way("★", ("★",), stars, 3, r"(?<!★)(?P<score>(?P<v>★{1,10}½?)(?P<s>☆{0,9}))(?![★☆])"),
    # "3 stars", "ZERO stars", "a single star", "three and a half stars", but not "the two stars"
    _way(r"star(?<=[ -]star)s?\b", ("star",), stars, 0,
         rf"(?<!the )(?<!of ){_OPEN}(?P<score>{_COUNT}(?P<s>)[ -]stars?)\b{_NEXT}"),
    # "Rating: 3", "My vote is four", "Rating of 2", "My score: 7", "overall 8"
    _way("", _NAMES, of_ten, 3, rf"(?!(?<=a )total){NAME}(?: for [^.\n:]{{1,40}})?"
         rf"(?: (?:is|was|of|would be|gets?))? ?[:=-]{{0,3}} ?(?:an? |even |only )?{_BARE}"),
    # "I give it a 7", "rated this movie 8", "voting 10"; not "gave this one to", so "one" wants its article
    _way("", (), of_ten, 3,
         r"[grv](?=[aio][tv])(?:(?<=\bg)(?:ive|iving|ave)|(?<=\br)at(?:e|ed|ing)|(?<=\bv)ot(?:ed|ing))"
         r"(?: (?!scale|between|instead|stars?\b|points?\b|no\b)"
         rf"[^\s.,;:!?()]{{1,20}}){{0,6}}? (?:an? )?(?!(?<! a )one\b){_BARE}"),
    # "gets a 2 from me", "deserves a 10", "settled on 7"
    _way(_ANY_NUMBER, (*_EARN, "is a", "settled on"), of_ten, 2,
         rf"\b(?:(?:(?:{'|'.join(_EARN)})(?:e?s|d)?(?: of)?|is) (?:only )?an?|settled on) {_BARE}"),
    # "a definite 10", "a perfect ten", "A ten-plus."
    _way(_ANY_NUMBER, (*_PRAISE, "a ten", "a 10"), of_ten, 2,
         rf"(?:\ban? (?:{'|'.join(_PRAISE)})|(?:^|(?<=[.!?] ))a) (?!zero){_BARE}"),
    # "Rating: 85%"
    _way("%", ("%",), lambda value, _: over(value, "100"), 3,
         rf"{NAME} ?[:=-]{{0,3}} ?(?P<score>(?P<v>[0-9]{{1,3}})(?P<s>) ?%)"),
    # "Grade: C-", "My rating is B+", "Overall an A", "Rated A"
    _way(_ANY_LETTER, (*_NAMES, "rated"), grade, 3,
         rf"(?i:{NAME}|\brated)(?: is| of)? ?[:=-]{{0,3}} ?(?:[Aa]n? )?{_LETTER}"),
    # "I give it a B+", "gets an A from me"
    _way(_ANY_LETTER, (*_GIVE, *_EARN), grade, 3, r"\b(?i:give|gave|giving|gets|deserves|earns)"
         rf"(?: [^\s.,;:!?()]{{1,20}}){{0,5}}? an? {_LETTER}"),
    # "An independent epic. A+++++": a letter with a sign as a sentence of its own
    _way(_ANY_LETTER, ("+", "-"), grade, 2, r"(?<=[.!?] )(?P<score>(?P<v>[A-DF])(?P<s>)[+-]{1,9})(?=[.!]?$)"),
    # A letter alone on its line ("... D ...") or one with a sign that opens it ("F--, see me after class")
    _way(_ANY_LETTER, (), grade, 2, r"^[ .(]{0,5}(?P<score>(?P<v>[A-DF])(?P<s>)(?:[+-]{0,9}(?=[ .!)]{0,5}$)"
         r"|[+-]{1,9}(?=[,.!]? )))"),
)  # fmt: skip
