"""Mistakes about quoted judgements: their words, their aspect and their polarity."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from errors.mistake import Mistake
from errors.pairing import Likeness, Paired, pair_off
from errors.review import Quote, Review, surest
from pullquote.evaluation.gold import ROLES
from pullquote.evaluation.matching import SAME, Span, overlap, segment_at
from pullquote.reading import Opinion


def quote_mistakes(review: Review) -> Iterator[Mistake]:
    """All mistakes about quotes in one review, after the scorer's own pairs are taken out."""
    sought, given = review.quotes(), list(review.reading.opinions)
    rest = _unmatched(sought, given)
    paired = pair_off(rest.second, rest.first, _likeness)
    for quote, opinion, how in paired.pairs:
        yield Mistake(
            how.kind, how.which, review.gold.id, quote.sentence, _gold(review, quote), _said(review, opinion),
            opinion.confidence, lost=True, wrong=True,
        )  # fmt: skip
    for quote in paired.first:
        yield _missed(review, quote, given)
    for opinion in paired.second:
        yield _spurious(review, opinion, sought)


def _unmatched(sought: Sequence[Quote], given: Sequence[Opinion]) -> Paired[Opinion, Quote]:
    """What the scorer finds no partner for; both sides turned round, as it takes the last of equals first."""

    def likeness(opinion: Opinion, quote: Quote) -> Likeness | None:
        share = overlap(_span(opinion), quote.place)
        same = (opinion.aspect, opinion.polarity) == (quote.aspect, quote.polarity)
        return Likeness(-share) if same and share >= SAME else None

    left = pair_off(given[::-1], sought[::-1], likeness)
    return Paired(left.pairs, left.first[::-1], left.second[::-1])


def _likeness(quote: Quote, opinion: Opinion) -> Likeness | None:
    share = overlap(quote.place, _span(opinion))
    if share >= SAME:
        return _other_label(quote, opinion, share)
    if not share:
        return None
    start, end = quote.place
    longer, shorter = opinion.start <= start and opinion.end >= end, opinion.start >= start and opinion.end <= end
    cut = "too long" if longer else "too short" if shorter else "shifted"
    aspect, polarity = quote.aspect == opinion.aspect, quote.polarity == opinion.polarity
    if aspect and polarity:
        return Likeness(4 - share, "boundary (overlap under 0.5)", cut)
    return Likeness(5 - share, "boundary and label", f"{cut}, wrong {'polarity' if aspect else 'aspect'}")


def _other_label(quote: Quote, opinion: Opinion, share: float) -> Likeness:
    """How two of the same passage differ."""
    aspects, polarities = f"{quote.aspect} → {opinion.aspect}", f"{quote.polarity} → {opinion.polarity}"
    if quote.polarity != opinion.polarity:
        if quote.aspect != opinion.aspect:
            return Likeness(3 - share, "right span, wrong aspect and polarity", aspects)
        return Likeness(2 - share, "right span, wrong polarity", polarities)
    if quote.aspect != opinion.aspect:
        return Likeness(1 - share, "right span, wrong aspect", aspects)
    # The scorer took the closest pairs first, and what this one might have had was taken.
    return Likeness(-share, "right span and labels, but its partner is taken", quote.aspect)


def _missed(review: Review, quote: Quote, given: Sequence[Opinion]) -> Mistake:
    start, end = review.gold.sentences[quote.sentence]
    segment = segment_at(review.reading.segments, start, end)
    same = surest(o for o in given if overlap(quote.place, _span(o)))
    beside = surest(o for o in given if overlap((start, end), _span(o)))
    said, confidence = "nothing", None
    if same or beside:
        kind = "missed, its words are in another quote" if same else "missed beside another quote in the sentence"
        nearest = same or beside
    else:
        kind, nearest = "missed, no quote in the sentence", None
    if nearest is not None:
        said, confidence = _said(review, nearest), nearest.confidence
    elif segment is not None:
        said = f"no quote; sentence is {segment.role}, {segment.polarity}"
        confidence = segment.confidence if segment.role != "opinion" else None
    return Mistake(
        kind, quote.aspect, review.gold.id, quote.sentence, _gold(review, quote), said, confidence, lost=True
    )  # fmt: skip


def _spurious(review: Review, opinion: Opinion, sought: Sequence[Quote]) -> Mistake:
    number = review.sentence(*_span(opinion))
    if any(overlap(quote.place, _span(opinion)) for quote in sought):
        kind, which = "spurious, one judgement said twice", str(opinion.aspect)
    elif any(quote.sentence == number for quote in sought):
        kind, which = "spurious beside a judgement in the sentence", str(opinion.aspect)
    else:
        role = ROLES[review.gold.roles[number]] if number is not None else "no"
        kind, which = "spurious, no judgement in the sentence", f"{role} sentence"
    return Mistake(
        kind, which, review.gold.id, number, "no judgement", _said(review, opinion), opinion.confidence, wrong=True
    )  # fmt: skip


def _span(opinion: Opinion) -> Span:
    return opinion.start, opinion.end


def _gold(review: Review, quote: Quote) -> str:
    return f"{quote.aspect} {quote.polarity} {review.quote(quote.words)}"


def _said(review: Review, opinion: Opinion) -> str:
    return f"{opinion.aspect} {opinion.polarity} {review.quote(review.text[opinion.start : opinion.end])}"
