"""Ingest: read once, interrupted anywhere, run again, nothing lost and nothing twice."""

import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pullquote import Reader
from pullquote.library.check import check
from pullquote.library.ingest import Ingest
from pullquote.library.rebuild import readings
from pullquote.library.store import Store
from pullquote.sources.record import Failure, Record

WORDS = ("superb", "dull", "warm", "noisy", "clever", "endless", "charming", "cold")


def records(number: int) -> list[tuple[str, Record | Failure]]:
    """Short reviews, all different."""
    return [
        (
            "made",
            Record(f"A {WORDS[i % 8]} film, number {i}. The acting is {WORDS[(i + 3) % 8]}.", f"r{i}", f"made:{i}"),
        )
        for i in range(number)
    ]


def ingest(store: Store, items: list[tuple[str, Record | Failure]], **options: object) -> Ingest:
    run = Ingest(store, **options)  # type: ignore[arg-type]
    for _ in run.run(items):
        pass
    return run


def ids(store: Store) -> list[str]:
    return [row[0] for row in store.connection.execute("SELECT id FROM reviews ORDER BY review").fetchall()]


def test_what_is_stored_is_what_the_reader_says(tmp_path: Path):
    with Store(tmp_path / "l.duckdb", write=True) as store:
        ingest(store, records(5))
        texts = [(r.id, r.text) for _, r in records(5) if isinstance(r, Record)]
        told = [reading.without_text() for reading in Reader().read_many(texts)]
        assert list(readings(store.connection, range(1, 6)).values()) == told
        assert check(store) == []


def test_twice_the_same_source_adds_nothing(tmp_path: Path):
    with Store(tmp_path / "l.duckdb", write=True) as store:
        ingest(store, records(4))
        before = store.meta("changes")
        again = ingest(store, [*records(4), *records(6)])
        assert (again.progress.stored, again.progress.known) == (2, 8)
        assert ids(store) == [f"r{i}" for i in range(6)]
        assert store.meta("changes") != before


def test_failures_are_kept_and_stop_nothing(tmp_path: Path):
    items = records(3)
    items[1:1] = [("made", Failure("made:x", "torn")), ("made", Record(" ", "empty", "made:empty"))]
    with Store(tmp_path / "l.duckdb", write=True) as store:
        told: list[str] = []
        run = ingest(store, items, complain=lambda origin, reason: told.append(origin))
        assert run.progress.failed == 2 and told == ["made:x", "made:empty"]
        assert len(ids(store)) == 3
        found = store.connection.execute("SELECT origin, reason FROM failures ORDER BY origin").fetchall()
        assert [origin for origin, _ in found] == ["made:empty", "made:x"] and "empty" in found[0][1]


def test_workers_change_nothing(tmp_path: Path):
    with Store(tmp_path / "one.duckdb", write=True) as one, Store(tmp_path / "two.duckdb", write=True) as two:
        ingest(one, records(70))
        ingest(two, records(70), workers=2)
        assert ids(one) == ids(two)
        everything = range(1, 71)
        assert readings(one.connection, everything) == readings(two.connection, everything)


def test_rereading_replaces_only_what_another_model_read(tmp_path: Path):
    with Store(tmp_path / "l.duckdb", write=True) as store:
        ingest(store, records(3))
        store.connection.execute("UPDATE readings SET model = 'older/1' WHERE review = 2")
        assert ingest(store, records(3)).progress.known == 3
        run = ingest(store, records(3), reread=True)
        assert (run.progress.reread, run.progress.known) == (1, 2)
        history = store.connection.execute(
            "SELECT model, replaced_at IS NULL FROM readings WHERE review = 2 ORDER BY reading"
        ).fetchall()
        assert history[0] == ("older/1", False) and history[1][1]
        assert check(store) == []


DRIVER = """
import json, sys
from pullquote.library.ingest import Ingest
from pullquote.library.store import Store
from pullquote.sources.open import named_records
with Store(sys.argv[2], write=True) as store:
    print("begun", flush=True)
    for _ in Ingest(store, batch=3).run(named_records([sys.argv[1]])):
        pass
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    file = tmp_path / "reviews.jsonl"
    lines = [json.dumps({"id": r.id, "text": r.text}) for _, r in records(90) if isinstance(r, Record)]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def test_killed_at_thirty_random_moments_and_run_again(tmp_path: Path, source: Path):
    """kill -9 anywhere: every review ends there exactly once, and all tables agree."""
    library = tmp_path / "l.duckdb"

    def begin(target: Path) -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, "-c", DRIVER, str(source), str(target)], stdout=subprocess.PIPE)

    def begun(process: subprocess.Popen[bytes]) -> None:
        assert process.stdout is not None and process.stdout.readline() == b"begun\n"

    def whole() -> None:
        with Store(library) as store:
            assert ids(store) == [f"r{i}" for i in range(90)]
            assert check(store) == []

    process = begin(tmp_path / "timed.duckdb")
    begun(process)
    started = time.monotonic()
    assert process.wait() == 0
    took = time.monotonic() - started
    dice = random.Random(5)
    killed, stages = 0, set()
    while killed < 30:
        process = begin(library)
        # One in six while it opens the library, the others while it stores.
        if killed % 6:
            begun(process)
        try:
            process.wait(dice.uniform(0, 0.6 * took))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
            killed += 1
        else:
            # All is in; the next one begins anew.
            whole()
            library.unlink()
        if library.exists():
            with Store(library, write=True) as store:
                assert check(store) == []
                stages.add(len(ids(store)))
    assert len(stages) >= 3
    assert begin(library).wait() == 0
    whole()


def test_a_full_disk_leaves_the_library_as_it_was(tmp_path: Path, source: Path):
    """A limit on how far files may be written stands in for a full disk: writing past it fails as it does there."""
    library = tmp_path / "l.duckdb"
    with Store(library, write=True) as store:
        ingest(store, records(2))
    script = (
        "import resource, signal, sys\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (32_768, 32_768))\n"
        "from pullquote.cli import main\n"
        f"sys.argv = ['pullquote', 'ingest', {str(source)!r}, '--library', {str(library)!r}, '--no-index']\n"
        "main()\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    assert "cannot be written" in done.stderr and "Traceback" not in done.stderr
    with Store(library, write=True) as store:
        assert ids(store) == ["r0", "r1"]
        assert check(store) == []
