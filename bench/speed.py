"""How fast Pullquote reads, beside the bare forward pass of its own encoder.

    python bench/speed.py [--texts ../shared/gold/dev.jsonl] [--runs 5] [--naive] [--model NAME]

One process, the same reviews, the same threads, turn and turn about: the
encoder alone on ready-made batches, then the whole reader from raw text to
readings. What the reader adds to the encoder is the gap between the two.
Then the cold start: how long one waits for the command to read one review.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
SHORT_REVIEW = "A slow start, but Anna Weiss is superb as the teacher, and the ending moved me to tears. See it."


class Spread(NamedTuple):
    """The middle and both ends of repeated measurements."""

    median: float
    least: float
    most: float


def spread(values: Sequence[float]) -> Spread:
    """Summary of a measurement's runs.

    >>> spread([3.0, 1.0, 2.0])
    Spread(median=2.0, least=1.0, most=3.0)
    """
    return Spread(median(values), min(values), max(values))


def alternate(works: Mapping[str, Callable[[], object]], runs: int) -> dict[str, list[float]]:
    """Seconds of each work in each run.

    All take their turn in every run, in an order that flips from run to run,
    so that a machine that slows down or warms up favours none of them. One
    round before the first run is not counted.
    """
    seconds: dict[str, list[float]] = {name: [] for name in works}
    for work in works.values():
        work()
    for run in range(runs):
        for name in list(works) if run % 2 == 0 else reversed(list(works)):
            start = time.perf_counter()
            works[name]()
            seconds[name].append(time.perf_counter() - start)
        print(f"run {run + 1} of {runs}", file=sys.stderr, flush=True)
    return seconds


def hold_to(threads: int) -> None:
    """Allow this process and all its libraries so many processors; to be called before they are loaded."""
    os.environ["OMP_NUM_THREADS"] = str(threads)
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:threads])


def padded(feeds: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Each feed with its arrays filled up with zeros to the longest of their name, the batch axis left alone."""
    import numpy as np

    longest: dict[str, tuple[int, ...]] = {}
    for feed in feeds:
        for name, array in feed.items():
            shape = array.shape[1:]
            longest[name] = tuple(map(max, longest.get(name, shape), shape))
    return [
        {
            name: np.pad(a, [(0, 0)] + [(0, w - n) for n, w in zip(a.shape[1:], longest[name], strict=True)])
            if a.ndim > 1
            else a
            for name, a in feed.items()
        }
        for feed in feeds
    ]


def peak_memory_mb() -> float:
    """The most memory this process has held."""
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 2**20 if sys.platform == "darwin" else peak / 2**10


def command_seconds(command: Sequence[str], times: int) -> list[float]:
    """Wall time of a command, start to end, several times over, after one start that is not counted."""
    seconds = []
    for _ in range(times + 1):
        start = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        seconds.append(time.perf_counter() - start)
    return seconds[1:]


def cold_starts(times: int, model: str | None) -> dict[str, Spread]:
    """Seconds for one short review and for the help text, each in a process of its own."""
    beside = Path(sys.executable).with_name("pullquote")
    program = str(beside) if beside.exists() else shutil.which("pullquote")
    if program is None:
        raise SystemExit("the pullquote command is not installed beside this Python; try: pip install -e .")
    choice = ["--model", model] if model else []
    with TemporaryDirectory() as folder:
        review = Path(folder) / "review.txt"
        review.write_text(SHORT_REVIEW, encoding="utf-8")
        return {
            "pullquote read (one short review)": spread(
                command_seconds([program, "read", str(review), *choice], times)
            ),
            "pullquote --help": spread(command_seconds([program, "--help"], times)),
        }


def reading_speeds(
    texts: Sequence[str], runs: int, threads: int, naive: bool, model: str | None
) -> tuple[dict[str, list[float]], int]:
    """Seconds of the bare encoder, of the whole reader and, if asked, of the encoder one padded review at a time."""
    from pullquote.reader import Reader

    reader = Reader(model, threads=threads)
    batches = list(reader.batches(texts))

    def forward(feeds: Sequence[Mapping[str, Any]]) -> None:
        for feed in feeds:
            reader.encoder.run(feed)

    works: dict[str, Callable[[], object]] = {
        "bare encoder": lambda: forward(batches),
        "whole reader": lambda: list(reader.read_many(texts)),
    }
    if naive:
        single = padded([feed for text in texts for feed in reader.batches([text])])
        works["bare encoder, one padded review at a time"] = lambda: forward(single)
    return alternate(works, runs), len(batches)


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    default = ROOT.parent / "shared" / "gold" / "dev.jsonl"
    parser.add_argument("--texts", type=Path, default=default, help="JSON lines, each with a text")
    parser.add_argument("--limit", type=int, help="only the first N reviews, for a quick trial")
    parser.add_argument("--runs", type=int, default=5, help="measured runs of each")
    parser.add_argument("--starts", type=int, default=10, help="cold starts of each command")
    parser.add_argument("--threads", type=int, default=2, help="processors allowed")
    parser.add_argument("--naive", action="store_true", help="also the encoder on one padded review at a time")
    parser.add_argument("--model", help="Pullquote model (default: the one it reads with)")
    parser.add_argument("--output", type=Path, default=ROOT / "docs" / "figures" / "speed.json", help="JSON file")
    return parser.parse_args()


def main() -> None:
    """Measure, print, keep."""
    asked = arguments()
    hold_to(asked.threads)
    from machine import machine, sentence
    from table import markdown

    with asked.texts.open(encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines if line.strip()][: asked.limit]
    seconds, batches = reading_speeds(texts, asked.runs, asked.threads, asked.naive, asked.model)
    memory = peak_memory_mb()
    starts = cold_starts(asked.starts, asked.model)
    rates = {name: spread([len(texts) / s for s in values]) for name, values in seconds.items()}
    # Run by run, so that both halves of a ratio saw the machine in the same state.
    ratio = spread([b / w for b, w in zip(seconds["bare encoder"], seconds["whole reader"], strict=True)])
    where = machine(("pullquote", "onnxruntime", "numpy"))
    characters = sum(map(len, texts))
    about = (
        f"{len(texts)} reviews of {asked.texts.name}, {characters:,} characters, {batches} batches; "
        f"{asked.threads} threads, median of {asked.runs} runs"
    )
    print(f"{about}. {sentence(where)}.\n")
    rows = [[name, f"{r.median:.2f}", f"{r.least:.2f} to {r.most:.2f}"] for name, r in rates.items()]
    print(markdown(["", "reviews/s", "least to most"], rows))
    print(f"\nwhole reader / bare encoder: {ratio.median:.3f} ({ratio.least:.3f} to {ratio.most:.3f})")
    print(f"peak memory of the process: {memory:.0f} MB\n")
    rows = [[name, f"{s.median:.3f}", f"{s.least:.3f} to {s.most:.3f}"] for name, s in starts.items()]
    print(markdown([f"cold start, median of {asked.starts}", "seconds", "least to most"], rows))
    kept = {
        "data": about,
        "model": asked.model,
        "machine": where,
        "reviews_per_second": {name: r._asdict() for name, r in rates.items()},
        "seconds": seconds,
        "ratio": ratio._asdict(),
        "peak_memory_mb": memory,
        "cold_start_seconds": {name: s._asdict() for name, s in starts.items()},
    }
    asked.output.parent.mkdir(parents=True, exist_ok=True)
    asked.output.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
