"""What a reader can change in a reading, one type per kind of claim, with JSON both ways.

``before`` is the claim as the reader saw it, to the letter; ``after`` what it is to be. Without ``before`` a claim
is added, without ``after`` it is taken out.
"""

from __future__ import annotations

from typing import TypeAlias

import msgspec

from ..errors import InputError
from ..reading import Credit, Film, Mention, Opinion, Reading, Relation, Segment, Verdict


class _Change(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind"):
    """One thing to change."""


class SegmentChange(_Change, frozen=True, kw_only=True, tag="segment"):
    """What a sentence does, how it judges, whether it gives the story away; its span stays."""

    before: Segment
    after: Segment


class MentionChange(_Change, frozen=True, kw_only=True, tag="mention"):
    """A name added, retyped or taken out, at one place."""

    before: Mention | None = None
    after: Mention | None = None


class CreditChange(_Change, frozen=True, kw_only=True, tag="credit"):
    """Who did what, added, changed or taken out."""

    before: Credit | None = None
    after: Credit | None = None


class RelationChange(_Change, frozen=True, kw_only=True, tag="relation"):
    """How two characters stand to each other, added, changed or taken out."""

    before: Relation | None = None
    after: Relation | None = None


class OpinionChange(_Change, frozen=True, kw_only=True, tag="opinion"):
    """A judgement added, changed or taken out."""

    before: Opinion | None = None
    after: Opinion | None = None


class FilmChange(_Change, frozen=True, kw_only=True, tag="film"):
    """By which name the text calls the film under review, and where."""

    before: Film | None = None
    after: Film | None = None


class VerdictChange(_Change, frozen=True, kw_only=True, tag="verdict"):
    """The review as a whole."""

    before: Verdict
    after: Verdict


class Checked(_Change, frozen=True, kw_only=True, tag="checked"):
    """The reader has checked all of the reading, which ``after`` holds as they approved it."""

    before: None = None
    after: Reading


#: Changes of claims that are one of several.
ListChange: TypeAlias = MentionChange | CreditChange | RelationChange | OpinionChange
#: What a page may send.
ClaimChange: TypeAlias = SegmentChange | ListChange | FilmChange | VerdictChange
#: What the library keeps.
Change: TypeAlias = ClaimChange | Checked

_claims: msgspec.json.Decoder[ClaimChange] = msgspec.json.Decoder(ClaimChange)
_all: msgspec.json.Decoder[Change] = msgspec.json.Decoder(Change)


def parse(line: bytes | str) -> ClaimChange:
    """A change from its JSON.

    Raises:
        InputError: if it is none; the message says what is amiss.

    >>> parse('{"kind": "mention", "after": {"start": 4, "end": 7, "type": "CHARACTER", "name": "Max"}}').after.name
    'Max'
    """
    try:
        return _claims.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InputError(f"no correction: {error}") from error


def printed(change: Change) -> bytes:
    """A change as one line of JSON, without the line's end; `parse` reads it back."""
    return msgspec.json.encode(change)


def kind_of(change: Change) -> str:
    """Its kind as JSON and the library call it."""
    return str(type(change).__struct_config__.tag)


def kept(kind: str, before: str | None, after: str | None) -> Change:
    """A change from the columns of the table ``corrections``.

    Raises:
        InputError: if they hold none.
    """
    line = f'{{"kind":{msgspec.json.encode(kind).decode()},"before":{before or "null"},"after":{after or "null"}}}'
    try:
        return _all.decode(line)
    except msgspec.DecodeError as error:
        raise InputError(f"no correction: {error}") from error
