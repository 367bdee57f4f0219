"""The library's file: made, opened, refused, migrated."""

import datetime as dt
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from pullquote import Reading
from pullquote.corrections.changes import MentionChange
from pullquote.corrections.keep import correct, history, undo
from pullquote.errors import LibraryError
from pullquote.library.check import check
from pullquote.library.rebuild import readings
from pullquote.library.store import VERSION, Store
from pullquote.library.write import add, fail, replace

from . import made


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "library.duckdb"


def rows(store: Store, query: str) -> list[tuple[object, ...]]:
    return store.connection.execute(query).fetchall()


def test_a_reading_comes_back_as_it_went_in(path: Path):
    with Store(path, write=True) as store:
        add(store, [made.read("a"), made.read("b", **made.RATED)])
    with Store(path) as store:
        assert readings(store.connection, [1, 2, 77]) == {1: made.reading("a"), 2: made.reading("b")}
        assert check(store) == []


def test_a_reading_without_claims_comes_back_too(path: Path):
    from pullquote.library.rows import Read

    bare = Reading(id="a", verdict=made.reading().verdict.__class__(sentiment=0.5, stars=5.0, recommend="none"))
    with Store(path, write=True) as store:
        add(store, [Read("s", made.record("a", "No."), bare)])
        assert readings(store.connection, [1]) == {1: bare}
        assert check(store) == []


def test_what_the_source_said_is_kept(path: Path):
    with Store(path, write=True) as store:
        add(store, [made.read("a", **made.RATED)])
        assert rows(store, "SELECT film, film_by, rating, rating_stars, author, written, year FROM reviews") == [
            ("tt1", "given", "4/5", 8.0, "Kim O'Hara", dt.date(2020, 2, 29), 2001)
        ]
        assert rows(store, "SELECT film, title, year, title_by FROM films") == [("tt1", "The Lamp", 2001, "given")]
        assert rows(store, "SELECT stars, given FROM ratings") == [(8.0, True)]


def test_a_film_is_filed_by_title_or_by_the_text(path: Path):
    with Store(path, write=True) as store:
        add(store, [made.read("a", title="Lamp, The", year=1999), made.read("b")])
        assert rows(store, "SELECT film, film_by FROM reviews ORDER BY review") == [
            ("title:lamp (1999)", "title"),
            ("title:lamp", "text"),
        ]
        assert check(store) == []


def test_words_in_the_tables_are_the_words_in_the_text(path: Path):
    with Store(path, write=True) as store:
        add(store, [made.read()])
        assert rows(store, "SELECT words FROM sentences WHERE segment = 2") == [("Superb acting by Vale!",)]


def test_an_older_reading_is_kept_whole(path: Path):
    with Store(path, write=True) as store:
        add(store, [made.read("a"), made.read("b", author="B")])
        replace(store, {1: made.reading("a", model="hand/2")})
        assert readings(store.connection, [1])[1].model == "hand/2"
        old = rows(store, "SELECT replaced FROM readings WHERE replaced_at IS NOT NULL")
        assert [Reading.from_json(str(line[0])) for line in old] == [made.reading("a")]
        assert rows(store, "SELECT count(*) FROM segments WHERE review = 1") == [(3,)]
        assert check(store) == []


def test_a_failed_batch_leaves_nothing(path: Path):
    with Store(path, write=True) as store:
        add(store, [made.read("a")])
        before = store.meta("changes")
        bad = made.read("b", author="B")
        object.__setattr__(bad.record, "year", 10**9)  # more than the column holds
        with pytest.raises((OverflowError, ValueError)):
            add(store, [made.read("c", author="C"), bad])
        assert rows(store, "SELECT id FROM reviews") == [("a",)]
        assert store.meta("changes") == before
        add(store, [made.read("c", author="C")])
        assert check(store) == []


def test_failures_have_their_latest_reason(path: Path):
    with Store(path, write=True) as store:
        fail(store, [("s", "o", "one"), ("s", "p", "x")])
        fail(store, [("s", "o", "two")])
        assert rows(store, "SELECT origin, reason FROM failures ORDER BY origin") == [("o", "two"), ("p", "x")]


def test_what_goes_well_later_has_failed_no_longer(path: Path):
    with Store(path, write=True) as store:
        fail(store, [("made.jsonl", "made.jsonl:a", "torn"), ("made.jsonl", "made.jsonl:z", "torn")])
        add(store, [made.read("a")])
        assert rows(store, "SELECT origin FROM failures") == [("made.jsonl:z",)]


def test_a_missing_library_says_how_to_make_one(path: Path):
    with pytest.raises(LibraryError, match="pullquote ingest"):
        Store(path)


def test_a_foreign_file_is_left_alone(path: Path):
    path.write_text("dear diary " * 5000)
    with pytest.raises(LibraryError, match="no library"):
        Store(path, write=True)
    assert path.read_text().startswith("dear diary")


def test_a_foreign_database_is_left_alone(path: Path):
    with duckdb.connect(str(path)) as other:
        other.execute("CREATE TABLE recipes(name VARCHAR)")
    for write in (False, True):
        with pytest.raises(LibraryError, match="no library"):
            Store(path, write=write)
    with duckdb.connect(str(path)) as other:
        assert other.execute("SELECT table_name FROM duckdb_tables()").fetchall() == [("recipes",)]


