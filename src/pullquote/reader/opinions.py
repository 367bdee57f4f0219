"""Tags to opinions: the words that judge, what they judge, and whom."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import islice

import numpy as np

from ..reading import Opinion
from ..text import Document
from .heads import softmax
from .labels import ASPECTS, JUDGED, NAMES
from .mentions import Name
from .runs import run_means
from .settings import Settings
from .state import State, raw_span
from .tags import TaggedSpan, spans_by_review

#: Aspects that are some person's or character's doing.
_PERSONAL = frozenset({"acting", "direction", "writing", "characters", "sound", "visuals", "effects"})
_PEOPLE = frozenset({NAMES.index("PERSON"), NAMES.index("CHARACTER")})


def opinions(state: State, named: Sequence[Sequence[Name]], settings: Settings) -> list[tuple[Opinion, ...]]:
    """All judgements on the film in each review, in reading order, each within one sentence."""
    found = spans_by_review(state.opinions, state.edges, settings.opinion_eager)
    judging = [_judging(doc, own, spans) for doc, own, spans in zip(state.docs, named, found, strict=True)]
    first = np.array([edge + s.first for edge, own in zip(state.edges, judging, strict=False) for s in own], dtype=int)
    size = np.array([s.last - s.first for own in judging for s in own], dtype=int)
    kinds = softmax(run_means(state.aspects, first, size))
    aspects = iter(zip(kinds.argmax(1).tolist(), kinds.max(1).tolist(), strict=True))
    out: list[tuple[Opinion, ...]] = []
    for doc, names, own in zip(state.docs, named, judging, strict=True):
        people = [n for n in names if n.label in _PEOPLE]
        made = []
        for span, (number, chance) in zip(own, islice(aspects, len(own)), strict=True):
            confidence = span.confidence * chance**0.5
            if confidence < settings.opinion_from:
                continue
            aspect = ASPECTS[number]
            start, end = raw_span(doc, span.first, span.last)
            made.append(
                Opinion(
                    start=start,
                    end=end,
                    quote=doc.raw[start:end],
                    aspect=aspect,
                    polarity=JUDGED[span.label],  # type: ignore[arg-type]
                    target=_target(doc, people, span.first, span.last) if aspect in _PERSONAL else None,
                    confidence=round(min(1.0, confidence), 4),
                )
            )
        out.append(tuple(made))
    return out


def _judging(doc: Document, named: Sequence[Name], found: Sequence[TaggedSpan]) -> list[TaggedSpan]:
    """The spans, each ended with its sentence; a bare name judges nothing, however much praise stands around it."""
    in_names = {i for n in named for i in range(n.first, n.last)}
    out = []
    for span in found:
        last = min(span.last, doc.first_token[doc.sentence_of[span.first] + 1])
        if span.first not in in_names or not in_names.issuperset(range(span.first, last)):
            out.append(span if last == span.last else span._replace(last=last))
    return out


def _target(doc: Document, people: Sequence[Name], first: int, last: int) -> str | None:
    """The person or character nearest to the quote within its sentence; those inside it first."""
    sentence = doc.sentence_of[first]
    a, b = (bisect_left(people, edge, key=_first) for edge in doc.first_token[sentence : sentence + 2])
    if a == b:
        return None
    # A name before the quote is its subject more often than one after it.
    near = min(people[a:b], key=lambda n: max(0, n.first - last + 1) * 1.5 + max(0, first - n.last + 1))
    return near.full


def _first(name: Name) -> int:
    return name.first
