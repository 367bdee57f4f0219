"""Sources and readings in object storage, as this package speaks to it."""

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pullquote.errors import ExportError, InputError
from pullquote.scale.inputs import find
from pullquote.scale.manifest import Done
from pullquote.scale.order import mark, order
from pullquote.scale.parts import Broken, parts
from pullquote.scale.reading import PartReader

from .made import table
from .store import running


@pytest.fixture
def store():
    with running() as store:
        yield store


@pytest.fixture
def filled(store, tmp_path):
    """A store with 45 reviews, in two tables in a folder."""
    store.objects["in/2020 best/a.jsonl"] = table(tmp_path / "a.jsonl", 30).read_bytes()
    sink = pa.BufferOutputStream()
    pq.write_table(pa.table({"review": [f"Good, take {n}." for n in range(15)]}), sink)
    store.objects["in/b.parquet"] = sink.getvalue().to_pybytes()
    return store


def told(store):
    return order(store.address("out"), model=None, max_chars=200_000, mapping={}, scale=None, part=20)


def test_tables_are_read_from_storage_and_readings_put_there(filled):
    mine = told(filled)
    mark(mine)
    found = find([filled.address("in")], mine.output, "/").tables
    assert [(one.origin, one.name) for one in found] == [
        ("s3://films/in/2020 best/a.jsonl", "2020 best/a"), ("s3://films/in/b.parquet", "b"),
    ]  # fmt: skip
    reader = PartReader(mine)
    entries = [reader.read(part).entry for one in found for part in parts(one, mine, frozenset())]
    assert [(one.input, one.rows, one.failed) for one in entries] == [
        ("s3://films/in/2020 best/a.jsonl", 20, 0), ("s3://films/in/2020 best/a.jsonl", 10, 0),
        ("s3://films/in/b.parquet", 15, 0),
    ]  # fmt: skip
    done = Done(mine.place)
    assert all(done.whole(one) for one in found)
    data = filled.objects[f"out/readings/{entries[2].part}.parquet"]
    assert pq.read_table(pa.BufferReader(data))["id"].to_pylist() == [f"b:{n}" for n in range(1, 16)]
    # What opens the storage is not for everybody.
    assert not any(b"secret" in data for data in filled.objects.values())


def test_storage_that_is_lost_midway_ends_no_part(filled):
    mine = told(filled)
    (one,) = find([filled.address("in/2020 best/a.jsonl")], mine.output, "/").tables
    filled.refusing = True
    (broken,) = parts(one, mine, frozenset())
    assert isinstance(broken, Broken)
    assert "ACCESS_DENIED" in broken.reason
    with pytest.raises(ExportError, match=r"^s3://films/out/pullquote-readings\.json: .*ACCESS_DENIED"):
        mark(mine)


def test_wrong_keys_and_a_store_that_is_not_there_are_told(store):
    with pytest.raises(InputError, match=r"^s3://films/in: no such file or folder"):
        find([store.address("in")], "/nowhere", "/")
    store.refusing = True
    with pytest.raises(InputError, match=r"^s3://films/in: cannot be reached \(.*ACCESS_DENIED.*credentials$"):
        find([store.address("in")], "/nowhere", "/")
    gone = store.address("in").replace(f":{store.server_address[1]}", ":1")
    with pytest.raises(InputError, match=r"^s3://films/in: cannot be reached \(.*check the address"):
        find([gone], "/nowhere", "/")
