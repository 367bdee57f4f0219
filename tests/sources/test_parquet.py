"""Parquet tables: values of any type find their fields, and damage is named."""

import datetime as dt
import gzip

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pullquote.errors import InputError
from pullquote.sources.open import count, records
from pullquote.sources.record import Rating, Record

from .samples import put, read


@pytest.fixture
def file(tmp_path):
    table = pa.table({
        "review_id": pa.array([11, 12, None], pa.int64()),
        "content": pa.array(["One.", None, "Three \U0001f600."], pa.large_string()),
        "movie_title": pa.array(["The Lake", "x", "The Lake"]).dictionary_encode(),
        "stars": pa.array([4.0, 3.5, None]),
        "year": pa.array([1999, None, 2000], pa.int16()),
        "created_at": pa.array([dt.datetime(2005, 1, 16, 8), None, dt.datetime(2006, 1, 1)], pa.timestamp("us")),
        "votes": pa.array([[1], [2], []]),
    })  # fmt: skip
    path = tmp_path / "r.parquet"
    pq.write_table(table, path, row_group_size=2)
    return path


def test_values_find_their_fields(file):
    got, [failure] = read(file, scale=5)
    assert got[0] == Record(
        "One.", "11", f"{file}:1", title="The Lake", year=1999, rating=Rating("4", 4, 5, 8), date=dt.date(2005, 1, 16)
    )
    assert (got[1].id, got[1].text, got[1].rating) == ("r:3", "Three \U0001f600.", None)
    assert (failure.origin, failure.reason) == (f"{file}:2", "no text in `content`")
    assert count([str(file)]) == 3


def test_a_packed_table_is_the_same(file, tmp_path):
    plain = [(r.id, r.text) for r in read(file)[0]]
    assert [(r.id, r.text) for r in read(put(tmp_path / "r.parquet.gz", gzip.compress(file.read_bytes())))[0]] == plain


def test_columns_are_mapped_by_hand(file):
    assert [r.text for r in read(file, mapping={"text": "movie_title"})[0]] == ["The Lake", "x", "The Lake"]
    with pytest.raises(InputError, match=r"no column body .* found are: review_id, content"):
        records([str(file)], mapping={"text": "body"})


@pytest.mark.parametrize("content", [b"", b"id,text\n1,Good.\n", None])
def test_what_is_no_whole_table_is_refused_at_once(file, tmp_path, content):
    bad = put(tmp_path / "bad.parquet", file.read_bytes()[:-20] if content is None else content)
    with pytest.raises(InputError, match=r"bad\.parquet: no whole Parquet table"):
        records([bad])


def test_damage_inside_is_named(file, tmp_path):
    data = bytearray(file.read_bytes())
    data[4:60] = bytes(56)
    _, failures = read(put(tmp_path / "bad.parquet", bytes(data)))
    assert failures


def test_a_table_without_rows_is_said_to_be_that(tmp_path):
    pq.write_table(pa.table({"text": pa.array([], pa.string())}), tmp_path / "r.parquet")
    [failure] = records([str(tmp_path / "r.parquet")])
    assert "no reviews" in failure.reason
