"""Selected words lead to the same words of the raw review, whatever stands before them."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pullquote.errors import InputError
from pullquote.web.correcting.selection import laid, selected

PIECES = (
    "a", "b c", "é", "e\u0301", "🎬", "👩\u200d👧", " ", "\r\n", "\t", "<br />", "<b>", "&amp;", "&nbsp;", "\u202e",
    "\x07", "“", "<",
)  # fmt: skip
texts = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


@given(texts, st.data())
def test_a_selection_is_the_same_words_of_the_review(raw, data):
    page = laid(raw)
    start = data.draw(st.integers(0, len(page.text)))
    end = data.draw(st.integers(start, len(page.text)))
    words = page.text[start:end]
    if not words.strip():
        with pytest.raises(InputError, match="no words"):
            page.raw_span(start, end)
        return
    first, last = page.raw_span(start, end)
    assert 0 <= first < last <= len(raw)
    assert laid(raw[first:last]).text == words.strip()
    shown = page.shown_span(first, last)
    assert page.text[slice(*shown)] == words.strip()


@given(texts, st.data())
def test_what_was_selected_is_found_where_it_was_and_what_was_typed_in_order(raw, data):
    page = laid(raw)
    assume(page.text.strip())
    start = data.draw(st.integers(0, len(page.text) - 1))
    end = data.draw(st.integers(start + 1, len(page.text)))
    words = " ".join(page.text[start:end].split())
    assume(words)
    whole = (0, len(page.text))
    assert selected(page, words, (start, end), whole) == page.raw_span(start, end)
    first, last = selected(page, words, None, whole)
    assert " ".join(laid(raw[first:last]).text.split()) == words
    assert first <= page.raw_span(start, end)[0]


def test_the_second_of_equal_words_can_be_named():
    page = laid("<i>Max</i> and Max")
    assert selected(page, "Max", None, (0, 11), 2) == (15, 18)
    with pytest.raises(InputError, match="only 2 times"):
        selected(page, "Max", None, (0, 11), 3)


@pytest.mark.parametrize("words", ["", "  ", "Min", "x" * 3000, ".*"])
def test_words_that_are_not_there_are_refused(words):
    with pytest.raises(InputError):
        selected(laid("Max is here"), words, None, (0, 11))


def test_a_place_that_does_not_hold_the_words_is_not_believed():
    page = laid("Max saw Lily")
    assert selected(page, "Lily", (0, 3), (0, 12)) == (8, 12)
    assert selected(page, "Lily", (8, 99), (0, 12)) == (8, 12)
