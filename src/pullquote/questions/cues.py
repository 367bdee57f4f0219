"""Words around a quote that turn it: negation, contrast, condition, irony, and praise that is not the critic's own.

Cut out of its sentence, "a masterpiece" is praise, whatever stood before it: "hardly", "it could have been", "they
call it". Cues and the reach of negation follow NegEx (Chapman et al., 2001, J. Biomed. Inform. 34), by phrase lists
and clause ends rather than by a parse. In doubt a quote is turned down: a poster can do without it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from . import cue_words as cue

_DOTS = ("...", "…")
_APOSTROPHES = str.maketrans("‘’", "''")


@dataclass(frozen=True, slots=True)
class _Place:
    """A quote in its sentence: what stands before, within and after it, and how the text goes on."""

    before: str
    within: str
    after: str
    following: str

    @property
    def outside(self) -> str:
        return f"{self.before} \0 {self.after}"

    @property
    def near(self) -> str:
        """What stands before the quote in its own clause, set phrases left out."""
        plain = _unnegated(self.before)
        ends = [m.end() for m in cue.CLAUSE_END.finditer(plain)]
        return plain[ends[-1] :] if ends else plain


def turned(sentence: str, start: int, end: int, following: str = "") -> str | None:
    """What turns the quote at ``start`` to ``end`` of its sentence into no praise, by name; None if nothing does.

    Args:
        following: how the text goes on after the sentence.

    >>> turned("This is hardly a masterpiece.", 15, 28)
    'negation'
    >>> turned("This is a masterpiece.", 8, 21) is None
    True
    """
    if _scare_quotes(sentence, start, end):
        return "quotation marks"
    plain = sentence.translate(_APOSTROPHES)
    place = _Place(plain[:start], plain[start:end], plain[end:], following)
    return next((name for name, turns in _TURNS if turns(place)), None)


def _scare_quotes(sentence: str, start: int, end: int) -> bool:
    """Whether quotation marks touch the quote, other than around a title."""
    if sentence.count('"') % 2:
        return True
    return any(
        quoted.start() < end and quoted.end() > start and not cue.TITLE.fullmatch(quoted[0])
        for quoted in cue.QUOTED.finditer(sentence)
    )


def _trails_off(place: _Place) -> bool:
    ending = (place.within + place.after).rstrip(" \t\n\"')”")
    return ending.endswith(_DOTS) or place.within.rstrip().endswith(_DOTS) or place.after.lstrip().startswith(_DOTS)


def _asks(place: _Place) -> bool:
    return "?" in place.within or "?" in place.after


def _ironic(place: _Place) -> bool:
    return bool(
        cue.IRONY.search(place.outside)
        or cue.IRONY_SIGNS.search(place.before + place.within + place.after)
        or cue.IRONY_BEGINS.match(place.before)
        or cue.IRONY_NEXT.match(place.following)
    )


def _of_others(place: _Place) -> bool:
    return bool(cue.OTHERS.search(cue.OWN.sub(" ", place.outside)))


def _conditional(place: _Place) -> bool:
    return bool(cue.CONDITION.search(place.outside) or cue.CONDITION_WITHIN.search(place.within))


def _contrasted(place: _Place) -> bool:
    near = place.near
    conceded = [m.end() for m in cue.CONCESSION.finditer(near)]
    return bool(
        cue.CONTRAST_AFTER.search(_unnegated(place.after))
        or cue.CONTRAST_BEFORE.search(near)
        or (conceded and "," not in near[conceded[-1] :])
    )


def _negated(place: _Place) -> bool:
    near, after = place.near, cue.CLAUSE_END.split(_unnegated(place.after))[0]
    return bool(cue.NEGATION.search(near) or cue.WEAKENED.search(near) or cue.NEGATION.search(after))


def _compared(place: _Place) -> bool:
    return bool(cue.COMPARISON.search(place.before))


def _unnegated(text: str) -> str:
    """``text`` without the phrases in which a negation negates nothing."""
    return cue.NO_NEGATION.sub(lambda found: " " * len(found[0]), text)


_TURNS: tuple[tuple[str, Callable[[_Place], bool]], ...] = (
    ("trailing off", _trails_off),
    ("question", _asks),
    ("irony", _ironic),
    ("words of others", _of_others),
    ("condition", _conditional),
    ("contrast", _contrasted),
    ("negation", _negated),
    ("comparison", _compared),
)
