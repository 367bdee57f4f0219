"""The least time an encoder can take: its multiply-adds, and how many of these the machine does in a second."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from statistics import median

import numpy as np
import onnx
import onnxruntime as ort
from onnx import TensorProto, helper, numpy_helper

#: A matrix product of the kind an encoder is made of: word pieces, width, inner width.
_ROWS, _WIDTH, _INNER = 2048, 384, 1536
_TIMES = 15
#: Operators that hand a weight on as it is.
_THROUGH = frozenset({"Cast", "DequantizeLinear", "Identity", "Transpose", "Reshape"})
#: Operators that only look a row up.
_LOOKUPS = frozenset({"Gather", "GatherND", "EmbedLayerNormalization"})


def multiply_adds(graph: Path) -> int:
    """Multiply-adds of an ONNX encoder for one word piece, those of attention between pieces not counted.

    Every number of a matrix (or of a convolution's kernel) takes part once for each piece; embedding tables, of which
    a row is looked up, do not count.
    """
    model = onnx.load(graph).graph
    takers: dict[str, list[onnx.NodeProto]] = defaultdict(list)
    for node in model.node:
        for name in node.input:
            takers[name].append(node)

    def multiplied(name: str) -> bool:
        return any(
            multiplied(node.output[0]) if node.op_type in _THROUGH else node.op_type not in _LOOKUPS
            for node in takers[name]
        )

    return sum(
        int(np.prod(weight.dims)) for weight in model.initializer if len(weight.dims) > 1 and multiplied(weight.name)
    )


def float_rate() -> float:
    """Multiply-adds a second of numpy's matrix product in 32-bit floats, on the threads it was given."""
    rng = np.random.default_rng(0)
    a = rng.random((_ROWS, _WIDTH), dtype=np.float32)
    b = rng.random((_WIDTH, _INNER), dtype=np.float32)
    return _rate(lambda: a @ b)


def int8_rate() -> float:
    """Multiply-adds a second of ONNX Runtime's matrix product of 8-bit integers, on one thread."""
    rng = np.random.default_rng(0)
    weight = numpy_helper.from_array(rng.integers(-128, 127, (_WIDTH, _INNER), dtype=np.int8), "weight")
    node = helper.make_node("MatMulInteger", ["x", "weight"], ["y"])
    x = helper.make_tensor_value_info("x", TensorProto.UINT8, [_ROWS, _WIDTH])
    y = helper.make_tensor_value_info("y", TensorProto.INT32, [_ROWS, _INNER])
    opsets = [helper.make_opsetid("", 20)]
    model = helper.make_model(
        helper.make_graph([node], "product", [x], [y], [weight]), opset_imports=opsets, ir_version=9
    )
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    session = ort.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
    feed = {"x": rng.integers(0, 255, (_ROWS, _WIDTH), dtype=np.uint8)}
    return _rate(lambda: session.run(None, feed))


def _rate(product: Callable[[], object]) -> float:
    product()
    took = []
    for _ in range(_TIMES):
        began = time.process_time()
        product()
        took.append(time.process_time() - began)
    return _ROWS * _WIDTH * _INNER / median(took)
