"""Plain SQL: it answers, and can do nothing else."""

import json
import shutil

import duckdb
import pytest

from pullquote.errors import InputError
from pullquote.export import statement
from pullquote.export.rowlines import lines
from pullquote.export.statement import ask, shut
from pullquote.library.store import Store


@pytest.fixture(scope="module")
def asked(path):
    """A connection as `pullquote sql` asks it."""
    with Store(path) as store:
        shut(store.connection)
        yield store.connection


def answer(connection, text, **how):
    rows = ask(connection, text, **how)
    return [tuple(row.values()) for batch in rows.batches for row in batch.to_pylist()]


@pytest.mark.parametrize(
    "text",
    [
        "SELECT count(*) FROM reviews",
        "select count(*) from reviews;",
        "-- how many?\nFROM reviews SELECT count(*); -- no more",
        "WITH r AS (FROM reviews) SELECT count(*) FROM r",
        "VALUES (7)",
    ],
)
def test_statements_that_ask_are_answered(asked, text):
    assert 7 in answer(asked, text)[0]


@pytest.mark.parametrize("text", ["DESCRIBE reviews", "SHOW TABLES", "SUMMARIZE verdicts", "EXPLAIN SELECT 1"])
def test_statements_about_tables_are_answered(asked, text):
    assert answer(asked, text)


#: Files, network, settings and data; whatever the grammar has for reaching them.
DEEDS = [
    "COPY reviews TO '{out}'",
    "COPY (SELECT 1) TO '{out}' (FORMAT parquet)",
    "EXPORT DATABASE '{out}'",
    "IMPORT DATABASE '{out}'",
    "ATTACH '{out}' AS other",
    "ATTACH ':memory:' AS other",
    "DETACH made",
    "INSTALL httpfs",
    "LOAD httpfs",
    "LOAD json",
    "INSERT INTO meta VALUES ('a', 'b')",
    "UPDATE reviews SET text = ''",
    "DELETE FROM reviews",
    "DROP TABLE reviews",
    "CREATE TABLE x AS SELECT 1",
    "CREATE TEMP TABLE x AS SELECT 1",
    "CREATE MACRO f(a) AS a",
    "CREATE SECRET (TYPE s3)",
    "ALTER TABLE reviews ADD COLUMN x INTEGER",
    "SET enable_external_access = true",
    "SET lock_configuration = false",
    "RESET lock_configuration",
    "SET memory_limit = '900GB'",
    "SET VARIABLE x = 1",
    "PRAGMA enable_profiling",
    "PRAGMA profiling_output = '{out}'",
    "PRAGMA database_list",
    "CALL enable_logging()",
    "CALL enable_logging(storage = 'file', storage_config = {{'path': '{out}'}})",
    "PREPARE p AS SELECT 1",
    "EXECUTE p",
    "BEGIN",
    "CHECKPOINT",
    "VACUUM",
    "USE memory",
]

READS = [
    "SELECT * FROM read_text('/etc/passwd')",
    "SELECT * FROM read_blob('/etc/passwd')",
    "SELECT * FROM read_csv('/etc/passwd')",
    "SELECT * FROM read_json('/etc/passwd')",
    "SELECT * FROM sniff_csv('/etc/passwd')",
    "SELECT * FROM parquet_metadata('/etc/passwd')",
    "FROM '/etc/passwd'",
    "FROM '/etc/hosts.csv'",
    "SELECT * FROM glob('/etc/*')",
    "SELECT * FROM query('FROM read_text(''/etc/passwd'')')",
    "SELECT * FROM read_csv('https://example.com/x.csv')",
    "SELECT * FROM read_parquet('s3://bucket/x.parquet')",
    "SELECT getenv('HOME')",
    "EXPLAIN ANALYZE COPY (SELECT 1) TO '{out}'",
    "EXPLAIN ANALYZE INSERT INTO meta VALUES ('a', 'b')",
    "EXPLAIN ANALYZE DELETE FROM reviews",
]


@pytest.mark.parametrize("text", DEEDS + READS)
def test_nothing_but_the_library_is_reached(asked, path, tmp_path, text):
    before = path.read_bytes()
    with pytest.raises(InputError) as refused:
        answer(asked, text.format(out=tmp_path / "out"))
    assert "\n" not in str(refused.value)
    assert list(tmp_path.iterdir()) == []
    assert path.read_bytes() == before


