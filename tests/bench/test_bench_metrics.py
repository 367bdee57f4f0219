"""The measures of the comparison, on cases worked by hand."""

import pytest

pytest.importorskip("numpy")
from metrics import accuracy, calibration_error, mean_absolute_error, wilson
from table import markdown


def test_accuracy_and_stars():
    assert accuracy([True, False, True, True], [1, 0, 0, 1]) == 0.75
    assert mean_absolute_error([8.0, 3.5], [10, 3]) == 1.25


def test_calibration_error_weighs_bins_by_size():
    # Three reviews at 0.9, all favourable: off by 0.1; one at 0.1, favourable too: off by 0.9.
    assert calibration_error([0.9, 0.9, 0.9, 0.1], [1, 1, 1, 1]) == pytest.approx((3 * 0.1 + 0.9) / 4)


def test_certain_probabilities_have_a_bin():
    assert calibration_error([1.0, 0.0], [1, 0]) == 0.0


def test_interval_holds_its_share():
    low, high = wilson(1.0, 20)
    assert low < 1.0 <= high + 1e-9


def test_table_is_aligned():
    lines = markdown(["reader", "F1"], [["a longer name", "0.5"]]).splitlines()
    assert len({len(line) for line in lines}) == 1
