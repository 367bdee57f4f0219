"""Rows in print: as a table for eyes, as commas for machines."""

import csv
import io

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from pullquote.export import commas, grid

cells = st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


def table(**columns):
    return [pa.record_batch(columns)]


def test_a_table_is_as_wide_as_it_needs():
    batches = table(name=["Ana", "宮崎"], n=[1, 12345], when=pa.array([None, "x"]))
    assert list(grid.lines(["name", "n", "when"], batches, None)) == [
        "name      n  when",
        "────  ─────  ────",
        "Ana       1",
        "宮崎  12345  x",
    ]


def test_no_rows_still_have_a_head():
    assert list(grid.lines(["a", "b"], [], 80)) == ["a  b", "─  ─"]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(cells, cells), min_size=1, max_size=8), st.integers(20, 90))
def test_no_value_leaves_its_cell_or_steers_the_terminal(rows, width):
    one, two = zip(*rows, strict=True)
    batches = table(a=pa.array(one, pa.string()), b=pa.array(two, pa.string()))
    printed = list(grid.lines(["a", "b"], batches, width))
    assert len(printed) == len(rows) + 2
    for line in printed:
        assert line.isprintable()
        assert len(line) <= width


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(cells, cells), min_size=1, max_size=8))
def test_commas_read_back_to_the_letter(rows):
    one, two = zip(*rows, strict=True)
    out = io.BytesIO()
    commas.write(["a", "b"], table(a=pa.array(one, pa.string()), b=pa.array(two, pa.string())), out)
    back = list(csv.reader(io.StringIO(out.getvalue().decode(), newline="")))
    assert back == [["a", "b"], *([a or "", b or ""] for a, b in rows)]


@settings(max_examples=25, deadline=None)
@given(st.lists(cells, min_size=1, max_size=8))
def test_safe_commas_change_formulas_alone(values):
    out = io.BytesIO()
    commas.write(["a"], table(a=pa.array(values, pa.string())), out, spreadsheet_safe=True)
    back = [row[0] if row else "" for row in csv.reader(io.StringIO(out.getvalue().decode(), newline=""))][1:]
    for value, cell in zip(values, back, strict=True):
        assert cell == (f"'{value}" if value and value[0] in "=+-@\t\r" else value or "")
