"""Wilson's interval holds what an interval must."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullquote.questions.interval import wilson


@given(st.integers(1, 10**6).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_bounds_hold_the_share(counts):
    share = wilson(*counts)
    assert 0 <= share.low <= share.share <= share.high <= 1


@given(st.integers(1, 1000).flatmap(lambda n: st.tuples(st.integers(0, 2 * n), st.just(n))))
def test_halves_are_shares_too_and_the_sides_mirror(counts):
    doubled, total = counts
    one, other = wilson(doubled / 2, total), wilson(total - doubled / 2, total)
    assert 0 <= one.low <= one.share <= one.high <= 1
    assert one.low == pytest.approx(1 - other.high, abs=1e-9)


@given(st.integers(1, 200), st.integers(1, 50))
def test_the_more_reviews_the_surer(part, times):
    assert wilson(part * (times + 1), 2 * part * (times + 1)).low >= wilson(part, 2 * part).low


def test_published_values():
    # Newcombe (1998, Statistics in Medicine 17), table I, method 3.
    for part, total, low, high in ((81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611)):
        share = wilson(part, total)
        assert (round(share.low, 4), round(share.high, 4)) == (low, high)


def test_nothing_to_share_out():
    assert wilson(0, 0).share is None


def test_more_than_all_is_refused():
    with pytest.raises(ValueError, match="no part"):
        wilson(3, 2)
