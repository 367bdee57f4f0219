"""Windows cover every token once, within the encoder's room."""

from hypothesis import given
from hypothesis import strategies as st

from pullquote.reader.windows import windows


@given(st.lists(st.integers(1, 24), min_size=0, max_size=400), st.integers(24, 80), st.integers(0, 60))
def test_no_token_is_lost_and_none_is_kept_twice(sizes, room, overlap):
    found = windows(sizes, room=room, overlap=overlap)
    kept = [i for w in found for i in range(w.keep_from, w.keep_to)]
    assert kept == list(range(len(sizes)))
    for w in found:
        assert w.first <= w.keep_from <= w.keep_to <= w.last
        assert sum(sizes[w.first : w.last]) <= room


def test_a_short_review_is_one_window():
    assert len(windows([1] * 510)) == 1
    assert len(windows([1] * 511)) == 2


def test_seams_have_context_on_both_sides():
    first, second = windows([1] * 900)[:2]
    assert first.last - first.keep_to >= 60
    assert second.keep_from - second.first >= 60
