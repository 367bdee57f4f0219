"""What is refused before any reading starts."""

import pytest

from pullquote.errors import EmptyReview, ReviewTooLong
from pullquote.reader.limits import check


@pytest.mark.parametrize("text", ["", " \n\t", "<br /><p></p>", "\u200b\ufeff", "&nbsp;", "\u3000"])
def test_nothing_to_read(text):
    with pytest.raises(EmptyReview, match="empty"):
        check(text)


@pytest.mark.parametrize("text", ["a", "7", "!", "<b>Wow</b>", "&amp;", "\u201cWow\u201d", "好"])
def test_something_to_read(text):
    check(text)


def test_the_limit_itself_is_let_pass_and_the_message_says_how_to_raise_it():
    check("x" * 10, 10)
    with pytest.raises(ReviewTooLong, match=r"11 characters .*--max-chars"):
        check("x" * 11, 10)
