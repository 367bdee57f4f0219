"""Every head on top of the encoder, as torch modules; `reader.heads` is their numpy twin.

Heads work on token vectors: the encoder's state at each token's first piece,
windows already joined, documents laid end to end.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from ..reader.labels import ASPECTS, CREDITS, JUDGED, NAMES, POLARITIES, RECOMMENDATIONS, RELATIONS, ROLES
from ..reader.pairs import FEATURES
from ..reader.places import PLACES
from .encoder import WIDTH

SENTENCE, CREDIT, PAIR = 256, 128, 128


class Heads(nn.Module):
    """All heads over token vectors of one width; sizes follow `reader.labels`."""

    def __init__(self, width: int = WIDTH) -> None:
        super().__init__()
        self.names = nn.Linear(width, 1 + 2 * len(NAMES))
        self.descriptions = nn.Linear(width, 3)
        self.opinions = nn.Linear(width, 1 + 2 * len(JUDGED))
        self.aspects = nn.Linear(width, len(ASPECTS))
        self.sentence_in = nn.Linear(2 * width + PLACES, SENTENCE)
        self.sentence_out = nn.Linear(SENTENCE, len(ROLES) + len(POLARITIES) + 1)
        self.credit_in = nn.Linear(2 * width, CREDIT)
        self.credit_out = nn.Linear(CREDIT, len(CREDITS))
        self.pair_first = nn.Linear(2 * width, PAIR)
        self.pair_second = nn.Linear(2 * width, PAIR)
        self.pair_left = nn.Linear(2 * width, PAIR)
        self.pair_right = nn.Linear(2 * width, PAIR)
        self.pair_gap = nn.Linear(width, PAIR)
        self.pair_places = nn.Linear(FEATURES, PAIR)
        self.pair_out = nn.Linear(PAIR, 1 + len(RELATIONS))
        self.attend = nn.Linear(width, 1)
        self.verdict = nn.Linear(width, 2 + len(RECOMMENDATIONS))
        with torch.no_grad():  # rare labels start out improbable
            self.credit_out.bias.fill_(-3.0)
            self.pair_out.bias.fill_(-4.0)
            self.sentence_out.bias[-1] = -3.0

    def sentences(self, h: Tensor, first: Tensor, last: Tensor, places: Tensor) -> Tensor:
        """Role, polarity and spoiler logits.

        *Shapes:* h ``(tokens, width)``; first, last ``(sentences,)`` token ranges;
        places ``(sentences, PLACES)`` -> ``(sentences, roles + polarities + 1)``.
        """
        owner = torch.repeat_interleave(torch.arange(len(first)), last - first)
        rows = _ranges(first, last)
        x = h[rows]
        index = owner[:, None].expand_as(x)
        total = h.new_zeros(len(first), h.shape[1]).index_add(0, owner, x)
        mean = total / (last - first).clamp(min=1)[:, None]
        top = h.new_full((len(first), h.shape[1]), -1e4).scatter_reduce(0, index, x, "amax", include_self=True)
        out: Tensor = self.sentence_out(_gelu(self.sentence_in(torch.cat([mean, top, places], 1))))
        return out

    def credits(self, mentions: Tensor) -> Tensor:
        """Credit logits of mentions ``(mentions, 2 * width)`` -> ``(mentions, credits)``."""
        out: Tensor = self.credit_out(_gelu(self.credit_in(mentions)))
        return out

    def pairs(self, mentions: Tensor, first: Tensor, second: Tensor, gap: Tensor, features: Tensor) -> Tensor:
        """Cast and relation logits.

        *Shapes:* mentions ``(mentions, 2 * width)``; first, second ``(pairs,)``;
        gap ``(pairs, width)``; features ``(pairs, FEATURES)`` -> ``(pairs, 1 + relations)``.
        """
        left, right = self.pair_left(mentions), self.pair_right(mentions)
        one, two = self.pair_first(mentions), self.pair_second(mentions)
        hidden = one[first] + two[second] + left[first] * right[second]
        out: Tensor = self.pair_out(_gelu(hidden + self.pair_gap(gap) + self.pair_places(features)))
        return out

    def documents(self, h: Tensor, owner: Tensor, count: int) -> Tensor:
        """Verdict logits by attention over all tokens of each document.

        *Shapes:* h ``(tokens, width)``; owner ``(tokens,)`` document of each token
        -> ``(count, 2 + recommendations)``.
        """
        score = self.attend(h).squeeze(-1)
        score = score - score.detach().max()
        weight = score.clamp(min=-30).exp()
        total = h.new_zeros(count).index_add(0, owner, weight)
        pooled = h.new_zeros(count, h.shape[1]).index_add(0, owner, weight[:, None] * h) / total[:, None]
        out: Tensor = self.verdict(pooled)
        return out


def _gelu(x: Tensor) -> Tensor:
    """The tanh form, which plain numpy can repeat at reading time."""
    return F.gelu(x, approximate="tanh")


def _ranges(first: Tensor, last: Tensor) -> Tensor:
    """Indices of all given half-open ranges, laid end to end."""
    sizes = last - first
    offset = torch.repeat_interleave(first - (sizes.cumsum(0) - sizes), sizes)
    return torch.arange(int(sizes.sum())) + offset


def mention_vectors(h: Tensor, starts: Tensor, ends: Tensor) -> Tensor:
    """First and last token of each mention: ``(mentions, 2 * width)``."""
    return torch.cat([h[starts], h[ends - 1]], 1)


def gap_vectors(h: Tensor, gap_from: Tensor, gap_to: Tensor) -> Tensor:
    """Mean of the tokens between two mentions; zeros where they touch: ``(pairs, width)``."""
    running = F.pad(h.cumsum(0), (0, 0, 1, 0))
    size = (gap_to - gap_from).clamp(min=1)[:, None]
    return (running[gap_to] - running[gap_from]) / size


def pooled(raw: Tensor, group: Tensor, count: int) -> Tensor:
    """Log-sum-exp of the rows of each group (Verga et al., 2018): ``(count, labels)``."""
    index = group[:, None].expand_as(raw)
    top = raw.new_full((count, raw.shape[1]), -1e4).scatter_reduce(0, index, raw.detach(), "amax")
    total = raw.new_zeros(count, raw.shape[1]).scatter_add(0, index, (raw - top.gather(0, index)).exp())
    return top + total.clamp(min=1e-9).log()
