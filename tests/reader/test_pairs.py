"""Pairs of mentions: all that stand near, none that do not, and no more work than that."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pullquote.reader.labels import CHARACTER, PERSON
from pullquote.reader.pairs import REACH, pairs


@given(st.lists(st.tuples(st.integers(1, 40), st.integers(1, 3), st.integers(0, 2)), max_size=25), st.integers(5, 90))
def test_the_same_pairs_as_by_trying_all(steps, sentence_length):
    starts, ends, kinds, here = [], [], [], 0
    for gap, size, kind in steps:
        here += gap
        starts.append(here)
        ends.append(here + size)
        here += size
        kinds.append(kind)
    sentence = [s // sentence_length for s in starts]
    want = {
        (i, j)
        for i in range(len(starts))
        for j in range(len(starts))
        if i != j
        and kinds[j] != PERSON
        and (max(starts[i], starts[j]) - min(ends[i], ends[j]) <= REACH or sentence[i] == sentence[j])
    }
    found = pairs(*(np.array(v, dtype=np.int64) for v in (starts, ends, kinds, sentence)))
    assert set(zip(found.first.tolist(), found.second.tolist(), strict=True)) == want
    assert len(found.first) == len(want)


def test_a_book_of_names_makes_no_square_of_pairs():
    starts = np.arange(0, 200_000, 10)
    found = pairs(starts, starts + 1, np.full(len(starts), CHARACTER), starts // 20)
    assert len(found.first) < 14 * len(starts)
