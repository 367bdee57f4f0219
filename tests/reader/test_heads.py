"""Scores of one review do not depend on its neighbours; sums over pairs are what they say."""

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from pullquote.reader.heads import pool_groups, rounded, softmax
from pullquote.reader.places import places

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


@given(arrays(np.float32, st.tuples(st.integers(1, 9), st.integers(1, 20)), elements=st.floats(-30, 30, width=32)))
def test_probabilities_are_those_of_each_row_alone(x):
    for row, found in zip(x, softmax(x), strict=True):
        e = np.exp(row - row.max())
        np.testing.assert_array_equal(found, e / e.sum())


@given(st.lists(st.floats(0, 1, width=32), max_size=20), st.integers(0, 6))
def test_rounding_many_is_rounding_each(values, digits):
    assert rounded(np.array(values, dtype=np.float32), digits) == [round(v, digits) for v in values]


@given(st.lists(st.integers(1, 8), min_size=1, max_size=6), st.integers(0, 9))
def test_the_verdict_of_a_review_is_its_own(sizes, seed):
    own = heads(16, seed)
    edges = [0, *np.cumsum(sizes).tolist()]
    h = np.random.default_rng(seed).normal(size=(edges[-1], 16)).astype(np.float32)
    attend = own.tokens(h, edges)["attend"]
    together = own.documents(h, attend, edges)
    for logits, (a, b) in zip(together, pairwise(edges), strict=True):
        np.testing.assert_array_equal(logits, own.document(h[a:b], attend[a:b]))


@given(st.lists(st.lists(st.integers(1, 60), max_size=7), max_size=5))
def test_a_sentence_has_its_place_in_its_own_review(reviews):
    edges = np.cumsum([0, *map(len, reviews)]).tolist()
    size = np.array([n for own in reviews for n in own], dtype=np.int64)
    last = np.cumsum(size)
    together = places(last - size, last, edges)
    for a, b in pairwise(edges):
        np.testing.assert_array_equal(together[a:b], places(last[a:b] - size[a:b], last[a:b]))
