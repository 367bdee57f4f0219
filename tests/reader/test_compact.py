"""The compact encoder: its feed, and that a review's vectors are its own."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from pullquote import Reader
from pullquote.reader.compact import PARTS, token_feed, token_feeds
from pullquote.reader.shipped import load

REVIEWS = [
    ("a", "A slow start, but Anna Weiss is superb as the teacher. See it!"),
    ("b", "Dreadful."),
    ("c", "Peter Lorn directs Sally Hart in 'The Lamp'. " * 40),
    ("d", "Schwarzenbergerstein plays a policeman; his wife knows, and the ending is no surprise to anybody."),
]
TOKENS = st.lists(st.lists(st.integers(1, 30_000), min_size=1, max_size=7).map(tuple), min_size=1, max_size=30)


@given(TOKENS)
def test_a_feed_holds_the_first_pieces_of_every_token(pieces: list[tuple[int, ...]]):
    feed = token_feed(pieces, [3] * len(pieces))
    rebuilt = [[int(first)] for first in feed["first"]]
    for piece, (token,) in zip(feed["more"].tolist(), feed["at"].tolist(), strict=True):
        rebuilt[token].append(piece)
    assert [tuple(row) for row in rebuilt] == [p[:PARTS] for p in pieces]
    assert feed["shapes"].tolist() == [3] * len(pieces)


@given(st.lists(TOKENS, min_size=1, max_size=4))
def test_feeds_made_together_are_those_of_each_review(reviews: list[list[tuple[int, ...]]]):
    written = [(pieces, list(range(len(pieces)))) for pieces in reviews]
    for together, review in zip(token_feeds(written), written, strict=True):
        for name, alone in token_feed(*review).items():
            np.testing.assert_array_equal(together[name], alone)
            assert together[name].dtype == alone.dtype and together[name].shape == alone.shape


@settings(max_examples=15, deadline=None)
@given(st.lists(st.lists(st.integers(1, 30_000), min_size=1, max_size=5).map(tuple), min_size=1, max_size=60))
def test_a_review_is_encoded_the_same_beside_any_other(pieces: list[tuple[int, ...]]):
    encoder = load("compact").encoder
    other = [(2000 + i,) for i in range(90)]
    alone = encoder.states([(pieces, [1] * len(pieces))])
    beside = encoder.states([(other, [2] * 90), (pieces, [1] * len(pieces)), (other, [1] * 90)])
    assert alone.shape == (len(pieces), beside.shape[1])
    np.testing.assert_array_equal(beside[90 : 90 + len(pieces)], alone)


def test_readings_are_the_same_one_by_one_and_together():
    reader = Reader("compact")
    together = [r.to_json() for r in reader.read_many(REVIEWS)]
    assert [reader.read(text, id=id).to_json() for id, text in REVIEWS] == together
    turned = [r.to_json() for r in reader.read_many(REVIEWS[::-1])]
    assert turned[::-1] == together


def test_its_claims_quote_the_review():
    reader = Reader("compact")
    for id, text in REVIEWS:
        reading = reader.read(text, id=id)
        assert reading.check(text) == []
        assert reading.model.startswith("compact/")
    assert reader.read(REVIEWS[0][1]).verdict.recommend == "yes"
    assert any(m.name == "Anna Weiss" and m.type == "PERSON" for m in reader.read(REVIEWS[0][1]).mentions)


def test_passes_are_one_a_review():
    passes = Reader("compact").passes([text for _, text in REVIEWS])
    assert len(passes) == len(REVIEWS)
    docs = [doc for doc, _ in Reader("compact").encoded(REVIEWS)]
    assert [len(run()) for run in passes] == [len(doc.tokens) for doc in docs]
