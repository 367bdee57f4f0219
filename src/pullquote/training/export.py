"""Trained weights to a model folder: the encoder as an ONNX graph, the heads as safetensors.

The graph is written node by node, not traced: it stays readable, and fuses the
attention into the one operator that ONNX Runtime does fastest on CPUs. It takes
windows of one length, without padding. Weights are kept at half precision on
disk: matrices are widened once, on load, embeddings after they are looked up.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import msgspec
import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from safetensors.numpy import save_file

from ..errors import ModelError
from ..reader.settings import Settings
from ..reader.shipped import ENCODER, HEADS, MANIFEST, NGRAMS, VOCABULARY, Manifest, sha256
from .encoder import HEADS as ATTENTION_HEADS
from .encoder import LAYERS, WIDTH, minilm_folder

Arrays = Mapping[str, NDArray[np.float32]]

_MICROSOFT = "com.microsoft"


class _Graph:
    """Nodes and initialisers under construction."""

    def __init__(self, weights: Arrays) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.initialisers: dict[str, onnx.TensorProto] = {}
        self._weights = weights

    def add(self, op: str, inputs: list[str], out: str, domain: str = "", **attributes: object) -> str:
        self.nodes.append(helper.make_node(op, inputs, [out], name=out, domain=domain, **attributes))
        return out

    def constant(self, name: str, value: NDArray[np.generic]) -> str:
        self.initialisers[name] = numpy_helper.from_array(value, name)
        return name

    def weight(self, name: str, *, transposed: bool = False) -> str:
        """A trained tensor, stored as float16 and cast to float32 where it is used."""
        value = self._weights[name]
        half = self.constant(f"{name}.half", np.ascontiguousarray(value.T if transposed else value).astype(np.float16))
        return self.add("Cast", [half], name, to=TensorProto.FLOAT)

    def embedding(self, name: str, index: str) -> str:
        """Rows of a table that is kept as float16; only the rows looked up are widened."""
        table = self.constant(f"{name}.weight", self._weights[f"{name}.weight"].astype(np.float16))
        half = self.add("Gather", [table, index], f"{name}.half")
        return self.add("Cast", [half], f"{name}.rows", to=TensorProto.FLOAT)

    def linear(self, x: str, name: str, out: str) -> str:
        product = self.add("MatMul", [x, self.weight(f"{name}.weight", transposed=True)], f"{out}.product")
        return self.add("Add", [product, self.weight(f"{name}.bias")], out)

    def norm(self, x: str, name: str, out: str) -> str:
        scale, bias = self.weight(f"{name}.weight"), self.weight(f"{name}.bias")
        return self.add("LayerNormalization", [x, scale, bias], out, axis=-1, epsilon=1e-12)


def encoder_graph(weights: Arrays) -> onnx.ModelProto:
    """The encoder as an ONNX model: pieces and shapes ``(windows, pieces)`` int64, all real, to ``hidden``."""
    g = _Graph(weights)
    zero, one = (g.constant(f"int.{n}", np.array(n, dtype=np.int64)) for n in (0, 1))
    length = g.add("Gather", [g.add("Shape", ["pieces"], "size"), one], "length")
    places = g.add("Range", [zero, length, one], "places")
    words = g.add("Add", [g.embedding("pieces", "pieces"), g.embedding("shapes", "shapes")], "embed.words")
    x = g.norm(g.add("Add", [words, g.embedding("positions", places)], "embed.sum"), "norm", "embed")
    g.constant("thirds", np.array([WIDTH] * 3, dtype=np.int64))
    for i in range(LAYERS):
        layer = f"layers.{i}"
        g.linear(x, f"{layer}.qkv", f"{layer}.qkv.out")
        parts = [f"{layer}.{part}" for part in ("query", "key", "value")]
        g.nodes.append(helper.make_node("Split", [f"{layer}.qkv.out", "thirds"], parts, name=f"{layer}.split", axis=-1))
        mixed = g.add("MultiHeadAttention", parts, f"{layer}.mixed", _MICROSOFT, num_heads=ATTENTION_HEADS)
        mixed = g.linear(mixed, f"{layer}.mix", f"{layer}.mix.out")
        x = g.norm(g.add("Add", [x, mixed], f"{layer}.mix.sum"), f"{layer}.mix_norm", f"{layer}.mix.normed")
        up = g.add("Gelu", [g.linear(x, f"{layer}.up", f"{layer}.up.out")], f"{layer}.gelu")
        down = g.linear(up, f"{layer}.down", f"{layer}.down.out")
        name = "hidden" if i == LAYERS - 1 else f"{layer}.out"
        x = g.norm(g.add("Add", [x, down], f"{layer}.sum"), f"{layer}.norm", name)
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.INT64, ["windows", "pieces"]) for name in ("pieces", "shapes")
    ]
    output = helper.make_tensor_value_info("hidden", TensorProto.FLOAT, ["windows", "pieces", WIDTH])
    graph = helper.make_graph(g.nodes, "pullquote-encoder", inputs, [output], list(g.initialisers.values()))
    opsets = [helper.make_opsetid("", 20), helper.make_opsetid(_MICROSOFT, 1)]
    model = helper.make_model(graph, opset_imports=opsets, producer_name="pullquote", ir_version=9)
    onnx.checker.check_model(model)
    return model


def export(
    folder: Path, name: str, version: str, encoder: onnx.ModelProto, heads: Arrays,
    ngrams: Mapping[str, NDArray[np.generic]], settings: Settings, *, compact: bool = False,
) -> None:  # fmt: skip
    """Write a whole model folder.

    Args:
        encoder: `encoder_graph`, or `integers.compact_graph` of a ``compact`` model.
        heads: state dictionary of `training.heads`.
        ngrams: ``keys``, ``weights`` and ``constants`` of `reader.ngrams`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    onnx.save(encoder, folder / ENCODER)
    save_file({k: np.ascontiguousarray(v, dtype=np.float16) for k, v in heads.items()}, folder / HEADS)
    save_file({k: np.ascontiguousarray(v) for k, v in ngrams.items()}, folder / NGRAMS)
    shutil.copyfile(minilm_folder() / "vocab.txt", folder / VOCABULARY)
    write_manifest(folder, name, version, settings, compact=compact)


def write_manifest(folder: Path, name: str, version: str, settings: Settings, *, compact: bool = False) -> None:
    """Seal a model folder: checksums of its files, and the settings they were fitted with."""
    files = {file: sha256(folder / file) for file in (ENCODER, HEADS, NGRAMS, VOCABULARY)}
    manifest = Manifest(name=name, version=version, files=files, settings=settings, compact=compact)
    (folder / MANIFEST).write_bytes(msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n")


def word_vectors(path: Path) -> NDArray[np.float32]:
    """The vectors of a large encoder's word pieces: ``(pieces, width)``.

    Raises:
        ModelError: if the file is no such encoder.
    """
    for tensor in onnx.load(path).graph.initializer:
        if tensor.name == "pieces.weight":
            vectors: NDArray[np.float32] = numpy_helper.to_array(tensor).astype(np.float32)
            return vectors
    raise ModelError(f"{path} holds no word vectors; name a model that was made by `pullquote train`")
