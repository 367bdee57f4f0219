"""What is refused before any reading starts: reviews without words, reviews beyond the limit."""

from __future__ import annotations

import string

from ..errors import EmptyReview, ReviewTooLong
from ..text.clean import clean_text

#: Longest review read unless told otherwise, in characters: some fifteen times the longest of
#: 75,000 reviews; full of names, such a text takes 1.5 GB of memory.
MAX_CHARS = 200_000
#: Signs that stay when a text is cleaned.
_VISIBLE = frozenset(string.punctuation) - {"<", "&"}


def check(text: str, max_chars: int = MAX_CHARS) -> None:
    """Let ``text`` pass if a reader can read it; lengths count Unicode code points.

    Raises:
        EmptyReview: if nothing but white space, tags or invisible characters is there.
        ReviewTooLong: if it is longer than ``max_chars``.

    >>> check("Great fun.")
    >>> check("<br /> ")
    Traceback (most recent call last):
    pullquote.errors.EmptyReview: the review is empty: it holds no words to read
    """
    if len(text) > max_chars:
        raise ReviewTooLong(
            f"the review is {len(text):,} characters long and the limit is {max_chars:,}; "
            "split it, or raise the limit (--max-chars on the command line, max_chars in Python)"
        )
    words = text.strip()
    # Only a review that starts with none of these can be all tags, so most need no cleaning here.
    if not words or not (words[0].isalnum() or words[0] in _VISIBLE or clean_text(words).text.strip()):
        raise EmptyReview("the review is empty: it holds no words to read")
