"""``pullquote sql``, run as a user runs it."""

import csv
import io
import json
import signal
import time

import pytest

from pullquote.library.store import Store
from pullquote.library.write import add

from ..library.made import RATED, read


@pytest.fixture
def library(tmp_path):
    path = tmp_path / "l.duckdb"
    with Store(path, write=True) as store:
        add(store, [read("a"), read("b", **(RATED | {"title": "\x1b[31mRed\x07"}))])
    return path


def test_answers_in_every_form(run, library):
    question = "SELECT id, title, rating_stars FROM reviews ORDER BY id"
    table = run("sql", question, "--library", library, "--format", "table")
    assert table.returncode == 0 and table.stderr == b""
    lines = table.stdout.decode().splitlines()
    assert lines[0].split() == ["id", "title", "rating_stars"]
    # What steers a terminal is shown and not obeyed.
    assert lines[3].split() == ["b", r"\x1b[31mRed\x07", "8.0"]
    rows = list(csv.reader(io.StringIO(run("sql", question, "--library", library).stdout.decode())))
    assert rows == [["id", "title", "rating_stars"], ["a", "", ""], ["b", "\x1b[31mRed\x07", "8"]]
    out = run("sql", "-", "--library", library, "--format", "jsonl", "--limit", "1", input=question)
    assert json.loads(out.stdout) == {"id": "a", "title": None, "rating_stars": None}


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("SELECT * FROM read_text('/etc/passwd')", 'Cannot access file "/etc/passwd"'),
        ("COPY reviews TO 'out.csv'", "COPY is not allowed"),
        ("DELETE FROM reviews", "DELETE is not allowed"),
        ("", "no statement to ask"),
        ("SELECT 1; SELECT 2", "ask one at a time"),
        ("SELECT fim FROM reviews", "(line 1, at: fim FROM reviews)"),
    ],
)
def test_what_is_no_question_is_refused_in_one_line(run, library, tmp_path, statement, message):
    done = run("sql", statement, "--library", library)
    assert done.returncode == 2 and done.stdout == b""
    (line,) = done.stderr.decode().splitlines()
    assert line.startswith("pullquote: ") and message in line
    assert [p.name for p in tmp_path.iterdir()] == ["l.duckdb"]


def test_a_library_that_is_not_there(run):
    done = run("sql", "SELECT 1")
    assert done.returncode == 2
    assert b"there is no library here" in done.stderr


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_long_question_can_be_stopped(start, library, number, code):
    process = start(
        "sql", "SELECT sum(a.range * b.range) FROM range(10000000) a, range(10000000) b", "--library", library
    )
    # Long enough to be underway; that it is not yet over is told by its exit code.
    time.sleep(8)
    process.send_signal(number)
    out, complaints = process.communicate(timeout=60)
    assert process.returncode == code
    assert out == b"" and b"Traceback" not in complaints
