"""First stage: teach the encoder what film reviews are, from data that costs no annotation.

Four signals in one pass: reviewers' own ratings (verdict), where capitals
stood in a text whose case was hidden (Mayhew et al., 2020: names), where the
known film title occurs (distant supervision), and sentences known to be plot
or opinion, praise or blame (Pang and Lee, 2004 and 2005).
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow.parquet as pq
import torch
from safetensors.torch import save_file
from torch import Tensor, nn
from torch.nn import functional as F

from ..catalogue.titles import named
from ..reader.shape import shapes
from ..reader.windows import LONGEST_TOKEN
from ..reader.wordpiece import WordPieces
from ..text import clean_text, document, tokens
from .encoder import WIDTH, Encoder, pretrained, vocabulary

IGNORE = -100
#: Pieces kept of a review's opening (what it is about) and of its end (what it comes to).
OPENING, ENDING = 40, 118


@dataclass(slots=True)
class Sample:
    """One text with whatever is known of it; targets are per piece or per text."""

    pieces: list[int]
    shapes: list[int]
    capital: list[int] = field(default_factory=list)
    title: list[int] = field(default_factory=list)
    favourable: float = -1.0
    stars: float = -1.0
    role: int = IGNORE
    polarity: int = IGNORE


class PretrainHeads(nn.Module):
    """Heads of this stage; verdict and sentence pooling go on into the next."""

    def __init__(self) -> None:
        super().__init__()
        self.attend = nn.Linear(WIDTH, 1)
        self.verdict = nn.Linear(WIDTH, 2)
        self.capital = nn.Linear(WIDTH, 2)
        self.title = nn.Linear(WIDTH, 3)
        self.role = nn.Linear(WIDTH, 2)
        self.polarity = nn.Linear(WIDTH, 2)


def cut_review(text: str, wordpieces: WordPieces) -> tuple[list[str], list[int], list[tuple[int, ...]]]:
    """Tokens of a review, with the shape and the word pieces of each."""
    doc = document(text)
    return (
        doc.tokens.forms,
        shapes(doc.tokens.forms, doc.line_starts),
        [p[:LONGEST_TOKEN] for p in wordpieces.cut(doc.tokens.forms)],
    )


def _title_tags(forms: list[str], title: str | None) -> list[int] | None:
    """B=1, I=2 wherever the title stands with its capitals; None where it does not occur."""
    if not title:
        return None
    want = tokens(clean_text(title)).forms
    # One common word in lower case proves nothing; names and longer titles do.
    if not want or (len(want) == 1 and len(want[0]) < 4):
        return None
    low = [w.lower() for w in want]
    tags, hit = [0] * len(forms), False
    for i in range(len(forms) - len(want) + 1):
        if (
            forms[i].lower() == low[0]
            and forms[i][:1].isupper()
            and [f.lower() for f in forms[i : i + len(want)]] == low
        ):
            tags[i] = 1
            tags[i + 1 : i + len(want)] = [2] * (len(want) - 1)
            hit = True
    return tags if hit else None


def ends_of(sizes: Sequence[int], opening: int, ending: int) -> list[int]:
    """Tokens of a review's first ``opening`` and last ``ending`` pieces; all, if there are no more."""
    if sum(sizes) <= opening + ending:
        return list(range(len(sizes)))
    head, used = 0, 0
    while used + sizes[head] <= opening:
        used += sizes[head]
        head += 1
    tail, used = len(sizes), 0
    while used + sizes[tail - 1] <= ending:
        tail -= 1
        used += sizes[tail]
    return [*range(head), *range(tail, len(sizes))]


def review_sample(row: dict[str, object], title: str | None, wordpieces: WordPieces) -> Sample:
    """A rated review, its opening and end, with ratings, capitals and title as targets."""
    forms, codes, cut = cut_review(str(row["text"]), wordpieces)
    tags = _title_tags(forms, title)
    keep = ends_of([len(p) for p in cut], OPENING, ENDING)
    s = Sample([wordpieces.start], [0], [IGNORE], [IGNORE], float(row["label"]), float(row["rating"]))  # type: ignore[arg-type]
    for i in keep:
        rest = len(cut[i]) - 1
        s.pieces.extend(cut[i])
        s.shapes.extend([codes[i]] * (rest + 1))
        # Codes 1-3 and 13-15 are words not at a line's or sentence's start: lower, Title, UPPER.
        known = (codes[i] - 1) % 12 < 3
        s.capital.extend([int((codes[i] - 1) % 12 > 0) if known else IGNORE, *[IGNORE] * rest])
        s.title.extend([tags[i] if tags else IGNORE, *[IGNORE] * rest])
    for values, end in ((s.pieces, wordpieces.end), (s.shapes, 0), (s.capital, IGNORE), (s.title, IGNORE)):
        values.append(end)
    return s


def sentence_sample(row: dict[str, str | None], wordpieces: WordPieces) -> Sample:
    """A sentence known to be plot or opinion, praise or blame."""
    pieces = [p for w in wordpieces.cut(tokens(clean_text(str(row["text"]))).forms) for p in w][:126]
    s = Sample([wordpieces.start, *pieces, wordpieces.end], [0] * (len(pieces) + 2))
    s.capital = s.title = [IGNORE] * len(s.pieces)
    s.role = {"plot": 0, "opinion": 1}.get(str(row["role"]), IGNORE)
    s.polarity = {"positive": 0, "negative": 1}.get(str(row["polarity"]), IGNORE)
    return s


