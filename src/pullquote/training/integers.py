"""The taught network as an ONNX graph of whole numbers: 8-bit convolutions and sums (ONNX Runtime's QLinear operators).

`training.student` rounds at the same places while it learns, so that nothing is lost here but ties.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from .student import DILATIONS, LARGEST, TOLD, WIDTH

_MICROSOFT = "com.microsoft"
_ZERO = 128  # what stands for nought among signed numbers


class _Graph:
    """Nodes and constants under construction."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def add(self, op: str, inputs: list[str], out: str, domain: str = "", **attributes: object) -> str:
        self.nodes.append(helper.make_node(op, inputs, [out], name=out, domain=domain, **attributes))
        return out

    def constant(self, name: str, value: NDArray[np.generic] | np.generic) -> str:
        self.constants.append(numpy_helper.from_array(np.asarray(value), name))
        return name

    def rows(self, table: str, index: str, out: str) -> str:
        """Rows of a float16 table, widened."""
        return self.add("Cast", [self.add("Gather", [table, index], f"{out}.half")], out, to=TensorProto.FLOAT)


def compact_graph(weights: Mapping[str, NDArray[np.float32]]) -> onnx.ModelProto:
    """The network as ONNX: the arrays of `reader.compact.TokenFeed` in, ``hidden`` ``(tokens, WIDTH)`` out."""
    g = _Graph()
    signed, plain = g.constant("signed", np.uint8(_ZERO)), g.constant("plain", np.uint8(0))
    for table in ("pieces", "shapes"):
        g.constant(table + ".table", weights[f"{table}.weight"].astype(np.float16))
    x = g.add("Add", [g.rows("pieces.table", "first", "words"), g.rows("shapes.table", "shapes", "writing")], "written")
    x = g.add("ScatterND", [x, "at", g.rows("pieces.table", "more", "rest")], "embedded", reduction="add")
    step, size = _step(g, weights, "embedded")
    x = g.add("QuantizeLinear", [x, step, signed], "embedded.whole")
    x = g.add("Unsqueeze", [x, g.constant("outer", np.array([0, 1]))], "row")
    for i, dilation in enumerate(DILATIONS):
        if i == TOLD:
            x, step, size = _told(g, weights, x, step, signed)
        x, step, size = _layer(g, weights, i, dilation, (x, step, size), (signed, plain))
    x = g.add("DequantizeLinear", [x, step, signed], "vectors")
    g.add("Squeeze", [x, "outer"], "hidden")
    inputs = [
        helper.make_tensor_value_info("first", TensorProto.INT32, ["tokens"]),
        helper.make_tensor_value_info("shapes", TensorProto.INT32, ["tokens"]),
        helper.make_tensor_value_info("more", TensorProto.INT32, ["pieces"]),
        helper.make_tensor_value_info("at", TensorProto.INT64, ["pieces", 1]),
    ]
    output = helper.make_tensor_value_info("hidden", TensorProto.FLOAT, ["tokens", WIDTH])
    graph = helper.make_graph(g.nodes, "pullquote-compact", inputs, [output], g.constants)
    opsets = [helper.make_opsetid("", 20), helper.make_opsetid(_MICROSOFT, 1)]
    model = helper.make_model(graph, opset_imports=opsets, producer_name="pullquote", ir_version=9)
    onnx.checker.check_model(model)
    return model


def _layer(
    g: _Graph, weights: Mapping[str, NDArray[np.float32]], i: int, dilation: int, given: tuple[str, str, float],
    zeros: tuple[str, str],
) -> tuple[str, str, float]:  # fmt: skip
    """A convolution with ReLU (nothing is below nought on its grid), added to what it saw."""
    x, step, size = given
    signed, plain = zeros
    weight, name = weights[f"layers.{i}.weight"], f"layer{i}"
    steps = np.abs(weight).max((1, 2)) / np.float32(LARGEST) + np.float32(1e-12)
    bias = np.rint(weights[f"layers.{i}.bias"] / (steps * size)).astype(np.int32)
    seen_step, _ = _step(g, weights, f"seen.{i}")
    sum_step, sum_size = _step(g, weights, f"sums.{i}")
    inputs = [
        x, step, signed,
        g.constant(f"{name}.weight", np.rint(weight / steps[:, None, None]).astype(np.int8)[:, :, None, :]),
        g.constant(f"{name}.steps", steps.astype(np.float32)),
        g.constant(f"{name}.zeros", np.zeros(WIDTH, dtype=np.int8)),
        seen_step, plain, g.constant(f"{name}.bias", bias),
    ]  # fmt: skip
    seen = g.add(
        "QLinearConv", inputs, f"{name}.seen", _MICROSOFT, channels_last=1, kernel_shape=[1, 3],
        dilations=[1, dilation], pads=[0, dilation, 0, dilation],
    )  # fmt: skip
    both = [x, step, signed, seen, seen_step, plain, sum_step, signed]
    return g.add("QLinearAdd", both, f"{name}.sum", _MICROSOFT), sum_step, sum_size


def _told(
    g: _Graph, weights: Mapping[str, NDArray[np.float32]], x: str, step: str, signed: str
) -> tuple[str, str, float]:
    """Every token is told the mean of its review; the one place where numbers are not whole."""
    vectors = g.add("DequantizeLinear", [x, step, signed], "told.from")
    mean = g.add("ReduceMean", [vectors, g.constant("along", np.array([2]))], "told.mean", keepdims=0)
    for i, out in ((0, "told.inner"), (2, "told.outer")):
        weight = g.constant(f"{out}.weight", np.ascontiguousarray(weights[f"whole.{i}.weight"].T))
        product = g.add("MatMul", [mean, weight], f"{out}.product")
        mean = g.add("Add", [product, g.constant(f"{out}.bias", weights[f"whole.{i}.bias"])], out)
        if i == 0:
            mean = g.add("Relu", [mean], "told.relu")
    told_step, size = _step(g, weights, "told")
    both = g.add("Add", [vectors, mean], "told.sum")
    return g.add("QuantizeLinear", [both, told_step, signed], "told.whole"), told_step, size


def _step(g: _Graph, weights: Mapping[str, NDArray[np.float32]], grid: str) -> tuple[str, float]:
    value = np.float32(weights[f"{grid}.step"])
    return g.constant(f"{grid}.step", value), float(value)
