"""Documents and what tests of several forms need."""

from functools import cache

import pytest
from hypothesis import strategies as st

from pullquote.export import document
from pullquote.library.write import now

from ..library.made import TEXT, read

#: Openings of any kind, signs beyond 16 bits among them.
openings = st.text(st.characters(exclude_categories=["Cs"]), max_size=40) | st.sampled_from(["🎬" * 5, "\r\n\t🎬 "])


def made(opening):
    """A document whose spans stand behind ``opening``."""
    one = read("x", text=opening + TEXT)
    return document.Document(7, "0f" * 16, "made:1", None, one.record.text, now(), one.reading)


@cache
def english():
    """spaCy's plain English, made once."""
    return pytest.importorskip("spacy").blank("en")


def texts(store):
    return dict(store.connection.execute("SELECT review, text FROM reviews").fetchall())
