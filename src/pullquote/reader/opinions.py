"""Tags to opinions: the words that judge, what they judge, and whom."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..reading import Opinion
from .heads import softmax
from .labels import ASPECTS, JUDGED, NAMES
from .mentions import Name
from .settings import Settings
from .state import State
from .tags import spans

#: Aspects that are some person's or character's doing.
_PERSONAL = frozenset({"acting", "direction", "writing", "characters", "sound", "visuals", "effects"})


def opinions(state: State, named: Sequence[Name], settings: Settings) -> tuple[Opinion, ...]:
    """All judgements on the film, in reading order, each within one sentence."""
    doc = state.doc
    # A bare name judges nothing, however much praise stands around it.
    named_only = {i for n in named for i in range(n.first, n.last)}
    out = []
    for span in spans(state.opinions, settings.opinion_eager):
        first = span.first
        last = min(span.last, doc.first_token[doc.sentence_of[first] + 1])
        if named_only.issuperset(range(first, last)):
            continue
        kinds = softmax(state.aspects[first:last].mean(0))
        confidence = span.confidence * float(kinds.max()) ** 0.5
        if confidence < settings.opinion_from:
            continue
        aspect = ASPECTS[int(kinds.argmax())]
        start, end = state.raw_span(first, last)
        out.append(
            Opinion(
                start=start,
                end=end,
                quote=doc.raw[start:end],
                aspect=aspect,  # type: ignore[arg-type]
                polarity=JUDGED[span.label],  # type: ignore[arg-type]
                target=_target(state, named, first, last) if aspect in _PERSONAL else None,
                confidence=round(min(1.0, confidence), 4),
            )
        )
    return tuple(out)


def _target(state: State, named: Sequence[Name], first: int, last: int) -> str | None:
    """The person or character nearest to the quote within its sentence; those inside it first."""
    sentence = state.doc.sentence_of[first]
    a, b = state.doc.first_token[sentence], state.doc.first_token[sentence + 1]
    near = [n for n in named if a <= n.first < b and NAMES[n.label] in ("PERSON", "CHARACTER")]
    if not near:
        return None
    # A name before the quote is its subject more often than one after it.
    distance = [max(0, n.first - last + 1) * 1.5 + max(0, first - n.last + 1) for n in near]
    return near[int(np.argmin(distance))].full
