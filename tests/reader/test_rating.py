"""Stated ratings: how they are written, what is none, and that no text stalls the search."""

import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pullquote.reader.notations import WAYS, grade
from pullquote.reader.rating import stated_rating
from pullquote.text import document

_CASES = json.loads((Path(__file__).parent / "rating_cases.json").read_text("utf-8"))
_PIECES = [
    "8", "/", "10", " out of ", "stars", "***", "½", "ten", "Rating: ", "I give it a ", "B+", "\n", "<br />", ".",
    "★☆", "İ", "one", " a ", "an ", " of ", " from ", "rated", "RATED ", "gets", "settled on ", "definite ", "A", "F-",
    '"', " score ", "%", "1/2", " and a half", "-plus", "*", " ", "gave ", "- ",
]  # fmt: skip


@pytest.mark.parametrize(("raw", "text", "value", "scale"), _CASES, ids=[case[0][:40] for case in _CASES])
def test_cases(raw: str, text: str | None, value: float | None, scale: float | None) -> None:
    found = stated_rating(document(raw))
    assert (found and (found.text, found.value, found.scale)) == (text and (text, value, scale))


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(_PIECES) | st.text(max_size=5), max_size=30).map("".join))
def test_the_text_is_what_stands_at_the_span(raw: str) -> None:
    found = stated_rating(document(raw))
    if found is not None:
        assert raw[found.start : found.end] == found.text
        assert found.value is None or found.value >= 0
        assert found.value is None or found.scale is None or found.value <= found.scale


@settings(deadline=None)
@given(st.lists(st.sampled_from(_PIECES) | st.text(max_size=3), max_size=20).map("".join))
def test_every_match_has_what_its_way_of_writing_needs(text: str) -> None:
    low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    for way in WAYS:
        source = text if way.read is grade else low
        if way.pattern.search(source) is not None:
            assert way.needs is None or way.needs.search(source) is not None
            assert not way.hooks or any(hook in low for hook in way.hooks)


def test_letters_that_grow_in_lower_case_do_not_shift_the_span() -> None:
    found = stated_rating(document("İİİ is great. 8/10"))
    assert found is not None
    assert found.text == "8/10"


def test_a_list_of_thousands_of_scores_is_no_rating() -> None:
    assert stated_rating(document("8/10\n" * 2000)) is None


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "*",
        "* ",
        "give ",
        "rating for ",
        "***** aa ",
        "A-",
        "my scale of ",
        "no ",
        "out of ",
        "star ",
        "/ ",
        "gave a ",
        "on ",
        "a one ",
    ],
)
def test_time_grows_with_length_only(piece: str) -> None:
    def seconds(length: int) -> float:
        doc = document(piece * (length // len(piece)))
        started = time.process_time()
        stated_rating(doc)
        return time.process_time() - started

    assert seconds(40_000) < 20 * seconds(4_000) + 0.5
