"""Loading readings: the same library as ingest makes, nothing twice, and safe to kill."""

import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pullquote.errors import InputError
from pullquote.folder.found import find
from pullquote.folder.load import Load
from pullquote.folder.opened import open_asked
from pullquote.folder.sums import Sums
from pullquote.library.check import check
from pullquote.library.rebuild import readings
from pullquote.library.store import Store
from pullquote.library.write import CLAIMS, add, fail, title_films

from .made import SOURCE, beside, contents, folder, part, reads, table

TABLES = ("reviews", "readings", *CLAIMS, "films", "people", "failures")


def load(store: Store, named: Path, **options: object) -> tuple[Load, list[tuple[str, str]]]:
    """Load what is there; what was complained of comes along."""
    told: list[tuple[str, str]] = []
    run = Load(store, complain=lambda origin, reason: told.append((origin, reason)), **options)  # type: ignore[arg-type]
    found = find(str(named))
    assert found is not None
    for _ in run.run(found):
        pass
    return run, told


def test_every_row_of_every_table_is_as_storing_makes_it(tmp_path: Path):
    with Store(tmp_path / "a.duckdb", write=True) as stored, Store(tmp_path / "b.duckdb", write=True) as loaded:
        made = reads()
        for batch in (made[:4], made[4:6], made[6:]):
            add(stored, batch)
        fail(stored, [(SOURCE, "reviews.csv:7", "the row is torn")])
        title_films(stored)
        run, told = load(loaded, folder(tmp_path / "out"))
        assert (run.progress.stored, run.progress.known, run.progress.failed) == (9, 0, 1)
        assert told == [("reviews.csv:7", "the row is torn")]
        for name in TABLES:
            assert contents(loaded, name) == contents(stored, name), name
        assert check(loaded) == []
        assert list(readings(loaded.connection, range(1, 10)).values()) == [one.reading for one in made]


@pytest.mark.parametrize("batch", [1, 3, 100])
def test_batches_change_nothing(tmp_path: Path, batch: int):
    out = folder(tmp_path / "out")
    with Store(tmp_path / "a.duckdb", write=True) as one, Store(tmp_path / "b.duckdb", write=True) as other:
        load(one, out)
        load(other, out, batch=batch)
        for name in TABLES:
            assert contents(one, name) == contents(other, name), name


def test_twice_adds_nothing_and_a_review_that_stands_twice_is_one(tmp_path: Path):
    out = folder(tmp_path / "out")
    part(out, 3, [*reads()[:2], *reads()[:2]])
    with Store(tmp_path / "l.duckdb", write=True) as store:
        run, _ = load(store, out)
        assert (run.progress.stored, run.progress.known) == (9, 4)
        before = {name: contents(store, name) for name in TABLES}
        again, _ = load(store, out)
        assert (again.progress.stored, again.progress.known, again.progress.failed) == (0, 13, 1)
        assert before == {name: contents(store, name) for name in TABLES}


def test_the_key_is_made_of_the_review_whatever_the_file_says(tmp_path: Path):
    path = tmp_path / "forged.parquet"
    rows = table(reads()[:2])
    place = rows.schema.get_field_index("key")
    pq.write_table(rows.set_column(place, rows.schema.field(place), [["0" * 32] * 2]), path)
    with Store(tmp_path / "l.duckdb", write=True) as store:
        assert load(store, path)[0].progress.stored == 2
        assert check(store) == []


def test_parts_that_do_not_count_are_left_out(tmp_path: Path):
    out = folder(tmp_path / "out")
    next((out / "manifest").glob("*-00002.json")).unlink()
    with Store(tmp_path / "l.duckdb", write=True) as store:
        assert load(store, out)[0].progress.stored == 6