@pytest.mark.parametrize("text", [t for t in DEEDS if t.split()[0] in {"COPY", "EXPORT", "ATTACH", "INSERT", "UPDATE",
                                  "DELETE", "DROP", "INSTALL", "RESET", "ALTER"} or (t.startswith("SET ")
                                  and "VARIABLE" not in t)])  # fmt: skip
def test_the_second_wall_holds_without_the_first(asked, path, tmp_path, text):
    before = path.read_bytes()
    with pytest.raises(duckdb.Error):
        asked.execute(text.format(out=tmp_path / "out"))
    assert list(tmp_path.iterdir()) == []
    assert path.read_bytes() == before


def test_python_variables_are_no_tables(asked):
    secret = duckdb.sql("SELECT 1 AS one")
    with pytest.raises(InputError, match="secret does not exist"):
        answer(asked, "FROM secret")
    assert secret.fetchall() == [(1,)]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "no statement to ask"),
        (" ;; -- nothing", "no statement to ask"),
        ("SELECT 1; SELECT 2", "2 statements; ask one at a time"),
        ("SELEC 1", r'syntax error at or near "SELEC" \(line 1, at: SELEC 1\)'),
        ("SELECT 1,\n  fim\nFROM reviews", r'"fim" not found in FROM clause! .*"film".* \(line 2, at: fim\)'),
        ("SELECT * FROM reveiws", r'reveiws does not exist! Did you mean "reviews"\? \(line 1, at: reveiws\)'),
        ("SELECT $1", "not provided for the following parameters"),
        ("SELECT 1::UHUGEINT AS big", "column big: type UHUGEINT cannot be printed; ask for it as text: big::VARCHAR"),
        ("SELECT error('one\ntwo')", "one two"),
        ("SELECT sum(1 / (review - review))::INTEGER, error('late') FROM reviews", "late"),
        ("SELECT 'x'::INTEGER", "Could not convert string 'x' to INT32"),
    ],
)
def test_faults_are_one_line_with_their_place(asked, text, message):
    with pytest.raises(InputError, match=message) as fault:
        answer(asked, text)
    assert "\n" not in str(fault.value)


def test_memory_is_bounded(path, tmp_path, monkeypatch):
    monkeypatch.setattr(statement, "MEMORY", "50MB")
    # A file of its own: connections of one process to one file share their settings.
    with Store(shutil.copy(path, tmp_path)) as store:
        shut(store.connection)
        with pytest.raises(InputError, match="more than 50MB of memory"):
            answer(store.connection, "SELECT len(list(repeat('x', 1000) || range)) FROM range(200000)")
        assert [p.name for p in tmp_path.iterdir()] == [path.name]


def test_rows_beyond_the_limit_are_not_looked_for(asked):
    assert answer(asked, "SELECT * FROM range(1000000000000)", limit=3) == [(0,), (1,), (2,)]
    assert answer(asked, "SELECT * FROM range(5000)", limit=2500)[-1] == (2499,)
    assert answer(asked, "SELECT 1", limit=0) == []


def test_values_of_every_kind_are_json(asked):
    kinds = {
        "1": 1,
        "170141183460469231731687303715884105727": 170141183460469231731687303715884105727,
        "0.1::DOUBLE": 0.1,
        "'nan'::DOUBLE": None,
        "NULL": None,
        "'x\\xff'::BLOB": "eP8=",
        "[1, NULL]": [1, None],
        "{'a': {'b': 'c'}}": {"a": {"b": "c"}},
        "DATE '2020-02-29'": "2020-02-29",
        "'infinity'::DATE": "<value out of range: 2147483647>",
        "TIMESTAMP '2020-02-29 01:02:03'": "2020-02-29T01:02:03",
        "TIMESTAMP_NS '2020-02-29 01:02:03.000000004'": "2020-02-29 01:02:03.000000004",
        "INTERVAL 3 DAY": [0, 3, 0],
        "TIME '10:00'": "10:00:00",
        "'a'::ENUM('a', 'b')": "a",
        "true": True,
    }
    text = "SELECT " + ", ".join(f"{sql} AS c{i}" for i, sql in enumerate(kinds))
    rows = ask(asked, text)
    (line,) = lines(rows.names, rows.batches)
    assert list(json.loads(line).values()) == list(kinds.values())


def test_columns_of_one_name_all_come(asked):
    rows = ask(asked, "SELECT 1 AS a, 2 AS a, 3 AS b")
    assert list(lines(rows.names, rows.batches)) == [b'{"a":1,"a_1":2,"b":3}\n']
