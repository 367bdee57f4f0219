"""Mistakes about who plays whom."""

from __future__ import annotations

from collections.abc import Iterator

from errors.alike import alike
from errors.mistake import Mistake
from errors.pairing import Likeness
from errors.review import Review, surest
from errors.unlike import unlike
from pullquote.evaluation import gold as annotated
from pullquote.evaluation.names import name_key
from pullquote.reading import Credit

#: The keys of an actor and a character.
Key = tuple[str, str]


def cast_mistakes(review: Review) -> Iterator[Mistake]:
    """All mistakes about pairs of actor and character in one review."""
    sought = {_key(row): row for row in reversed(review.gold.credits) if row.role == "actor" and row.character}
    claims = sorted((c for c in review.reading.credits if c.role == "actor" and c.character), key=_confidence)
    given = {_key(claim): claim for claim in claims}
    actors = {name_key(row.person) for row in review.gold.credits if row.role == "actor"}
    characters = {key[1] for key in sought}

    def likeness(gold: Key, said: Key) -> Likeness | None:
        row, claim = sought[gold], given[said]
        described = "character is a description" if review.described(row.character) else "character is a name"
        same_actor, same_character = gold[0] == said[0], gold[1] == said[1]
        if same_actor and alike(row.character, claim.character):
            return Likeness(0, "character's name differs", described)
        if same_character and alike(row.person, claim.person):
            return Likeness(1, "actor's name differs", described)
        if same_actor:
            return Likeness(2, "wrong pairing" if said[1] in characters else "wrong character", described)
        if same_character:
            return Likeness(3, "wrong pairing" if said[0] in actors else "wrong actor", described)
        if alike(row.person, claim.person) and alike(row.character, claim.character):
            return Likeness(4, "both names differ", described)
        return None

    found = unlike(review, sought, given, likeness, _shown)
    yield from found.mistakes
    for gold in found.missed:
        yield _missed(review, sought[gold])
    for said in found.spurious:
        yield _spurious(review, given[said])


def _missed(review: Review, row: annotated.Credit) -> Mistake:
    key = name_key(row.person)
    credits = [c for c in review.reading.credits if name_key(c.person) == key]
    acting = [c for c in credits if c.role == "actor"]
    mention = review.found(row.person)
    silent = surest(c for c in acting if not c.character)
    if silent is not None:
        kind = "actor found, character missed"
        nearest: Credit | None = silent
    elif acting:
        kind, nearest = "actor found, with another character only", surest(acting)
    elif credits:
        kind, nearest = "actor credited in another role", surest(credits)
    else:
        kind, nearest = "actor found as a name, not credited" if mention else "actor not found as a name", None
    if nearest is not None:
        said, confidence = _shown(review, nearest), nearest.confidence
    elif mention is not None:
        said, confidence = f"{mention.type} {review.name(mention.name)}", mention.confidence
    else:
        said, confidence = "nothing", None
    if review.described(row.character):
        which = "character is a description"
    else:
        which = "character found as a name" if review.found(row.character) else "character not found as a name"
    return Mistake(kind, which, review.gold.id, row.sentence, _shown(review, row), said, confidence, lost=True)


def _spurious(review: Review, claim: Credit) -> Mistake:
    key = name_key(claim.person)
    rows = [row for row in review.gold.credits if row.role == "actor" and name_key(row.person) == key]
    if not rows:
        kind = "spurious: not in the gold cast"
    elif any(row.character for row in rows):
        kind = "spurious: a further character"
    else:
        kind = "spurious: gold names no character"
    known = review.annotated(claim.character)
    return Mistake(
        kind, f"character annotated as {known}" if known else "character is no annotated name", review.gold.id,
        review.sentence(claim.start, claim.end), "; ".join(_shown(review, row) for row in rows) or "no actor",
        _shown(review, claim), claim.confidence, wrong=True,
    )  # fmt: skip


def _key(row: annotated.Credit | Credit) -> Key:
    return name_key(row.person), name_key(row.character)


def _confidence(claim: Credit) -> float:
    return claim.confidence


def _shown(review: Review, row: annotated.Credit | Credit) -> str:
    whom = review.name(row.character) if row.character else "nobody named"
    return f"{review.name(row.person)} as {whom}" if row.role == "actor" else f"{row.role}: {review.name(row.person)}"
