"""What the engine for many machines costs, and whether two workers do twice the work of one.

    python bench/scale.py [--model compact] [--reviews 100000] [--sizes 10000 100000 1000000] [--rounds 1]

Reviews are made of sentences of the real ones, drawn by chance, as many in each as some real review has, or at most
`--short`. A million take half an hour. Two tables go to standard output, figures to docs/figures/scale.json:

- the same reviews by `pullquote read --workers N`, by `--engine ray --workers N`, and by the engine with one worker,
  from start to end of the command, all on N cores;
- as reviews grow: cost of a review (wall time without the start, times workers; the start is the middle of three runs
  over a hundred reviews), that of each review more than in the line above, where the start does not count at all, and
  memory (PSS of all processes, Ray's own included).

Where the research data is not there, `--made-up` takes sentences of our own.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from long_run import all_texts
from machine import cores, machine, sentence
from measuring.contender import program
from measuring.spread import Spread, spread, turns
from measuring.tell import tell
from measuring.watched import Run, watch
from resampled import SAID, TOLD
from table import markdown

from pullquote.scale.order import PART
from pullquote.text import document

ROOT = Path(__file__).resolve().parent.parent
#: Real reviews whose sentences are drawn from, and reviews in one file of the input.
_POOL, _FILE = 5_000, 25_000
#: Reviews of a run that is little but its start.
_START = 100
#: Seconds between two looks at the memory of all processes.
_OFTEN, _SELDOM = 2.0, 30.0
_WORD = re.compile(r"[A-Za-z]{2}")


def pool(shared: Path) -> tuple[list[str], list[int]]:
    """Sentences of real reviews, and how many each review had."""
    found: list[str] = []
    sizes: list[int] = []
    for text in all_texts(shared)[:_POOL]:
        doc = document(text)
        own = [one for a, b in doc.sentences if _WORD.search(one := text[a:b])]
        sizes.append(len(own))
        found += own
    return found, sizes


def made_up() -> tuple[list[str], list[int]]:
    """Sentences of our own."""
    return [one.replace("{", "").replace("}", "") for one in (*(said for _, _, said in SAID), *TOLD)], [13]


def write(folder: Path, drawn: tuple[list[str], list[int]], number: int, most: int | None) -> Path:
    """A folder of Parquet files with so many reviews of at most so many sentences; made once."""
    where = folder / f"{number}-{most or 'whole'}"
    if where.exists():
        return where
    part = where.with_suffix(".part")
    part.mkdir()
    for first in range(0, number, _FILE):
        texts = list(_reviews(drawn, min(_FILE, number - first), most, random.Random(first)))
        table = pa.table({"id": [f"r{first + n}" for n in range(len(texts))], "text": texts})
        pq.write_table(table, part / f"{first // _FILE:05d}.parquet", compression="zstd")
    return part.rename(where)


def _reviews(
    drawn: tuple[list[str], list[int]], number: int, most: int | None, dice: random.Random
) -> Iterator[str]:
    sentences, sizes = drawn
    for _ in range(number):
        size = dice.choice(sizes)
        yield " ".join(dice.choices(sentences, k=min(size, most) if most else size))


def plain(reviews: Path, out: Path, model: str, workers: int) -> list[str]:
    """One process and its workers."""
    files = map(str, sorted(reviews.iterdir()))
    return [program(), "read", *files, "--model", model, "--workers", str(workers), "--output", f"{out}.jsonl"]


def engine(reviews: Path, out: Path, model: str, workers: int, part: int | None = None) -> list[str]:
    """Ray on this machine; ``part`` is the engine's own choice unless given."""
    words = ["read", str(reviews), "--engine", "ray", "--model", model, "--workers", str(workers)]
    return [program(), *words, *(["--part", str(part)] if part else []), "--output", str(out)]


def compared(reviews: Path, number: int, model: str, workers: int, rounds: int, work: Path) -> dict[str, Spread]:
    """Seconds of each way of reading the same reviews."""
    ways = {
        f"pullquote read, {workers} workers": (plain, workers),
        f"Ray, {workers} workers": (engine, workers),
        "Ray, 1 worker": (engine, 1),
    }
    seconds: dict[str, list[float]] = {way: [] for way in ways}
    for _, way in turns(list(ways), rounds):
        build, some = ways[way]
        # Nobody asks for memory here, and to look at it takes time of the cores that are measured.
        run = _run(build(reviews, work / "out", model, some), workers, work / "out", _SELDOM)
        seconds[way].append(run.seconds)
        tell(f"{way}: {number / run.seconds:,.1f} reviews a second")
    return {way: spread(found) for way, found in seconds.items()}


def _run(command: list[str], processors: int, out: Path, interval: float = _OFTEN) -> Run:
    try:
        return watch(command, processors, interval=interval)
    finally:
        shutil.rmtree(out, ignore_errors=True)
        out.with_suffix(".jsonl").unlink(missing_ok=True)


