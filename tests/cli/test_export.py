"""``pullquote export``, run as a user runs it."""

import json

import duckdb
import pytest

from pullquote.corrections.keep import mark_checked
from pullquote.evaluation.gold import read as read_gold
from pullquote.library.store import Store
from pullquote.library.write import add
from pullquote.reading import Reading

from ..library.made import RATED, read


@pytest.fixture
def library(tmp_path):
    path = tmp_path / "pullquote.duckdb"
    with Store(path, write=True) as store:
        add(store, [read("a"), read("b", **RATED)])
    return path


def test_json_lines_go_to_standard_output(run, library):
    done = run("export", "--format", "jsonl", "--film", "tt1", "--with-text")
    assert done.returncode == 0 and done.stderr == b""
    (line,) = done.stdout.splitlines()
    reading = Reading.from_json(line)
    assert reading.id == "b" and reading.check(str(reading.text)) == []


def test_one_table_of_csv_goes_to_standard_output(run, library):
    done = run("export", "--format", "csv", "--table", "films")
    assert done.returncode == 0
    assert b'"tt1","The Lamp",2001,"given"\r\n' in done.stdout


def test_a_folder_of_parquet(run, library, tmp_path):
    done = run("export", "--format", "parquet", "--output", "out", "--since", "2020-02-29", "--until", "2020-02-29")
    assert done.returncode == 0
    assert done.stderr == b"pullquote: 1 review exported to out\n"
    query = "SELECT id FROM read_parquet(?)"
    assert duckdb.execute(query, [str(tmp_path / "out" / "reviews.parquet")]).fetchall() == [("b",)]


def test_label_studio_tasks(run, library, tmp_path):
    assert run("export", "--format", "labelstudio", "-o", "ls").returncode == 0
    assert len(json.loads((tmp_path / "ls" / "tasks.json").read_text(encoding="utf-8"))) == 2


def test_gold_is_written_of_what_was_corrected(run, library, tmp_path):
    assert run("export", "--gold", "none.jsonl").stderr == b"pullquote: 0 reviews exported to none.jsonl\n"
    with Store(library, write=True) as store:
        mark_checked(store, 2, 2, "Kim")
    done = run("export", "--gold", "gold.jsonl")
    assert done.returncode == 0 and done.stderr == b"pullquote: 1 review exported to gold.jsonl\n"
    assert [gold.id for gold in read_gold(tmp_path / "gold.jsonl")] == ["b"]
    assert run("export", "--format", "gold").stdout == (tmp_path / "gold.jsonl").read_bytes()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--format", "parquet"), "with --output"),
        (("--format", "csv"), "with --output"),
        ((), "--format parquet|csv"),
        (("--gold", "g.jsonl", "--format", "csv"), "--gold names form and file at once"),
        (("--gold", "g.jsonl", "--output", "h.jsonl"), "--gold names form and file at once"),
        (("--gold", "g.jsonl", "--with-text"), "--with-text goes with"),
        (("--gold", "pullquote.duckdb"), "is the library"),
        (("--format", "jsonl", "--film", "No Such Film"), "No Such Film"),
        (("--format", "jsonl", "--table", "films"), "--table goes with"),
        (("--format", "csv", "--table", "nowhere", "--output", "x.csv"), "no such table"),
        (("--format", "csv", "--output", "mine"), "what no export wrote"),
        (("--format", "jsonl", "--output", "mine"), "is a folder"),
        (("--format", "jsonl", "--output", "pullquote.duckdb"), "is the library"),
    ],
)
def test_what_cannot_be_done_is_refused_before_anything_is(run, library, tmp_path, arguments, message):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes").write_text("mine")
    before = library.read_bytes()
    done = run("export", *arguments)
    assert done.returncode == 2 and done.stdout == b""
    assert message in done.stderr.decode() and b"Traceback" not in done.stderr
    assert library.read_bytes() == before
    assert {p.name for p in tmp_path.iterdir()} == {"mine", "pullquote.duckdb"}
    assert (tmp_path / "mine" / "notes").read_text() == "mine"


def test_a_full_disk_is_told(run, library):
    done = run("export", "--format", "jsonl", "--output", "/dev/full")
    assert done.returncode == 1
    assert b"No space left" in done.stderr and b"Traceback" not in done.stderr