def batches(samples: list[Sample], budget: int, seed: int) -> Iterator[list[Sample]]:
    """Batches of at most ``budget`` pieces, padding included, of like length, in random order."""
    rng = random.Random(seed)
    order = sorted(range(len(samples)), key=lambda i: len(samples[i].pieces) + rng.random() * 8)
    groups: list[list[Sample]] = [[]]
    for i in order:
        if (len(groups[-1]) + 1) * len(samples[i].pieces) > budget:
            groups.append([])
        groups[-1].append(samples[i])
    rng.shuffle(groups)
    yield from groups


def _padded(rows: list[list[int]], fill: int) -> Tensor:
    out = torch.full((len(rows), max(map(len, rows))), fill)
    for i, row in enumerate(rows):
        out[i, : len(row)] = torch.tensor(row)
    return out


def losses(encoder: Encoder, heads: PretrainHeads, batch: list[Sample], mask_piece: int) -> dict[str, Tensor]:
    """One loss per signal present in the batch."""
    pieces, codes = _padded([s.pieces for s in batch], 0), _padded([s.shapes for s in batch], 0)
    mask = pieces != 0
    hidden_case = torch.rand(len(batch)) < 0.5
    codes[hidden_case] = 0
    drop = (torch.rand(pieces.shape) < 0.05) & mask
    drop[:, 0] = False
    x = encoder(pieces.masked_fill(drop, mask_piece), codes, mask)
    weight = heads.attend(x).squeeze(-1).masked_fill(~mask, -1e4).softmax(-1)
    pooled = F.dropout((weight[..., None] * x).sum(1), 0.1)
    out: dict[str, Tensor] = {}
    favourable = torch.tensor([s.favourable for s in batch])
    rated = favourable >= 0
    if rated.any():
        scores = heads.verdict(pooled[rated])
        out["verdict"] = F.binary_cross_entropy_with_logits(scores[:, 0], favourable[rated])
        stars = (torch.tensor([s.stars for s in batch])[rated] - 5.5) / 4.5
        out["stars"] = F.l1_loss(scores[:, 1], stars)
        capital = _padded([s.capital for s in batch], IGNORE)
        capital[~hidden_case] = IGNORE
        if (capital != IGNORE).any():
            out["capital"] = F.cross_entropy(heads.capital(x).flatten(0, 1), capital.flatten(), ignore_index=IGNORE)
        title = _padded([s.title for s in batch], IGNORE)
        if (title != IGNORE).any():
            out["title"] = F.cross_entropy(heads.title(x).flatten(0, 1), title.flatten(), ignore_index=IGNORE)
    for name, head in (("role", heads.role), ("polarity", heads.polarity)):
        target = torch.tensor([getattr(s, name) for s in batch])
        if (target != IGNORE).any():
            out[name] = F.cross_entropy(head(pooled), target, ignore_index=IGNORE)
    return out


WEIGHTS = {"verdict": 1.0, "stars": 1.0, "capital": 0.5, "title": 1.0, "role": 0.5, "polarity": 1.0}


def load_samples(data: Path, banned: set[str], wordpieces: WordPieces) -> list[Sample]:
    """All samples of ``../shared/data`` but those of films in ``banned``."""
    films = pq.read_table(data / "films.parquet").to_pylist()
    titles = {f["film"]: named(f["title"]).title for f in films}
    rows = [r for r in pq.read_table(data / "imdb_train.parquet").to_pylist() if r["film"] not in banned]
    samples = [review_sample(r, titles.get(r["film"]), wordpieces) for r in rows]
    samples += [sentence_sample(r, wordpieces) for r in pq.read_table(data / "sentences.parquet").to_pylist()]
    return samples


def pretrain(
    data: Path, banned: set[str], out: Path, *, seed: int = 1, rate: float = 1e-4, budget: int = 5120,
    steps: int | None = None,
) -> None:  # fmt: skip
    """Train at most one pass and write ``out`` (safetensors: encoder.*, heads.*).

    Args:
        banned: films of which nothing may be learned.
        rate: peak learning rate of the encoder; heads learn at ten times as much.
        budget: word pieces in a batch.
        steps: batches to stop after; None goes through all.
    """
    torch.manual_seed(seed)
    wordpieces = WordPieces(vocabulary())
    samples = load_samples(data, banned, wordpieces)
    groups = list(batches(samples, budget, seed))
    print(f"{len(samples)} samples, {sum(len(s.pieces) for s in samples)} pieces, {len(groups)} steps", flush=True)
    encoder, heads = pretrained(), PretrainHeads()
    optimiser = torch.optim.AdamW(
        [{"params": encoder.parameters(), "lr": rate}, {"params": heads.parameters(), "lr": 10 * rate}],
        weight_decay=0.01, betas=(0.9, 0.98), fused=True,
    )  # fmt: skip
    warm = max(1, len(groups) // 12)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda i: min((i + 1) / warm, 1.0 - 0.85 * max(0, i - warm) / max(1, len(groups) - warm))
    )
    seen: dict[str, float] = {}
    began = time.time()
    for step, batch in enumerate(groups[:steps], 1):
        found = losses(encoder, heads, batch, wordpieces.mask)
        total = torch.stack([WEIGHTS[k] * v for k, v in found.items()]).sum()
        total.backward()
        nn.utils.clip_grad_norm_([*encoder.parameters(), *heads.parameters()], 1.0)
        optimiser.step()
        schedule.step()
        optimiser.zero_grad()
        for k, v in found.items():
            seen[k] = 0.97 * seen.get(k, float(v.detach())) + 0.03 * float(v.detach())
        if step % 20 == 0:
            line = " ".join(f"{k} {v:.3f}" for k, v in seen.items())
            print(f"step {step}/{len(groups)} {time.time() - began:.0f}s {line}", flush=True)
    state = {f"encoder.{k}": v for k, v in encoder.state_dict().items()}
    part = out.with_suffix(".part")
    save_file(state | {f"heads.{k}": v for k, v in heads.state_dict().items()}, part)
    part.replace(out)
