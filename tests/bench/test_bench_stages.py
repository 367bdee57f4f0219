"""Processor time by stage, and the arithmetic of a graph."""

import json
import signal
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from measuring.stages import OTHER, STAGES, stage_of, stage_seconds

from pullquote.text import document

BENCH = Path(__file__).resolve().parents[2] / "bench"
TEXT = " ".join(f"A film number {n} that Anna Weiss never made, and yet I liked it." for n in range(400))


def spend(seconds: float) -> None:
    end = time.process_time() + seconds
    while time.process_time() < end:
        sum(range(1000))


def test_time_goes_to_the_stage_whose_code_runs():
    def work() -> None:
        end = time.process_time() + 0.3
        while time.process_time() < end:
            document(TEXT)

    began = time.process_time()
    found = stage_seconds(work)
    whole = time.process_time() - began
    assert list(found) == [*STAGES, OTHER]
    # Up to one look's worth at the end is charged to nobody; the clock itself is called outside the reader.
    assert 0.8 * whole < sum(found.values()) <= whole
    assert max(found, key=found.__getitem__) == "document: clean text, tokens, sentences"


def test_foreign_code_is_the_rest_and_the_timer_is_put_away():
    before = signal.getsignal(signal.SIGPROF)
    found = stage_seconds(lambda: spend(0.1))
    assert found[OTHER] > 0 and sum(found.values()) == found[OTHER]
    assert signal.getsignal(signal.SIGPROF) == before
    assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)


@pytest.mark.parametrize("module", sorted(one for begins in STAGES.values() for one in begins))
def test_every_stage_names_modules_that_exist(module: str):
    assert find_spec(module.rstrip(".")) is not None
    assert module in STAGES[str(stage_of(f"{module}anything" if module.endswith(".") else module))]


def test_stages_of_a_model_on_a_few_reviews(tmp_path: Path):
    pytest.importorskip("onnx")
    reviews = tmp_path / "reviews.jsonl"
    reviews.write_text("".join(json.dumps({"text": f"{TEXT[:300]} {n}"}) + "\n" for n in range(4)))
    command = [sys.executable, str(BENCH / "stage_times.py"), "--models", "large", "--texts", str(reviews),
               "--limit", "2", "--rounds", "1", "--output", str(tmp_path / "stages.json")]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found = json.loads((tmp_path / "stages.json").read_text())["models"]["large"]
    spent = {name: ms[0] for name, ms in found["milliseconds"].items()}
    assert spent["encoder"] > 0 and spent["encoder alone"] > 0
    assert spent["all"] == pytest.approx(sum(spent[name] for name in (*STAGES, OTHER)))
    assert found["multiply_adds_a_piece"] > 1e6


def test_multiply_adds_of_a_small_graph(tmp_path: Path):
    onnx = pytest.importorskip("onnx")
    from measuring.arithmetic import multiply_adds

    helper, floats = onnx.helper, onnx.TensorProto.FLOAT
    table, weight, bias = (
        onnx.numpy_helper.from_array(np.zeros(shape, dtype=np.float16), name)
        for name, shape in (("table", (50, 8)), ("weight", (8, 24)), ("bias", (24,)))
    )
    nodes = [
        *(helper.make_node("Cast", [name], [f"{name}.wide"], to=floats) for name in ("table", "weight", "bias")),
        helper.make_node("Gather", ["table.wide", "pieces"], ["x"]),
        helper.make_node("MatMul", ["x", "weight.wide"], ["product"]),
        helper.make_node("Add", ["product", "bias.wide"], ["hidden"]),
    ]
    pieces = helper.make_tensor_value_info("pieces", onnx.TensorProto.INT64, ["windows", "pieces"])
    hidden = helper.make_tensor_value_info("hidden", floats, ["windows", "pieces", 24])
    graph = helper.make_graph(nodes, "small", [pieces], [hidden], [table, weight, bias])
    onnx.save(helper.make_model(graph), tmp_path / "small.onnx")
    # The table is only looked up, the bias only added.
    assert multiply_adds(tmp_path / "small.onnx") == 8 * 24
