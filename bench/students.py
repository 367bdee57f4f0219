"""Which small network learns best from the large model, and how fast each is: docs/performance.md.

    python bench/students.py LABELS [--shared ../shared] [--reviews 3072] [--tokens 3000000] [--networks NAME ...]

LABELS is the folder of labelled reviews that ``pullquote distil`` leaves in its work folder. Every network learns from
the same reviews for as many tokens, in float arithmetic, one thread; it is judged on the annotated reviews kept back
for fitting (none of dev). Speed is that of the forward pass in torch, so that all are measured in one engine.
Needs the extra ``train``.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import torch
from machine import machine, sentence
from torch import Tensor, nn
from torch.nn import functional as F

from pullquote.evaluation.gold import Gold
from pullquote.evaluation.score import score
from pullquote.reader.decode import decode
from pullquote.reader.heads import Heads as PlainHeads
from pullquote.reader.shape import shapes
from pullquote.reader.shipped import ENCODER, Model, folder_of, load
from pullquote.text import document
from pullquote.training.data import Shared
from pullquote.training.distil import Taught, distil
from pullquote.training.export import word_vectors
from pullquote.training.gold import lesson
from pullquote.training.recipe import arrays
from pullquote.training.soft import lessons, token_parts
from pullquote.training.student import Network, Student, narrowed

ROOT = Path(__file__).resolve().parent.parent
#: Looked up, not multiplied.
TABLES = ("pieces.weight", "shapes.weight")
#: Width of the networks that are compared with the shipped one.
WIDTH = 128


class Separable(Network):
    """Convolutions channel by channel, then a widening of every token (as in ConvNeXt: Liu et al., 2022)."""

    def __init__(self, pieces: Tensor) -> None:
        super().__init__(WIDTH, pieces)
        self.across = nn.ModuleList(
            nn.Conv1d(WIDTH, WIDTH, 7, padding="same", dilation=d, groups=WIDTH) for d in (1, 2, 3)
        )
        self.up = nn.ModuleList(nn.Linear(WIDTH, 2 * WIDTH) for _ in range(3))
        self.down = nn.ModuleList(nn.Linear(2 * WIDTH, WIDTH) for _ in range(3))

    def forward(self, pieces: Tensor, codes: Tensor, sizes: Sequence[int]) -> Tensor:
        x, mask = _rows(self.words(pieces, codes), sizes)
        for across, up, down in zip(self.across, self.up, self.down, strict=True):
            seen = across((x * mask).transpose(1, 2)).transpose(1, 2)
            x = x + down(F.relu(up(seen)))
        return _joined(x, sizes)


class Recurrent(Network):
    """One layer of gated recurrent units, both ways (Cho et al., 2014)."""

    def __init__(self, pieces: Tensor) -> None:
        super().__init__(WIDTH, pieces)
        self.width = 2 * 96
        self.units = nn.GRU(WIDTH, 96, batch_first=True, bidirectional=True)

    def forward(self, pieces: Tensor, codes: Tensor, sizes: Sequence[int]) -> Tensor:
        x, _ = _rows(self.words(pieces, codes), sizes)
        packed = nn.utils.rnn.pack_padded_sequence(x, torch.tensor(sizes), batch_first=True, enforce_sorted=False)
        out, _ = nn.utils.rnn.pad_packed_sequence(self.units(packed)[0], batch_first=True)
        return _joined(out, sizes)


class Attention(Network):
    """A transformer of two narrow layers (Vaswani et al., 2017), normalised before each."""

    def __init__(self, pieces: Tensor) -> None:
        super().__init__(WIDTH, pieces)
        self.places = nn.Embedding(512, WIDTH)
        nn.init.normal_(self.places.weight, std=0.05)
        self.layers = nn.ModuleList(
            nn.TransformerEncoderLayer(WIDTH, 4, 2 * WIDTH, 0.0, "relu", batch_first=True, norm_first=True)
            for _ in range(2)
        )
        self.norms = nn.ModuleList(nn.LayerNorm(WIDTH) for _ in range(2))

    def forward(self, pieces: Tensor, codes: Tensor, sizes: Sequence[int]) -> Tensor:
        x, mask = _rows(self.words(pieces, codes), sizes)
        x = self.norms[0](x + self.places(torch.arange(x.shape[1]) % 512))
        for layer in self.layers:
            x = layer(x, src_key_padding_mask=mask[:, :, 0] == 0)
        return _joined(self.norms[1](x), sizes)


NETWORKS: dict[str, Callable[[Tensor], Network]] = {
    "convolutions (shipped)": Student, "separable convolutions": Separable, "recurrent": Recurrent,
    "attention": Attention,
}  # fmt: skip


def _rows(x: Tensor, sizes: Sequence[int]) -> tuple[Tensor, Tensor]:
    """Reviews side by side, padded, and a mask that is 1 where a token stands."""
    padded = nn.utils.rnn.pad_sequence(list(x.split(list(sizes))), batch_first=True)
    mask = torch.arange(padded.shape[1]) < torch.tensor(sizes)[:, None]
    return padded, mask[:, :, None].float()


def _joined(x: Tensor, sizes: Sequence[int]) -> Tensor:
    return torch.cat([row[:size] for row, size in zip(x, sizes, strict=True)])


def judged(taught: Taught, gold: Sequence[Gold], like: Model) -> dict[str, float]:
    """Every measure on annotated reviews, decoded with the large model's thresholds."""
    heads = PlainHeads(arrays(taught.heads.state_dict()))
    model = Model("student/0", like.encoder, heads, like.ngrams, like.wordpieces, like.settings)
    readings = {}
    taught.student.eval()
    with torch.no_grad():
        for g in gold:
            doc = document(g.text)
            pieces = torch.from_numpy(token_parts(like.wordpieces.cut(doc.tokens.forms))).long()
            codes = torch.tensor(shapes(doc.tokens.forms, doc.line_starts))
            readings[g.id] = decode(model, g.id, doc, taught.student(pieces, codes, [len(doc.tokens)]).numpy())
    return dict(score(gold, readings).measures)


