"""Training from end to end on tiny data: gold in, model folder out, read with it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

torch = pytest.importorskip("torch")

from pullquote import ModelError, Reader  # noqa: E402
from pullquote.training.data import Shared  # noqa: E402
from pullquote.training.recipe import train  # noqa: E402

from . import samples  # noqa: E402


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Shared:
    return Shared(samples.write(tmp_path_factory.mktemp("shared")), measured=8, fitted=12)


@pytest.fixture(scope="module")
def trained(shared: Shared, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("trained")
    train(shared, root / "work", root / "model", name="tiny", version="0", passes=1, threads=2)
    return root


def test_the_model_reads(trained: Path):
    text = samples.gold(4)["text"]
    reading = Reader(str(trained / "model")).read(text)
    assert reading.model == "tiny/0"
    assert len(reading.segments) == 3
    assert reading.check(text) == []


def test_a_done_stage_is_not_done_twice(trained: Path, shared: Shared):
    work = trained / "work"
    before = {p.name: p.stat().st_mtime_ns for p in work.glob("*.safetensors")}
    train(shared, work, trained / "again", name="tiny", version="0", passes=1, threads=2)
    assert {p.name: p.stat().st_mtime_ns for p in work.glob("*.safetensors")} == before
    first, again = (json.loads((trained / m / "manifest.json").read_text()) for m in ("model", "again"))
    assert first == again


def test_damaged_weights_are_refused(trained: Path, tmp_path: Path):
    for file in (trained / "model").iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    heads = bytearray((tmp_path / "heads.safetensors").read_bytes())
    heads[-1] ^= 1
    (tmp_path / "heads.safetensors").write_bytes(heads)
    with pytest.raises(ModelError, match="damaged"):
        Reader(str(tmp_path))


def test_held_out_films_are_in_no_other_part(shared: Shared):
    parts = [{r["film"] for r in part} for part in shared.rated()]
    assert all(parts)
    assert not parts[0] & parts[1] and not parts[0] & parts[2] and not parts[1] & parts[2]
    assert not {g.id for g in shared.taught()[0]} & {g.id for g in shared.taught()[1]}


def test_missing_data_is_named(tmp_path: Path):
    done = subprocess.run(
        [sys.executable, "-m", "pullquote", "train", str(tmp_path / "nowhere"), "-o", str(tmp_path / "m")],
        capture_output=True, text=True, check=False, cwd=tmp_path,
    )  # fmt: skip
    assert done.returncode == 2
    assert "nowhere" in done.stderr
    assert "Traceback" not in done.stderr
