"""The site under load: 50 clients on search and film pages, alone and while very long reviews are being read.

    python bench/web.py READINGS.jsonl [--reviews 25000] [--seconds 60] [--connections 50] [--folder FOLDER]

READINGS.jsonl holds readings with their texts (`pullquote read ... --format jsonl --with-text`); the library is made
of them as bench/library.py makes it. Needs wrk (Debian: apt-get install wrk). Every client asks for one page after the
other, drawn by chance among the queries of bench/queries.json and all films. Prints a table and writes
docs/figures/web.json. An error is an answer other than 2xx, or none. Clients and server share the machine.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlencode

from machine import cores, machine, sentence
from table import markdown

from pullquote.library.store import Store

ROOT = Path(__file__).resolve().parent.parent
#: Seconds before what counts, in which pages are compiled and caches filled.
WARM = 3
#: The longest review that the site reads, in characters.
LONG = 100_000
SENTENCE = "The second act drags, but Ada Vale is superb as Nina, and the camera loves the fog. "

SCRIPT = """
local paths = {%s}
local threads = 0
function setup(thread) thread:set("seed", threads); threads = threads + 1 end
function init(args) math.randomseed(seed + 1) end
function request()
  return wrk.format("GET", paths[math.random(#paths)], {["Accept-Encoding"] = "gzip", ["Host"] = wrk.headers["Host"]})
end
function done(summary, latency, requests)
  local e = summary.errors
  io.write(string.format('\\nFIGURES {"requests": %%d, "microseconds": %%d, "p50": %%d, "p99": %%d, "max": %%d, ' ..
    '"errors": %%d}\\n', summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
    latency.max, e.connect + e.read + e.write + e.status + e.timeout))
end
"""


def made(readings: Path, number: int, folder: Path) -> Path:
    """A library of ``number`` reviews with its index."""
    for stage in ("store", "index"):
        command = [sys.executable, str(ROOT / "bench" / "library.py"), str(readings), "--stage", stage]
        subprocess.run([*command, "--sizes", str(number), "--folder", str(folder)], check=True, stdout=sys.stderr)
    return folder / "pullquote.duckdb"


def pages(library: Path) -> dict[str, list[str]]:
    """Addresses of search pages and of film pages."""
    queries = json.loads((ROOT / "bench" / "queries.json").read_text(encoding="utf-8"))
    with Store(library) as store:
        rows = store.connection.execute("SELECT DISTINCT film FROM reviews WHERE film IS NOT NULL ORDER BY 1")
        films = rows.fetchall()
    return {
        "search pages": [f"/search?{urlencode({'q': one['words']})}" for one in queries],
        "film pages": [f"/film/{quote(film, safe='')}" for (film,) in films],
    }


@contextmanager
def served(library: Path, log: Path) -> Iterator[str]:
    """The address of a server over a library."""
    command = [sys.executable, "-m", "pullquote", "serve", str(library), "--read-only", "--port", "0", "--rate", "0"]
    with log.open("w") as stream, subprocess.Popen(command, stderr=stream) as run:
        try:
            while not (found := re.search(r"http://[^/\s]+", log.read_text())):
                if run.poll() is not None:
                    raise SystemExit(log.read_text())
                time.sleep(0.1)
            yield found[0]
        finally:
            run.terminate()


def load(address: str, paths: Sequence[str], seconds: int, connections: int, folder: Path) -> dict[str, float]:
    """What wrk measures on ``paths``: requests a second, latencies in ms, errors."""
    script = folder / "pages.lua"
    script.write_text(SCRIPT % ", ".join(f'"{path}"' for path in paths), encoding="utf-8")
    for length in (WARM, seconds):
        command = ["wrk", f"-t{cores()}", f"-c{connections}", f"-d{length}s", "--timeout", "15s", "-s", str(script)]
        out = subprocess.run([*command, address], check=True, stdout=subprocess.PIPE, text=True).stdout
    found = json.loads(out.rpartition("FIGURES ")[2])
    return {
        "requests a second": found["requests"] / (found["microseconds"] / 1e6),
        "p50, ms": found["p50"] / 1000,
        "p99, ms": found["p99"] / 1000,
        "longest, ms": found["max"] / 1000,
        "requests": found["requests"],
        "errors": found["errors"],
    }


@contextmanager
def long_reviews(address: str) -> Iterator[list[float]]:
    """A client that has one very long review read after the other; gives the seconds of each."""
    body = json.dumps({"reviews": [{"text": (SENTENCE * (LONG // len(SENTENCE) + 1))[:LONG]}]}).encode()
    took: list[float] = []
    ended = threading.Event()

    def read() -> None:
        while not ended.is_set():
            began = time.perf_counter()
            request = urllib.request.Request(f"{address}/api/v1/read", body, {"Content-Type": "application/json"})
            with urllib.request.urlopen(request, timeout=300) as answer:
                answer.read()
            took.append(time.perf_counter() - began)

    thread = threading.Thread(target=read)
    thread.start()
    try:
        yield took
    finally:
        ended.set()
        thread.join()


def measured(
    library: Path, seconds: int, connections: int, folder: Path
) -> tuple[dict[str, dict[str, float]], list[float]]:
    """The figures of each kind of page, and the seconds that each long review took."""
    kinds = pages(library)
    both = [path for paths in kinds.values() for path in paths]
    with served(library, folder / "log") as address:
        figures = {kind: load(address, paths, seconds, connections, folder) for kind, paths in kinds.items()}
        figures["both"] = load(address, both, seconds, connections, folder)
        with long_reviews(address) as took:
            figures["both, while long reviews are read"] = load(address, both, seconds, connections, folder)
    return figures, took


def main() -> None:
    """Make the library, load the site and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("readings", type=Path)
    parser.add_argument("--reviews", type=int, default=25_000)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--connections", type=int, default=50)
    parser.add_argument("--folder", type=Path, help="where the library is made; default: a temporary folder")
    parser.add_argument("--output", type=Path, default=ROOT / "docs" / "figures" / "web.json")
    options = parser.parse_args()
    if shutil.which("wrk") is None:
        raise SystemExit("wrk is not here, and nothing is measured without it; install it: apt-get install wrk")
    here = machine(["duckdb", "lancedb", "fastapi", "uvicorn"])
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        folder = Path(name)
        library = made(options.readings, options.reviews, folder)
        figures, took = measured(library, options.seconds, options.connections, folder)
    asked = {"reviews": options.reviews, "connections": options.connections, "seconds": options.seconds}
    told = {"machine": here, **asked, "pages": figures, "long reviews, seconds each": took}
    options.output.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    names = list(next(iter(figures.values())))
    print(markdown(["", *names], [[kind, *(f"{own[name]:,.0f}" for name in names)] for kind, own in figures.items()]))
    print(f"\n{options.connections} clients, {options.seconds} s each, {options.reviews:,} reviews. In the last row")
    print(f"a review of {LONG:,} characters was read {len(took)} times meanwhile, in {max(took):.0f} s at most.")
    print(sentence(here))


if __name__ == "__main__":
    main()
