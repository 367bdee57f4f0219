"""Tags become spans that obey the BIO grammar and never overlap."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from pullquote.reader.tags import spans


def rows(*tags: int, labels: int = 2, sure: float = 0.96) -> np.ndarray:
    out = np.full((len(tags), 1 + 2 * labels), (1 - sure) / (2 * labels), dtype=np.float32)
    out[np.arange(len(tags)), tags] = sure
    return out


def test_begin_and_inside_make_one_span():
    assert [s[:3] for s in spans(rows(0, 1, 2, 2, 0, 3))] == [(1, 4, 0), (5, 6, 1)]


def test_two_begins_make_two_spans():
    assert [s[:3] for s in spans(rows(1, 1, 2))] == [(0, 1, 0), (1, 3, 0)]


def test_an_inside_tag_without_a_begin_is_mended():
    found = spans(rows(0, 2, 2))
    assert all(s.label == 0 for s in found)
    assert len(found) <= 1


def test_eagerness_finds_more():
    unsure = np.full((3, 5), 0.1, dtype=np.float32)
    unsure[:, 0] = 0.6
    assert spans(unsure, -5.0) == []
    assert spans(unsure, 5.0) != []


@given(arrays(np.float32, st.tuples(st.integers(0, 40), st.just(7)), elements=st.floats(0, 1, width=32)))
def test_spans_are_ordered_disjoint_and_inside(raw):
    probabilities = raw + 1e-3
    probabilities = probabilities / probabilities.sum(1, keepdims=True)
    last = 0
    for span in spans(probabilities.astype(np.float32)):
        assert last <= span.first < span.last <= len(raw)
        assert 0 <= span.label < 3
        assert 0 <= span.confidence <= 1 + 1e-5
        last = span.last