def microseconds(student: Network, gold: Sequence[Gold], like: Model) -> float:
    """Processor time of the forward pass per token, reviews one by one; the median of five rounds."""
    feeds = []
    for g in gold:
        doc = document(g.text)
        pieces = torch.from_numpy(token_parts(like.wordpieces.cut(doc.tokens.forms))).long()
        feeds.append((pieces, torch.tensor(shapes(doc.tokens.forms, doc.line_starts)), [len(doc.tokens)]))
    rounds = []
    with torch.no_grad():
        for _ in range(6):
            began = time.process_time()
            for feed in feeds:
                student(*feed)
            rounds.append(time.process_time() - began)
    return 1e6 * median(rounds[1:]) / sum(feed[2][0] for feed in feeds)


def main() -> None:
    """Train, judge, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("labels", type=Path)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--reviews", type=int, default=3072)
    parser.add_argument("--tokens", type=int, default=3_000_000)
    parser.add_argument("--networks", nargs="+", choices=NETWORKS, default=list(NETWORKS))
    parser.add_argument("--output", type=Path, default=ROOT / "docs" / "figures" / "students.json")
    asked = parser.parse_args()
    torch.set_num_threads(1)
    like, (gold, kept) = load("large", 1), Shared(asked.shared).taught()
    soft = list(islice(lessons(asked.labels), asked.reviews))
    annotated = [lesson(g, like.wordpieces) for g in gold[: asked.reviews]]
    vectors = torch.from_numpy(word_vectors(folder_of("large") / ENCODER))
    rows = []
    for name in asked.networks:
        torch.manual_seed(1)
        make = NETWORKS[name]
        student = make(narrowed(vectors) if make is Student else narrowed(vectors, WIDTH))
        with TemporaryDirectory() as folder:
            taught = distil(
                soft, annotated, student, Path(folder) / "student.safetensors", tokens=asked.tokens, whole=2.0
            )
        measures = judged(taught, kept, like)
        weights = sum(p.numel() for n, p in student.named_parameters() if n not in TABLES)
        rows.append(
            {"network": name, "weights": weights, "microseconds": microseconds(student, kept, like), **measures}
        )
        print(json.dumps(rows[-1]), file=sys.stderr, flush=True)
    shown = ("mention F1", "credit F1", "quote F1 (span, aspect, polarity)", "READING SCORE (mean of the ten)")
    print("| network | weights without words | µs a token (torch) | " + " | ".join(shown) + " |")
    print("|---|--:|--:|" + "--:|" * len(shown))
    for row in rows:
        figures = " | ".join(f"{row[m]:.3f}" for m in shown)
        print(f"| {row['network']} | {row['weights']:,} | {row['microseconds']:.1f} | {figures} |")
    where = machine(("torch", "numpy"))
    told = f"{len(soft):,} labelled reviews, {asked.tokens / 1e6:g} million tokens"
    print(f"\n{told}; judged on {len(kept)} annotated reviews.")
    print(f"{sentence(where)}.")
    asked.output.write_text(json.dumps({"machine": where, "networks": rows}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
