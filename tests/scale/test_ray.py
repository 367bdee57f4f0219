"""The engine at work: on this machine alone, and on a cluster of three nodes that are killed while they read."""

import hashlib
import os
import random
import signal
import socket
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path

import msgspec
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullquote.errors import ExportError
from pullquote.reading_arrow import readings_of
from pullquote.scale.engine import ours, together
from pullquote.scale.inputs import Input

from ..cli.conftest import COMMAND, ENVIRONMENT
from ..crew.processes import under, wait_for_end
from .made import table

pytest.importorskip("ray", reason="Ray is not installed (pip install 'pullquote[ray]')")
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc")

#: Enough for a busy machine.
LONG = 600
#: Ray calls nobody, and its processes have their share: usually they stand back behind all others.
ENVIRONMENT_OF_RAY = {
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",
    "RAY_worker_niceness": "0",
}


def command(folder, *arguments):
    """``pullquote`` with these arguments, started in ``folder``."""
    return subprocess.Popen(
        [*COMMAND, *map(str, arguments)],
        cwd=folder,
        env=ENVIRONMENT | ENVIRONMENT_OF_RAY,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ended(process):
    """Exit code and what it said."""
    out, said = process.communicate(timeout=LONG)
    return process.returncode, out, said


def accounted(folder):
    """The rows in a folder of readings, in the order of the input; every file must be as its entry says."""
    entries = [msgspec.json.decode(path.read_bytes()) for path in sorted((folder / "manifest").iterdir())]
    for one in entries:
        assert one["rows"] == one["read"] + one["failed"]
        if one["read"]:
            data = (folder / "readings" / f"{one['part']}.parquet").read_bytes()
            assert (len(data), hashlib.sha256(data).hexdigest()) == (one["bytes"], one["sha256"])
    assert len(list(folder.glob("readings/*"))) == sum(one["read"] > 0 for one in entries)
    assert len(list(folder.glob("failures/*"))) == sum(one["failed"] > 0 for one in entries)
    return pq.ParquetDataset(folder / "readings").read()


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.fixture
def cluster(monkeypatch):
    """A cluster of three nodes with a core each, and the address at which it is reached from outside."""
    for name, value in ENVIRONMENT_OF_RAY.items():
        monkeypatch.setenv(name, value)
    from ray.cluster_utils import Cluster

    port = free_port()
    node = {"num_cpus": 1, "object_store_memory": 100 * 1024 * 1024}
    found = Cluster(
        initialize_head=True, head_node_args=node | {"include_dashboard": False, "ray_client_server_port": port}
    )
    try:
        found.nodes_to_lose = [found.add_node(**node), found.add_node(**node)]
        found.outside = f"ray://127.0.0.1:{port}"
        yield found
    finally:
        processes = under(os.getpid())
        found.shutdown()
        left = wait_for_end(processes)
        for pid in left:
            os.kill(pid, signal.SIGKILL)
        assert left == []


def readers():
    """Processes of the cluster that read."""
    found = []
    for pid in under(os.getpid()):
        try:
            name = Path(f"/proc/{pid}/cmdline").read_bytes()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if name.startswith(b"ray::MapWorker"):
            found.append(pid)
    return found


def wait_for(process, folder, number):
    """Wait until so many parts are done, and a little longer; the command must still be at work."""
    deadline = time.monotonic() + LONG
    while len(list(folder.glob("manifest/*.json"))) < number:
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.02)
    time.sleep(random.uniform(0, 0.2))
    assert process.poll() is None, process.communicate()


