"""Sentence vectors: one sentence alone or among others gives the same, and damage is noticed."""

import shutil

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pullquote.errors import ModelError
from pullquote.search.sentence import SHIPPED, WEIGHTS, load, shipped
from pullquote.text.clean import clean_text
from pullquote.text.tokens import tokens


@settings(deadline=None)
@given(st.lists(st.text(max_size=40), max_size=8))
def test_each_vector_is_its_own_sentence_and_of_unit_length(texts):
    sentences = shipped()
    together = sentences.vectors(texts)
    assert together.shape == (len(texts), sentences.width)
    for text, vector in zip(texts, together, strict=True):
        np.testing.assert_allclose(vector, sentences.vectors([text])[0], atol=1e-6)
        assert np.linalg.norm(vector) == pytest.approx(1 if sentences.pieces(text) else 0, abs=1e-5)


# Plain words and signs, and each kind of what is not plain: what cleaning changes, joins or drops, and other letters.
WRITTEN = st.lists(
    st.sampled_from(
        ["Acting", "wooden", "8_1", "don't", " ", "\n", "!?", "#@$", "&amp;", "<br>", "`", "\t", "\x07", "…", "é"]
    )
)


@settings(deadline=None)
@given(st.one_of(st.text(), WRITTEN.map("".join)))
def test_the_quick_cut_of_plain_sentences_is_that_of_all(text):
    sentences = shipped()
    words = sentences._wordpieces
    slow = [piece for pieces in words.cut(tokens(clean_text(text)).forms) for piece in pieces]
    assert sentences.pieces(text) == [piece for piece in slow if piece != words.unknown]


def test_many_pieces_are_summed_in_parts():
    sentences = shipped()
    texts = [f"{'the acting was wooden ' * 900}{word}" for word in ("ship", "bread", "glass", "rust")] * 5
    np.testing.assert_allclose(
        sentences.vectors(texts), np.stack([sentences.vectors([t])[0] for t in texts]), atol=1e-5
    )


def test_like_meaning_is_near():
    near, asked, far = shipped().vectors(["The performances are superb", "wonderful acting", "the train to Leeds"])
    assert asked @ near > 0.2 > asked @ far


def test_damage_is_noticed(tmp_path):
    folder = tmp_path / "sentence"
    shutil.copytree(SHIPPED, folder)
    assert load(folder).label == shipped().label
    data = bytearray((folder / WEIGHTS).read_bytes())
    data[-1] ^= 1
    (folder / WEIGHTS).write_bytes(data)
    with pytest.raises(ModelError, match="damaged"):
        load(folder)
    with pytest.raises(ModelError):
        load(tmp_path / "nowhere")