def test_a_damaged_file_is_named_and_the_rest_loaded_and_it_is_forgiven_when_whole(tmp_path: Path):
    out = folder(tmp_path / "out")
    torn = next((out / "readings").glob("*-00001.parquet"))
    whole = torn.read_bytes()
    torn.write_bytes(whole[: len(whole) // 2])
    with Store(tmp_path / "l.duckdb", write=True) as store:
        run, told = load(store, out)
        assert run.progress.stored == 7 and run.progress.failed == 2
        assert any(origin.endswith("-00001.parquet") and "written" in reason for origin, reason in told)
        assert len(contents(store, "failures")) == 2
        torn.write_bytes(whole)
        assert load(store, out)[0].progress.stored == 2
        assert contents(store, "failures") == [(SOURCE, "reviews.csv:7", "the row is torn")]


def test_parquet_without_manifest_is_found_by_its_columns(tmp_path: Path):
    pq.write_table(table(reads()), tmp_path / "spark.parquet")
    (tmp_path / "many").mkdir()
    shutil.copy(tmp_path / "spark.parquet", tmp_path / "many" / "part-0.parquet")
    with Store(tmp_path / "l.duckdb", write=True) as store:
        assert load(store, tmp_path / "spark.parquet")[0].progress.stored == 9
        assert load(store, tmp_path / "many")[0].progress.known == 9


def test_failures_that_stand_beside_readings_are_failures(tmp_path: Path):
    with Store(tmp_path / "l.duckdb", write=True) as store:
        run, told = load(store, beside(tmp_path / "spark.parquet"))
        assert (run.progress.stored, run.progress.failed) == (9, 1)
        assert contents(store, "failures") == [(SOURCE, "reviews.csv:7", "the row is torn")]
        assert told == [("reviews.csv:7", "the row is torn")]
        with open_asked(tmp_path / "spark.parquet") as asked, Sums(tmp_path / "s.duckdb") as sums:
            for name in ("failures", "verdicts"):
                query = f"SELECT * EXCLUDE ({'failed_at' if name == 'failures' else 'review'}) FROM {name} ORDER BY ALL"
                assert asked.connection.execute(query).fetchall() == store.connection.execute(query).fetchall()
            found = find(str(tmp_path / "spark.parquet"))
            assert found is not None
            assert list(sums.update(found)) == [10] and sum(one.reviews for one in sums.films()) == 7


def test_what_holds_no_readings_is_none(tmp_path: Path):
    pq.write_table(table(reads()).select(["text", "id"]), tmp_path / "reviews.parquet")
    (tmp_path / "torn.parquet").write_bytes(b"PAR1")
    assert find(str(tmp_path / "reviews.parquet")) is None
    assert find(str(tmp_path / "torn.parquet")) is None
    assert find(str(tmp_path / "nothing")) is None
    assert find(str(tmp_path)) is None


@pytest.mark.parametrize(("column", "said"), [("text", "with their text"), ("origin", "columns origin")])
def test_missing_columns_are_told(tmp_path: Path, column: str, said: str):
    path = tmp_path / "lacking.parquet"
    pq.write_table(table(reads()).drop_columns([column]), path)
    with Store(tmp_path / "l.duckdb", write=True) as store:
        run, told = load(store, path)
        assert run.progress.stored == 0 and len(told) == 1 and said in told[0][1]


LOADING = """
import sys
from pullquote.folder.found import find
from pullquote.folder.load import Load
from pullquote.folder.opened import open_asked
from pullquote.folder.sums import Sums
from pullquote.library.store import Store

with Store(sys.argv[1], write=True) as store:
    for _ in Load(store, batch=1).run(find(sys.argv[2])):
        print("step", flush=True)
"""


def test_killed_anywhere_and_run_again_is_whole(tmp_path: Path):
    out = folder(tmp_path / "out")
    for number in range(3, 12):
        part(out, number, reads()[number % 3 :], [(f"x:{number}", "torn")])
    with Store(tmp_path / "whole.duckdb", write=True) as whole:
        load(whole, out)
        wanted = {name: contents(whole, name) for name in TABLES}
    killed = 0
    for steps in (1, 2, 4, 7):
        process = subprocess.Popen(
            [sys.executable, "-c", LOADING, str(tmp_path / "l.duckdb"), str(out)], stdout=subprocess.PIPE
        )
        assert process.stdout is not None
        for _ in range(steps):
            process.stdout.readline()
        time.sleep(0.003 * steps)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        killed += process.returncode == -signal.SIGKILL
        with Store(tmp_path / "l.duckdb", write=True) as store:
            assert check(store) == []
    assert killed
    with Store(tmp_path / "l.duckdb", write=True) as store:
        load(store, out)
        assert {name: contents(store, name) for name in TABLES} == wanted


def test_storage_that_cannot_be_reached_is_told_without_its_key():
    with pytest.raises(InputError, match="check the address") as told:
        find("s3://user:secret@nowhere/x?endpoint_override=127.0.0.1:9&scheme=http")
    assert "secret" not in str(told.value)