def test_every_review_ends_once_though_actors_a_node_and_the_command_are_killed(cluster, tmp_path):
    table(tmp_path / "a.jsonl", 250)
    table(tmp_path / "b.jsonl", 150, first=250)
    out = tmp_path / "out"
    words = ("read", "a.jsonl", "b.jsonl", "--engine", "ray", "--output", "out", "--part", "5", "--address")
    process = command(tmp_path, *words, cluster.address)
    wait_for(process, out, 2)
    os.kill(random.choice(readers()), signal.SIGKILL)
    wait_for(process, out, 10)
    cluster.remove_node(cluster.nodes_to_lose.pop(), allow_graceful=False)
    wait_for(process, out, 15)
    process.kill()
    # What Ray tells of the dead is no data.
    assert process.communicate()[0] == ""
    # What was done by then stays as it is.
    before = {path: path.stat().st_mtime_ns for path in out.glob("manifest/*.json")}
    assert 15 <= len(before) < 80
    assert not (out / "complete.json").exists()

    # Where all is busy, Ray may give up waiting for its own server for clients; nothing was tried then.
    for _ in range(4):
        code, told, said = ended(command(tmp_path, *words, cluster.outside))
        if code != 2:
            break
    assert (code, told) == (1, ""), said
    assert said.splitlines()[-1] == f"pullquote: {out}: 392 read, 8 failed (listed in its failures/)"
    assert {path: path.stat().st_mtime_ns for path in before} == before
    found = accounted(out)
    assert found["id"].to_pylist() == [f"r{n}" for n in range(400) if n % 50 != 49]
    failed = pq.ParquetDataset(out / "failures").read()["origin"].to_pylist()
    assert failed == [f"{'a' if n < 250 else 'b'}.jsonl:{n % 250 + 1}" for n in range(49, 400, 50)]
    assert msgspec.json.decode((out / "complete.json").read_bytes()) == {
        "files": 2, "parts": 80, "rows": 400, "read": 392, "failed": 8,
    }  # fmt: skip
    # To the bit what one process reads.
    code, lines, _ = ended(command(tmp_path, "read", "a.jsonl", "b.jsonl", "--with-text", "--workers", 1))
    assert code == 1
    assert [reading.to_json().decode() for reading in readings_of(found)] == lines.splitlines()


def test_on_this_machine_what_is_good_is_read_and_what_is_bad_is_named(tmp_path):
    folder = tmp_path / "reviews"
    folder.mkdir()
    table(folder / "a.jsonl", 60)
    (folder / "bad.parquet").write_bytes(b"PAR1 and then nothing that is a table PAR1")
    (folder / "c.csv").write_text("film,stars\nThe Lamp,4\n")
    (folder / "readme.md").touch()
    # Small ones travel together.
    (folder / "small").mkdir()
    for n in range(70):
        table(folder / "small" / f"{n}.jsonl", 2)
    words = ("read", "reviews", "--engine", "ray", "--output", "out", "--part", "40", "--workers", "2")
    process = command(tmp_path, *words)
    code, told, said = ended(process)
    assert (code, told) == (1, ""), said
    lines = said.splitlines()
    assert lines[0] == "pullquote: note: no tables, and passed over: reviews/readme.md"
    assert lines[-1] == f"pullquote: {tmp_path}/out: 199 read, 3 failed (listed in its failures/)"
    assert sorted(line.partition(":")[2].split()[0] for line in lines[1:-1]) == [
        "reviews/a.jsonl:50:", "reviews/bad.parquet:", "reviews/c.csv:",
    ]  # fmt: skip
    found = accounted(tmp_path / "out")
    assert found.num_rows == 199
    # Once more: there is nothing left to do, and no need of an engine.
    assert ended(command(tmp_path, *words)) == (
        1, "", f"{lines[0]}\npullquote: 73 of 73 files were done already\n{lines[-1]}\n",
    )  # fmt: skip
    code, _, said = ended(command(tmp_path, *words[:-1], "1", "--part", "30"))
    assert (
        code,
        said.splitlines()[-1].endswith(
            "--part: 40 there, 30 now); repeat the command as it was, or name another folder"
        ),
    ) == (2, True)


#: Put in the way of Python's start: whoever reads a certain review dies at once, as of a fault in a library.
DEADLY = """
import os, signal
from pullquote.scale import reading

read = reading.PartReader.read

def deadly(self, part):
    if any(record and "a deadly film" in record.text for record, _ in part.items):
        os.kill(os.getpid(), signal.SIGKILL)
    return read(self, part)

reading.PartReader.read = deadly
"""


def test_a_review_that_kills_its_readers_does_not_keep_the_command_for_ever(tmp_path, monkeypatch):
    (tmp_path / "start").mkdir()
    (tmp_path / "start" / "sitecustomize.py").write_text(DEADLY)
    texts = [f"A fine film, take {n}." for n in range(12)]
    texts[7] = "What a deadly film."
    (tmp_path / "a.jsonl").write_bytes(b"".join(msgspec.json.encode({"text": text}) + b"\n" for text in texts))
    monkeypatch.setitem(ENVIRONMENT_OF_RAY, "PYTHONPATH", str(tmp_path / "start"))
    words = ("read", "a.jsonl", "--engine", "ray", "--output", "out", "--part", "3", "--workers", "1")
    code, _, said = ended(command(tmp_path, *words))
    assert code == 1, said
    assert "died over one part, which was begun 21 times" in said.splitlines()[-1]
    assert "Traceback" not in said
    # Once it is away, the same command does the rest.
    monkeypatch.delitem(ENVIRONMENT_OF_RAY, "PYTHONPATH")
    assert ended(command(tmp_path, *words))[0] == 0
    assert accounted(tmp_path / "out").num_rows == 12