def test_a_newer_library_is_refused(path: Path):
    with Store(path, write=True) as store:
        store.connection.execute("UPDATE meta SET value = ? WHERE name = 'schema'", [str(VERSION + 1)])
    for write in (False, True):
        with pytest.raises(LibraryError, match="newer Pullquote"):
            Store(path, write=write)


def test_a_library_in_use_names_who_uses_it(path: Path):
    Store(path, write=True).close()
    holder = subprocess.Popen(
        [sys.executable, "-c", f"import duckdb; c = duckdb.connect({str(path)!r}); print('held', flush=True); input()"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    try:
        assert holder.stdout is not None and holder.stdout.readline() == b"held\n"
        with pytest.raises(LibraryError, match=str(holder.pid)):
            Store(path)
    finally:
        holder.communicate(b"\n")


def test_a_library_of_the_first_version_is_brought_up_to_date(path: Path):
    with duckdb.connect(str(path)) as old:
        old.execute((Path(__file__).parent / "old" / "version1.sql").read_text(encoding="utf-8"))
    with pytest.raises(LibraryError, match="older Pullquote"):
        Store(path)
    with Store(path, write=True) as store:
        assert store.meta("schema") == str(VERSION)
        assert readings(store.connection, [1])[1].opinions[0].confidence == 0.83
        assert check(store) == []
        add(store, [made.read("new", author="N")])
        assert readings(store.connection, [2]) == {2: made.reading("new")}


def test_a_library_of_the_second_version_keeps_its_corrections(path: Path):
    with duckdb.connect(str(path)) as old:
        old.execute((Path(__file__).parent / "old" / "version2.sql").read_text(encoding="utf-8"))
    with Store(path, write=True) as store:
        assert store.meta("schema") == str(VERSION)
        assert check(store) == []
        (past,) = history(store, 1)
        assert (past.author, past.status, past.change.before) == ("Kim", "undone", made.reading("a").mentions[3])
        mended = correct(store, 1, MentionChange(before=made.reading("a").mentions[3]), "Lee")
        assert mended == 2 and check(store) == []
        undo(store, mended)
        assert readings(store.connection, [1]) == {1: made.reading("a")}
    with Store(path.with_name("new.duckdb"), write=True) as new, Store(path) as store:
        columns = "SELECT table_name, column_name, data_type, is_nullable FROM duckdb_columns() ORDER BY ALL"
        assert rows(store, columns) == rows(new, columns)


@pytest.mark.parametrize(
    ("damage", "rule"),
    [
        ("UPDATE opinions SET quote = 'Awful acting'", "quotes are the words"),
        ("DELETE FROM verdicts WHERE review = 1", "one verdict"),
        ("INSERT INTO reviews SELECT * FROM reviews WHERE review = 1", "there once"),
        ("DELETE FROM readings WHERE review = 2", "reading in force"),
        ("UPDATE segments SET end_ = 100000 WHERE segment = 1", "lie inside"),
        ("DELETE FROM mentions WHERE mention = 0", "numbered from 0"),
        ("UPDATE reviews SET text = text || '!' WHERE review = 2", "key is made of"),
        ("DELETE FROM people", "people of credits"),
        ("DELETE FROM films", "films of reviews"),
        ("UPDATE entities SET mentions = 9 WHERE entity = 0", "as often as they say"),
        ("UPDATE segments SET start = 0", "do not overlap"),
        ("UPDATE readings SET machine = NULL", "kept beside a corrected one"),
        ("UPDATE readings SET machine = (SELECT max(machine) FROM readings)", "kept beside a corrected one"),
        ("UPDATE corrections SET undone_at = made_at", "kept beside a corrected one"),
        ("UPDATE mentions SET confidence = 0.2 WHERE review = 2 AND mention = 0", "with its corrections put on"),
        ("UPDATE corrections SET kind = 'spell'", "with its corrections put on"),
        ("UPDATE corrections SET after = NULL, before = NULL", "with its corrections put on"),
        ("INSERT INTO corrections SELECT * FROM corrections", "correction has a number"),
    ],
)
def test_the_checker_finds_damage(path: Path, damage: str, rule: str):
    with Store(path, write=True) as store:
        add(store, [made.read("a"), made.read("b", **made.RATED)])
        correct(store, 2, MentionChange(before=made.reading().mentions[3]), "Kim")
        assert check(store) == []
        store.connection.execute(damage)
        assert any(rule in fault.rule for fault in check(store))


def test_memory_of_what_was_read_is_given_back(path: Path):
    held = "SELECT sum(memory_usage_bytes)::BIGINT FROM duckdb_memory()"
    with Store(path, write=True) as store:
        store.connection.execute("CREATE TABLE much AS SELECT md5(i::VARCHAR) AS words FROM range(1_000_000) t(i)")
    with Store(path, memory="300MB") as store:
        limit = rows(store, "SELECT current_setting('memory_limit')")
        rows(store, "SELECT max(words) FROM much")
        [(before,)] = rows(store, held)
        store.release()
        [(after,)] = rows(store, held)
        assert after < 17_000_000 < before
        assert rows(store, "SELECT current_setting('memory_limit')") == limit
