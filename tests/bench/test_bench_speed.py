"""The speed command's bookkeeping, with no model."""

import pytest
from speed import alternate, command_seconds, padded


def test_all_take_turns_in_an_order_that_flips():
    calls: list[str] = []
    seconds = alternate({"a": lambda: calls.append("a"), "b": lambda: calls.append("b")}, runs=2)
    assert "".join(calls) == "ab" + "ab" + "ba"
    assert [len(s) for s in seconds.values()] == [2, 2]


def test_padding_fills_up_with_zeros():
    np = pytest.importorskip("numpy")
    short, long = {"ids": np.ones((1, 2)), "n": np.ones(1)}, {"ids": np.ones((1, 5)), "n": np.ones(1)}
    first, second = padded([short, long])
    assert first["ids"].tolist() == [[1, 1, 0, 0, 0]]
    assert second["ids"].shape == (1, 5)
    assert first["n"].shape == (1,)


def test_a_command_is_started_once_more_than_counted():
    assert len(command_seconds(["true"], 2)) == 2
