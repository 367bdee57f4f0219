"""Claims as the pages of correcting name them: by a short digest, so that one that changed is noticed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

import msgspec

from ...errors import CorrectionConflict
from ...reading import Credit, Film, Mention, Opinion, Reading, Relation
from ...render import words

#: Claims of which a sentence may hold several, and the film's name.
Listed = Mention | Credit | Relation | Opinion | Film
Named = TypeVar("Named", bound=msgspec.Struct)
#: Most characters of a name that a field holds.
LONGEST_NAME = 300


@dataclass(frozen=True, slots=True)
class Kind:
    """What can be changed of one kind of claim: fields to choose, names to type, and of these the dispensable ones."""

    word: str
    choices: tuple[str, ...]
    names: tuple[str, ...]
    dispensable: tuple[str, ...] = ()


KINDS = {
    "mention": Kind("Name", ("type",), ("name",)),
    "opinion": Kind("Judgement", ("aspect", "polarity"), ("target",), ("target",)),
    "credit": Kind("Credit", ("role",), ("person", "character"), ("character",)),
    "relation": Kind("Relation", ("relation",), ("subject", "object")),
    "film": Kind("Film's name", (), ("title",)),
}


def kind_of(claim: Listed) -> str:
    """Its kind, as forms and the library call it."""
    return type(claim).__name__.lower()


def listed(reading: Reading) -> list[Listed]:
    """All claims of a reading that stand at words of their own, kind by kind."""
    film = [reading.film] if reading.film is not None else []
    return [*film, *reading.mentions, *reading.opinions, *reading.credits, *reading.relations]


def key_of(claim: msgspec.Struct) -> str:
    """A short name for a claim, another one as soon as anything about it is another."""
    told = f"{type(claim).__name__} ".encode() + msgspec.json.encode(claim)
    return hashlib.blake2b(told, digest_size=9).hexdigest()


def found(key: str, claims: Iterable[Named]) -> Named:
    """The claim of that short name.

    Raises:
        CorrectionConflict: if it is not there any more.
    """
    for claim in claims:
        if key_of(claim) == key:
            return claim
    raise CorrectionConflict(
        "what you changed is no longer in the reading as you saw it: somebody corrected it, or it was read again"
    )


def label(claim: Listed) -> str:
    """A claim in words."""
    match claim:
        case Mention():
            return words.mention_label(claim)
        case Credit():
            return words.credit_label(claim)
        case Relation():
            return words.relation_label(claim)
        case Opinion():
            return words.opinion_label(claim)
        case Film():
            return f"Film under review: {words.plain(claim.title)}"


def editable(name: str | None) -> str:
    """A name as a field can hold it: on one line, harmless, not endless."""
    return words.plain(name or "")[:LONGEST_NAME]
