"""The words around titles."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pullquote.catalogue.context import context, surroundings
from pullquote.catalogue.spans import Span, plain, written


def spans(text: str, title: str) -> list[Span]:
    return [s for s in written(plain(text)) if text[s.start : s.end] == title]


def test_quotes_around_the_title_are_passed_over():
    bare, quoted = "better than Winter Bread, no doubt", 'better than "Winter Bread", no doubt'
    (one,), (other, *_) = spans(bare, "Winter Bread"), spans(quoted, "Winter Bread")
    assert context(bare, one) == context(quoted, other)
    assert {"b1 than", "b2 better", "b12 than better", "a1 ,", "a2 no"} <= set(context(bare, one))


def test_the_ends_of_the_text_are_marked_and_numbers_are_alike():
    text = "Winter Bread 1965"
    (span,) = spans(text, "Winter Bread")
    assert {"b1 ^", "a1 0", "a2 $"} <= set(context(text, span))


def test_each_place_has_its_share_and_the_first_counts_once_more():
    text = "Winter Bread is dull. I left Winter Bread early."
    shares: dict[str, float] = {}
    for word, share in surroundings(text, spans(text, "Winter Bread")):
        shares[word] = shares.get(word, 0.0) + share
    assert (shares["a1 is"], shares["a1 early"], shares["first a1 is"]) == (0.5, 0.5, 1.0)
    assert "first a1 early" not in shares


@given(st.lists(st.sampled_from(['"', "Salt", "and", "Iron", ".", "’", "12", "\n", "é", "("]), max_size=30))
def test_any_text_has_a_context(pieces):
    text = " ".join(pieces)
    for span in written(plain(text)):
        assert all(" " in one for one in context(text, span))
