"""The small network: its reviews are apart, and the shipped graph computes what it computes."""

from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from pullquote.reader.compact import CompactEncoder, TokenFeed  # noqa: E402
from pullquote.training.integers import compact_graph  # noqa: E402
from pullquote.training.recipe import arrays  # noqa: E402
from pullquote.training.student import Student  # noqa: E402


def review(seed: int, tokens: int) -> tuple["torch.Tensor", "torch.Tensor"]:
    torch.manual_seed(seed)
    pieces = torch.randint(1, 30_000, (tokens, 4))
    pieces[:, 1:][torch.rand(tokens, 3) < 0.9] = 0
    # Pieces of a token stand in front.
    pieces[:, 1:] = pieces[:, 1:].sort(1, descending=True).values
    return pieces, torch.randint(0, 25, (tokens,))


@pytest.fixture(scope="module")
def student() -> Student:
    torch.manual_seed(5)
    return Student().eval()


def test_reviews_do_not_see_each_other(student: Student):
    one, other = review(1, 40), review(2, 25)
    with torch.no_grad():
        together = student(torch.cat([one[0], other[0]]), torch.cat([one[1], other[1]]), [40, 25])
        alone = student(*other, [25])
    np.testing.assert_allclose(together[40:], alone, atol=1e-5)


def test_the_graph_of_whole_numbers_computes_the_same(student: Student, tmp_path: Path):
    import onnx

    pieces, shapes = review(3, 80)
    student.begin_rounding([(pieces, shapes, [80])])
    with torch.no_grad():
        want = student(pieces, shapes, [80]).numpy()
    path = tmp_path / "encoder.onnx"
    onnx.save(compact_graph(arrays(student.state_dict())), path)
    rows, parts = pieces[:, 1:].nonzero(as_tuple=True)
    feed = TokenFeed(
        first=pieces[:, 0].numpy().astype(np.int32),
        shapes=shapes.numpy().astype(np.int32),
        more=pieces[rows, parts + 1].numpy().astype(np.int32),
        at=rows[:, None].numpy(),
    )
    found = CompactEncoder(path).run(feed)
    step = student.sums[-1].step.item()
    # Ties may fall to either side, layer after layer; nine in ten numbers are the same to the last digit.
    assert np.abs(found - want).max() < 6 * step
    assert (np.abs(found - want) < 1e-5).mean() > 0.9
