"""The review as a whole: favourable or not, how many stars, see it or skip it, and why."""

from __future__ import annotations

import math
from collections.abc import Sequence

from ..reading import Evidence, Opinion, Verdict
from ..text import Document
from .heads import Floats
from .labels import RECOMMENDATIONS
from .rating import stated_rating
from .settings import Settings

#: How many passages are named as evidence.
_EVIDENCE = 3


def balance(opinions: Sequence[Opinion]) -> float:
    """Praise against blame among the opinions, from -1 to 1, smoothed towards 0."""
    value = sum(o.confidence * (1 if o.polarity == "positive" else -1) for o in opinions)
    return value / (sum(o.confidence for o in opinions) + 1.0)


def features(logit: float, ngram: float, opinions: Sequence[Opinion]) -> tuple[float, float, float, float]:
    """What the blends weigh: the encoder's score, the n-grams', the balance of opinions, and one."""
    return logit, ngram, balance(opinions), 1.0


def verdict(
    doc: Document, logits: Floats, ngrams: tuple[float, float], opinions: Sequence[Opinion], settings: Settings
) -> Verdict:
    """Blend what the encoder, the n-grams and the opinions say.

    Args:
        logits: the document head's scores, ``(2 + recommendations,)``.
        ngrams: the n-grams' scores, favourable and stars.
    """
    encoded = logits.tolist()
    favourable, stars = ngrams
    x = features(encoded[0], favourable, opinions)
    y = features(encoded[1], stars, opinions)
    logit = sum(a * b for a, b in zip(settings.verdict_blend, x, strict=True))
    scaled = sum(a * b for a, b in zip(settings.stars_blend, y, strict=True))
    sentiment = 1.0 / (1.0 + math.exp(-min(30.0, max(-30.0, logit))))
    wanted = "positive" if sentiment >= 0.5 else "negative"
    weighty = sorted(
        (o for o in opinions if o.polarity == wanted), key=lambda o: (o.aspect != "overall", -o.confidence)
    )
    return Verdict(
        sentiment=round(sentiment, 4),
        stars=round(min(10.0, max(1.0, 5.5 + 4.5 * scaled)), 2),
        recommend=RECOMMENDATIONS[int(logits[2:].argmax())],  # type: ignore[arg-type]
        stated_rating=stated_rating(doc),
        evidence=tuple(Evidence(start=o.start, end=o.end) for o in weighty[:_EVIDENCE]),
    )
