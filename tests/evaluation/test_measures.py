"""Each measure on cases small enough to work out by hand."""

import pytest

from pullquote.evaluation.average_precision import average_precision
from pullquote.evaluation.calibration import adaptive_calibration_error, calibration_error
from pullquote.evaluation.f1 import Counts, macro_f1
from pullquote.evaluation.matching import matches, overlap, segment_at
from pullquote.evaluation.names import name_key, relation_key
from pullquote.reading import Segment


def test_f1_of_two_right_among_three_given_and_four_sought():
    counts = Counts()
    counts.add_sets({1, 2, 9}, {1, 2, 3, 4})
    assert counts.row() == {"f1": pytest.approx(4 / 7), "precision": pytest.approx(2 / 3), "recall": 0.5, "gold": 4}


def test_nothing_sought_and_nothing_given_is_perfect():
    assert Counts().row() == {"f1": 1.0, "precision": 1.0, "recall": 1.0, "gold": 0}


def test_macro_f1_counts_an_absent_label_as_perfect_and_a_missing_answer_as_wrong():
    assert macro_f1([("plot", ""), ("plot", "plot")], ["plot", "meta"]) == pytest.approx((2 / 3 + 1) / 2)


def test_average_precision_treats_equal_scores_as_one_step():
    one_way = average_precision([(0.5, True), (0.5, False)])
    assert one_way == average_precision([(0.5, False), (0.5, True)]) == 0.5


def test_average_precision_is_the_base_rate_when_all_scores_are_equal():
    assert average_precision([(0.0, number % 4 == 0) for number in range(100)]) == pytest.approx(0.25)


def test_average_precision_with_nothing_to_find():
    assert average_precision([(0.5, False)]) == average_precision([]) == 1.0


def test_overlap_of_spans_that_only_touch_is_none():
    assert overlap((0, 5), (5, 9)) == 0.0
    assert overlap((0, 4), (0, 4)) == 1.0


def test_matches_use_each_span_once_and_need_half_in_common():
    assert matches([((0, 10), "a"), ((0, 9), "a")], [((0, 10), "a")]) == 1
    assert matches([((0, 10), "a")], [((0, 10), "b")]) == 0
    assert matches([((0, 10), "a")], [((5, 15), "a")]) == 0
    assert matches([((0, 10), "a")], [((0, 5), "a")]) == 1


def test_segment_with_most_in_common_wins_and_the_first_of_equals():
    parts = [
        Segment(start=start, end=end, role="plot", polarity="neutral", spoiler=0.0)
        for start, end in ((0, 10), (10, 20), (20, 40))
    ]
    assert segment_at(parts, 5, 15) is parts[0]
    assert segment_at(parts, 8, 20) is parts[1]
    assert segment_at(parts, 40, 50) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [("Mr. Derbez", "DERBEZ"), ("Gael García Bernal", "Gael Garcia-Bernal"), ("The Joker", "joker")],
)
def test_one_name_written_two_ways(one, other):
    assert name_key(one) == name_key(other) != ""


def test_relations_told_from_either_side_are_one():
    assert relation_key("Rosario", "parent of", "Carlitos") == relation_key("Carlitos", "child of", "Rosario")
    assert relation_key("B", "spouse of", "A") == relation_key("A", "spouse of", "B")
    assert relation_key("B", "kills", "A") != relation_key("A", "kills", "B")


@pytest.mark.parametrize("measure", [calibration_error, adaptive_calibration_error])
def test_calibration_error_of_honest_and_of_boastful_predictions(measure):
    honest = [(p, number < p * 100) for p in (0.25, 0.75) for number in range(100)]
    assert measure(honest) == pytest.approx(0.0)
    assert measure([(1.0, False)] * 5 + [(1.0, True)] * 5) == pytest.approx(0.5)
    assert measure([]) == 0.0


def test_calibration_error_weighs_bins_by_their_size():
    # Three in the bin (0.1, 0.2], 0.2 off in sum; one in (0.9, 1.0], perfect.
    predictions = [(0.2, False), (0.2, False), (0.2, True), (1.0, True)]
    assert calibration_error(predictions) == pytest.approx(abs(0.6 - 1) / 4)


def test_calibration_bins_are_open_below_and_closed_above():
    # In one bin the two gaps cancel; across the edge at 0.1 they add up.
    assert calibration_error([(0.05, True), (0.1, False)]) == pytest.approx(0.85 / 2)
    assert calibration_error([(0.1, True), (0.11, False)]) == pytest.approx((0.9 + 0.11) / 2)


def test_equal_probabilities_never_part():
    # All-equal predictions at the true rate are perfect, whatever their order.
    assert adaptive_calibration_error([(0.3, number < 3) for number in range(10)]) == pytest.approx(0.0)
