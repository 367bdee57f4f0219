"""The whole comparison as a command, on invented reviews: it runs, keeps what was learned, says what it measured."""

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

pytest.importorskip("pyarrow")
from measuring.contender import installed_models

BENCH = Path(__file__).resolve().parents[2] / "bench"
#: The fastest that comes along.
MODEL = installed_models()[0]
needs_vader = pytest.mark.skipif(
    not (find_spec("vaderSentiment") and find_spec("sklearn")), reason="needs vaderSentiment and scikit-learn"
)


def run(script: str, *words: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run([sys.executable, str(BENCH / script), *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done


def test_readers_side_by_side(tmp_path: Path):
    peers = {"vader": "VADER"} if find_spec("vaderSentiment") and find_spec("sklearn") else {}
    done = run(
        "side_by_side.py", "--made-up", "--readers", MODEL, *peers, "--cores", "1", "--rounds", "2", "--starts", "1",
        "--kept", str(tmp_path / "kept"), "--output", str(tmp_path / "bench.json"),
    )  # fmt: skip
    assert done.stdout.startswith("TRIAL")
    rows = [line.split("|")[1].strip() for line in done.stdout.splitlines() if line.startswith("| ")]
    assert rows == ["reader", f"Pullquote {MODEL}", *peers.values()]
    figures = json.loads((tmp_path / "bench.json").read_text())["readers"]
    assert [row["name"] for row in figures] == [MODEL, *peers]
    for row in figures:
        speed = row["speed"]["1"]
        assert speed["reviews"] == 12 and len(speed["seconds"]) == 2
        middle, least, most = speed["rate"]
        assert 0 < least <= middle <= most
        assert row["cold_start"][0] > 0
        assert 0.5 < row["quality"]["accuracy"] <= 1
    assert {"names", "measures", "reading_score"} <= set(figures[0]["quality"])
    for row in figures[1:]:
        assert not {"names", "measures", "reading_score"} & set(row["quality"])
        assert row["quality"]["ece"] is None


@needs_vader
def test_what_was_learned_is_used_again(tmp_path: Path):
    words = (
        "--made-up",
        "--readers",
        "vader",
        "--cores",
        "1",
        "--rounds",
        "1",
        "--starts",
        "1",
        "--kept",
        str(tmp_path),
    )
    assert "VADER: learning" in run("side_by_side.py", *words).stderr
    assert "learning" not in run("side_by_side.py", *words).stderr
    assert "VADER: learning" in run("side_by_side.py", *words, "--fresh").stderr


@needs_vader
def test_what_is_kept_depends_on_the_data(tmp_path: Path):
    from measuring.kept import kept, place, teach
    from measuring.made_up import made_up

    small, large = place("vader", tmp_path, made_up(12)), place("vader", tmp_path, made_up(24))
    assert small != large
    assert small == place("vader", tmp_path, made_up(12))
    teach("vader", small, made_up(12))
    assert kept(small).predict(["A wonderful film, I loved it.", "Dreadful and boring."]).favourable == [True, False]


@needs_vader
@pytest.mark.skipif(sys.platform != "linux", reason="shares are read by processes that split off")
def test_two_processes_judge_all_reviews(tmp_path: Path):
    from measuring.kept import place, teach
    from measuring.made_up import made_up
    from measuring.reviews import write_reviews

    data = made_up()
    path = place("vader", tmp_path, data)
    teach("vader", path, data)
    write_reviews(data.speed, tmp_path / "reviews.jsonl")
    done = run("one_peer.py", "rate", str(path), str(tmp_path / "reviews.jsonl"), "7", "2")
    assert json.loads(done.stdout)["seconds"] > 0


def test_slow_readers_read_the_first_reviews_only(tmp_path: Path):
    from measuring.speeds import speeds
    from measuring.watched import Run

    class Slow:
        title = "slow"

        def rate(self, reviews: Path, number: int, cores: int, work: Path) -> tuple[float, Run]:
            return number / 50, Run(number / 50, "", [])

        def once(self, work: Path) -> list[str]:
            return []

    found = speeds({"slow": Slow()}, tmp_path, 10_000, [1], rounds=3, seconds=20, work=tmp_path)["slow"]["1"]
    assert found["reviews"] == 1000
    assert found["rate"].median == 50
    assert found["peak_mb"] is None


def test_a_curve_of_one_way_to_read():
    words = (f"{MODEL}: --model {MODEL}", "--made-up", "--rounds", "1")
    printed = run("tradeoff.py", *words).stdout
    assert printed.splitlines()[2].startswith(f"| {MODEL}")
    assert "█" in printed


def test_memory_over_time_is_that_of_equal_parts():
    from long_run import by_part
    from measuring.watched import Memory

    looks = [Memory(0.5, 10, 5), Memory(3.0, 30, 5), Memory(3.5, 20, 5), Memory(4.0, 25, 5)]
    assert by_part(looks, 4.0, parts=4) == [10, None, None, 30]


def test_a_long_run_tells_rate_and_memory(tmp_path: Path):
    from measuring.made_up import made_up
    from measuring.reviews import write_reviews

    write_reviews(made_up().speed, tmp_path / "reviews.jsonl")
    run("long_run.py", "--model", MODEL, "--texts", str(tmp_path / "reviews.jsonl"), "--sizes", "6", "30",
        "--rounds", "1", "--workers", "1", "--output", str(tmp_path / "long.json"))  # fmt: skip
    found = json.loads((tmp_path / "long.json").read_text())["reviews"]
    assert list(found) == ["6", "30"]
    assert all(one["rate"][0] > 0 and len(one["peak_mb_by_part"]) == 10 for one in found.values())
