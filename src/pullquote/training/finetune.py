"""Second stage: train the encoder and every head together on annotated reviews."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn
from torch.nn import functional as F
from torch.nn.utils.rnn import pad_sequence

from ..reader.layout import lay
from ..reader.wordpiece import WordPieces
from .data import Review
from .encoder import Encoder
from .gold import UNKNOWN, Lesson
from .heads import Heads, gap_vectors, mention_vectors, pooled
from .pretrain import cut_review, ends_of

#: What one unit of each loss weighs: about equal pull on the encoder, by the size each settles at.
WEIGHTS = {
    "names": 5.0, "descriptions": 2.0, "opinions": 2.5, "aspects": 0.7, "role": 1.2, "polarity": 1.2,
    "spoiler": 1.0, "credits": 1.0, "cast": 1.0, "relations": 0.5, "verdict": 0.5, "stars": 0.5, "recommend": 0.3,
}  # fmt: skip


class Feed(NamedTuple):
    """Windows of some reviews, ready for the encoder, and where each token's vector is found.

    *Shapes:* pieces, shapes, mask ``(windows, pieces)``; places ``(tokens,)`` indices
    into the flattened hidden states; owner ``(tokens,)``; sizes: tokens per review.
    """

    pieces: Tensor
    shapes: Tensor
    mask: Tensor
    places: Tensor
    owner: Tensor
    sizes: list[int]


def feed(texts: Sequence[tuple[list[tuple[int, ...]], list[int]]], wordpieces: WordPieces) -> Feed:
    """Lay out reviews given as (pieces per token, shape per token)."""
    rows: list[list[int]] = []
    codes: list[list[int]] = []
    found: list[tuple[int, int]] = []
    owner: list[int] = []
    for n, (pieces, shapes) in enumerate(texts):
        for window in lay(pieces, shapes, wordpieces):
            found.extend((len(rows), place) for place in window.places)
            rows.append(window.row)
            codes.append(window.codes)
        owner.extend([n] * len(pieces))
    ids, shaped, mask = rectangles(rows, codes)
    width = ids.shape[1]
    return Feed(
        ids,
        shaped,
        mask,
        torch.tensor([r * width + c for r, c in found]),
        torch.tensor(owner),
        [len(p) for p, _ in texts],
    )


def rectangles(rows: Sequence[list[int]], codes: Sequence[list[int]]) -> tuple[Tensor, Tensor, Tensor]:
    """Windows padded to one length: pieces, shapes, and a mask, true where a piece stands; ``(windows, pieces)``."""
    ids, shaped = (pad_sequence([torch.tensor(row) for row in side], batch_first=True) for side in (rows, codes))
    lengths = torch.tensor([len(row) for row in rows])
    return ids, shaped, torch.arange(ids.shape[1]) < lengths[:, None]


def token_states(encoder: Encoder, batch: Feed, mask_piece: int, drop: float = 0.05) -> Tensor:
    """Token vectors of all reviews end to end, ``(tokens, width)``; words drop out in training."""
    ids = batch.pieces
    if encoder.training:
        lost = (torch.rand(ids.shape) < drop) & batch.mask
        lost[:, 0] = False
        ids = ids.masked_fill(lost, mask_piece)
    return encoder(ids, batch.shapes, batch.mask).flatten(0, 1)[batch.places]


def losses(heads: Heads, h: Tensor, batch: Feed, lessons: Sequence[Lesson]) -> dict[str, Tensor]:
    """The loss of every head on annotated reviews."""
    offsets = np.cumsum([0, *batch.sizes[:-1]])

    def joined(rows: list[np.ndarray]) -> Tensor:  # type: ignore[type-arg]
        return torch.from_numpy(np.concatenate(rows))

    out = {
        "names": F.cross_entropy(heads.names(h), joined([x.names for x in lessons])),
        "descriptions": F.cross_entropy(heads.descriptions(h), joined([x.descriptions for x in lessons])),
        "opinions": F.cross_entropy(heads.opinions(h), joined([x.opinions for x in lessons])),
    }
    spans = [(a + o, b + o, aspect) for x, o in zip(lessons, offsets, strict=True) for a, b, aspect in x.spans]
    if spans:
        a, b, aspect = (torch.tensor(v) for v in zip(*spans, strict=True))
        out["aspects"] = F.cross_entropy(gap_vectors(heads.aspects(h), a, b), aspect)
    first = joined([x.first + o for x, o in zip(lessons, offsets, strict=True)])
    last = joined([x.last + o for x, o in zip(lessons, offsets, strict=True)])
    scores = heads.sentences(h, first, last, joined([x.places for x in lessons]))
    out["role"] = F.cross_entropy(scores[:, :4], joined([x.roles for x in lessons]))
    out["polarity"] = F.cross_entropy(scores[:, 4:8], joined([x.polarity for x in lessons]))
    out["spoiler"] = F.binary_cross_entropy_with_logits(scores[:, 8], joined([x.spoiler for x in lessons]).float())
    out.update(_pair_losses(heads, h, lessons, offsets))
    verdict = heads.documents(h, batch.owner, len(lessons))
    out["verdict"] = F.binary_cross_entropy_with_logits(verdict[:, 0], torch.tensor([x.favourable for x in lessons]))
    out["stars"] = F.l1_loss(verdict[:, 1], (torch.tensor([x.stars for x in lessons]) - 5.5) / 4.5)
    out["recommend"] = F.cross_entropy(verdict[:, 2:], torch.tensor([x.recommend for x in lessons]))
    return out


def _pair_losses(heads: Heads, h: Tensor, lessons: Sequence[Lesson], offsets: np.ndarray) -> dict[str, Tensor]:  # type: ignore[type-arg]
    out: dict[str, Tensor] = {}
    credit, cast, relation = [], [], []
    for x, offset in zip(lessons, offsets.tolist(), strict=True):
        if not len(x.mentions):
            continue
        vectors = mention_vectors(
            h, torch.from_numpy(x.mentions[:, 0] + offset), torch.from_numpy(x.mentions[:, 1] + offset)
        )
        asked = torch.from_numpy(x.credits[:, 0] >= 0)
        if asked.any():
            target = torch.from_numpy(x.credits)[asked]
            credit.append(
                F.binary_cross_entropy_with_logits(heads.credits(vectors[asked]), target, reduction="none").sum(1)
            )
        if not len(x.cast):
            continue
        scores = pair_scores(heads, h, x, offset, vectors)
        one, many = torch.from_numpy(x.cast), torch.from_numpy(x.relation)
        if (one >= 0).any():
            cast.append(F.binary_cross_entropy_with_logits(scores[one >= 0, 0], one[one >= 0], reduction="none"))
        if (many != UNKNOWN).any():
            kinds = F.pad(scores[many != UNKNOWN, 1:], (1, 0))
            relation.append(F.cross_entropy(kinds, many[many != UNKNOWN], reduction="none"))
    # Sums over a typical review rather than means: rare rows in long lists must still be heard.
    if credit:
        out["credits"] = torch.cat(credit).mean()
    if cast:
        out["cast"] = torch.cat(cast).sum() / (8 * len(lessons))
    if relation:
        out["relations"] = torch.cat(relation).sum() / (8 * len(lessons))
    return out


def pair_scores(heads: Heads, h: Tensor, x: Lesson, offset: int, vectors: Tensor) -> Tensor:
    """Logits per pair of entities, pooled over their pairs of mentions."""
    p = x.pairs
    gap = gap_vectors(h, torch.from_numpy(p.gap_from + offset), torch.from_numpy(p.gap_to + offset))
    raw = heads.pairs(vectors, torch.from_numpy(p.first), torch.from_numpy(p.second), gap, torch.from_numpy(p.features))
    return pooled(raw, torch.from_numpy(x.pair_group), len(x.cast))


class RatedLesson(NamedTuple):
    """A rated review's opening and end, as pieces and shape per token."""

    pieces: list[tuple[int, ...]]
    shapes: list[int]
    favourable: float
    stars: float


