"""A large model teaches a small one, from labels to a model folder that reads."""

import random
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from pullquote import Reader  # noqa: E402
from pullquote.reader.cascade import read_cascade  # noqa: E402
from pullquote.training import cascade  # noqa: E402
from pullquote.training.data import Shared  # noqa: E402
from pullquote.training.distil import renamed  # noqa: E402
from pullquote.training.recipe import distilled  # noqa: E402
from pullquote.training.soft import label, lessons, order  # noqa: E402
from pullquote.training.soft_losses import batch  # noqa: E402

from . import samples  # noqa: E402


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Shared:
    return Shared(samples.write(tmp_path_factory.mktemp("shared")), measured=8, fitted=12)


@pytest.fixture(scope="module")
def taught(shared: Shared, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("taught")
    distilled(
        shared, root / "work", root / "model", teacher="large", name="tiny", version="0", reviews=30, tokens=20_000,
        threads=2,
    )  # fmt: skip
    return root


def test_no_film_held_back_is_labelled(shared: Shared):
    rows = order(shared)
    assert rows
    assert not {r["film"] for r in rows} & (shared.banned() | {g.film_id for g in shared.taught()[1]})


def test_labels_are_what_the_teacher_says(shared: Shared, taught: Path):
    rows = order(shared)[:30]
    made = list(lessons(taught / "work" / "labels"))
    assert len(made) == len(rows)
    for row, lesson in zip(rows, made, strict=True):
        reading = Reader("large").read(row["text"])
        people = [m for m in reading.mentions if m.type in ("PERSON", "CHARACTER")]
        assert len(lesson.sentences) == len(reading.segments)
        assert len(lesson.mentions) >= len(people)
        assert lesson.tokens.shape == (len(lesson.pieces), 40)


def test_labelling_goes_on_where_it_stopped(shared: Shared, taught: Path):
    files = {p: p.stat().st_mtime_ns for p in (taught / "work" / "labels").iterdir()}
    label(shared, "large", taught / "work" / "labels", 30)
    assert {p: p.stat().st_mtime_ns for p in (taught / "work" / "labels").iterdir()} == files


def test_the_small_model_reads(taught: Path):
    reader = Reader(str(taught / "model"))
    text = samples.gold(4)["text"]
    reading = reader.read(text)
    assert reading.model == "tiny/0"
    assert len(reading.segments) == 3
    assert reading.check(text) == []


def test_two_models_make_one(shared: Shared, taught: Path, tmp_path: Path):
    made = cascade.fit(
        shared.rated()[1], tmp_path, name="both", version="0", first=str(taught / "model"), second="large", budget=0.5
    )
    assert read_cascade(tmp_path) == made
    assert list(made.quantiles) == sorted(made.quantiles)
    readings = list(Reader(str(tmp_path)).read_many([r["text"] for r in shared.rated()[1]]))
    labels = [r.model.split(":", 1)[1] for r in readings]
    assert set(labels) == {"tiny/0", Reader("large").read("Fine.").model}
    assert np.isclose(labels.count("tiny/0") / len(labels), 0.5, atol=0.26)


def test_names_are_replaced_by_others_of_their_kind_and_nothing_else(taught: Path):
    some = [lesson for lesson in lessons(taught / "work" / "labels") if len(lesson.mentions)]
    b = batch(some)
    found = renamed(b, some, random.Random(3), share=1.0)
    names = np.zeros(len(b.pieces), dtype=bool)
    by_kind: dict[tuple[int, int], set[bytes]] = {}
    for lesson, offset in zip(some, b.offsets, strict=True):
        for first, end, kind, _ in lesson.mentions + np.array([offset, offset, 0, 0]):
            names[first:end] = True
            by_kind.setdefault((kind, end - first), set()).add(b.pieces[first:end].numpy().tobytes())
    assert torch.equal(found[~names], b.pieces[~names])
    assert not torch.equal(found[names], b.pieces[names])
    for lesson, offset in zip(some, b.offsets, strict=True):
        for first, end, kind, _ in lesson.mentions + np.array([offset, offset, 0, 0]):
            assert found[first:end].numpy().tobytes() in by_kind[kind, end - first]
    assert torch.equal(renamed(b, some, random.Random(3), share=0.0), b.pieces)
