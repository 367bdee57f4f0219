"""Tags become spans that obey the BIO grammar and never overlap; many reviews at once are read as each alone."""

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from pullquote.reader.tags import _SURE, TaggedSpan, spans, spans_by_review


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


def test_no_span_runs_from_one_review_into_the_next():
    found = spans_by_review(rows(0, 1, 2, 2, 2, 0), [0, 3, 6])
    assert [s[:3] for s in found[0]] == [(1, 3, 0)]
    assert all(s.last <= 3 for s in found[1])


def test_reviews_without_tokens_or_spans_have_none():
    assert spans_by_review(rows(0, 0, 1, sure=0.99), [0, 0, 2, 3, 3]) == [[], [], spans(rows(1, sure=0.99)), []]


def one_by_one(probabilities: np.ndarray, log: np.ndarray) -> list[TaggedSpan]:
    """Viterbi by its definition: one stretch after the other, one token after the other."""
    out: list[TaggedSpan] = []
    busy = [i for i, p in enumerate(probabilities[:, 0]) if p < _SURE]
    stretches: list[list[int]] = []
    for i in busy:
        if stretches and stretches[-1][-1] == i - 1:
            stretches[-1].append(i)
        else:
            stretches.append([i])
    for stretch in stretches:
        found: list[list[int]] = []
        for i, tag in zip(stretch, best_path(log[stretch[0] : stretch[-1] + 1]), strict=True):
            if tag % 2:
                found.append([i, i + 1, (tag - 1) // 2])
            elif tag:
                found[-1][1] = i + 1
        for first, last, label in found:
            out.append(TaggedSpan(first, last, label, mean_chance(probabilities, first, last, label)))
    return out


def mean_chance(probabilities: np.ndarray, first: int, last: int, label: int) -> float:
    return float(probabilities[first:last, 1 + 2 * label : 3 + 2 * label].sum(1).mean())


def likelihood(log: np.ndarray, found: list[TaggedSpan]) -> float:
    """The log-probability of the tags that these spans mean."""
    tags = np.zeros(len(log), dtype=int)
    for span in found:
        tags[span.first] = 1 + 2 * span.label
        tags[span.first + 1 : span.last] = 2 + 2 * span.label
    return float(log[np.arange(len(log)), tags].sum(dtype=np.float64))


def best_path(log: np.ndarray) -> list[int]:
    n, width = log.shape
    back = np.zeros((n, width), dtype=np.int64)
    score = log[0].copy()
    score[2::2] = -1e9
    for i in range(1, n):
        best = int(score.argmax())
        new = score[best] + log[i]
        back[i] = best
        begin, inside = score[1::2], score[2::2]
        stay = inside >= begin
        new[2::2] = np.where(stay, inside, begin) + log[i, 2::2]
        back[i, 2::2] = np.arange(1, width, 2) + stay
        score = new
    path = [int(score.argmax())]
    for i in range(n - 1, 0, -1):
        path.append(int(back[i, path[-1]]))
    return path[::-1]


def tagged(raw: np.ndarray, sharpness: float) -> np.ndarray:
    e = np.exp(sharpness * (raw - raw.max(1, keepdims=True, initial=-9)))
    return (e / e.sum(1, keepdims=True)).astype(np.float32)


#: Steps of a quarter make ties, which are where two ways of searching could part.
SCORES = st.integers(0, 8).map(lambda n: n / 4) | st.floats(0, 2, width=32)


@given(
    arrays(np.float32, st.tuples(st.integers(0, 30), st.sampled_from([3, 5, 7])), elements=SCORES),
    st.lists(st.integers(0, 30), max_size=4),
    st.sampled_from([0.5, 3.0, 12.0]),
    st.sampled_from([-1.5, 0.0, 0.75]),
    st.booleans(),
)
def test_many_reviews_at_once_are_searched_as_each_alone_and_as_by_definition(raw, cuts, sharpness, eager, longer):
    probabilities = tagged(raw, sharpness)
    edges = [0, *sorted(c for c in cuts if c <= len(raw)), len(raw)]
    log = np.log(np.maximum(probabilities, 1e-9))
    log[:, 1::2] += eager
    if longer:
        log[:, 2::2] += eager
    together = spans_by_review(probabilities, edges, eager, longer=longer)
    for found, (a, b) in zip(together, pairwise(edges), strict=True):
        assert found == spans(probabilities[a:b], eager, longer=longer)
        assert [s.confidence for s in found] == [mean_chance(probabilities[a:b], *s[:3]) for s in found]
        want = one_by_one(probabilities[a:b], log[a:b])
        # Of two sequences that are equally likely, to the last digits, either may be taken.
        if found != want:
            assert all(probabilities[a:b][s.first : s.last, 0].max() < _SURE for s in found)
            assert abs(likelihood(log[a:b], found) - likelihood(log[a:b], want)) < 1e-4


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
