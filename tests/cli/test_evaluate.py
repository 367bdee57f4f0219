"""``pullquote evaluate`` as a user runs it."""

import json

import pytest

from pullquote.reading import Reading, Segment, Verdict

GOLD = {
    "id": "g", "text": "I loved it.", "sentences": [[0, 11]], "film": [], "roles": "O", "spoil": "0", "pol": "+",
    "ents": [], "credits": [], "relations": [], "opinions": [[0, "I loved it", "overall", "+", None]],
    "rating": None, "stars": 9, "recommend": "yes", "rating_true": 9,
}  # fmt: skip


@pytest.fixture
def gold(tmp_path):
    file = tmp_path / "gold.jsonl"
    file.write_text(json.dumps(GOLD) + "\n")
    return file


def reading(end=11):
    return Reading(
        id="g",
        segments=(Segment(start=0, end=end, role="opinion", polarity="positive", spoiler=0.1),),
        verdict=Verdict(sentiment=0.9, stars=8.0, recommend="yes"),
    )


def test_given_readings_are_scored(run, gold, tmp_path):
    (tmp_path / "r.jsonl").write_bytes(reading().to_json() + b"\n")
    result = run("evaluate", gold, "--readings", "r.jsonl", "--json")
    assert result.returncode == 0, result.stderr
    scores = json.loads(result.stdout)
    assert scores["measures"]["sentence role macro-F1"] == 1.0
    assert scores["measures"]["stars mean absolute error (rated reviews)"] == 1.0
    assert scores["calibration"]["spoiler calibration error (equal width)"] == pytest.approx(0.1)
    assert (scores["reviews"], scores["missing"], scores["faults"]) == (1, 0, [])


def test_every_measure_is_printed(run, gold, tmp_path):
    (tmp_path / "r.jsonl").write_bytes(reading().to_json() + b"\n")
    printed = run("evaluate", gold, "--readings", "r.jsonl").stdout.decode()
    scores = json.loads(run("evaluate", gold, "--readings", "r.jsonl", "--json").stdout)
    assert printed.startswith("1 reviews, 0 without a reading, 0 faults\n")
    for name in (*scores["measures"], *scores["calibration"], *scores["detail"]):
        assert f"  {name}\n" in printed


def test_the_reviews_are_read_where_no_readings_are_given(run, gold):
    result = run("evaluate", gold, "--json")
    assert result.returncode == 0, result.stderr
    scores = json.loads(result.stdout)
    assert (scores["reviews"], scores["missing"]) == (1, 0)
    assert scores["measures"]["verdict accuracy (rated reviews)"] == 1.0


def test_a_reading_that_points_outside_its_text_fails(run, gold, tmp_path):
    (tmp_path / "r.jsonl").write_bytes(reading(end=99).to_json() + b"\n")
    result = run("evaluate", gold, "--readings", "r.jsonl")
    assert result.returncode == 1
    assert b"pullquote: g segment 0-99 lies outside the text" in result.stderr


@pytest.mark.parametrize(
    ("gold_line", "reading_line", "named"),
    [("{}", b"", b"gold.jsonl:1: no annotated review"), (json.dumps(GOLD), b"{}", b"r.jsonl:1: not a reading")],
)
def test_a_damaged_line_is_named_and_nothing_is_scored(run, tmp_path, gold_line, reading_line, named):
    (tmp_path / "gold.jsonl").write_text(gold_line + "\n")
    (tmp_path / "r.jsonl").write_bytes(reading_line + b"\n")
    result = run("evaluate", "gold.jsonl", "--readings", "r.jsonl")
    assert (result.returncode, result.stdout) == (2, b"")
    assert named in result.stderr


def test_missing_files_are_named(run, gold):
    for arguments in (("none.jsonl",), (gold, "--readings", "none.jsonl")):
        result = run("evaluate", *arguments)
        assert (result.returncode, result.stdout) == (2, b"")
        assert b"none.jsonl: No such file" in result.stderr
