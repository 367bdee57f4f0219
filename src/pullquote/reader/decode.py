"""Token vectors to readings: the heads scored, and every kind of claim decoded from them, for a group of reviews."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise

import numpy as np

from ..reading import Reading, Segment
from ..text import Document
from ..text.language import looks_english
from .cast import credits, relations
from .entities import people
from .film import film
from .heads import Floats, rounded, sigmoid, softmax
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
    return decode_many(model, [id], [doc], h)[0]


def decode_many(model: Model, ids: Sequence[str], docs: Sequence[Document], h: Floats) -> list[Reading]:
    """The readings of encoded reviews, each the same as if it were decoded alone.

    *Shape:* h ``(tokens, width)``, one vector per token of each of ``docs``, end to end.
    """
    heads, settings = model.heads, model.settings
    state = scored(model, docs, h)
    named = names(state, settings)
    judged = opinions(state, named, settings)
    known = people(state, named, heads, settings)
    cut = segments(state, model)
    grams = model.ngrams.scores_many([doc.tokens.forms for doc in docs])
    encoded = heads.documents(h, state.attend, state.edges)
    return [
        Reading(
            id=ids[r],
            model=model.label,
            film=film(doc, named[r], settings),
            segments=cut[r],
            mentions=tuple([name.mention(doc) for name in named[r]]),
            credits=credits(doc, known[r], settings),
            relations=relations(doc, known[r], settings),
            opinions=judged[r],
            verdict=verdict(doc, encoded[r], grams[r], judged[r], settings),
            warnings=() if looks_english(doc.tokens) else (NOT_ENGLISH,),
            text=doc.raw,
        )
        for r, doc in enumerate(docs)
    ]


def scored(model: Model, docs: Sequence[Document], h: Floats) -> State:
    """What the token heads say of some reviews; h as for `decode_many`."""
    edges = [0, *accumulate(len(doc.tokens) for doc in docs)]
    scores = model.heads.tokens(h, edges)
    return State(
        docs=docs,
        edges=edges,
        h=h,
        names=softmax(scores["names"]),
        descriptions=softmax(scores["descriptions"]),
        opinions=softmax(scores["opinions"]),
        aspects=scores["aspects"],
        attend=scores["attend"],
    )


def segments(state: State, model: Model) -> list[tuple[Segment, ...]]:
    """Every sentence of each review with its role, polarity and calibrated spoiler probability."""
    settings = model.settings
    full = [_full(doc) for doc in state.docs]
    first = np.array([edge + a for edge, own in zip(state.edges, full, strict=False) for _, _, a, _ in own], dtype=int)
    last = np.array([edge + b for edge, own in zip(state.edges, full, strict=False) for _, _, _, b in own], dtype=int)
    edges = [0, *accumulate(map(len, full))]
    scores = model.heads.sentences(state.h, first, last, places(first, last, edges), edges)
    roles = softmax(scores[:, :4])
    role, judged = roles.argmax(1).tolist(), scores[:, 4:8].argmax(1).tolist()
    calibrated = scores[:, 8] / np.float32(settings.spoiler_temperature) + np.float32(settings.spoiler_shift)
    spoiler, sure = rounded(sigmoid(calibrated), 6), rounded(roles.max(1), 4)
    return [
        tuple(
            [
                Segment(
                    start=start,
                    end=end,
                    role=ROLES[role[i]],
                    polarity=POLARITIES[judged[i]],
                    spoiler=spoiler[i],
                    confidence=sure[i],
                )
                for i, (start, end, _, _) in enumerate(own, edge)
            ]
        )
        for edge, own in zip(edges, full, strict=False)
    ]


def _full(doc: Document) -> list[tuple[int, int, int, int]]:
    """The sentences that hold tokens: span and token range of each."""
    return [
        (start, end, a, b)
        for (start, end), (a, b) in zip(doc.sentences, pairwise(doc.first_token), strict=True)
        if a < b
    ]
