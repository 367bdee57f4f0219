"""A review is refused as empty exactly where nothing is left of it to read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullquote import EmptyReview
from pullquote.reader.limits import check
from pullquote.text import clean_text

_PIECES = [
    "<", ">", "<br />", "<!-- -->", "&nbsp;", "&amp;", "&", "\u200b", "\u201c", "`", ".", "(", "#", " ", "\n",
    "\0", "a",
]  # fmt: skip


@given(st.lists(st.sampled_from(_PIECES) | st.text(max_size=2), max_size=8).map("".join))
def test_only_what_cleans_to_nothing_is_empty(text: str) -> None:
    if text.strip() and clean_text(text.strip()).text.strip():
        check(text)
    else:
        with pytest.raises(EmptyReview):
            check(text)