def rated_lesson(row: Review, wordpieces: WordPieces) -> RatedLesson:
    """Keep what weighs most of a rated review, in half a window."""
    _, codes, cut = cut_review(row["text"], wordpieces)
    keep = ends_of([len(p) for p in cut], 64, 190)
    favourable, stars = float(row["label"] or 0), float(row["rating"] or 0)
    return RatedLesson([cut[i] for i in keep], [codes[i] for i in keep], favourable, stars)


def verdict_losses(heads: Heads, h: Tensor, batch: Feed, samples: Sequence[RatedLesson]) -> dict[str, Tensor]:
    """Verdict losses alone, on rated reviews without annotation."""
    scores = heads.documents(h, batch.owner, len(samples))
    stars = (torch.tensor([s.stars for s in samples]) - 5.5) / 4.5
    return {
        "verdict": F.binary_cross_entropy_with_logits(scores[:, 0], torch.tensor([s.favourable for s in samples])),
        "stars": F.l1_loss(scores[:, 1], stars),
    }


def lesson_batches(lessons: Sequence[Lesson], budget: int, seed: int) -> Iterator[list[Lesson]]:
    """Batches of about ``budget`` pieces of reviews of like length, in random order."""
    rng = random.Random(seed)
    size = {x.id: sum(map(len, x.pieces)) for x in lessons}
    order = sorted(lessons, key=lambda x: size[x.id] * (1 + 0.1 * rng.random()))
    groups: list[list[Lesson]] = [[]]
    for x in order:
        if groups[-1] and (len(groups[-1]) + 1) * size[x.id] > budget:
            groups.append([])
        groups[-1].append(x)
    rng.shuffle(groups)
    yield from groups


