"""The label sets of every head, in the order of the weights' columns."""

from __future__ import annotations

from typing import get_args

from ..reading import Aspect, CreditRole, Polarity, Relationship, Role

#: Name tags are BIO over these; FILM is a WORK that is the film under review.
NAMES = ("PERSON", "CHARACTER", "WORK", "FILM", "ORG", "PLACE", "EVENT")
#: Kinds of mention that pairs are formed of; DESCRIPTION is "his mother", "the villain".
PERSON, CHARACTER, DESCRIPTION = range(3)
ROLES: tuple[str, ...] = get_args(Role)
POLARITIES: tuple[str, ...] = get_args(Polarity)
ASPECTS: tuple[str, ...] = get_args(Aspect)
CREDITS: tuple[str, ...] = get_args(CreditRole)
#: "A child of B" is read as "B parent of A".
RELATIONS: tuple[str, ...] = tuple(r for r in get_args(Relationship) if r != "child of")
#: Relations that hold both ways.
SYMMETRIC = frozenset(
    {"sibling of", "spouse of", "lover of", "relative of", "friend of", "enemy of", "colleague of", "other"}
)
#: Opinion tags are BIO over these (O, B-positive, I-positive, B-negative, I-negative).
JUDGED = ("positive", "negative")
RECOMMENDATIONS = ("yes", "no", "mixed", "none")
