"""Where a review may name a film."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullquote.catalogue.keys import key
from pullquote.catalogue.spans import plain, spans, written

from .reviews import reading

WORDS = st.sampled_from(
    ["The", "harbour", "Glass", "NIGHT", "of", "and", '"', "'", "(1962)", ".", "\n", "<br />", "&amp;", "Élan", "it's",
     "Mr.", "II", "*", "--", "!", "a\u0301"]
)  # fmt: skip


def found(text: str) -> set[str]:
    return {text[s.start : s.end] for s in written(plain(text))}


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("I saw The Glass Harbour last night.", "The Glass Harbour"),
        ("we saw the Glass Harbour again", "Glass Harbour"),
        ('it is called "salt and iron", no less', "salt and iron"),
        ("WINTER BREAD is short.", "WINTER BREAD"),
        ("Then The Keeper of the Lamp came.", "The Keeper of the Lamp"),
        ("It was Nightwater II.<br /><br />Dull.", "Nightwater II"),
        ("A film by Dr. Falk called Élan.", "Élan"),
        ("loved 'The Boat', hated it", "The Boat"),
    ],
)
def test_titles_in_capitals_and_quotes_are_seen(text, title):
    assert title in found(text)


def test_a_title_does_not_run_over_a_sentence_or_a_bracket():
    assert not {"Harbour Night", "Salt Iron"} & {
        " ".join(words.replace(".", " ").replace("(", " ").split()) for words in found("I saw Harbour. Night fell.")
    }
    assert "Salt (Iron" not in found("Salt (Iron)")


def test_where_all_is_in_capitals_capitals_say_nothing():
    assert found("THIS IS THE WORST HARBOUR FILM OF THEM ALL") == set()


def test_what_the_reader_claims_is_there_once_with_its_confidence():
    text = 'I liked "Salt and Iron" very much.'
    (span,) = [s for s in spans(reading(text, film="Salt and Iron", confidence=0.8), text) if s.key == "saltiron"]
    assert (span.by, span.confidence, span.marked) == ("film", 0.8, True)


@given(st.lists(WORDS, max_size=40))
def test_spans_lie_in_the_text_and_have_its_words(pieces):
    text = " ".join(pieces)
    assert len(plain(text)) == len(text)
    for span in written(plain(text)):
        assert 0 <= span.start < span.end <= len(text)
        assert key(plain(text)[span.start : span.end])[0] == span.key
