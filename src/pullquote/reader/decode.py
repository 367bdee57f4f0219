"""Token vectors to a reading: all heads scored once, and every kind of claim decoded from them."""

from __future__ import annotations

import numpy as np

from ..reading import Reading, Segment
from ..text import Document
from ..text.language import looks_english
from .cast import credits_and_relations
from .film import film
from .heads import Floats, sigmoid, softmax
from .labels import POLARITIES, ROLES
from .mentions import names
from .opinions import opinions
from .places import places
from .shipped import Model
from .state import State
from .verdict import verdict

NOT_ENGLISH = "the text does not look English; this reader knows English only, so take its claims with care"


def decode(model: Model, id: str, doc: Document, h: Floats) -> Reading:
    """The reading of one encoded review.

    *Shape:* h ``(tokens, width)``, one vector per token of ``doc``.
    """
    heads, settings = model.heads, model.settings
    scores = heads.tokens(h)
    state = State(
        doc=doc,
        h=h,
        names=softmax(scores["names"]),
        descriptions=softmax(scores["descriptions"]),
        opinions=softmax(scores["opinions"]),
        aspects=scores["aspects"],
        attend=scores["attend"],
    )
    named = names(state, settings)
    judged = opinions(state, named, settings)
    credits, relations = credits_and_relations(state, named, heads, settings)
    return Reading(
        id=id,
        model=model.label,
        film=film(state, named, settings),
        segments=segments(state, model),
        mentions=tuple(name.mention(state) for name in named),
        credits=credits,
        relations=relations,
        opinions=judged,
        verdict=verdict(doc, heads.document(h, state.attend), model.ngrams, judged, settings),
        warnings=() if looks_english(doc.tokens) else (NOT_ENGLISH,),
        text=doc.raw,
    )


def segments(state: State, model: Model) -> tuple[Segment, ...]:
    """Every sentence with its role, polarity and calibrated spoiler probability."""
    doc, settings = state.doc, model.settings
    edges = np.array(doc.first_token, dtype=np.int64)
    first, last = edges[:-1], edges[1:]
    full = last > first
    scores = model.heads.sentences(state.h, first[full], last[full], places(first[full], last[full]))
    roles, polarity = softmax(scores[:, :4]), softmax(scores[:, 4:8])
    spoiler = sigmoid(scores[:, 8] / settings.spoiler_temperature + settings.spoiler_shift)
    role, judged = roles.argmax(1).tolist(), polarity.argmax(1).tolist()
    sure = roles.max(1).tolist()
    spans = [span for span, kept in zip(doc.sentences, full, strict=True) if kept]
    return tuple(
        Segment(
            start=start,
            end=end,
            role=ROLES[role[i]],
            polarity=POLARITIES[judged[i]],
            spoiler=round(float(spoiler[i]), 6),
            confidence=round(sure[i], 4),
        )
        for i, (start, end) in enumerate(spans)
    )
