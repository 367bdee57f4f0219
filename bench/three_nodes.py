"""An archive read on three nodes of this machine, one of which is killed half-way; then loaded, then asked.

    python bench/three_nodes.py [--model compact] [--reviews 100000] [--films 800] [--made-up]

What docs/scale.md tells a new user to do, by the same commands. Ends with an error if a review is missing or there
twice, or if the library and the folder say different things of a film. Reviews are three sentences of real ones drawn
by chance. Seconds of each step go to standard output and docs/figures/three_nodes.json.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from machine import machine, sentence
from measuring.contender import program
from measuring.tell import tell
from measuring.watched import family
from scale import ROOT, made_up, pool
from table import markdown

#: Reviews in one file of the input, and in one part of the output.
_FILE, _PART = 25_000, 1_000
#: Every node and the command show the token that `ray get-auth-token` makes.
_ENVIRONMENT = {**os.environ, "RAY_AUTH_MODE": "token", "RAY_USAGE_STATS_ENABLED": "0"}


def write(folder: Path, sentences: list[str], number: int, films: int) -> None:
    """Parquet files with so many reviews of so many films."""
    folder.mkdir()
    dice = random.Random(5)
    for first in range(0, number, _FILE):
        rows = range(first, min(first + _FILE, number))
        about = [dice.randrange(films) for _ in rows]
        table = {
            "id": [f"r{row}" for row in rows],
            "text": [" ".join(dice.choices(sentences, k=3)) for _ in rows],
            "film_id": [f"tt{film:07}" for film in about],
            "title": [f"The Film {film}" for film in about],
            # Two reviews may have the same words.
            "author": [f"a{row}" for row in rows],
            "rating": [f"{dice.randint(1, 10)}/10" for _ in rows],
        }
        pq.write_table(pa.table(table), folder / f"{first // _FILE}.parquet", compression="zstd")


@contextmanager
def nodes(number: int) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A cluster of so many nodes with a core each: its address and its nodes, the head first."""
    ray = str(Path(sys.executable).with_name("ray"))
    subprocess.run([ray, "get-auth-token", "--generate"], env=_ENVIRONMENT, check=True, stdout=subprocess.DEVNULL)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    started: list[subprocess.Popen[bytes]] = []
    try:
        for _ in range(number):
            head = ["--head", f"--port={port}", "--include-dashboard=false"]
            where = [f"--address=127.0.0.1:{port}"] if started else head
            started.append(
                subprocess.Popen(
                    [ray, "start", "--block", "--num-cpus=1", *where],
                    env=_ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                )
            )  # fmt: skip
            said = started[-1].stdout
            assert said is not None
            if not any(b"Ray runtime started" in line for line in said):
                raise SystemExit("a node could not be started; is the extra 'ray' installed?")
        yield f"127.0.0.1:{port}", started
    finally:
        for one in reversed(started):
            one.terminate()
            one.wait()


def kill(node: subprocess.Popen[bytes]) -> None:
    """Take a node away with all its processes, as when its plug is pulled."""
    for pid in family(node.pid):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def read(reviews: Path, out: Path, model: str, number: int) -> float:
    """Read on three nodes, the last of which is killed when half of the parts are done; seconds."""
    with nodes(3) as (address, started):
        words = ["read", str(reviews), "--engine", "ray", "--output", str(out), "--address", address]
        start = time.perf_counter()
        run = subprocess.Popen([program(), *words, "--model", model, "--part", str(_PART)], env=_ENVIRONMENT)
        while run.poll() is None and len(list(out.glob("manifest/*.json"))) < number / _PART / 2:
            time.sleep(0.05)
        kill(started[-1])
        tell(f"a node killed after {len(list(out.glob('manifest/*.json')))} parts")
        if run.wait():
            raise SystemExit(f"pullquote ended with {run.returncode}")
        return time.perf_counter() - start


def asked(*words: str) -> tuple[float, str]:
    """Seconds of a command, and what it prints."""
    start = time.perf_counter()
    done = subprocess.run([program(), *words], check=True, capture_output=True, text=True)
    return time.perf_counter() - start, done.stdout


def main() -> None:
    """Try, print, keep."""
    told = arguments()
    sentences, _ = made_up() if told.made_up else pool(told.shared)
    found: dict[str, float] = {}
    with TemporaryDirectory(dir=told.folder) as name:
        work = Path(name)
        reviews, out, library = work / "reviews", work / "readings", str(work / "archive.duckdb")
        write(reviews, sentences, told.reviews, told.films)
        found["read, a node killed half-way"] = read(reviews, out, told.model, told.reviews)
        found["load"], _ = asked("ingest", str(out), "--library", library)
        _, counted = asked("sql", "SELECT count(*) AS n, count(DISTINCT id) AS ids FROM reviews", "--library", library)
        if counted.splitlines()[1:] != [f"{told.reviews},{told.reviews}"]:
            raise SystemExit(f"not every review is there once: {counted}")
        found["dossier, from the library"], here = asked("film", "The Film 5", "--library", library)
        found["dossier, from the folder"], there = asked("film", "The Film 5", "--library", str(out))
        if here != there:
            raise SystemExit("library and folder say different things of the film")
    kept: dict[str, Any] = {
        "machine": machine(("pullquote", "onnxruntime", "ray")), "model": told.model, "reviews": told.reviews,
        "seconds": found,
    }  # fmt: skip
    told.output.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    print(markdown(["step", "seconds"], [[step, f"{seconds:.1f}"] for step, seconds in found.items()]))
    print(f"\n{told.reviews:,} reviews of {told.films} films, {told.model}, once, {sentence(kept['machine'])}.")


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", default="compact", help="model by name")
    parser.add_argument("--reviews", type=int, default=100_000, help="reviews to read")
    parser.add_argument("--films", type=int, default=800, help="films that they are about")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="folder of research data")
    parser.add_argument("--made-up", action="store_true", help="sentences of our own")
    parser.add_argument("--folder", type=Path, help="where reviews and readings are put meanwhile")
    parser.add_argument("--output", type=Path, default=ROOT / "docs" / "figures" / "three_nodes.json", help="JSON file")
    return parser.parse_args()


if __name__ == "__main__":
    main()
