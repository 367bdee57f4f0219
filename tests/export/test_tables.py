"""Parquet and CSV: what comes back is what was there."""

import datetime as dt

import duckdb
import pytest

from pullquote.errors import InputError
from pullquote.export.order import Form, Order, Selection
from pullquote.export.run import export
from pullquote.export.tables import tables
from pullquote.library.store import Store
from pullquote.library.write import add

from ..library.made import RATED, TEXT, read


def rows(connection, query, *values):
    return connection.execute(query, list(values)).fetchall()


def test_parquet_holds_every_table_as_it_is(store, tmp_path):
    export(store, Order(Form.parquet), tmp_path / "out")
    names = tables(store.connection)
    assert {"reviews", "readings", "segments", "opinions", "verdicts", "films", "meta"} <= set(names)
    assert {f.name for f in (tmp_path / "out").iterdir()} == {f"{n}.parquet" for n in names} | {"pullquote-export.json"}
    for name in names:
        file = str(tmp_path / "out" / f"{name}.parquet")
        here = store.connection.execute(f"FROM {name}")
        there = duckdb.execute("FROM read_parquet(?)", [file])
        assert [c[:2] for c in there.description] == [c[:2] for c in here.description]
        assert there.fetchall() == here.fetchall()
        packed = rows(duckdb, "SELECT DISTINCT compression FROM parquet_metadata(?)", file)
        assert packed in ([("ZSTD",)], []), name


def test_csv_holds_every_table_to_the_letter(store, tmp_path):
    export(store, Order(Form.csv), tmp_path / "out")
    for name in tables(store.connection):
        kinds = rows(store.connection, f"SELECT column_name, column_type FROM (DESCRIBE {name})")
        # Lists and structures are JSON in a cell.
        nested = {column for column, kind in kinds if "[]" in kind}
        kept = ", ".join(f"to_json({c})::VARCHAR" if c in nested else c for c, _ in kinds)
        types = {c: "VARCHAR" if c in nested or kind == "JSON" else kind for c, kind in kinds}
        there = rows(
            duckdb,
            "FROM read_csv(?, header = true, auto_detect = false, delim = ',', quote = '\"', escape = '\"', "
            f"nullstr = '', allow_quoted_nulls = false, new_line = '\\r\\n', columns = {types})",
            str(tmp_path / "out" / f"{name}.csv"),
        )
        assert there == rows(store.connection, f"SELECT {kept} FROM {name}"), name


def test_csv_ends_lines_as_the_rfc_says_and_tells_nothing_from_empty(tmp_path):
    from io import BytesIO

    import pyarrow as pa

    from pullquote.export.commas import write

    out = BytesIO()
    batch = pa.record_batch({"a": ["x", None, ""], "b": [[1], None, []]})
    assert write(["a", 'b"'], [batch], out) == 3
    assert out.getvalue() == b'"a","b"""\r\n"x","[1]"\r\n,\r\n"","[]"\r\n'


def test_spreadsheet_safe_csv_begins_no_cell_with_a_formula(store, tmp_path):
    order = Order(Form.csv, tables=("reviews",), spreadsheet_safe=True)
    export(store, order, tmp_path / "safe.csv")
    texts = rows(duckdb, "SELECT text FROM read_csv(?, all_varchar = true)", str(tmp_path / "safe.csv"))
    assert any(text.startswith("'=HYPER") for (text,) in texts)
    assert any(text.startswith("'@ ") for (text,) in texts)
    assert not any(text[0] in "=+-@\t\r" for (text,) in texts)
    export(store, Order(Form.csv, tables=("reviews",)), tmp_path / "plain.csv")
    plain = rows(duckdb, "SELECT text FROM read_csv(?, all_varchar = true)", str(tmp_path / "plain.csv"))
    assert plain == rows(store.connection, "SELECT text FROM reviews")


def test_a_film_takes_its_own_rows_along(store, tmp_path):
    export(store, Order(Form.parquet, Selection(films=("tt1",))), tmp_path / "out")

    def count(table):
        return rows(duckdb, "SELECT count(*) FROM read_parquet(?)", str(tmp_path / "out" / f"{table}.parquet"))[0][0]

    assert (count("reviews"), count("verdicts"), count("opinions"), count("segments")) == (2, 2, 2, 6)
    assert rows(duckdb, "SELECT film FROM read_parquet(?)", str(tmp_path / "out" / "films.parquet")) == [("tt1",)]
    assert count("people") == 2
    assert count("meta") == rows(store.connection, "SELECT count(*) FROM meta")[0][0]


@pytest.mark.parametrize(
    ("since", "until", "found"),
    [
        (dt.date(2020, 2, 29), None, 1),
        (None, dt.date(2020, 2, 29), 1),
        (dt.date(2020, 3, 1), None, 0),
        (None, dt.date(2020, 2, 28), 0),
    ],
)
def test_days_are_both_included(store, tmp_path, since, until, found):
    order = Order(Form.parquet, Selection(since=since, until=until), ("reviews",))
    assert export(store, order, tmp_path / "one.parquet").reviews == found
    assert rows(duckdb, "SELECT count(*) FROM read_parquet(?)", str(tmp_path / "one.parquet")) == [(found,)]


def test_views_can_be_had_by_name_and_unknown_tables_cannot(store, tmp_path):
    export(store, Order(Form.parquet, tables=("sentences",)), tmp_path / "sentences.parquet")
    there = rows(duckdb, "SELECT words FROM read_parquet(?)", str(tmp_path / "sentences.parquet"))
    assert ("Superb acting by Vale!",) in there
    with pytest.raises(InputError, match=r"no such table; it has corrections, .*verdicts, ratings, sentences"):
        export(store, Order(Form.parquet, tables=("chosen",)), tmp_path / "x.parquet")
    assert not (tmp_path / "x.parquet").exists()


def test_replaced_readings_go_along(tmp_path):
    from pullquote.library.write import replace

    with Store(tmp_path / "l.duckdb", write=True) as store:
        add(store, [read("a", **RATED)])
        replace(store, {1: read("a", text=TEXT, model="hand/2").reading})
    with Store(tmp_path / "l.duckdb") as store:
        export(store, Order(Form.csv, tables=("readings",)), tmp_path / "r.csv")
        (old, new) = rows(duckdb, "SELECT model, replaced FROM read_csv(?) ORDER BY reading", str(tmp_path / "r.csv"))
    assert old[0] == "hand/1" and '"Superb acting"' in old[1]
    assert new == ("hand/2", None)
