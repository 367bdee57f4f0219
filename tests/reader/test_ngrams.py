"""N-grams are found by their checksums, each once a review, in whatever company the review comes."""

from itertools import pairwise
from zlib import crc32

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pullquote.reader.ngrams import NGrams, ngram_keys

_FORMS = st.lists(
    st.sampled_from(["a", "waste", "of", "time", "Time", "!", "\ud800"]) | st.text(min_size=1), max_size=30
)


def _grams(forms):
    words = [form.lower() for form in forms]
    triples = zip(words, words[1:], words[2:], strict=False)
    return {*words, *map(" ".join, pairwise(words)), *map(" ".join, triples)}


def _key(gram):
    return crc32(gram.encode("utf-8", "surrogatepass"))


def _model(weights):
    """A model that knows these n-grams, with the weights for favourable and stars."""
    known = sorted((_key(gram), weight) for gram, weight in weights.items())
    keys = np.array([key for key, _ in known], dtype=np.uint32)
    values = np.array([weight for _, weight in known], dtype=np.float16).reshape(-1, 2)
    return NGrams(keys, values, np.array([0.5, -0.25], dtype=np.float32))


@given(_FORMS)
def test_keys_are_the_checksums_of_the_distinct_ngrams(forms):
    assert ngram_keys(forms).tolist() == sorted({_key(gram) for gram in _grams(forms)})


def test_a_long_word_has_its_checksum_too():
    forms = ["so", "a" * 1000, "b" * 33, "end"]
    assert set(ngram_keys(forms).tolist()) == {_key(gram) for gram in _grams(forms)}


def test_known_ngrams_count_once():
    model = _model({"waste of time": (-2.0, -1.0), "time": (0.25, 0.0), "fun": (3.0, 3.0)})
    assert model.scores("A waste of time Time time".split()) == (-1.25, -1.25)
    assert model.scores(["nothing"]) == model.scores([]) == (0.5, -0.25)
    assert _model({}).scores("a waste of time".split()) == (0.5, -0.25)


@given(_FORMS, st.data())
def test_scores_are_sums_over_what_is_known(forms, data):
    grams = sorted(_grams(forms), key=_key)
    known = data.draw(st.lists(st.sampled_from(grams), unique_by=_key)) if grams else []
    model = _model({gram: (number + 1, -number) for number, gram in enumerate(known)})
    expected = (0.5 + sum(range(1, len(known) + 1)), -0.25 - sum(range(len(known))))
    assert model.scores(forms) == expected


@given(st.lists(_FORMS, max_size=6))
def test_company_changes_no_score(reviews):
    grams = {gram for forms in reviews for gram in _grams(forms)}
    spread = {gram: (_key(gram) % 2001 / 1000 - 1, _key(gram) % 1999 / 7000) for gram in grams}
    model = _model({gram: spread[gram] for gram in {_key(g): g for g in sorted(grams)}.values()})
    assert model.scores_many(reviews) == [model.scores(forms) for forms in reviews]
