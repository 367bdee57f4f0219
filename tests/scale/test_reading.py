"""Parts read and put into the folder, without any engine: each of them whole, each of them once."""

import hashlib
import subprocess
import sys

import msgspec
import pyarrow.parquet as pq
import pytest

from pullquote import Reader
from pullquote.errors import ExportError, InputError, ModelError
from pullquote.library.keys import review_key
from pullquote.reading_arrow import readings_of
from pullquote.scale.manifest import Done, entry
from pullquote.scale.order import MARK, mark, order
from pullquote.scale.parts import parts
from pullquote.scale.place import Place
from pullquote.scale.reading import PartReader
from pullquote.scale.schema import failure_schema, row_schema
from pullquote.sources.open import records

from .made import table
from .test_parts import only


def told(folder, part=20, **options):
    return order(
        str(folder), **({"model": None, "max_chars": 200_000, "mapping": {}, "scale": None, "part": part} | options)
    )


def read(order, one, done=frozenset()):
    """What a machine does with the parts of one input."""
    reader = PartReader(order)
    return [reader.read(part).entry for part in parts(one, order, done)]


def rows(folder):
    return pq.ParquetDataset(folder / "readings").read()


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A table of 60 reviews, one of them empty, and the folder of its readings."""
    base = tmp_path_factory.mktemp("made")
    file = table(base / "a.jsonl", 60)
    return file, base / "out", read(told(base / "out"), only(file))


def test_rows_are_the_readings_and_what_the_source_says(made):
    file, folder, _ = made
    found = rows(folder)
    assert found.schema.remove_metadata() == row_schema()
    taken = [record for record in records([str(file)]) if record.text.strip()]
    reader = Reader()
    assert readings_of(found) == [reader.read(record.text, id=record.id) for record in taken]
    assert found["key"].to_pylist() == [review_key(record).hex() for record in taken]
    first = found.slice(0, 1).to_pylist()[0]
    told = {
        name: first[name]
        for name in ("source", "origin", "film_key", "film_by", "title", "year", "rating_stars", "author")
    }
    assert told == {
        "source": str(file), "origin": f"{file}:1", "film_key": "title:salt ferry (1999)", "film_by": "title",
        "title": "The Salt Ferry", "year": 1999, "rating_stars": 6.0, "author": "a0",
    }  # fmt: skip


def test_files_are_packed_with_statistics(made):
    _, folder, entries = made
    file = pq.ParquetFile(folder / "readings" / f"{entries[0].part}.parquet")
    column = file.metadata.row_group(0).column(0)
    assert column.compression == "ZSTD"
    assert column.statistics.has_min_max


def test_entries_account_for_every_row_and_byte(made):
    file, folder, entries = made
    assert [(one.number, one.last, one.rows, one.read, one.failed) for one in entries] == [
        (0, False, 20, 20, 0), (1, False, 20, 20, 0), (2, True, 20, 19, 1),
    ]  # fmt: skip
    for one in entries:
        data = (folder / "readings" / f"{one.part}.parquet").read_bytes()
        assert (one.bytes, one.sha256) == (len(data), hashlib.sha256(data).hexdigest())
        assert entry(Place(str(folder)), one.part) == one
    assert Done(Place(str(folder))).whole(only(file))


def test_failures_are_a_table_of_their_own(made):
    file, folder, _ = made
    found = pq.ParquetDataset(folder / "failures").read()
    assert found.schema == failure_schema()
    assert found.to_pylist() == [
        {"source": str(file), "origin": f"{file}:50", "reason": "the review is empty: it holds no words to read"}
    ]


def test_the_same_part_has_the_same_bytes_again(made, tmp_path):
    file, folder, entries = made
    again = read(told(tmp_path), only(file))
    assert again == entries
    # What travels with it does not matter either.
    assert rows(folder).equals(pq.ParquetDataset(read_into(file, tmp_path / "b", 7) / "readings").read())


def read_into(file, folder, part):
    read(told(folder, part), only(file))
    return folder


def test_a_part_that_is_there_is_not_read_again(made):
    file, folder, entries = made
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*.*")}
    assert read(told(folder), only(file)) == entries
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*.*")} == before


def test_data_without_an_entry_does_not_count(made, tmp_path):
    file, _, entries = made
    read(told(tmp_path), only(file), done=frozenset({2}))
    (tmp_path / "manifest" / f"{entries[1].part}.json").unlink()
    done = Done(Place(str(tmp_path)))
    assert done.of(only(file)) == {0}
    assert not done.whole(only(file))


def test_a_file_that_changed_is_refused(made, tmp_path):
    file = table(tmp_path / "a.jsonl", 30)
    folder = tmp_path / "out"
    read(told(folder), only(file))
    table(file, 31)
    with pytest.raises(InputError, match=r"a\.jsonl: has changed since"):
        Done(Place(str(folder))).whole(only(file))


def test_a_folder_takes_readings_of_one_kind_only(tmp_path):
    folder = tmp_path / "out"
    mark(told(folder))
    mark(told(folder))
    with pytest.raises(InputError, match="--part: 20 there, 30 now"):
        mark(told(folder, 30))
    with pytest.raises(InputError, match=r"--map: none there, text=body now, --scale: none there, 5.0 now"):
        mark(told(folder, mapping={"text": "body"}, scale=5.0))
    other = msgspec.structs.replace(told(folder), model="other/1", weights="0")
    with pytest.raises(InputError, match=r"model: .*/.* there, other/1 now"):
        mark(other)
    with pytest.raises(InputError, match="same name and other weights"):
        mark(msgspec.structs.replace(told(folder), weights="0"))
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").touch()
    with pytest.raises(InputError, match=r"holds what is no reading \(letter\.txt\)"):
        mark(told(tmp_path / "mine"))
    (folder / MARK).write_bytes(b"{")
    with pytest.raises(InputError, match="is not understood"):
        mark(told(folder))


def test_machines_with_another_model_or_version_do_not_read(tmp_path):
    for change in ({"weights": "0"}, {"version": "0"}):
        with pytest.raises(ModelError, match="install the same on all"):
            PartReader(msgspec.structs.replace(told(tmp_path), **change))


def test_a_write_that_fails_leaves_nothing(tmp_path):
    """As on a full disk: the system lets no file grow beyond some bytes."""
    code = (
        "import resource, sys; from pullquote.scale.place import Place; "
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000)); "
        "Place(sys.argv[1]).put('readings/a.parquet', bytes(5000))"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=False)
    assert f"ExportError: {tmp_path}/readings/a.parquet: File too large" in done.stderr
    assert list((tmp_path / "readings").iterdir()) == []


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "out").write_text("a file")
    with pytest.raises(ExportError, match=rf"{tmp_path}/out: Not a directory"):
        mark(told(tmp_path / "out"))


def test_what_was_never_finished_is_swept_away(tmp_path):
    place = Place(str(tmp_path))
    place.put("readings/a.parquet", b"data")
    (tmp_path / "readings" / ".b.parquet.0a.tmp").touch()
    assert place.names("readings") == ["a.parquet"]
    place.sweep("readings")
    assert [path.name for path in (tmp_path / "readings").iterdir()] == ["a.parquet"]
