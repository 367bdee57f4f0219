"""``--workers``: the same results by several processes, and none of them outlives the command."""

import json
import os
import signal
import time

import pytest

from ..crew.processes import linux, under, wait_for_end


@pytest.fixture
def many(tmp_path):
    """A file of 300 reviews, among them one that is empty."""
    lines = [{"id": f"r{i}", "text": f"A superb film, number {i}. The acting is dull."} for i in range(300)]
    lines[100]["text"] = " "
    file = tmp_path / "many.jsonl"
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return file


def begun(process):
    """Wait until the command has written something; gives its processes."""
    assert process.stdout.readline()
    processes = under(process.pid)
    assert len(processes) == 2
    return processes


@pytest.mark.parametrize("model", ["large", "compact"])
def test_results_are_the_same_to_the_byte(run, many, model):
    many.write_bytes(b"".join(many.read_bytes().splitlines(keepends=True)[:150]))
    results = [run("read", many, "--workers", workers, "--with-text", "--model", model) for workers in (1, 2, 3)]
    assert [result.returncode for result in results] == [1, 1, 1]
    assert results[0].stdout.count(b'"schema"') == 149
    assert results[1].stdout == results[0].stdout == results[2].stdout
    assert results[1].stderr == results[0].stderr == results[2].stderr
    assert results[0].stderr.endswith(b"many.jsonl:101: the review is empty: it holds no words to read\n")


@linux
@pytest.mark.parametrize(
    ("sent", "code", "said"),
    [
        (signal.SIGINT, 130, b"pullquote: interrupted\n"),
        (signal.SIGTERM, 143, b""),
        (signal.SIGKILL, -signal.SIGKILL, b""),
    ],
)
def test_a_command_that_is_stopped_takes_its_workers_along(start, many, sent, code, said):
    process = start("read", many, "--workers", 2)
    processes = begun(process)
    process.send_signal(sent)
    process.stdout.close()
    assert process.wait(30) == code
    assert wait_for_end(processes) == []
    assert process.stderr.read() == said


@linux
def test_a_command_that_is_stopped_while_it_begins_takes_its_workers_along(start, many):
    process = start("read", many, "--workers", 2)
    while not (processes := under(process.pid)):
        assert process.poll() is None
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    assert process.wait(30) == 130
    assert wait_for_end(processes) == []
    assert process.stderr.read() == b"pullquote: interrupted\n"


@linux
def test_who_has_seen_enough_ends_it_quietly(start, many):
    process = start("read", many, "--workers", 2)
    processes = begun(process)
    process.stdout.close()
    assert process.wait(30) == 1
    assert wait_for_end(processes) == []
    assert b"Error" not in process.stderr.read()


@linux
def test_a_killed_worker_is_told_and_the_old_file_stays(start, many, tmp_path):
    old = tmp_path / "old.jsonl"
    old.write_bytes(b"old\n")
    process = start("read", many, "--workers", 2, "-o", old)
    while len(processes := under(process.pid)) < 2:
        assert process.poll() is None
        time.sleep(0.01)
    os.kill(processes[1], signal.SIGKILL)
    assert process.wait(30) != 0
    assert wait_for_end(processes) == []
    said = process.stderr.read()
    assert b"--workers 1" in said and b"Traceback" not in said
    assert old.read_bytes() == b"old\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["many.jsonl", "old.jsonl"]


@linux
def test_an_ingest_whose_worker_is_killed_can_be_run_again(start, run, many, tmp_path):
    process = start("ingest", many, "--workers", 2, "--no-index")
    while len(processes := under(process.pid)) < 2:
        assert process.poll() is None
        time.sleep(0.01)
    os.kill(processes[1], signal.SIGKILL)
    assert process.wait(30) != 0
    assert wait_for_end(processes) == []
    assert b"--workers 1" in process.stderr.read()
    assert run("ingest", many, "--workers", 2, "--no-index").returncode == 1
    assert b"299 reviews" in run("check").stdout
