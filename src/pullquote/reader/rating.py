"""The score a review spells out for its film: "8/10", "*** out of ****", "Grade: B+".

Forms of writing a score stand in one table; each match is then weighed by where
it stands and by the words before and after it. Every repeat in a pattern is
bounded, so that no text takes more than linear time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from ..reading import StatedRating
from ..text import Document

_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_VALUES = {word: float(value) for value, word in enumerate(_WORDS)} | {"no": 0.0, "single": 1.0}

_WORD = rf"(?:{'|'.join(_WORDS)})(?: and a half)?"
_DIGITS = r"-?[0-9]{1,3}(?:[.,][0-9]{1,2})?(?: 1/2| ?½)?"
_HALF = r"(?:1/2|½)"
#: "***", "* *", "**1/2", "1/2*"
_STARS = rf"(?:\*(?: ?\*){{0,9}}(?: ?{_HALF})?|{_HALF} ?\*)"
#: Not in the middle of a word, a date, an amount of money or a longer number.
_OPEN = r"(?<![\w*$£€/#])(?<![0-9][.,:-])"
_SHUT = r"(?![\w*])(?![.,:/-][0-9])"
_NUMBER = rf"(?:{_DIGITS}|{_WORD})"
#: "four stars because", but not "four stars of the silent era" and not "a 9 minute film".
_NEXT = r"""(?=\s*(?:[.,;:!?)("'\n]|-(?!\w)|$)|\s+(?:because|for|from|simply|just|only|since|based|but|and|all|instead|in|on|
    |purely|mainly|merely|mostly|due|rather|if|though|although|while|as|overall|rating|so|at|to|with|when|out|solely|is|votes?)\b)"""
_NAMED_SCORE = r"(?:rating|score|grade|vote|verdict|evaluation|overall|(?<!a )total)"

Read = Callable[[str, str], tuple[float | None, float | None]]


class _Form(NamedTuple):
    """One way to write a score: its groups ``score`` (the quoted words), ``v`` and ``s``, and its worth."""

    pattern: re.Pattern[str]
    read: Read
    worth: int


class _Found(NamedTuple):
    """One score in the clean text."""

    start: int
    end: int
    value: float | None
    scale: float | None
    worth: int


def _number(words: str) -> float | None:
    """The number that digits, a word or asterisks stand for.

    >>> [_number(w) for w in ("7,5", "Three and a half", "* *1/2", "3 1/2", "½", "many")]
    [7.5, 3.5, 2.5, 3.5, 0.5, None]
    """
    lower = words.lower()
    bare = re.sub(r"1/2|½|\band a half\b|\bhalf\b(?: an?)?", " ", lower)
    half = 0.5 if bare != lower else 0.0
    if digits := re.search(r"-?[0-9]+(?:[.,][0-9]+)?", bare):
        return float(digits[0].replace(",", ".")) + half
    for word in re.findall(r"[a-z]+", bare):
        if word in _VALUES:
            return _VALUES[word] + half
    return bare.count("*") + half or None


def _over(value: str, scale: str) -> tuple[float | None, float | None]:
    """A value and the end of its scale; "20 out of 10" has no place on its scale.

    >>> _over("***1/2", "****"), _over("20", "10")
    ((3.5, 4.0), (None, 10.0))
    """
    top, got = _number(scale), _number(value)
    return (got if got is not None and top and 0 <= got <= top else None), top


def _of_ten(value: str, _: str) -> tuple[float | None, float | None]:
    """A bare number is a vote out of ten."""
    return _over(value, "10")


def _of_hundred(value: str, _: str) -> tuple[float | None, float | None]:
    return _over(value, "100")


def _stars(value: str, _: str) -> tuple[float | None, float | None]:
    """Stars without a scale may be out of four, five or ten; from six on only ten is left.

    >>> _stars("4", ""), _stars("7", ""), _stars("*****", "")
    ((4.0, None), (7.0, 10.0), (5.0, 5.0))
    """
    got = _number(value)
    if got is None or not 0 <= got <= 10:
        return None, None
    if got > 5:
        return got, 10.0
    return got, (5.0 if got == 5 and "*" in value else None)


def _grade(_: str, __: str) -> tuple[float | None, float | None]:
    """Letters follow no agreed scale."""
    return None, None


def _form(pattern: str, read: Read, worth: int, flags: re.RegexFlag = re.IGNORECASE) -> _Form:
    return _Form(re.compile(pattern, flags | re.MULTILINE), read, worth)


_FORMS: tuple[_Form, ...] = (
    # "8/10", "7.5 / 10", "1½/5", "1.5/5 stars"; only scales people use, so no "9/11", "24/7" or "50/50"
    _form(
        rf"{_OPEN}(?P<score>(?P<v>{_DIGITS}) ?/ ?(?P<s>4|5|6|10|20|100)(?:\.0)?\b(?: stars\b)?)"
        rf"(?!\w|[*/]|[.-][0-9]|th|%| (?:of (?:the|an?|all|them|its|this)|the|hours?|inch)\b)",
        _over, 3,
    ),
    # "3 out of 5", "3+ outta 5 stars", "8 stars out of ten", "4 stars (out of 5)", "9.0 on a scale of 10"
    _form(
        rf"{_OPEN}(?P<score>(?P<v>{_NUMBER}|{_HALF}|no|half an?|a single)\+?(?: ?(?:\*|\(\*{{1,10}}\)|-?stars?|points?))?"
        rf" ?\(?(?:out of|outta|on a scale of|from a bad)(?: a)?(?: possible)? (?P<s>[0-9]{{1,3}}|{_WORD})\b"
        rf"(?:\(\*{{1,10}}\))?\)?(?: ?stars?\b)?)(?!\w|%|[.,][0-9])",
        _over, 3,
    ),
    # "7 of 10", "2 of 5 stars", "8 from 10": only with digits, for "one of ten" is a count
    _form(
        rf"{_OPEN}(?P<score>(?P<v>{_DIGITS})(?: ?stars?)? (?:of|from) (?P<s>4|5|10|four|five|ten)(?: stars?\b)?){_NEXT}",
        _over, 1,
    ),
    # "*** out of ****", "** from ****", "*1/2 /*****", "1/2* out of 4", "* of 4 stars", "NO STARS from ****"
    _form(
        rf"{_OPEN}(?P<score>(?P<v>{_STARS}|{_NUMBER} stars?|no stars) ?\(?(?:out of|of out|outta|of|from|/)(?: a possible)? ?"
        rf"(?P<s>\*(?: ?\*){{2,9}}|(?:[0-9]{{1,2}}|four|five|ten)\b(?!%))\)?(?: ?stars?\b)?)(?![\w*])",
        _over, 3,
    ),
    # "***", "***1/2", "(*1/2)" where a line or the text ends; elsewhere asterisks are emphasis or a warning
    _form(
        rf"(?<![*\w])(?<!\* )(?<!\w )(?<!\w,)(?<!\))(?P<score>\(?(?P<v>\*{{1,5}}(?: ?{_HALF})?)(?P<s>)\)?)(?=[.!]? {{0,3}}(?:\n|\Z))",
        _stars, 1,
    ),
    # "*** A Title (9/2/09) Director" opens a line
    _form(r"^(?P<score>(?P<v>\*{1,10})(?P<s>))(?= [^\n*(]{1,80}\([0-9]{1,2}/[0-9]{1,2}/[0-9]{2,4}\))", _of_ten, 3),
    # "4*", "3***": a digit and its stars
    _form(rf"{_OPEN}(?P<score>(?P<v>[0-9])(?P<s>)\*{{1,5}})(?![\w*])(?={_NEXT})", _stars, 1),
    # "3 stars", "ZERO stars", "a single star", "three and a half stars"
    _form(
        rf"(?<!the )(?<!of ){_OPEN}(?P<score>(?P<v>{_NUMBER}|no|half an?|a single)(?P<s>)[ -]stars?)\b(?={_NEXT})",
        _stars, 0,
    ),
    # "Rating: 3", "My vote is four", "Rating of 2", "My score: 7", "overall 8"
    _form(
        rf"\b{_NAMED_SCORE}\b(?: for [^.\n:]{{1,40}})?(?: (?:is|was|of|would be|gets?))? ?[:=-]{{0,3}} ?(?:an? |even |only )?"
        rf"\"?{_OPEN}(?P<score>(?P<v>{_NUMBER})(?P<s>))\+?{_SHUT}(?={_NEXT})",
        _of_ten, 3,
    ),
    # "I give it a 7", "rated this movie 8", "voting 10"; not "gave this one to", so "one" wants its article
    _form(
        r"\b(?:giv(?:e|ing)|gave|rat(?:e|ed|ing)|vot(?:e|ed|ing))(?: (?!scale|between|instead|stars?\b|points?\b|no\b)[^\s.,;:!?()]{1,20}){0,6}?"
        rf" (?:an? )?\"?{_OPEN}(?P<score>(?P<v>{_DIGITS}|(?!one\b){_WORD}|(?<= a )one)(?P<s>))\+?{_SHUT}(?={_NEXT})",
        _of_ten, 3,
    ),
    # "gets a 2 from me", "deserves a 10", "a definite 10", "a perfect ten", "settled on 7"
    _form(
        r"\b(?:(?:gets?|got|deserv(?:es?|ed)(?: of)?|worth|receives?|earns?|is) (?:an?|only an?)|settled on|an? (?:definite|"
        rf"perfect|solid|easy|strong|big|clear|full)|(?<=[.!?] )a) \"?{_OPEN}(?!zero)(?P<score>(?P<v>{_NUMBER})(?P<s>)(?:-plus)?)\+?{_SHUT}(?={_NEXT})",
        _of_ten, 2,
    ),
    # "Rating: 85%"
    _form(rf"\b{_NAMED_SCORE} ?[:=-]{{0,3}} ?(?P<score>(?P<v>[0-9]{{1,3}})(?P<s>) ?%)", _of_hundred, 3),
    # "Grade: C-", "My rating is B+", "Overall an A", "Rated A"
    _form(
        rf"\b(?i:{_NAMED_SCORE}|rated)(?: is| of)? ?[:=-]{{0,3}} ?(?i:an? )?\"?(?P<score>(?P<v>[A-DF])(?P<s>)[+-]{{0,9}})"
        rf"(?![\w+])(?!\.\w)(?={_NEXT})(?! ?-\w)",
        _grade, 3, re.NOFLAG,
    ),
    # "I give it a B+", "gets an A from me"
    _form(
        r"\b(?i:give|gave|giving|gets|got|deserves|earns)(?: [^\s.,;:!?()]{1,20}){0,5}? (?i:an?) \"?"
        rf"(?P<score>(?P<v>[A-DF])(?P<s>)[+-]{{0,9}})(?![\w+])(?!\.\w)(?={_NEXT})(?! ?-\w)",
        _grade, 3, re.NOFLAG,
    ),
    # "An independent epic. A+++++": a letter with a sign that stands as a sentence of its own
    _form(r"(?<=[.!?] )(?P<score>(?P<v>[A-DF])(?P<s>)[+-]{1,9})(?=[.!]?$)", _grade, 2, re.NOFLAG),
    # A letter alone on its line ("B+", "... D ...") or one with a sign that opens it ("F--, see me after class")
    _form(
        r"^[ .(]{0,5}(?P<score>(?P<v>[A-DF])(?P<s>)(?:[+-]{0,9}(?=[ .!)]{0,5}$)|[+-]{1,9}(?=[,.!]? )))", _grade, 2, re.NOFLAG
    ),
)  # fmt: skip

#: "STAR RATING: ***** Saturday Night **** Friday Night *** ...": a key to the stars, and no score.
_KEY = re.compile(r"^[^\n*]{0,40}(\*{4,10})[^*\n]{2,60}\*{3,9}[^*\n]{2,60}\*{2,8}[^*\n]{2,60}\*[^\n]*", re.MULTILINE)
#: "On a scale of one to five" says what bare numbers mean.
_SCALE = re.compile(rf"\bscale (?:of |from )?(?:0|1|zero|one)(?: to |-)([0-9]{{1,3}}|{_WORD})\b", re.IGNORECASE)
#: Words shortly before a score that claim it for the film.
_CLAIM = re.compile(
    rf"\b(?:{_NAMED_SCORE}|gives?|gave|giving|rate|rated|gets?|got|deserves?|worth|conclusion|review)\b[^.!?\n]{{0,40}}$|= ?$",
    re.I,
)
#: "Overall" and "final" settle it among several.
_SETTLES = re.compile(r"\b(?:overall|final|total)\b[^.!?\n]{0,40}$", re.I)
#: A score of somebody else, of a part, or of another film.
_FOREIGN = re.compile(
    r"(?:\b(?:average|users?|voters?|critics|anyone|people|everyone|reviewers?|mom|friends?) [^.!?\n]{0,12}\b(?:gave|gives?|giving|rated?)\b[^.!?\n]{0,30}"
    r"|\b(?:much less|instead of|not an?|that (?:one|film|movie)|up to|tempted to give [^.!?\n]{0,20}) ?"
    r"|\b(?:acting|story|plot|script|writing|music|soundtrack|visuals|effects|gore|nudity|humou?r|direction|cast|quality|suspense|"
    r"cinematography|screenplay|dialogue|characters|action|sound|dvd|extras|video|audio|entertainment)\b[ :=-]{1,4})$",
    re.I,
)
_FOR_A_PART = re.compile(
    r" ?(?:for|on) (?:the |its )?(?:acting|plot|script|music|soundtrack|visuals|effects|idea|effort)\b", re.I
)
#: "8 out of 10 people" counts heads.
_COUNTED = re.compile(
    r" (?:people|times|men|women|viewers|critics|fans|movies|films|episodes|minutes|days|kids|of (?:the|them|those|these))\b",
    re.I,
)
#: "Four stars for this film", "I give the movie".
_FOR_THE_FILM = re.compile(r" (?:for|to) (?:the|this) (?:film|movie|picture|flick|one)\b", re.I)
_THE_FILM = re.compile(r"\b(?:the|this) (?:film|movie|picture|flick)\b[^.!?,\n]{0,25}$", re.I)
#: "Teacher: 6/10, Father: 7/10": a list of parts.
_LISTED = re.compile(r"[,.;] [A-Z][\w' ]{1,30}: ?[0-9]")
#: How far around a score its words are looked at.
_NEAR = 60
#: Scores this close together belong to one statement, which opens with the main one.
_SAME_BREATH = 40


def _weigh(text: str, start: int, end: int, worth: int) -> int:
    """How sure it is that the score at ``text[start:end]`` is the film's; below 2 is no."""
    before, after = text[max(0, start - _NEAR) : start], text[end : end + _NEAR]
    if _COUNTED.match(after):
        return 0
    line = before.rpartition("\n")[2]
    closes = not after.partition("\n")[0].strip(" .!)*") and "(" not in before[-1:]
    worth += 2 * bool(_CLAIM.search(line)) + 3 * bool(_SETTLES.search(line)) - 4 * bool(_FOREIGN.search(line))
    worth -= 4 * bool(line[-2:].rstrip().endswith(":") and _LISTED.match(after))
    worth += 2 * bool(_FOR_THE_FILM.match(after)) + bool(_THE_FILM.search(line))
    worth += closes + (line.rstrip()[-1:] in set(".!?"))
    worth += 2 * (not line.strip(" (.-\"'")) - 3 * bool(_FOR_A_PART.match(after))
    return worth


def _found(text: str) -> Iterator[_Found]:
    """Every score that is more likely the film's than not."""
    key = _KEY.search(text)
    scale = _SCALE.search(text)
    for form in _FORMS:
        for match in form.pattern.finditer(text):
            start, end = match.span("score")
            if key is not None and key.start() <= start < key.end():
                continue
            worth = _weigh(text, start, end, form.worth)
            if worth < 2:
                continue
            value, top = form.read(match["v"], match["s"])
            if form.read is _of_ten and value is None:
                continue
            if match["score"] == "*" and key is None:
                continue
            if form.read is _stars and key is not None:
                top = float(len(key[1]))
            elif form.read in (_of_ten, _stars) and scale is not None:
                value, top = _over(match["v"], scale[1])
            yield _Found(start, end, value, top, worth)


def stated_rating(doc: Document) -> StatedRating | None:
    """The score the review gives its film, as written, or None.

    Of several the likeliest counts, and of equals the last.

    >>> from pullquote.text import document
    >>> stated_rating(document("Great fun. Acting: 9/10. Overall I give it 7.5/10."))
    StatedRating(start=43, end=49, text='7.5/10', value=7.5, scale=10.0)
    >>> stated_rating(document("After 9/11 he made 8 1/2 films in 10 years."))
    """
    best: _Found | None = None
    for found in _found(doc.clean.text):
        if best is None or _better(found, best):
            best = found
    if best is None:
        return None
    start, end = doc.clean.raw_span(best.start, best.end)
    return StatedRating(start=start, end=end, text=doc.raw[start:end], value=best.value, scale=best.scale)


def _better(one: _Found, other: _Found) -> bool:
    """Whether ``one`` is the likelier score of the film."""
    if one.start < other.end and other.start < one.end:  # two readings of the same words: the fuller one
        return one.end - one.start > other.end - other.start
    if one.worth != other.worth:
        return one.worth > other.worth
    if abs(one.start - other.start) < _SAME_BREATH:
        return one.start < other.start
    return one.start > other.start
