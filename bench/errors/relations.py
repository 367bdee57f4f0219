"""Mistakes about how one character stands to another."""

from __future__ import annotations

from collections.abc import Iterator

from errors.alike import alike
from errors.mistake import Mistake
from errors.pairing import Likeness
from errors.review import Review
from errors.unlike import unlike
from pullquote.evaluation import gold as annotated
from pullquote.evaluation.names import relation_key
from pullquote.reading import Relation

#: Subject, relation and object, as they are compared.
Key = tuple[str, str, str]


def relation_mistakes(review: Review) -> Iterator[Mistake]:
    """All mistakes about relations in one review."""
    sought = {_key(row): row for row in reversed(review.gold.relations)}
    given = {_key(claim): claim for claim in sorted(review.reading.relations, key=lambda r: r.confidence)}
    found = unlike(review, sought, given, _likeness, _shown)
    yield from found.mistakes
    for gold in found.missed:
        yield _missed(review, sought[gold])
    pairs = {frozenset((key[0], key[2])) for key in sought}
    for said in found.spurious:
        yield _spurious(review, given[said], frozenset((said[0], said[2])) in pairs)


def _likeness(gold: Key, said: Key) -> Likeness | None:
    relations = f"{gold[1]} → {said[1]}"
    if {gold[0], gold[2]} == {said[0], said[2]}:
        return Likeness(0, "turned round", gold[1]) if gold[1] == said[1] else Likeness(1, "wrong relation", relations)
    straight = alike(gold[0], said[0]) and alike(gold[2], said[2])
    if not straight and not (alike(gold[0], said[2]) and alike(gold[2], said[0])):
        return None
    if gold[1] == said[1]:
        return Likeness(2, "name differs" if straight else "name differs and turned round", gold[1])
    return Likeness(3, "name differs and wrong relation", relations)


def _missed(review: Review, row: annotated.Relation) -> Mistake:
    names = (row.subject, row.object)
    mentions = [mention for name in names if (mention := review.found(name))]
    if any(review.described(name) for name in names):
        kind = "pair missed, a name is a description"
    elif len(mentions) < len(names):
        kind = "pair missed, a name was not found"
    else:
        kind = "pair missed, both names found"
    both = len(mentions) == len(names)
    said = "both found as names" if both else "one found as a name" if mentions else "nothing"
    confidence = min(mention.confidence for mention in mentions) if both else None
    return Mistake(
        kind, row.relation, review.gold.id, row.sentence, _shown(review, row), said, confidence, lost=True
    )  # fmt: skip


def _spurious(review: Review, claim: Relation, known_pair: bool) -> Mistake:
    types = [review.annotated(name) for name in (claim.subject, claim.object)]
    if known_pair:
        kind = "spurious: a further relation of a pair in gold"
    elif all(kind == "CHARACTER" for kind in types):
        kind = "spurious: both are characters, gold tells no relation"
    else:
        kind = "spurious: a name is no annotated character"
    return Mistake(
        kind, claim.relation, review.gold.id, review.sentence(claim.start, claim.end), "no relation",
        _shown(review, claim), claim.confidence, wrong=True,
    )  # fmt: skip


def _key(row: annotated.Relation | Relation) -> Key:
    return relation_key(row.subject, row.relation, row.object)


def _shown(review: Review, row: annotated.Relation | Relation) -> str:
    return f"{review.name(row.subject)} {row.relation} {review.name(row.object)}"
