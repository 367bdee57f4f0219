"""A file is written whole or not at all, whatever happens on the way."""

import json
import os
import signal
import stat
import time

import pytest

from pullquote.cli.output import opened

OLD = b"old content\n"
ROW = json.dumps({"id": "a", "text": "A wonderful film with great acting."}).encode() + b"\n"


@pytest.fixture
def old(tmp_path):
    file = tmp_path / "out.jsonl"
    file.write_bytes(OLD)
    return file


def others(file):
    return sorted(path.name for path in file.parent.iterdir() if path != file)


def test_what_is_kept_takes_the_old_files_place_and_rights(old):
    old.chmod(0o640)
    with opened(old) as output:
        output.write(b"new\n")
        assert old.read_bytes() == OLD
        output.keep()
    assert old.read_bytes() == b"new\n"
    assert stat.S_IMODE(old.stat().st_mode) == 0o640
    assert others(old) == []


def test_a_new_file_has_the_usual_rights(tmp_path):
    usual, new = tmp_path / "usual", tmp_path / "new"
    usual.touch()
    with opened(new) as output:
        output.keep()
    assert new.stat().st_mode == usual.stat().st_mode


def test_a_failure_on_the_way_leaves_the_old_content(old):
    with pytest.raises(RuntimeError), opened(old) as output:
        output.write(b"half")
        raise RuntimeError
    assert old.read_bytes() == OLD
    assert others(old) == []


def test_what_nobody_keeps_changes_nothing(old):
    with opened(old) as output:
        output.write(b"half")
    assert old.read_bytes() == OLD
    assert others(old) == []


def test_a_link_still_points_to_its_file(old, tmp_path):
    link = tmp_path / "link.jsonl"
    link.symlink_to(old)
    with opened(link) as output:
        output.write(b"new\n")
        output.keep()
    assert link.is_symlink()
    assert old.read_bytes() == b"new\n"


def test_devices_are_written_straight(tmp_path):
    with opened(type(tmp_path)(os.devnull)) as output:
        output.write(b"gone")
    assert stat.S_ISCHR(os.stat(os.devnull).st_mode)  # noqa: PTH116


def begun(process, old):
    """Hand the running command a review, keep it waiting for the next, until its output is under way."""
    process.stdin.write(ROW)
    process.stdin.flush()
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        if [name for name in others(old) if name.endswith(".part")]:
            return
        time.sleep(0.02)
    pytest.fail(f"no output was begun: {process.stderr.read().decode() if process.poll() is not None else 'timeout'}")


@pytest.mark.parametrize(
    ("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGKILL, -signal.SIGKILL)]
)
def test_a_command_stopped_half_way_leaves_the_old_file(start, old, sent, code):
    process = start("read", "-", "--output", old)
    begun(process, old)
    process.send_signal(sent)
    assert process.wait(60) == code
    assert old.read_bytes() == OLD
    if sent != signal.SIGKILL:
        assert others(old) == []
        assert b"Traceback" not in process.stderr.read()


def test_a_run_without_a_single_reading_leaves_the_old_file(run, old):
    result = run("read", "-", "--output", old, input=" ")
    assert result.returncode == 1
    assert old.read_bytes() == OLD
    assert others(old) == []


def test_a_run_after_a_killed_one_writes_as_ever(start, run, old):
    process = start("read", "-", "--output", old)
    begun(process, old)
    process.kill()
    process.wait(60)
    assert run("read", "-", "--output", old, input=ROW).returncode == 0
    assert json.loads(old.read_bytes())["id"] == "a"


@pytest.mark.parametrize(
    ("output", "reason"),
    [("luna.txt", b"one of the inputs"), ("none/out.jsonl", b"there is no folder none"), (".", b"is a folder")],
)
def test_outputs_that_cannot_work_are_refused_before_anything_is_read(run, review, output, reason):
    before = review.read_bytes()
    result = run("read", review, "--output", output)
    assert result.returncode == 2
    assert reason in result.stderr
    assert review.read_bytes() == before
