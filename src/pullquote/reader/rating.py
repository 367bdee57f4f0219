"""The score a review spells out for its film: "8/10", "*** out of ****", "Grade: B+".

Each match of a way to write a score (`notations`) is weighed by where it stands and by the
words around it. Every repeat in a pattern is bounded, so that no text takes more than linear time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby, islice
from typing import NamedTuple

from ..reading import StatedRating
from ..text import Document
from .notations import NAME, WAYS, WORD, grade, of_ten, over, stars

#: "STAR RATING: ***** Saturday Night **** Friday Night *** ...": a key to the stars, and no score.
_KEY = re.compile(r"^[^\n*]{0,40}(\*{4,10})[^*\n]{2,60}\*{3,9}[^*\n]{2,60}\*{2,8}[^*\n]{2,60}\*[^\n]*", re.MULTILINE)
#: "On a scale of one to five" says what bare numbers mean.
_SCALE = re.compile(rf"scale (?:of |from )?(?:0|1|zero|one)(?: to |-)([0-9]{{1,3}}|{WORD})\b")
#: What the words before a score, on its line, add to its worth. Patterns end where the score begins.
_BEFORE = tuple((re.compile(pattern), worth) for pattern, worth in (
    # claimed for the film
    (rf"(?:{NAME}|\b(?:gives?|gave|giving|rated?|gets?|got|deserves?|worth|conclusion|review)\b)"
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
#: The ways, with what several of them in a row need looked for once.
_BY_NEED = tuple((needs, tuple(ways)) for needs, ways in groupby(WAYS, key=lambda way: way.needs))
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


def _windows(low: str, hooks: tuple[str, ...]) -> list[tuple[int, int]]:
    """Where a way with these hooks may match: disjoint spans, in order."""
    found: list[tuple[int, int]] = []
    for hook in hooks:
        here = low.find(hook)
        while here >= 0:
            end = here + len(hook)
            found.append((max(0, here - _REACH), min(len(low), end + _REACH)))
            here = low.find(hook, end)
    if len(found) < 2:
        return found
    found.sort()
    joined = [found[0]]
    for start, end in found[1:]:
        if start > joined[-1][1]:
            joined.append((start, end))
        elif end > joined[-1][1]:
            joined[-1] = joined[-1][0], end
    return joined


def _lowered(text: str) -> str:
    """Lower case, position by position: a letter that would grow stays."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _found(text: str) -> Iterator[_Found]:
    """Every score that is more likely the film's than not."""
    low = _lowered(text)
    key = _KEY.search(text) if "****" in text else None
    scale = _SCALE.search(low)
    for needs, ways in _BY_NEED:
        source = text if ways[0].read is grade else low
        if needs is not None and needs.search(source) is None:
            continue
        for way in ways:
            spans = _windows(low, way.hooks) if way.hooks else [(0, len(low))]
            for match in (m for span in spans for m in way.pattern.finditer(source, *span)):
                start, end = match.span("score")
                value, top = way.read(match["v"], match["s"])
                # A lone asterisk is a footnote unless a key says what it means.
                if (match["score"] == "*" and key is None) or (key is not None and key.start() <= start < key.end()):
                    continue
                if way.read is stars and key is not None:
                    top = float(len(key[1]))
                elif way.read in (of_ten, stars) and scale is not None:
                    value, top = over(match["v"], scale[1])
                if way.read is not of_ten or value is not None:
                    yield _Found(start, end, value, top, _weigh(low, start, end, way.worth))


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