def memory(run: Run) -> dict[str, float]:
    """The middle of what all processes held in the second quarter and in the last of a run, and the most, in MB."""
    held = [(look.at / run.seconds, look.all_mb) for look in run.looks]
    quarters = [[mb for at, mb in held if low <= at < high] or [0.0] for low, high in ((0.25, 0.5), (0.75, 1.0))]
    return {"second quarter": median(quarters[0]), "last quarter": median(quarters[1]), "most": run.peak_mb or 0.0}


def grown(
    asked: argparse.Namespace, drawn: tuple[list[str], list[int]], workers: int, work: Path
) -> dict[str, Any]:
    """Seconds of the start, and of each size its seconds, cost and memory."""

    def seconds(size: int) -> Run:
        reviews = write(work, drawn, size, asked.short)
        run = _run(engine(reviews, work / "out", asked.model, workers, asked.part), workers, work / "out")
        tell(f"{size:,} reviews: {run.seconds:,.1f} s")
        return run

    start = spread([seconds(_START).seconds for _ in range(3)])
    found: dict[str, Any] = {"start_seconds": start}
    before, took = _START, start.median
    for size in sorted(asked.sizes):
        run = seconds(size)
        found[str(size)] = {
            "seconds": run.seconds,
            "core_milliseconds_a_review": 1e3 * (run.seconds - start.median) * workers / size,
            "core_milliseconds_a_review_more": 1e3 * (run.seconds - took) * workers / (size - before),
            "memory_mb": memory(run),
        }
        before, took = size, run.seconds
    return found


def growth(found: dict[str, Any]) -> str:
    """The table of `grown`."""
    rows = [
        [f"{int(size):,}", f"{one['seconds']:,.1f}", f"{one['core_milliseconds_a_review']:.3f}",
         f"{one['core_milliseconds_a_review_more']:.3f}", *(f"{mb:,.0f}" for mb in one["memory_mb"].values())]
        for size, one in found.items() if size.isdigit()
    ]  # fmt: skip
    rows.insert(0, ["start", found["start_seconds"].text(",.1f"), "", "", "", "", ""])
    heads = ["reviews", "seconds", "core-ms a review", "of each more", "MB, second quarter", "last", "most"]
    return markdown(heads, rows)


def main() -> None:
    """Measure, print, keep."""
    asked = arguments()
    workers, drawn = cores(), made_up() if asked.made_up else pool(asked.shared)
    kept: dict[str, Any] = {"machine": machine(("pullquote", "onnxruntime", "ray")), "model": asked.model}
    told = f"{asked.model}, {workers} workers, {sentence(kept['machine'])}"
    with TemporaryDirectory(dir=asked.folder) as name:
        work = Path(name)
        if asked.reviews:
            reviews = write(work, drawn, asked.reviews, None)
            found = compared(reviews, asked.reviews, asked.model, workers, asked.rounds, work)
            shutil.rmtree(reviews)
            here, both, one = (found[way].median for way in found)
            kept["compared"] = {"reviews": asked.reviews, "seconds": found} | {
                "efficiency": one / both / workers, "overhead": both / here - 1,
            }  # fmt: skip
            rows = [[way, s.text(",.1f"), f"{asked.reviews / s.median:,.1f}"] for way, s in found.items()]
            print(markdown(["way", "seconds", "reviews a second"], rows))
            print(
                f"\n{asked.reviews:,} reviews, {asked.rounds} rounds, {told}. Efficiency from one worker to {workers}: "
                f"{one / both / workers:.3f}; what the engine adds: {both / here - 1:+.1%}.\n"
            )
        if asked.sizes:
            kept["grown"] = grown(asked, drawn, workers, work)
            print(growth(kept["grown"]))
            size = f"at most {asked.short} sentences each" if asked.short else "as long as real ones"
            print(f"\nReviews {size}, parts of {asked.part or PART}, once each, {told}.")
    asked.output.parent.mkdir(parents=True, exist_ok=True)
    asked.output.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", default="compact", help="model by name")
    parser.add_argument("--reviews", type=int, default=100_000, help="reviews for the comparison; 0 leaves it out")
    parser.add_argument("--rounds", type=int, default=1, help="turns of each way")
    parser.add_argument("--sizes", nargs="*", type=int, default=[10_000, 100_000, 1_000_000], help="for the growth")
    parser.add_argument("--short", type=int, help="most sentences of a review there")
    parser.add_argument("--part", type=int, help="reviews in a part there, if not as many as the engine takes")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="folder of research data")
    parser.add_argument("--made-up", action="store_true", help="sentences of our own")
    parser.add_argument("--folder", type=Path, help="where reviews and readings are put meanwhile")
    parser.add_argument("--output", type=Path, default=ROOT / "docs" / "figures" / "scale.json", help="JSON file")
    return parser.parse_args()


if __name__ == "__main__":
    main()
