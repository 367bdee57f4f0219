"""Scores of one review do not depend on its neighbours; sums over pairs are what they say."""

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pullquote.reader.heads import pool_groups

from .test_decode import heads


@given(st.lists(st.integers(1, 40), min_size=1, max_size=6), st.sampled_from([16, 40, 128]), st.integers(0, 9))
def test_every_review_has_a_product_of_its_own(sizes, width, seed):
    own = heads(width, seed)
    edges = [0, *np.cumsum(sizes).tolist()]
    h = np.random.default_rng(seed).normal(size=(edges[-1], width)).astype(np.float32)
    together = own.tokens(h, edges)
    for a, b in pairwise(edges):
        for name, scores in own.tokens(h[a:b]).items():
            np.testing.assert_array_equal(together[name][a:b], scores)


@given(st.lists(st.integers(0, 5), min_size=1, max_size=60), st.integers(0, 9))
def test_pooling_sums_each_group_row_by_row(labels, seed):
    group = np.unique(labels, return_inverse=True)[1]
    count = int(group.max()) + 1
    scores = np.random.default_rng(seed).normal(size=(len(group), 3)).astype(np.float32) * 5
    found = pool_groups(scores, group, count)
    for g in range(count):
        rows = scores[group == g]
        top = rows.max(0)
        total = np.zeros(3, dtype=np.float32)
        for row in rows:
            total += np.exp(row - top)
        np.testing.assert_array_equal(found[g], top + np.log(total))
