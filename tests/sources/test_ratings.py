"""Scores on every scale become stars from 1 to 10, or honestly none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullquote.sources.ratings import LETTER_STARS, guessed_scale, parse, stars
from pullquote.sources.record import Rating


@pytest.mark.parametrize(
    ("words", "value", "scale", "got"),
    [
        ("3.5/5", 3.5, 5, 7),
        ("8/10", 8, 10, 8),
        ("7,5 / 10", 7.5, 10, 7.5),
        ("3 out of 4 stars", 3, 4, 7.5),
        ("3 1/2 stars out of 5", 3.5, 5, 7),
        ("2½/4", 2.5, 4, 6.25),
        ("85%", 85, 100, 8.5),
        ("78", 78, 100, 7.8),
        ("0/5", 0, 5, 1),
        ("★★★½☆", 3.5, 5, 7),
        ("★★★★★", 5, 5, 10),
        ("8 stars", 8, 10, 8),
        ("Rating: 6/10", 6, 10, 6),
    ],
)
def test_a_score_that_tells_its_scale(words, value, scale, got):
    assert parse(words) == Rating(words, value, scale, got)
    assert parse(words, 20) == parse(words) or words == "78"


@pytest.mark.parametrize(("words", "value"), [("4", 4), ("4 stars", 4), ("★★★½", 3.5), ("10", 10), ("0.5", 0.5)])
def test_a_bare_score_up_to_ten_is_of_an_unknown_scale_unless_that_is_told(words, value):
    assert parse(words) == Rating(words, value)
    assert parse(words, 10) == Rating(words, value, 10, max(1, value))


@pytest.mark.parametrize(
    ("words", "got"), [("A+", 10), ("A", 10), ("B+", 8.333), ("b -", 6.667), ("C−", 4.167), ("F", 1)]
)
def test_letters_are_spread_evenly(words, got):
    rating = parse(words)
    assert rating is not None
    assert (rating.given, rating.value, rating.scale) == (words, None, None)
    assert rating.stars == pytest.approx(got, abs=0.001)


def test_letters_keep_their_order():
    order = ["A", "A-", "B+", "B", "B-", "C+", "C", "C-", "D+", "D", "D-", "F+", "F"]
    assert sorted(order, key=lambda letter: -LETTER_STARS[letter]) == order


@pytest.mark.parametrize("words", ["", " ", "N/A", "nan", "None", "-", "\\N"])
def test_no_score(words):
    assert parse(words) is None


@pytest.mark.parametrize("words", ["20/10", "-3", "1/2", "9/11/2001", "thumbs up", "H", "a fine film " * 20, "101"])
def test_what_is_no_score_is_kept_to_the_letter_alone(words):
    assert parse(words) == Rating(words)


def test_a_score_beyond_the_scale_that_is_told_has_no_stars():
    assert parse("8", 5) == Rating("8")


@given(st.text(max_size=70) | st.from_regex(r"[-0-9./, ★☆½*%]{0,12}", fullmatch=True), st.none() | st.floats(0.1, 1000))
def test_any_words_are_a_rating_or_none(words, scale):
    rating = parse(words, scale)
    if rating is None:
        return
    assert rating.given == words
    assert rating.stars is None or 1 <= rating.stars <= 10
    if rating.scale is not None:
        assert rating.value is not None
        assert 0 <= rating.value <= rating.scale


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0.5, 1000))
def test_more_of_the_scale_is_never_fewer_stars(one, other, scale):
    low, high = sorted((one * scale, other * scale))
    assert stars(low, scale) <= stars(high, scale)


@given(st.lists(st.text(max_size=8), max_size=9))
def test_a_scale_is_guessed_or_not(column):
    assert guessed_scale(column) in (None, 10.0, 100.0)
