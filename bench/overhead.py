"""What the engine for many machines adds to reading, piece by piece.

    python bench/overhead.py [--model compact] [--seconds 30] [--rounds 5]

A table goes to standard output, figures to docs/figures/overhead.json:

- start and end: wall and processor time of a whole run over a hundred reviews;
- cutting a table into parts, and making a table and a Parquet file of readings: processor time of a review, between
  reading, in a process on every core, parts of the engine's own size;
- Ray's own processes: processor time of all processes of a run but those that read, while they read.

Needs /proc. Reviews are those of `scale.py`.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from machine import cores, machine, sentence
from measuring.spread import Spread, spread
from measuring.tell import tell
from measuring.watched import family
from scale import ROOT, engine, made_up, pool, write
from table import markdown

from pullquote.crew.settled import settle
from pullquote.reader.limits import MAX_CHARS
from pullquote.scale.inputs import find
from pullquote.scale.order import PART, order
from pullquote.scale.parts import Part, parts
from pullquote.scale.reading import PartReader, answers, packed
from pullquote.scale.schema import rows

#: Reviews of a run that is little but its start, and of the run that is looked at while it reads.
_START, _RUN = 100, 40_000
#: Seconds after which readers read for sure, and what their processes are called.
_WARM, _READER = 20.0, "ray::MapWorker"
_TICK = os.sysconf("SC_CLK_TCK")
_Found = TypeVar("_Found")


def packing(reviews: Path, model: str, number: int, workers: int, work: Path) -> dict[str, float]:
    """Milliseconds of processor time a review: cutting, and making table and file.

    The middle of some parts but the first, each just read, and of processes side by side, as many as workers.
    """
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        found = list(pool.map(_packing, [(reviews, model, number, work / f"none{n}") for n in range(workers)]))
    return {what: median([one[what] for one in found]) for what in found[0]}


def _packing(asked: tuple[Path, str, int, Path]) -> dict[str, float]:
    reviews, model, number, work = asked
    told = order(str(work), model=model, max_chars=MAX_CHARS, mapping={}, scale=None, part=PART)
    one = find([str(reviews)], told.output, "").tables[0]
    reader = PartReader(told).reader
    settle(reader)
    cut = parts(one, told, frozenset())
    spent: dict[str, list[float]] = {"cutting": [], "table": [], "file": []}
    for _ in range(number):
        part = _timed(spent["cutting"], lambda: next(cut))
        assert isinstance(part, Part)
        records, lines, _failed = answers(reader, part.items, MAX_CHARS)
        table = _timed(spent["table"], partial(rows, one.source, records, lines))
        _timed(spent["file"], partial(packed, table))
    # What is done for the first time takes longer.
    return {what: 1e3 * median(seconds[1:]) / PART for what, seconds in spent.items()}


def _timed(spent: list[float], work: Callable[[], _Found]) -> _Found:
    start = time.process_time()
    found = work()
    spent.append(time.process_time() - start)
    return found


def starting(reviews: Path, model: str, workers: int, rounds: int, work: Path) -> dict[str, Spread]:
    """Wall and processor seconds of runs that are little but start and end; processor time of the whole machine."""
    wall, busy = [], []
    for number in range(rounds):
        before, start = _busy(), time.perf_counter()
        subprocess.run(engine(reviews, work / f"out{number}", model, workers), check=True, capture_output=True)
        wall.append(time.perf_counter() - start)
        busy.append(_busy() - before)
    return {"wall": spread(wall), "processor": spread(busy)}


def _busy() -> float:
    """Seconds that this machine's cores have worked so far."""
    fields = [int(field) for field in Path("/proc/stat").read_text(encoding="utf-8").splitlines()[0].split()[1:9]]
    return (sum(fields) - fields[3] - fields[4]) / _TICK


def standing(reviews: Path, model: str, workers: int, seconds: float, work: Path) -> dict[str, float]:
    """Processor time as shares of one core while readers read: that of the readers, and that of all others."""
    run = subprocess.Popen(
        engine(reviews, work / "out", model, workers),
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        time.sleep(_WARM)
        before, start = _ticks(run.pid), time.perf_counter()
        time.sleep(seconds)
        after, took = _ticks(run.pid), time.perf_counter() - start
        if run.poll() is not None:
            raise SystemExit("the run was over too soon; give fewer --seconds")
    finally:
        os.killpg(run.pid, signal.SIGINT)
        run.wait()
    spent = {one: (name, ticks - before[one][1]) for one, (name, ticks) in after.items() if one in before}
    shares = {"readers": 0.0, "others": 0.0}
    for name, ticks in spent.values():
        shares["readers" if name.startswith(_READER) else "others"] += ticks / _TICK / took
    return shares


def _ticks(pid: int) -> dict[int, tuple[str, int]]:
    """Name and processor time of a process and all below it."""
    found = {}
    for one in family(pid):
        try:
            name = Path(f"/proc/{one}/cmdline").read_text(encoding="utf-8", errors="replace")
            fields = Path(f"/proc/{one}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        found[one] = (name, int(fields[11]) + int(fields[12]))
    return found


def main() -> None:
    """Measure, print, keep."""
    asked = arguments()
    workers, drawn = cores(), made_up() if asked.made_up else pool(asked.shared)
    with TemporaryDirectory() as name:
        work = Path(name)
        few, many = write(work, drawn, _START, None), write(work, drawn, _RUN, None)
        start = starting(few, asked.model, workers, asked.rounds, work)
        tell("start and end")
        pieces = packing(many, asked.model, 1 + asked.rounds, workers, work)
        tell("a part")
        shares = standing(many, asked.model, workers, asked.seconds, work)
    kept: dict[str, Any] = {
        "machine": machine(("pullquote", "onnxruntime", "ray")), "model": asked.model,
        "start_seconds": start, "milliseconds_a_review": pieces, "cores": shares,
    }  # fmt: skip
    asked.output.parent.mkdir(parents=True, exist_ok=True)
    asked.output.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    print(markdown(["what", "how much"], [
        ["start and end, wall", f"{start['wall'].text('.1f')} s"],
        ["start and end, processor", f"{start['processor'].text('.1f')} core-s"],
        *([f"{what}, a review", f"{ms:.3f} core-ms"] for what, ms in pieces.items()),
        *([f"{who}, while readers read", f"{share:.2f} cores"] for who, share in shares.items()),
    ]))  # fmt: skip
    print(f"\n{asked.model}, {workers} workers, {sentence(kept['machine'])}.")


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", default="compact", help="model by name")
    parser.add_argument("--seconds", type=float, default=30, help="how long Ray's own processes are looked at")
    parser.add_argument("--rounds", type=int, default=5, help="runs of the start, and of each piece")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="folder of research data")
    parser.add_argument("--made-up", action="store_true", help="sentences of our own")
    parser.add_argument("--output", type=Path, default=ROOT / "docs" / "figures" / "overhead.json", help="JSON file")
    return parser.parse_args()


if __name__ == "__main__":
    main()
