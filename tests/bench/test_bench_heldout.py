"""The held-out films: disjoint, whole, the same every time."""

from pathlib import Path

import pytest

from pullquote.training.heldout import heldout

FILMS = [f"tt{i // 3:04}" for i in range(300)]
GOLD = {"tt0001", "tt0002"}


def test_parts_are_disjoint_large_enough_and_without_gold():
    test, tune = heldout(FILMS, GOLD, test=50, tune=20)
    assert not test & tune
    assert not (test | tune) & GOLD
    assert 50 <= sum(f in test for f in FILMS) < 53
    assert 20 <= sum(f in tune for f in FILMS) < 23


def test_order_of_rows_does_not_matter():
    assert heldout(FILMS, GOLD, test=50, tune=20) == heldout(FILMS[::-1], sorted(GOLD), test=50, tune=20)


def test_too_few_reviews_are_refused():
    with pytest.raises(ValueError, match="needed"):
        heldout(FILMS, GOLD, test=290, tune=20)


def test_folds_share_no_film_and_no_text(tmp_path: Path):
    pa = pytest.importorskip("pyarrow")
    import pyarrow.parquet as pq
    from split import load_folds

    count = 6000
    films = [f"tt{i // 2:05}" for i in range(count)]
    test, _ = heldout(films, ["tt00000"])
    texts = [f"Review<br /><br />{i}" for i in range(count)]
    held, other = next(i for i in range(count) if films[i] in test), 0
    texts[other] = texts[held]
    (tmp_path / "data").mkdir()
    (tmp_path / "gold").mkdir()
    columns = {"label": [i % 2 for i in range(count)], "rating": [1] * count, "film": films, "text": texts}
    pq.write_table(pa.table(columns), tmp_path / "data" / "imdb_train.parquet")
    for name in ("train", "dev"):
        (tmp_path / "gold" / f"{name}.jsonl").write_text('{"film_id": "tt00000"}\n')
    folds = load_folds(tmp_path)
    assert len(folds.test) == 2500
    assert len(folds.train) + len(folds.tune) + len(folds.test) == count - 1
    assert not set(folds.test.texts) & set(folds.train.texts + folds.tune.texts)
    assert folds.test.texts[0].startswith("Review\n\n")
