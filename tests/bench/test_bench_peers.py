"""Each peer learns from a handful of plain reviews and tells good from bad."""

from itertools import cycle, islice

import pytest

pytest.importorskip("pyarrow")
from split import Fold

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
