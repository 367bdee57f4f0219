"""Whatever signs a review is written in, answers are its words at their spans."""

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pullquote.library.rows import Read
from pullquote.library.store import Store
from pullquote.library.write import add
from pullquote.reading import Opinion, Reading, Segment, Verdict
from pullquote.search.index import build
from pullquote.sources.record import Record

from .conftest import ask_in

# Signs of one to four bytes, combining ones, joined ones, white space, and what means something to query languages.
SIGNS = st.text(st.sampled_from("aé ß'\"\\%\u0301\u200d👩🚀𝔘映\n\t<>&;-"), max_size=12)


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(SIGNS, SIGNS), min_size=1, max_size=5))
def test_words_and_quotes_equal_the_text_at_their_spans(around):
    text, segments, opinions = "", [], []
    for before, after in around:
        start = len(text) + len(before)
        words = f"keyword{after}."
        segments.append(Segment(start=start, end=start + len(words), role="opinion", polarity="positive", spoiler=0.0))
        opinions.append(Opinion(start=start, end=start + 7, quote="keyword", aspect="overall", polarity="positive"))
        text += before + words + " "
    reading = Reading(
        id="a", segments=tuple(segments), opinions=tuple(opinions),
        verdict=Verdict(sentiment=0.5, stars=5.0, recommend="none"),
    )  # fmt: skip
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "spans.duckdb", write=True) as store:
        add(store, [Read("made", Record(text, "a", "made:1"), reading)])
        build(store)
        found = ask_in(store, "keyword", limit=50)
    assert len(found) == len(segments)
    for one in found:
        assert text[one.start : one.end] == one.words
        assert [text[q.start : q.end] for q in one.quotes] == ["keyword"]
