"""all-MiniLM-L6-v2 as an ONNX graph, written from the published weights with the fused operators of ONNX Runtime."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from safetensors.numpy import load_file

_LAYERS, _HEADS, _EPSILON = 6, 12, 1e-12


def write_graph(weights: Path, graph: Path) -> None:
    """Read ``model.safetensors``, write the graph: pieces and mask ``(reviews, pieces)`` int32 to ``hidden``."""
    onnx.save(_graph(load_file(weights)), graph)


def _graph(weights: Mapping[str, NDArray[np.float32]]) -> onnx.ModelProto:
    nodes: list[onnx.NodeProto] = []
    constants: list[onnx.TensorProto] = []

    def constant(name: str, value: NDArray[np.float32]) -> str:
        constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def weight(name: str) -> str:
        return constant(name, weights[name])

    def node(
        op: str, inputs: list[str], outputs: list[str], domain: str = "com.microsoft", **attributes: object
    ) -> str:
        nodes.append(helper.make_node(op, inputs, outputs, domain=domain, **attributes))
        return outputs[0]

    def product(x: str, name: str, out: str) -> str:
        return node("MatMul", [x, constant(f"{name}.weight", weights[f"{name}.weight"].T)], [out], "")

    def norm(x: str, skip: str, name: str, bias: str, out: str) -> str:
        scale = [weight(f"{name}.LayerNorm.weight"), weight(f"{name}.LayerNorm.bias")]
        return node("SkipLayerNormalization", [x, skip, *scale, weight(bias)], [out], epsilon=_EPSILON)

    tables = [weight(f"embeddings.{kind}_embeddings.weight") for kind in ("word", "position", "token_type")]
    scale = [weight("embeddings.LayerNorm.weight"), weight("embeddings.LayerNorm.bias")]
    segments = node("Sub", ["pieces", "pieces"], ["segments"], "")
    lengths = ["x.0", "lengths"]
    node("EmbedLayerNormalization", ["pieces", segments, *tables, *scale, "mask"], lengths, epsilon=_EPSILON)
    x = "x.0"
    for number in range(_LAYERS):
        layer = f"encoder.layer.{number}"
        parts = [f"{layer}.attention.self.{part}" for part in ("query", "key", "value")]
        packed = constant(f"{layer}.packed", np.concatenate([weights[f"{part}.weight"].T for part in parts], 1))
        bias = constant(f"{layer}.packed.bias", np.concatenate([weights[f"{part}.bias"] for part in parts]))
        mixed = node("Attention", [x, packed, bias, "lengths"], [f"{layer}.mixed"], num_heads=_HEADS)
        mixed = product(mixed, f"{layer}.attention.output.dense", f"{layer}.mix")
        out = f"{layer}.attention.output"
        x = norm(mixed, x, out, f"{out}.dense.bias", f"{layer}.attended")
        up = product(x, f"{layer}.intermediate.dense", f"{layer}.up")
        up = node("BiasGelu", [up, weight(f"{layer}.intermediate.dense.bias")], [f"{layer}.gelu"])
        down = product(up, f"{layer}.output.dense", f"{layer}.down")
        name = "hidden" if number == _LAYERS - 1 else f"x.{number + 1}"
        x = norm(down, x, f"{layer}.output", f"{layer}.output.dense.bias", name)
    shape = ["reviews", "pieces"]
    inputs = [helper.make_tensor_value_info(name, TensorProto.INT32, shape) for name in ("pieces", "mask")]
    output = helper.make_tensor_value_info("hidden", TensorProto.FLOAT, [*shape, 384])
    graph = helper.make_graph(nodes, "all-MiniLM-L6-v2", inputs, [output], constants)
    opsets = [helper.make_opsetid("", 20), helper.make_opsetid("com.microsoft", 1)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=9)
