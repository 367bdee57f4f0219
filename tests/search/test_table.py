"""The table of a library so large that vectors have cells: what is near is found, and nothing old is left on disk."""

import numpy as np
import pyarrow as pa
import pytest

from pullquote.search import table
from pullquote.search.ask import _CELLS

ROWS, WIDTH = table.VECTOR_INDEX_FROM, 32


def made(first, rows):
    """Rows ``first`` and on: each a sentence of its own number, its vector drawn by chance."""
    vectors = np.random.default_rng(first).standard_normal((rows, WIDTH)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    numbers = np.arange(first, first + rows)
    columns = {
        "review": numbers, "segment": np.zeros(rows, np.int32), "words": [f"sentence {n}" for n in numbers],
        "role": ["plot" if n % 50 else "meta" for n in numbers], "polarity": ["neutral"] * rows,
        "veiled": [False] * rows, "stars": pa.nulls(rows, pa.float64()), "written": pa.nulls(rows, pa.date32()),
        "source": np.ones(rows, np.int64), "opinions": [[]] * rows, "people": [[]] * rows,
        "claims": [b"\x98"] * rows,
        "vector": pa.FixedSizeListArray.from_arrays(pa.array(vectors.astype(np.float16).ravel()), WIDTH),
    }  # fmt: skip
    return pa.table(columns).cast(table.schema(WIDTH)), vectors


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """A folder with a table of many sentences, indexed; and their vectors."""
    folder = tmp_path_factory.mktemp("large")
    rows = table.create(folder, WIDTH)
    parts = [made(first, ROWS // 5) for first in range(0, ROWS, ROWS // 5)]
    for part, _ in parts:
        rows.add(part)
    assert table.indexed(rows) == ROWS
    return folder, np.concatenate([vectors for _, vectors in parts])


def nearest(rows, vector, condition=None):
    asked = rows.search(vector, vector_column_name="vector").distance_type("l2")
    asked = asked.minimum_nprobes(_CELLS).maximum_nprobes(0 if condition else _CELLS)
    asked = asked.select(["review", "_distance"]).limit(10)
    return (asked.where(condition, prefilter=True) if condition else asked).to_arrow()["review"].to_pylist()


def test_the_cells_bring_what_is_nearest(large):
    folder, vectors = large
    rows = table.opened(folder)
    assert "IvfRq" in {index.index_type for index in rows.list_indices()}
    right = 0
    for number in range(0, ROWS, ROWS // 20):
        exact = np.argsort(-(vectors @ vectors[number]))[:10]
        found = nearest(rows, vectors[number])
        assert found[0] == number
        right += len(set(found) & set(exact.tolist()))
        assert all(review % 50 == 0 for review in nearest(rows, vectors[number], "role = 'meta'"))
    assert right > 150


def test_each_sentence_is_on_disk_once(large):
    folder, _ = large
    data = sum(file.stat().st_size for file in (folder / "sentences.lance" / "data").iterdir())
    assert ROWS * WIDTH * 2 < data < 2 * ROWS * WIDTH * 2


def test_what_comes_later_is_in_the_cells_too(large):
    folder, _ = large
    rows = table.opened(folder)
    more, vectors = made(ROWS, 100)
    rows.add(more)
    assert table.indexed(rows, ROWS) == ROWS
    [stats] = [rows.index_stats(i.name) for i in rows.list_indices() if i.columns == ["vector"]]
    assert (stats.num_indexed_rows, stats.num_unindexed_rows) == (ROWS + 100, 0)
    assert nearest(rows, vectors[7])[0] == ROWS + 7
