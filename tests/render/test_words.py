"""What is shown of a text."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from pullquote.render.words import visible

HIDDEN = {"Cc", "Cf", "Cs", "Cn"}


@given(st.text(st.characters()))
def test_what_cannot_be_seen_goes_and_all_else_stays(text):
    kept = [c for c in text if c == "\n" or unicodedata.category(c) not in HIDDEN]
    assert list(visible(text)) == kept


@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs"])).map(lambda text: f"{text}\n{text}"))
def test_plain_texts_stay_as_they_are(text):
    assert visible(text) == text
