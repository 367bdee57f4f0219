"""Mistakes about which parts of the film are judged how, whatever the words."""

from __future__ import annotations

from collections.abc import Iterator

from errors.mistake import Mistake
from errors.pairing import Likeness, pair_off
from errors.review import Quote, Review
from pullquote.evaluation.matching import SAME, overlap
from pullquote.reading import Opinion

#: An aspect and a polarity.
Key = tuple[str, str]


def aspect_mistakes(review: Review) -> Iterator[Mistake]:
    """All mistakes about judged aspects in one review; each aspect counts once per polarity."""
    sought: dict[Key, list[Quote]] = {}
    for quote in review.quotes():
        sought.setdefault((quote.aspect, quote.polarity), []).append(quote)
    given: dict[Key, list[Opinion]] = {}
    for opinion in sorted(review.reading.opinions, key=lambda o: -o.confidence):
        given.setdefault((opinion.aspect, opinion.polarity), []).append(opinion)

    def likeness(gold: Key, said: Key) -> Likeness | None:
        together = any(
            overlap(quote.place, (opinion.start, opinion.end)) >= SAME
            for quote in sought[gold]
            for opinion in given[said]
        )
        polarity = f"{gold[0]}: {gold[1]} → {said[1]}"
        if gold[0] == said[0]:
            if together:
                return Likeness(0, "wrong polarity", polarity)
            return Likeness(2, "wrong polarity (of other words)", polarity)
        if together and gold[1] == said[1]:
            return Likeness(1, "wrong aspect, same words", f"{gold[0]} → {said[0]}")
        if together:
            return Likeness(3, "wrong aspect and polarity, same words", f"{gold[0]} → {said[0]}")
        return None

    paired = pair_off(sorted(sought.keys() - given.keys()), sorted(given.keys() - sought.keys()), likeness)
    for gold, said, how in paired.pairs:
        yield Mistake(
            how.kind, how.which, review.gold.id, sought[gold][0].sentence, _gold(review, gold, sought[gold][0]),
            _said(review, said, given[said][0]), given[said][0].confidence, lost=True, wrong=True,
        )  # fmt: skip
    for gold in paired.first:
        quote = sought[gold][0]
        yield Mistake(
            "missed", gold[0], review.gold.id, quote.sentence, _gold(review, gold, quote), "nothing", None, lost=True
        )
    for said in paired.second:
        opinion = given[said][0]
        yield Mistake(
            "spurious", said[0], review.gold.id, review.sentence(opinion.start, opinion.end), "nothing",
            _said(review, said, opinion), opinion.confidence, wrong=True,
        )  # fmt: skip


def _gold(review: Review, key: Key, quote: Quote) -> str:
    return f"{key[0]} {key[1]} {review.quote(quote.words)}"


def _said(review: Review, key: Key, opinion: Opinion) -> str:
    return f"{key[0]} {key[1]} {review.quote(review.text[opinion.start : opinion.end])}"
