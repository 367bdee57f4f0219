"""Mistakes about who did what on the film."""

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

#: A person's key and a role.
Key = tuple[str, str]


def credit_mistakes(review: Review) -> Iterator[Mistake]:
    """All mistakes about credits in one review; the role "other" is not measured."""
    sought = {(name_key(c.person), c.role): c for c in reversed(review.gold.credits) if c.role != "other"}
    given: dict[Key, Credit] = {}
    for credit in sorted(review.reading.credits, key=lambda c: c.confidence):
        if credit.role != "other":
            given[name_key(credit.person), credit.role] = credit

    def likeness(gold: Key, said: Key) -> Likeness | None:
        if gold[0] == said[0]:
            return Likeness(0, "role wrong", f"{gold[1]} → {said[1]}")
        if not alike(sought[gold].person, given[said].person):
            return None
        if gold[1] == said[1]:
            return Likeness(1, "name form differs", gold[1])
        return Likeness(2, "name form differs and role wrong", f"{gold[1]} → {said[1]}")

    found = unlike(review, sought, given, likeness, _shown)
    yield from found.mistakes
    for gold in found.missed:
        yield _missed(review, sought[gold])
    for said in found.spurious:
        yield _spurious(review, given[said])


def _missed(review: Review, row: annotated.Credit) -> Mistake:
    key, mention = name_key(row.person), review.found(row.person)
    credit = surest(c for c in review.reading.credits if name_key(c.person) == key)
    said, confidence, which = "nothing", None, row.role
    if credit is not None:
        said, confidence = _shown(review, credit), credit.confidence
        if credit.role == "other":
            kind, which = "role wrong", f"{row.role} → other"
        else:
            kind = "person credited, but not with this role too"
    elif mention is None:
        kind = "person not found as a name"
    else:
        said, confidence = f"{mention.type} {review.name(mention.name)}", mention.confidence
        if mention.type == "PERSON":
            kind = "person found, but not credited"
        else:
            kind, which = "person found as another type, not credited", f"PERSON → {mention.type}"
    return Mistake(
        kind, which, review.gold.id, row.sentence, _shown(review, row), said, confidence, lost=True
    )  # fmt: skip


def _spurious(review: Review, credit: Credit) -> Mistake:
    rows = [row for row in review.gold.credits if name_key(row.person) == name_key(credit.person)]
    which = str(credit.role)
    if any(row.role == "other" for row in rows):
        kind, which = "role wrong", f"other → {credit.role}"
    elif rows:
        kind = "spurious role of a credited person"
    else:
        known = review.annotated(credit.person)
        if known == "PERSON":
            kind = "spurious: a person without credit (of another film, a critic, ...)"
        elif known:
            kind, which = "spurious: no person", known
        else:
            kind = "spurious: no annotated name"
    gold = "; ".join(_shown(review, row) for row in rows) or review.annotated(credit.person) or "no name"
    return Mistake(
        kind, which, review.gold.id, review.sentence(credit.start, credit.end), gold, _shown(review, credit),
        credit.confidence, wrong=True,
    )  # fmt: skip


def _shown(review: Review, row: annotated.Credit | Credit) -> str:
    return f"{row.role}: {review.name(row.person)}"
