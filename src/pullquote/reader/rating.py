"""The score a review spells out for its film: "8/10", "*** out of ****", "Grade: B+".

The ways to write a score stand in one table; each match is then weighed by where it
stands and by the words around it. Every repeat in a pattern is bounded, and a pattern
runs only near words that its matches need, so that no text takes more than linear time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import NamedTuple

from ..reading import StatedRating
from ..text import Document

_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_VALUES = {word: float(value) for value, word in enumerate(_WORDS)} | {"no": 0.0, "single": 1.0}

_WORD = rf"(?:{'|'.join(_WORDS)})(?: and a half)?"
_DIGITS = r"-?[0-9]{1,3}(?:[.,][0-9]{1,2})?(?: 1/2| ?½| and a half)?"
_NUMBER = rf"(?:{_DIGITS}|{_WORD})"
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
_NAME = rf"\b(?:{'|'.join(_NAMES)})\b"
_GIVE = ("give", "giving", "gave")
_ENDS = ("4", "5", "10", "four", "five", "ten")
_PRAISE = ("definite", "perfect", "solid", "easy", "strong", "big", "clear", "full")
_EARN = ("get", "got", "deserve", "worth", "receive", "earn")

_Place = tuple[float | None, float | None]


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


def _over(value: str, scale: str) -> _Place:
    """A value and the end of its scale; "20 out of 10" has no place on its scale.

    >>> _over("***1/2", "****"), _over("20", "10")
    ((3.5, 4.0), (None, 10.0))
    """
    top, got = _number(scale), _number(value)
    return (got if got is not None and top and 0 <= got <= top else None), top or None


def _of_ten(value: str, _: str) -> _Place:
    """A bare number is a vote out of ten."""
    return _over(value, "10")


def _stars(value: str, empty: str) -> _Place:
    """Stars without a scale may be out of four, five or ten; from six on only ten is left.

    >>> _stars("4", ""), _stars("7", ""), _stars("*****", ""), _stars("★★★", "☆☆")
    ((4.0, None), (7.0, 10.0), (5.0, 5.0), (3.0, 5.0))
    """
    got = _number(value)
    if got is None or not 0 <= got <= 10:
        return None, None
    if empty:
        return got, float(len(value) + len(empty))
    return got, (10.0 if got > 5 else 5.0 if value in ("*****", "★★★★★") else None)


def _grade(_: str, __: str) -> _Place:
    """Letters follow no agreed scale."""
    return None, None


class _Form(NamedTuple):
    """One way to write a score.

    Every match contains one of the ``hooks`` (none: look everywhere). The group ``score`` is what
    gets quoted, ``v`` and ``s`` are what ``read`` makes value and scale of, ``worth`` is its weight.
    """

    hooks: tuple[str, ...]
    read: Callable[[str, str], _Place]
    worth: int
    pattern: str


_FORMS = tuple((form, re.compile(form.pattern, re.MULTILINE)) for form in (
    # "8/10", "7.5 / 10": only scales people use, so no "9/11", "24/7" or "50/50"
    _Form(("/",), _over, 3, rf"{_OPEN}(?P<score>(?P<v>{_DIGITS}) ?/ ?(?P<s>100?)(?:\.0)?(?: stars\b)?)"
          r"(?![\w*/%]|[.-][0-9]|(?: of)? (?:the|all|them|its)\b)"),
    # "1½/5", "1.5/5 stars": as often a fraction, so the words around it must bear it out
    _Form(("/",), _over, 1, rf"{_OPEN}(?P<score>(?P<v>{_DIGITS}) ?/ ?(?P<s>[456]|20)(?:\.0)?(?: stars\b)?)"
          r"(?![\w*/%]|[.-][0-9]| of\b| the\b)"),
    # "3 out of 5", "3+ outta 5 stars", "8 stars out of ten", "4 stars (out of 5)", "9.0 on a scale of 10"
    _Form(("out of", "outta", "scale of", "from a bad"), _over, 3, rf"{_OPEN}(?P<score>{_COUNT}\+?"
          r"(?: ?(?:\*|\(\*{1,10}\)|-?stars?|points?))? ?\(?(?:out of|outta|on a scale of|from a bad)(?: a)?"
          rf"(?: possible)? (?P<s>[0-9]{{1,3}}|{_WORD})\b(?:\(\*{{1,10}}\))?\)?(?: ?stars?\b)?)(?![\w%]|[.,][0-9])"),
    # "7 of 10", "2 of 5 stars", "8 from 10": only with digits, for "one of ten" is a count
    _Form(tuple(f" {way} {end}" for way in ("of", "from") for end in _ENDS), _over, 1,
          rf"{_OPEN}(?P<score>(?P<v>{_DIGITS})(?: ?stars?)? (?:of|from) (?P<s>{'|'.join(_ENDS)})"
          rf"(?: stars?\b)?)\b{_NEXT}"),
    # "*** out of ****", "** from ****", "*1/2 /*****", "1/2* out of 4", "* of 4 stars", "NO STARS from ****"
    _Form(("*",), _over, 3, rf"{_OPEN}(?P<score>(?P<v>{_DRAWN}|(?:{_NUMBER}|no) stars?) ?\(?(?:out of|of out|outta|of"
          rf"|from|/)(?: a possible)? ?(?P<s>\*(?: ?\*){{2,9}}|(?:[0-9]{{1,2}}|{_WORD})\b(?!%))\)?"
          r"(?: ?stars?\b)?)(?![\w*])"),
    # "***", "(*1/2)" where a line ends; elsewhere asterisks are emphasis or a warning
    _Form(("*",), _stars, 1, r"(?<![*\w)])(?<!\* )(?<!\w )(?<!\w,)"
          rf"(?P<score>\(?(?P<v>\*{{1,5}}(?: ?{_HALF})?)(?P<s>)\)?)(?=[.!]? {{0,3}}$)"),
    # "*** A Title (9/2/09) Director" opens a line
    _Form(("*",), _of_ten, 3, r"^(?P<score>(?P<v>\*{1,10})(?P<s>))"
          r"(?= [^\n*(]{1,80}\([0-9]{1,2}/[0-9]{1,2}/[0-9]{2,4}\))"),
    # "4*", "3***": a digit and its stars
    _Form(("*",), _stars, 1, rf"{_OPEN}(?P<score>(?P<v>[0-9])(?P<s>)\*{{1,5}})(?![\w*]){_NEXT}"),
    # "★★★½", "★★★☆☆"
    _Form(("★",), _stars, 3, r"(?<!★)(?P<score>(?P<v>★{1,10}½?)(?P<s>☆{0,9}))(?![★☆])"),
    # "3 stars", "ZERO stars", "a single star", "three and a half stars", but not "the two stars"
    _Form(("star",), _stars, 0, rf"(?<!the )(?<!of ){_OPEN}(?P<score>{_COUNT}(?P<s>)[ -]stars?)\b{_NEXT}"),
    # "Rating: 3", "My vote is four", "Rating of 2", "My score: 7", "overall 8"
    _Form(_NAMES, _of_ten, 3, rf"(?!(?<=a )total){_NAME}(?: for [^.\n:]{{1,40}})?"
          rf"(?: (?:is|was|of|would be|gets?))? ?[:=-]{{0,3}} ?(?:an? |even |only )?{_BARE}"),
    # "I give it a 7", "rated this movie 8", "voting 10"; not "gave this one to", so "one" wants its article
    _Form((*_GIVE, "rate", "rating", "voted", "voting"), _of_ten, 3,
          rf"\b(?:{'|'.join(_GIVE)}|rat(?:e|ed|ing)|vot(?:ed|ing))(?: (?!scale|between|instead|stars?\b|points?\b|no\b)"
          rf"[^\s.,;:!?()]{{1,20}}){{0,6}}? (?:an? )?(?!(?<! a )one\b){_BARE}"),
    # "gets a 2 from me", "deserves a 10", "settled on 7"
    _Form((*_EARN, "is a", "settled on"), _of_ten, 2,
          rf"\b(?:(?:(?:{'|'.join(_EARN)})(?:e?s|d)?(?: of)?|is) (?:only )?an?|settled on) {_BARE}"),
    # "a definite 10", "a perfect ten", "A ten-plus."
    _Form((*_PRAISE, "a ten", "a 10"), _of_ten, 2,
          rf"(?:\ban? (?:{'|'.join(_PRAISE)})|(?:^|(?<=[.!?] ))a) (?!zero){_BARE}"),
    # "Rating: 85%"
    _Form(("%",), lambda value, _: _over(value, "100"), 3,
          rf"{_NAME} ?[:=-]{{0,3}} ?(?P<score>(?P<v>[0-9]{{1,3}})(?P<s>) ?%)"),
    # "Grade: C-", "My rating is B+", "Overall an A", "Rated A"
    _Form((*_NAMES, "rated"), _grade, 3, rf"(?i:{_NAME}|\brated)(?: is| of)? ?[:=-]{{0,3}} ?(?:[Aa]n? )?{_LETTER}"),
    # "I give it a B+", "gets an A from me"
    _Form((*_GIVE, *_EARN), _grade, 3, r"\b(?i:give|gave|giving|gets|deserves|earns)"
          rf"(?: [^\s.,;:!?()]{{1,20}}){{0,5}}? an? {_LETTER}"),
    # "An independent epic. A+++++": a letter with a sign as a sentence of its own
    _Form(("+", "-"), _grade, 2, r"(?<=[.!?] )(?P<score>(?P<v>[A-DF])(?P<s>)[+-]{1,9})(?=[.!]?$)"),
    # A letter alone on its line ("... D ...") or one with a sign that opens it ("F--, see me after class")
    _Form((), _grade, 2, r"^[ .(]{0,5}(?P<score>(?P<v>[A-DF])(?P<s>)(?:[+-]{0,9}(?=[ .!)]{0,5}$)"
          r"|[+-]{1,9}(?=[,.!]? )))"),
))  # fmt: skip

#: "STAR RATING: ***** Saturday Night **** Friday Night *** ...": a key to the stars, and no score.
_KEY = re.compile(r"^[^\n*]{0,40}(\*{4,10})[^*\n]{2,60}\*{3,9}[^*\n]{2,60}\*{2,8}[^*\n]{2,60}\*[^\n]*", re.MULTILINE)
#: "On a scale of one to five" says what bare numbers mean.
_SCALE = re.compile(rf"scale (?:of |from )?(?:0|1|zero|one)(?: to |-)([0-9]{{1,3}}|{_WORD})\b")
#: What the words before a score, on its line, add to its worth. Patterns end where the score begins.
_BEFORE = tuple((re.compile(pattern), worth) for pattern, worth in (
    # claimed for the film
    (rf"(?:{_NAME}|\b(?:gives?|gave|giving|rated?|gets?|got|deserves?|worth|conclusion|review)\b)"
     r"[^.!?\n]{0,40}$|= ?$", 2),
    (r"\b(?:the|this) (?:film|movie|picture|flick)\b[^.!?,\n]{0,25}$", 1),
    # settled, where there are several
    (r"\b(?:overall|final|total)\b[^.!?\n]{0,40}$", 3),
    # somebody else's, of another film, or only played with
    (r"\b(?:average|users?|voters?|critics|anyone|people|everyone|reviewers?|mom|friends?) [^.!?\n]{0,12}"
     r"\b(?:gave|gives?|giving|rated?)\b[^.!?\n]{0,30}$", -4),
    (r"\b(?:much less|instead of|not an?|that (?:one|film|movie)|up to|being rated|which i rated(?: only)?"
     r"|tempted to give [^.!?\n]{0,20}) ?$", -4),
    # no score but the end of a warning
    (r"\b(?:spoilers?|warning)\b[^.!?\n]{0,40}$", -4),
    # of a part
    (r"\b(?:acting|action|audio|cast|characters|cinematography|dialogue|direction|dvd|effects|entertainment|extras"
     r"|gore|humou?r|music|nudity|plot|quality|screenplay|script|sound|soundtrack|story|suspense|video|visuals"
     r"|writing)\b[ :=-]{1,4}$", -4),
))  # fmt: skip
#: What the words after it add.
_AFTER = tuple((re.compile(pattern), worth) for pattern, worth in (
    (r" (?:for|to) (?:the|this) (?:film|movie|picture|flick|one)\b", 2),
    (r" ?(?:for|on) (?:the |its )?(?:acting|plot|script|music|soundtrack|visuals|effects|idea|effort)\b", -3),
    # "8 out of 10 people" counts heads
    (r" (?:people|times|men|women|viewers|critics|fans|movies|films|episodes|minutes|days|kids"
     r"|of (?:the|them|those|these))\b", -9),
    # "Teacher: 6/10, Father: 7/10" is a list of parts
    (r"[,.;] [a-z][\w' ]{1,30}: ?[0-9]", -2),
))  # fmt: skip
#: How far around a score its words are looked at, and how far around a hook its score may stand.
_NEAR, _REACH = 60, 160
#: Scores this close together are one statement, which opens with the main one.
_SAME_BREATH = 40
#: A text with more scores than this is no review of one film.
_MANY = 1000


class _Found(NamedTuple):
    """One score in the clean text."""

    start: int
    end: int
    value: float | None
    scale: float | None
    worth: int


def _weigh(low: str, start: int, end: int, worth: int) -> int:
    """How sure it is that the score at ``low[start:end]`` is the film's; below 2 is no."""
    line = low[max(0, start - _NEAR) : start].rpartition("\n")[2]
    after = low[end : end + _NEAR]
    worth += sum(plus for pattern, plus in _BEFORE if pattern.search(line))
    worth += sum(plus for pattern, plus in _AFTER if pattern.match(after))
    closes = not after.partition("\n")[0].strip(" .!)*") and not line.endswith("(")
    return worth + closes + line.rstrip().endswith((".", "!", "?")) + 2 * (not line.strip(" (.-\"'"))