def finetune(
    lessons: Sequence[Lesson], rated: Sequence[RatedLesson], start: tuple[Encoder, Heads], wordpieces: WordPieces,
    out: Path, *, passes: int = 10, seed: int = 1, rate: float = 1e-4, budget: int = 2600, rated_every: int = 5,
) -> tuple[Encoder, Heads]:  # fmt: skip
    """Train on ``lessons``, with a batch of rated reviews between, and write ``out``.

    Args:
        rated: rated reviews; they keep the verdict sharp.
        start: the encoder of the first stage and fresh heads.
        passes: how often each annotated review is seen.
        rate: peak learning rate of the encoder; heads learn at ten times as much.
        budget: word pieces in a batch.
    """
    torch.manual_seed(seed)
    rng = random.Random(seed)
    encoder, heads = start
    plan = [batch for n in range(passes) for batch in [*lesson_batches(lessons, budget, seed + n), None]]
    steps = sum(batch is not None for batch in plan)
    optimiser = torch.optim.AdamW(
        [{"params": encoder.parameters(), "lr": rate}, {"params": heads.parameters(), "lr": 10 * rate}],
        weight_decay=0.01, betas=(0.9, 0.98), fused=True,
    )  # fmt: skip
    warm = max(1, steps // 20)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda i: min((i + 1) / warm, max(0.01, (steps - i) / max(1, steps - warm)))
    )
    seen: dict[str, float] = {}
    began, step, done = time.time(), 0, 0
    for batch in plan:
        if batch is None:
            done += 1
            # Only the last pass makes the stage a done one; the others are kept to look at.
            save(encoder, heads, out if done == passes else out.with_suffix(".pass"))
            print(f"pass {done}/{passes} {time.time() - began:.0f}s", flush=True)
            continue
        encoder.train()
        heads.train()
        step += 1
        layout = feed([(x.pieces, _shapes(x.shapes, rng)) for x in batch], wordpieces)
        h = F.dropout(token_states(encoder, layout, wordpieces.mask), 0.1)
        found = losses(heads, h, layout, batch)
        torch.stack([WEIGHTS[k] * v for k, v in found.items()]).sum().backward()
        if rated and step % rated_every == 0:
            some = rng.sample(list(rated), max(1, budget // 260))
            layout = feed([(s.pieces, s.shapes) for s in some], wordpieces)
            h = F.dropout(token_states(encoder, layout, wordpieces.mask), 0.1)
            more = verdict_losses(heads, h, layout, some)
            torch.stack([WEIGHTS[k] * v for k, v in more.items()]).sum().backward()
        nn.utils.clip_grad_norm_([*encoder.parameters(), *heads.parameters()], 2.0)
        optimiser.step()
        schedule.step()
        optimiser.zero_grad()
        for k, v in found.items():
            seen[k] = 0.98 * seen.get(k, float(v.detach())) + 0.02 * float(v.detach())
        if step % 20 == 0:
            line = " ".join(f"{k} {v:.3f}" for k, v in seen.items())
            print(f"step {step}/{steps} {time.time() - began:.0f}s {line}", flush=True)
    out.with_suffix(".pass").unlink(missing_ok=True)
    return encoder, heads


def _shapes(codes: list[int], rng: random.Random) -> list[int]:
    """Now and then hide how words are written, so that shouting and lower-case texts can be read."""
    return [0] * len(codes) if rng.random() < 0.05 else codes


def save(encoder: Encoder, heads: Heads, out: Path) -> None:
    """Write encoder and heads as safetensors, whole or not at all."""
    state = {f"encoder.{k}": v.contiguous() for k, v in encoder.state_dict().items()}
    state |= {f"heads.{k}": v.contiguous() for k, v in heads.state_dict().items()}
    part = out.with_suffix(".part")
    save_file(state, part)
    part.replace(out)


def load(path: Path, prefix: str) -> dict[str, Tensor]:
    """The tensors of one part ("encoder" or "heads") of a checkpoint."""
    return {k.removeprefix(f"{prefix}."): v for k, v in load_file(path).items() if k.startswith(f"{prefix}.")}
