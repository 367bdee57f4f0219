"""Reviews in groups: none lost, none moved, none too large; the last are shared out."""

from hypothesis import given
from hypothesis import strategies as st

from pullquote.crew.groups import CHARACTERS, GROUP, full, groups, shared_out

LENGTHS = st.one_of(st.integers(0, 300), st.integers(0, CHARACTERS + 10))


def reviews(lengths):
    return [(f"r{number}", "a" * length) for number, length in enumerate(lengths)]


def flat(cut):
    return [one for group in cut for one in group]


def bounded(group):
    return 0 < len(group) <= GROUP and sum(len(text) for _, text in group[:-1]) <= CHARACTERS


@given(st.lists(LENGTHS, max_size=300))
def test_groups_hold_all_in_order_and_only_the_last_is_not_full(lengths):
    texts = reviews(lengths)
    cut = list(groups(texts))
    assert flat(cut) == texts
    assert all(map(bounded, cut))
    assert all(map(full, cut[:-1]))


@given(st.lists(LENGTHS, max_size=300), st.integers(2, 12))
def test_sharing_out_moves_nothing_and_makes_no_group_too_large(lengths, workers):
    texts = reviews(lengths)
    cut = list(shared_out(groups(texts), workers))
    assert flat(cut) == texts
    assert all(map(bounded, cut))


@given(st.data(), st.integers(2, 8))
def test_of_few_reviews_of_one_length_no_group_is_more_than_half_of_a_workers_share(data, workers):
    number = data.draw(st.integers(GROUP, workers * GROUP))
    largest = max(map(len, shared_out(groups(reviews([100] * number)), workers)))
    # No review is cut in two.
    assert largest < number / (2 * workers) + 1


def test_what_is_not_at_the_end_is_left_as_it_was():
    cut = list(groups(reviews([100] * 1000)))
    assert list(shared_out(cut, 2))[: len(cut) - 2] == cut[:-2]
