"""Does time grow as the reviews do, and does memory stay flat: the same command on 10,000 and on 100,000 reviews.

    python bench/long_run.py [--model NAME] [--sizes 10000 100000] [--rounds 3] [--workers 2]

The 75,000 texts of the research data are shuffled, and gone through again where a size asks for more. JSON lines in,
JSON lines out, start included. Figures, with the memory of all processes over time, go to docs/figures/long_run.json.
"""

from __future__ import annotations

import argparse
import json
import random
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from machine import cores, machine, sentence
from measuring.contender import BENCH, Ours, installed_models
from measuring.reviews import read_reviews, write_reviews
from measuring.spread import spread, turns
from measuring.tell import tell
from measuring.watched import Memory, watch
from table import markdown

ROOT = BENCH.parent
#: Into how many equal parts of its time a run is cut to see whether memory grows.
_PARTS = 10


def all_texts(shared: Path) -> list[str]:
    """Rated and unrated reviews of the research data, shuffled."""
    import pyarrow.parquet as pq

    found: list[str] = []
    for name in ("imdb_train", "imdb_unlabelled"):
        found += pq.read_table(shared / "data" / f"{name}.parquet", columns=["text"]).column("text").to_pylist()
    random.Random(0).shuffle(found)
    return found


def grown(one: Ours, texts: list[str], sizes: list[int], workers: int, rounds: int) -> dict[str, dict[str, Any]]:
    """Rates of each size, in reviews and in characters a second, and the peak memory in each tenth of its last run."""
    seconds: dict[int, list[float]] = {size: [] for size in sizes}
    looks: dict[int, list[Memory]] = {}
    characters: dict[int, int] = {}
    with TemporaryDirectory() as folder:
        for size in sizes:
            some = list(islice(cycle(texts), size))
            characters[size] = sum(map(len, some))
            write_reviews(some, Path(folder) / f"{size}.jsonl")
        for turn, size in turns(sizes, rounds):
            run = watch(one.read(Path(folder) / f"{size}.jsonl", Path(folder) / "out.jsonl", workers), workers)
            seconds[size].append(run.seconds)
            looks[size] = run.looks
            tell(f"{size:,} reviews, round {turn + 1}: {size / run.seconds:,.1f} a second")
    return {
        str(size): {
            "rate": spread([size / s for s in seconds[size]]),
            "characters": spread([characters[size] / s for s in seconds[size]]),
            "seconds": seconds[size],
            "peak_mb_by_part": by_part(looks[size], seconds[size][-1]),
        }
        for size in sizes
    }


def by_part(looks: list[Memory], seconds: float, parts: int = _PARTS) -> list[float | None]:
    """The peak memory of all processes in each of equal parts of a run; None where nobody looked.

    >>> by_part([Memory(0.5, 10, 5), Memory(3.0, 30, 5), Memory(3.5, 20, 5)], 4.0, parts=4)
    [10, None, None, 30]
    """
    peaks: list[float | None] = [None] * parts
    for look in looks:
        part = min(parts - 1, int(parts * look.at / seconds))
        peaks[part] = max(peaks[part] or 0, look.all_mb)
    return peaks


def main() -> None:
    """Measure, print, keep."""
    asked = arguments()
    texts = read_reviews(asked.texts) if asked.texts else all_texts(asked.shared)
    found = grown(Ours(asked.model, ("--model", asked.model)), texts, sorted(asked.sizes), asked.workers, asked.rounds)
    where = machine(("pullquote", "onnxruntime"))
    rows = [
        [f"{int(size):,}", one["rate"].text(",.1f"), one["characters"].text(",.0f"),
         " ".join("–" if peak is None else f"{peak:,.0f}" for peak in one["peak_mb_by_part"])]
        for size, one in found.items()
    ]  # fmt: skip
    print(markdown(["reviews", "a second", "characters a second", "peak MB in each tenth of the run"], rows))
    rates = [one["characters"].median for one in found.values()]
    print(
        f"\n{asked.model}, {asked.workers} workers, median of {asked.rounds} rounds. Characters a second in the "
        f"largest over those in the smallest: {rates[-1] / rates[0]:.3f}. {sentence(where)}."
    )
    kept = {"machine": where, "model": asked.model, "workers": asked.workers, "reviews": found}
    asked.output.parent.mkdir(parents=True, exist_ok=True)
    asked.output.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", default=installed_models()[0], help="model by name (default: the fastest)")
    parser.add_argument("--sizes", nargs="+", type=int, default=[10_000, 100_000], help="numbers of reviews")
    parser.add_argument("--rounds", type=int, default=3, help="turns of each size")
    parser.add_argument("--workers", type=int, default=cores(), help="processes, and cores to use")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="folder of research data")
    parser.add_argument("--texts", type=Path, help="JSON lines with a text each, instead of the research data")
    parser.add_argument("--output", type=Path, default=ROOT / "docs" / "figures" / "long_run.json", help="JSON file")
    return parser.parse_args()


if __name__ == "__main__":
    main()
