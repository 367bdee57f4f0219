"""``pullquote ingest``, ``failures`` and ``check``, as a user types them."""

import json
import signal
import time
from pathlib import Path

import duckdb

CSV = 'title,review,rating\n"The Lamp","A superb film. The acting is dull.",8/10\nKite,"Awful, I hated it.",2/10\n'


def test_reviews_go_in_once(run, review, tmp_path):
    (tmp_path / "more.csv").write_text(CSV, encoding="utf-8")
    done = run("ingest", review, "more.csv", "--no-index")
    assert (done.returncode, done.stdout) == (0, b""), done.stderr
    assert b"3 stored, 0 there already" in done.stderr
    again = run("ingest", "more.csv", review, "--no-index")
    assert again.returncode == 0 and b"0 stored, 3 there already" in again.stderr
    with duckdb.connect(str(tmp_path / "pullquote.duckdb"), read_only=True) as plain:
        assert plain.execute("SELECT title, rating FROM reviews ORDER BY review").fetchall() == [
            (None, None), ("The Lamp", "8/10"), ("Kite", "2/10"),
        ]  # fmt: skip
        quotes = plain.execute("SELECT text, start, end_, quote FROM opinions JOIN reviews USING (review)").fetchall()
        assert quotes and all(text[start:end] == quote for text, start, end, quote in quotes)


def test_the_variable_names_the_library(run, review, tmp_path, monkeypatch):
    from . import conftest

    monkeypatch.setitem(conftest.ENVIRONMENT, "PULLQUOTE_LIBRARY", str(tmp_path / "named.duckdb"))
    assert run("ingest", review, "--no-index").returncode == 0
    assert (tmp_path / "named.duckdb").exists() and not (tmp_path / "pullquote.duckdb").exists()


def test_what_fails_is_listed_and_stops_nothing(run, tmp_path):
    lines = ['{"text": "A superb film."}', "{torn", '{"text": "  "}', '{"text": "A dull film."}']
    (tmp_path / "r.jsonl").write_text("\n".join(lines), encoding="utf-8")
    done = run("ingest", "r.jsonl", "--no-index")
    assert done.returncode == 1 and b"2 stored" in done.stderr and b"2 failed" in done.stderr
    listed = run("failures").stdout.decode().splitlines()
    assert len(listed) == 2 and listed[0].startswith("r.jsonl:2: ") and listed[1].startswith("r.jsonl:3: ")
    told = [json.loads(line) for line in run("failures", "--json").stdout.splitlines()]
    assert [t["origin"] for t in told] == ["r.jsonl:2", "r.jsonl:3"]


def test_mended_reviews_drop_off_the_list(run, tmp_path):
    file = tmp_path / "r.jsonl"
    file.write_text('{"text": ""}\n', encoding="utf-8")
    assert run("ingest", "r.jsonl", "--no-index").returncode == 1
    file.write_text('{"text": "A superb film."}\n', encoding="utf-8")
    assert run("ingest", "r.jsonl", "--no-index").returncode == 0
    assert run("failures").stdout == b""


def test_nothing_is_made_where_nothing_can_be_read(run, tmp_path):
    done = run("ingest", "nowhere.csv")
    assert done.returncode == 2 and b"nowhere.csv" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_wrong_model_makes_no_half_library(run, review):
    done = run("ingest", review, "--model", "nonesuch")
    assert done.returncode != 0 and b"nonesuch" in done.stderr and b"Traceback" not in done.stderr


def test_ctrl_c_leaves_a_whole_library(start, run, tmp_path):
    lines = [json.dumps({"text": f"A superb film, the number {i}. The acting is dull."}) for i in range(400)]
    (tmp_path / "r.jsonl").write_text("\n".join(lines), encoding="utf-8")
    process = start("ingest", "r.jsonl", "--no-index")
    while not (tmp_path / "pullquote.duckdb").exists():
        time.sleep(0.05)
    time.sleep(1)
    process.send_signal(signal.SIGINT)
    process.wait(60)
    assert run("check").returncode == 0
    done = run("ingest", "r.jsonl", "--no-index")
    assert done.returncode == 0
    assert b"400 reviews" in run("check").stdout


def test_check_names_what_is_amiss(run, review, tmp_path):
    run("ingest", review, "--no-index")
    with duckdb.connect(str(tmp_path / "pullquote.duckdb")) as plain:
        plain.execute("UPDATE opinions SET quote = 'something else'")
    done = run("check")
    assert done.returncode == 1 and b"quotes are the words" in done.stderr


def test_commands_without_a_library_say_how_to_make_one(run):
    for command in ("failures", "check"):
        done = run(command)
        assert done.returncode == 2 and b"pullquote ingest" in done.stderr


def test_check_brings_an_old_library_up_to_date_and_makes_none(run, tmp_path):
    old = tmp_path / "old.duckdb"
    with duckdb.connect(str(old)) as connection:
        connection.execute((Path(__file__).parents[1] / "library" / "old" / "version1.sql").read_text(encoding="utf-8"))
    assert run("sql", "SELECT 1", "--library", old).returncode == 2
    assert run("check", "--library", old).returncode == 0
    assert run("sql", "SELECT 1", "--library", old).returncode == 0
    missing = tmp_path / "missing.duckdb"
    done = run("check", "--library", missing)
    assert done.returncode == 2 and b"there is no library here" in done.stderr
    assert not missing.exists()
