"""A mean over a run is numpy's own, to the last digit, whatever other runs are asked for."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pullquote.reader.runs import run_means, run_means_and_tops

RUNS = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 40)), max_size=20)


@given(RUNS, st.sampled_from([(), (1,), (7,), (16,), (130,)]), st.integers(0, 9))
def test_means_are_those_of_each_run_alone(runs, shape, seed):
    rows = np.random.default_rng(seed).normal(size=(100, *shape)).astype(np.float32)
    first, size = np.array([r[0] for r in runs], dtype=np.int64), np.array([r[1] for r in runs], dtype=np.int64)
    found = run_means(rows, first, size)
    assert found.shape == (len(runs), *shape)
    for mean, (a, n) in zip(found, runs, strict=True):
        np.testing.assert_array_equal(mean, rows[a : a + n].mean(0))
    if len(shape) == 1:
        out = np.empty((len(runs), 2 * shape[0]), dtype=np.float32)
        run_means_and_tops(rows, first, size, out)
        np.testing.assert_array_equal(out[:, : shape[0]], found)
        for top, (a, n) in zip(out[:, shape[0] :], runs, strict=True):
            np.testing.assert_array_equal(top, rows[a : a + n].max(0))


def test_more_than_is_taken_at_once_comes_out_whole():
    rows = np.random.default_rng(1).normal(size=(900, 384)).astype(np.float32)
    first = np.arange(800)
    found = run_means(rows, first, np.full(800, 9))
    np.testing.assert_array_equal(found, [rows[a : a + 9].mean(0) for a in first])