def _windows(low: str, hooks: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Where a form with these hooks may match: disjoint spans, in order."""
    start, end = 0, 0 if hooks else len(low)
    for match in re.finditer("|".join(map(re.escape, hooks)), low) if hooks else ():
        if match.start() - _REACH > end:
            yield start, end
            start = max(0, match.start() - _REACH)
        end = min(len(low), match.end() + _REACH)
    yield start, end


def _lowered(text: str) -> str:
    """Lower case, position by position: a letter that would grow stays."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _found(text: str) -> Iterator[_Found]:
    """Every score that is more likely the film's than not."""
    low = _lowered(text)
    key = _KEY.search(text) if "****" in text else None
    scale = _SCALE.search(low)
    for form, pattern in _FORMS:
        source = text if form.read is _grade else low
        for match in (m for span in _windows(low, form.hooks) for m in pattern.finditer(source, *span)):
            start, end = match.span("score")
            value, top = form.read(match["v"], match["s"])
            # A lone asterisk is a footnote unless a key says what it means.
            if (match["score"] == "*" and key is None) or (key is not None and key.start() <= start < key.end()):
                continue
            if form.read is _stars and key is not None:
                top = float(len(key[1]))
            elif form.read in (_of_ten, _stars) and scale is not None:
                value, top = _over(match["v"], scale[1])
            if form.read is not _of_ten or value is not None:
                yield _Found(start, end, value, top, _weigh(low, start, end, form.worth))


def _better(one: _Found, other: _Found) -> bool:
    """Whether ``one`` is the likelier score of the film."""
    if one.start < other.end and other.start < one.end:  # two readings of the same words: the fuller one
        return one.end - one.start > other.end - other.start
    if one.worth != other.worth:
        return one.worth > other.worth
    return (one.start < other.start) == (abs(one.start - other.start) < _SAME_BREATH)


def stated_rating(doc: Document) -> StatedRating | None:
    """The score the review gives its film, as written, or None.

    Of several the likeliest counts, and of equals the last.

    >>> from pullquote.text import document
    >>> stated_rating(document("Great fun. Acting: 9/10. Overall I give it 7.5/10."))
    StatedRating(start=43, end=49, text='7.5/10', value=7.5, scale=10.0)
    >>> stated_rating(document("After 9/11 he made 8 1/2 films in 10 years."))
    """
    found = list(islice(_found(doc.clean.text), _MANY + 1))
    best: _Found | None = None
    for one in found:
        if one.worth >= 2 and (best is None or _better(one, best)):
            best = one
    if best is None or len(found) > _MANY:
        return None
    start, end = doc.clean.raw_span(best.start, best.end)
    return StatedRating(start=start, end=end, text=doc.raw[start:end], value=best.value, scale=best.scale)
