"""Does what a correction puts in hold? Spans inside the text, words as quoted, names not empty, none over another."""

from __future__ import annotations

from collections.abc import Sequence

from ..errors import InputError
from ..reading import Credit, Film, Mention, Opinion, Reading, Relation, Segment, Verdict

Claim = Segment | Mention | Credit | Relation | Opinion | Film

#: No name of a person, a character or a work is longer, in characters.
LONGEST_NAME = 300


def check_claim(claim: Claim, text: str) -> None:
    """See that a claim lies in the text and says what the words there say.

    Raises:
        InputError: if it does not; the message says where.
    """
    what = type(claim).__name__.lower()
    _check_span(what, claim.start, claim.end, text)
    if isinstance(claim, Opinion) and claim.quote != text[claim.start : claim.end]:
        raise InputError(f"the quote differs from the text at {claim.start}-{claim.end}; the review may have changed")
    for name in _names(claim):
        if not name.strip() or len(name) > LONGEST_NAME:
            raise InputError(f"{what} {claim.start}-{claim.end}: a name has 1 to {LONGEST_NAME} characters")


def check_verdict(verdict: Verdict, text: str) -> None:
    """See that a verdict's passages lie in the text.

    Raises:
        InputError: if they do not.
    """
    for passage in verdict.evidence:
        _check_span("evidence", passage.start, passage.end, text)
    if (stated := verdict.stated_rating) is not None:
        _check_span("stated rating", stated.start, stated.end, text)
        if stated.text != text[stated.start : stated.end]:
            raise InputError(f"the stated rating differs from the text at {stated.start}-{stated.end}")


def check_place(claim: Claim, others: Sequence[Claim], reading: Reading, text: str) -> None:
    """See that a claim goes together with ``others`` of its kind, with the words and with the sentences.

    Raises:
        InputError: if it begins or ends with white space, if a name lies over another, or a name or judgement in no
            single sentence.
    """
    words = text[claim.start : claim.end]
    what = type(claim).__name__.lower()
    if words != words.strip():
        raise InputError(f"{what} {claim.start}-{claim.end} begins or ends with white space: choose the words alone")
    if isinstance(claim, Mention):
        for other in others:
            if max(claim.start, other.start) < min(claim.end, other.end):
                raise InputError(
                    f"mention {claim.start}-{claim.end} lies over the mention {other.start}-{other.end}; "
                    "change that one, or take it out first"
                )
    if (
        isinstance(claim, Mention | Opinion)
        and reading.segments
        and not any(s.start <= claim.start and claim.end <= s.end for s in reading.segments)
    ):
        raise InputError(f"{what} {claim.start}-{claim.end} does not lie in one sentence; choose fewer words")


def _check_span(what: str, start: int, end: int, text: str) -> None:
    if not 0 <= start < end <= len(text):
        raise InputError(f"{what} {start}-{end} lies outside the text of {len(text)} characters")


def _names(claim: Claim) -> list[str]:
    match claim:
        case Mention():
            names: list[str | None] = [claim.name]
        case Credit():
            names = [claim.person, claim.character]
        case Relation():
            names = [claim.subject, claim.object]
        case Opinion():
            names = [claim.target]
        case Film():
            names = [claim.title]
        case _:
            names = []
    return [name for name in names if name is not None]
