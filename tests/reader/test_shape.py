"""What capitals and quotation marks say survives; what shouting says does not."""

from hypothesis import given
from hypothesis import strategies as st

from pullquote.reader.shape import SHAPES, UNKNOWN, shapes


def test_case_is_told_apart():
    codes = shapes(["I", "saw", "Hope", "and", "hope", "in", "NASA", "McCoy", "1999", "-"])
    assert len({codes[i] for i in (1, 2, 6, 7, 8, 9)}) == 6
    assert codes[1] == codes[3] == codes[4]


def test_a_capital_after_a_full_stop_is_no_news():
    codes = shapes(["so", "Hope", ".", "Hope"])
    assert codes[1] != codes[3]


def test_quoted_words_are_marked_and_long_quotations_are_not_titles():
    codes = shapes(["saw", '"', "Up", '"', "then"])
    assert codes[2] != shapes(["saw", "the", "Up"])[2]
    assert codes[4] == 1
    assert shapes(['"', *["so"] * 30])[-1] == 1


def test_shouting_hides_case():
    assert set(shapes("THIS FILM IS SO BAD it".split())) == {UNKNOWN}


@given(st.lists(st.text(min_size=1, max_size=8), max_size=40))
def test_codes_fit_the_embedding(forms):
    codes = shapes(forms)
    assert len(codes) == len(forms)
    assert all(0 <= code < SHAPES for code in codes)