@pytest.fixture
def guarded(tmp_path, monkeypatch):
    """The address of a node that asks for a token, which lies where commands look for it."""
    monkeypatch.setitem(ENVIRONMENT_OF_RAY, "HOME", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    port, ray = free_port(), str(Path(sys.executable).with_name("ray"))
    environment = ENVIRONMENT | ENVIRONMENT_OF_RAY | {"RAY_AUTH_MODE": "token"}
    subprocess.run([ray, "get-auth-token", "--generate"], env=environment, check=True, stdout=subprocess.DEVNULL)
    start = ["start", "--head", "--block", "--num-cpus=1", "--include-dashboard=false", f"--port={port}"]
    head = subprocess.Popen(
        [ray, *start, f"--ray-client-server-port={free_port()}", f"--object-store-memory={100 * 1024 * 1024}"],
        env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    try:
        assert any("Ray runtime started" in line for line in head.stdout)
        yield f"127.0.0.1:{port}"
    finally:
        processes = [head.pid, *under(head.pid)]
        head.terminate()
        head.communicate()
        left = wait_for_end(processes)
        for pid in left:
            os.kill(pid, signal.SIGKILL)


def test_a_cluster_that_asks_for_a_token_gets_it_or_says_so(guarded, tmp_path, monkeypatch):
    table(tmp_path / "a.jsonl", 10)
    words = ("read", "a.jsonl", "--engine", "ray", "--output", "out", "--address", guarded)
    code, told, said = ended(command(tmp_path, *words))
    assert (code, told) == (2, "")
    assert "if the cluster asks for a token, set RAY_AUTH_MODE=token" in said.splitlines()[-1]
    monkeypatch.setitem(ENVIRONMENT_OF_RAY, "RAY_AUTH_MODE", "token")
    code, told, said = ended(command(tmp_path, *words))
    assert (code, told) == (0, ""), said
    assert accounted(tmp_path / "out").num_rows == 10


@given(st.lists(st.integers(0, 90), max_size=40), st.integers(1, 10))
def test_tables_are_cut_together_in_their_order_until_they_are_many_or_much(sizes, most):
    million = 1_000_000
    tables = [Input(f"{n}", f"{n}", f"{n}", f"{n}", size * million, "") for n, size in enumerate(sizes)]
    groups = list(together([(one, frozenset({7, 3})) for one in tables], most))
    assert [errand.input for group in groups for errand in group] == tables
    assert all(errand.done == [3, 7] for group in groups for errand in group)
    held = [[errand.input.size for errand in group] for group in groups]
    assert all(len(group) == 1 or (len(group) <= most and sum(group) <= 64 * 1024 * 1024) for group in held)
    # None could have taken the next one as well.
    for group, after in pairwise(held):
        assert len(group) == most or sum(group) + after[0] > 64 * 1024 * 1024


def test_what_went_wrong_in_ray_is_told_in_one_line():
    from ray.exceptions import RayError

    error = RuntimeError("a map failed")
    error.__cause__ = ValueError("a row is too wide\nTo see more, set this and that.")
    assert str(ours(error)) == "Ray failed: a row is too wide; repeat the command to go on"
    trace = RayError("ray::read()\n  File ...\nOSError: no space")
    assert str(ours(trace)) == "Ray failed: OSError: no space; repeat the command to go on"
    told = RuntimeError("a task failed")
    told.__cause__ = ExportError("the disk is full")
    assert ours(told) is told.__cause__


@pytest.mark.parametrize(
    ("options", "word"),
    [
        (["--output", "out", "--format", "card"], "do not go with --engine ray"),
        ([], "name it with --output DIR"),
        (["--output", "out", "--model", "none"], "no model at"),
        (["--output", "out", "--address", "127.0.0.1:1"], "no Ray cluster answers there"),
        (["--output", "s3://b/o?endpoint_override=127.0.0.1:1&scheme=http&region=eu"], "s3://b/o/"),
    ],
)
def test_nothing_is_tried_where_it_could_not_end_well(tmp_path, options, word):
    table(tmp_path / "a.jsonl", 1)
    code, _, said = ended(command(tmp_path, "read", "a.jsonl", "--engine", "ray", *options))
    assert (code, word in said) == (2, True), said
    assert "Traceback" not in said
