"""How far a small model is from a large one's scores, head by head."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional as F

from ..reader.labels import ASPECTS, JUDGED, NAMES, PERSON, POLARITIES, RECOMMENDATIONS, ROLES
from ..reader.places import places
from .heads import Heads, gap_vectors, mention_vectors, pooled
from .soft import CAST, RELATION, SoftLesson


class Batch(NamedTuple):
    """Reviews laid end to end.

    *Shapes:* ``pieces`` ``(tokens, PARTS)``, ``shapes`` ``(tokens,)``, ``owner`` ``(tokens,)`` review of each token;
    ``sizes`` tokens per review, ``offsets`` first token of each.
    """

    pieces: Tensor
    shapes: Tensor
    owner: Tensor
    sizes: list[int]
    offsets: list[int]


def batch(lessons: Sequence[SoftLesson]) -> Batch:
    """Lay reviews end to end."""
    sizes = [len(x.pieces) for x in lessons]
    return Batch(
        joined([x.pieces for x in lessons], np.int64),
        joined([x.shapes for x in lessons], np.int64),
        torch.repeat_interleave(torch.arange(len(sizes)), torch.tensor(sizes)),
        sizes,
        [0, *np.cumsum(sizes[:-1]).tolist()],
    )


def soft_losses(heads: Heads, h: Tensor, b: Batch, lessons: Sequence[SoftLesson]) -> dict[str, Tensor]:
    """How far every head is from the teacher's scores (cross-entropy with its probabilities; Hinton et al., 2015).

    *Shape:* h ``(tokens, width)``, the reviews' token vectors end to end.
    """
    scores = joined([x.tokens for x in lessons], np.float32)
    names, descriptions, opinions, aspects, _ = scores.split(
        [1 + 2 * len(NAMES), 3, 1 + 2 * len(JUDGED), len(ASPECTS), 1], 1
    )
    judged = opinions.softmax(-1)
    out = {
        "names": _distance(heads.names(h), names.softmax(-1)).mean(),
        "descriptions": _distance(heads.descriptions(h), descriptions.softmax(-1)).mean(),
        "opinions": _distance(heads.opinions(h), judged).mean(),
        # What a token's aspect is matters as far as it judges at all.
        "aspects": _weighted(_distance(heads.aspects(h), aspects.softmax(-1)), 1 - judged[:, 0]),
    }
    first = joined([x.first + at for x, at in zip(lessons, b.offsets, strict=True)], np.int64)
    last = joined([x.last + at for x, at in zip(lessons, b.offsets, strict=True)], np.int64)
    where = [places(x.first.astype(np.int64), x.last.astype(np.int64)) for x in lessons]
    own = heads.sentences(h, first, last, joined(where, np.float32))
    theirs = joined([x.sentences for x in lessons], np.float32)
    r, p = len(ROLES), len(ROLES) + len(POLARITIES)
    out["role"] = _distance(own[:, :r], theirs[:, :r].softmax(-1)).mean()
    out["polarity"] = _distance(own[:, r:p], theirs[:, r:p].softmax(-1)).mean()
    out["spoiler"] = F.binary_cross_entropy_with_logits(own[:, p], theirs[:, p].sigmoid())
    out.update(_people_losses(heads, h, b, lessons))
    out.update(_verdict_losses(heads, h, b, lessons))
    return out


def _people_losses(heads: Heads, h: Tensor, b: Batch, lessons: Sequence[SoftLesson]) -> dict[str, Tensor]:
    mentions = joined(
        [x.mentions + np.array([at, at, 0, 0]) for x, at in zip(lessons, b.offsets, strict=True)], np.int64
    )
    out: dict[str, Tensor] = {}
    if not len(mentions):
        return out
    vectors = mention_vectors(h, mentions[:, 0], mentions[:, 1])
    person = mentions[:, 2] == PERSON
    if person.any():
        theirs = joined([x.credits for x in lessons], np.float32)[person].sigmoid()
        own = heads.credits(vectors[person])
        out["credits"] = F.binary_cross_entropy_with_logits(own, theirs, reduction="none").sum(1).mean()
    before = np.cumsum([0, *(len(x.mentions) for x in lessons)])
    groups = np.cumsum([0, *(len(x.pooled) for x in lessons)])
    if not groups[-1]:
        return out
    formed = [x.pairs() for x in lessons]
    first, second = (
        joined([pair[side] + at for pair, at in zip(formed, before, strict=False)], np.int64) for side in (0, 1)
    )
    gap_from, gap_to = (
        joined([pair[side] + at for pair, at in zip(formed, b.offsets, strict=True)], np.int64) for side in (2, 3)
    )
    features = joined([pair.features for pair in formed], np.float32)
    raw = heads.pairs(vectors, first, second, gap_vectors(h, gap_from, gap_to), features)
    group = joined([x.group + at for x, at in zip(lessons, groups, strict=False)], np.int64)
    own = pooled(raw, group, int(groups[-1]))
    theirs = joined([x.pooled for x in lessons], np.float32)
    asked = joined([x.asked for x in lessons], np.int64)
    cast, relation = asked == CAST, asked == RELATION
    # Sums over a typical review rather than means, as on annotated reviews.
    if cast.any():
        score = F.binary_cross_entropy_with_logits(own[cast, 0], theirs[cast, 0].sigmoid(), reduction="none")
        out["cast"] = score.sum() / (8 * len(lessons))
    if relation.any():
        kinds = F.pad(theirs[relation, 1:], (1, 0)).softmax(-1)
        out["relations"] = _distance(F.pad(own[relation, 1:], (1, 0)), kinds).sum() / (8 * len(lessons))
    return out


def _verdict_losses(heads: Heads, h: Tensor, b: Batch, lessons: Sequence[SoftLesson]) -> dict[str, Tensor]:
    own = heads.documents(h, b.owner, len(lessons))
    theirs = joined([x.document for x in lessons], np.float32)
    favourable, stars = joined([x.rated for x in lessons], np.float32).unbind(1)
    likely = theirs[:, 0].sigmoid()
    # Where the author gave stars, teacher and author are believed alike.
    likely = torch.where(favourable >= 0, (likely + favourable) / 2, likely)
    scaled = torch.where(stars >= 0, (stars - 5.5) / 4.5, theirs[:, 1])
    return {
        "verdict": F.binary_cross_entropy_with_logits(own[:, 0], likely),
        "stars": F.l1_loss(own[:, 1], scaled),
        "recommend": _distance(own[:, 2 : 2 + len(RECOMMENDATIONS)], theirs[:, 2:].softmax(-1)).mean(),
    }


def joined(rows: Sequence[NDArray[Any]], kind: type) -> Tensor:
    """Arrays laid end to end, as a tensor of numbers of this kind."""
    return torch.from_numpy(np.concatenate(rows).astype(kind))


def _distance(logits: Tensor, wanted: Tensor) -> Tensor:
    """Cross-entropy with wanted probabilities, row by row."""
    out: Tensor = -(wanted * F.log_softmax(logits, -1)).sum(-1)
    return out


def _weighted(rows: Tensor, weight: Tensor) -> Tensor:
    return (rows * weight).sum() / weight.sum().clamp(min=1)
