"""``pullquote ingest`` of readings in Parquet, beside reviews that are read."""

import json

from ..folder.made import folder


def test_readings_are_loaded_and_reviews_read(run, tmp_path):
    folder(tmp_path / "out")
    (tmp_path / "one.txt").write_text("A superb film. The acting is warm.")
    done = run("ingest", "out", "one.txt", "--no-index")
    assert done.returncode == 1
    told = done.stderr.decode()
    assert "reviews.csv:7: the row is torn" in told and "10 stored, 0 there already, 1 failed" in told
    failed = run("failures", "--json").stdout.decode().splitlines()
    assert [json.loads(line)["origin"] for line in failed] == ["reviews.csv:7"]
    again = run("ingest", "out", "--no-index")
    assert "0 stored, 9 there already, 1 failed" in again.stderr.decode()
    assert run("check").returncode == 0


def test_options_of_reading_are_refused_where_there_is_nothing_to_read(run, tmp_path):
    folder(tmp_path / "out")
    done = run("ingest", "out", "--reread")
    assert done.returncode == 2 and "readings already" in done.stderr.decode()
    assert not (tmp_path / "pullquote.duckdb").exists()
