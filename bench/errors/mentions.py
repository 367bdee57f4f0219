"""Mistakes about names: missed, made up, of the wrong type, or cut in the wrong place."""

from __future__ import annotations

from collections.abc import Iterator

from errors.mistake import Mistake
from errors.pairing import Likeness, pair_off
from errors.review import Review, surest
from pullquote.evaluation.matching import overlap
from pullquote.evaluation.names import name_key
from pullquote.evaluation.places import mention_places
from pullquote.reading import Mention

Place = tuple[int, int, str]


def mention_mistakes(review: Review) -> Iterator[Mistake]:
    """All mistakes about names in one review."""
    sought = mention_places(review.gold, review.text)
    given: dict[Place, Mention] = {}
    for mention in sorted(review.reading.mentions, key=lambda m: m.confidence):
        given[mention.start, mention.end, mention.type] = mention
    paired = pair_off(sorted(sought - given.keys()), sorted(given.keys() - sought), _likeness)
    for place, wrong, how in paired.pairs:
        yield Mistake(
            how.kind, how.which, review.gold.id, review.sentence(*place[:2]), _shown(review, place),
            _shown(review, wrong), given[wrong].confidence, lost=True, wrong=True,
        )  # fmt: skip
    for place in paired.first:
        yield _missed(review, place)
    for wrong in paired.second:
        inside = any(overlap(wrong[:2], place[:2]) for place in sought)
        yield Mistake(
            "spurious, beside another claim for the same name" if inside else "spurious", wrong[2], review.gold.id,
            review.sentence(*wrong[:2]), "no name", _shown(review, wrong), given[wrong].confidence, wrong=True,
        )  # fmt: skip


def _likeness(gold: Place, said: Place) -> Likeness | None:
    share = overlap(gold[:2], said[:2])
    if not share:
        return None
    confused = f"{gold[2]} → {said[2]}"
    if share == 1:
        return Likeness(0, "wrong type", confused)
    if gold[2] != said[2]:
        return Likeness(3 - share, "wrong boundary and type", confused)
    longer, shorter = said[0] <= gold[0] and said[1] >= gold[1], said[0] >= gold[0] and said[1] <= gold[1]
    cut = "too long" if longer else "too short" if shorter else "shifted"
    return Likeness(2 - share, "wrong boundary", f"{gold[2]} {cut}")


def _missed(review: Review, place: Place) -> Mistake:
    key = name_key(review.text[place[0] : place[1]])
    elsewhere = surest(m for m in review.reading.mentions if key == name_key(review.text[m.start : m.end]))
    return Mistake(
        "missed here, found elsewhere in the review" if elsewhere else "missed", place[2], review.gold.id,
        review.sentence(*place[:2]), _shown(review, place),
        f"elsewhere: {elsewhere.type}" if elsewhere else "nothing",
        elsewhere.confidence if elsewhere else None, lost=True,
    )  # fmt: skip


def _shown(review: Review, place: Place) -> str:
    return f"{place[2]} {review.name(review.text[place[0] : place[1]])}"
