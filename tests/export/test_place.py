"""An export appears whole or not at all, and takes the place of nothing but an earlier one."""

import json

import pytest

from pullquote.errors import InputError
from pullquote.export.order import Form, Order
from pullquote.export.place import MARK, new_folder
from pullquote.export.run import export


def test_an_earlier_export_is_replaced(store, tmp_path):
    export(store, Order(Form.parquet), tmp_path / "out")
    export(store, Order(Form.csv), tmp_path / "out")
    names = {file.name for file in (tmp_path / "out").iterdir()}
    assert "reviews.csv" in names and "reviews.parquet" not in names
    mark = json.loads((tmp_path / "out" / MARK).read_text())
    assert mark["format"] == "csv" and mark["reviews"] == 7 and {*mark["files"], MARK} == names
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("foreign", ["notes.txt", ".hidden"])
def test_a_folder_with_anything_else_in_it_is_left_alone(store, tmp_path, foreign):
    export(store, Order(Form.csv), tmp_path / "out")
    before = (tmp_path / "out" / "reviews.csv").read_bytes()
    (tmp_path / "out" / foreign).write_text("mine")
    with pytest.raises(InputError, match=f"what no export wrote .{foreign}"):
        export(store, Order(Form.parquet), tmp_path / "out")
    assert (tmp_path / "out" / foreign).read_text() == "mine"
    assert (tmp_path / "out" / "reviews.csv").read_bytes() == before


@pytest.mark.parametrize("mark", [b"", b"{}", b"[]", b'{"form": "pullquote.export/1", "files": 3}', b"\xff"])
def test_a_mark_that_is_none_protects_nothing(store, tmp_path, mark):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / MARK).write_bytes(mark)
    with pytest.raises(InputError, match="no export wrote"):
        export(store, Order(Form.csv), tmp_path / "out")


def test_an_empty_folder_is_taken(store, tmp_path):
    (tmp_path / "out").mkdir()
    export(store, Order(Form.csv), tmp_path / "out")
    assert (tmp_path / "out" / "meta.csv").exists()


def test_what_fails_underway_leaves_the_old_export(store, tmp_path):
    export(store, Order(Form.csv), tmp_path / "out")
    before = {f.name: f.read_bytes() for f in (tmp_path / "out").iterdir()}
    with pytest.raises(KeyboardInterrupt), new_folder(tmp_path / "out", {}) as folder:
        (folder / "half").write_text("half")
        raise KeyboardInterrupt
    assert {f.name: f.read_bytes() for f in (tmp_path / "out").iterdir()} == before
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_files_are_not_written_over_folders_or_the_library(store, tmp_path):
    for output, message in (
        (tmp_path, "is a folder"),
        (tmp_path / "no" / "x", "no folder"),
        (store.path, "is the library"),
    ):
        with pytest.raises(InputError, match=message):
            export(store, Order(Form.jsonl), output)
    (tmp_path / "file").write_text("mine")
    with pytest.raises(InputError, match="is no folder"):
        export(store, Order(Form.csv), tmp_path / "file")
    with pytest.raises(InputError, match="no folder"):
        export(store, Order(Form.csv), tmp_path / "no" / "x")
    link = tmp_path / "link"
    (tmp_path / "aim").mkdir()
    link.symlink_to(tmp_path / "aim")
    with pytest.raises(InputError, match="is no folder"):
        export(store, Order(Form.csv), link)


def test_a_file_is_replaced_whole(store, tmp_path):
    (tmp_path / "r.jsonl").write_text("old")
    export(store, Order(Form.jsonl), tmp_path / "r.jsonl")
    assert len((tmp_path / "r.jsonl").read_bytes().splitlines()) == 7
    assert [p.name for p in tmp_path.iterdir()] == ["r.jsonl"]


@pytest.mark.parametrize(
    ("order", "message"),
    [
        (Order(Form.jsonl, tables=("reviews",)), "--table goes with --format parquet or csv, not with jsonl"),
        (Order(Form.csv, with_text=True), "--with-text goes with --format jsonl"),
        (Order(Form.parquet, spreadsheet_safe=True), "--spreadsheet-safe goes with --format csv"),
    ],
)
def test_orders_that_do_not_hold_together(store, tmp_path, order, message):
    with pytest.raises(InputError, match=message):
        export(store, order, tmp_path / "out")
    assert not (tmp_path / "out").exists()
