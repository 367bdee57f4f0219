"""Is this version faster than an earlier one: both read the same reviews, turn and turn about.

    python bench/versions.py COMMIT [--model large] [--reviews 300] [--rounds 5] [--cores 1 2]

The earlier source is checked out beside (`git worktree`) and run by the same Python with the same packages. JSON lines
in, JSON lines out, from start to end of `pullquote read --model NAME`, which chooses workers and threads by itself as
each version does, held to so many cores. Says, too, in how many reviews the two make other claims; fractions
(confidences, stars, probabilities) are not compared.
Prints a table and writes docs/figures/versions.json.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from long_run import all_texts
from machine import cores, machine, sentence
from measuring.reviews import write_reviews
from measuring.spread import Spread, spread, turns
from measuring.tell import tell
from measuring.watched import only
from table import markdown

ROOT = Path(__file__).resolve().parent.parent


def read(source: Path, reviews: Path, readings: Path, model: str) -> float:
    """Seconds of one run of the package in ``source``."""
    command = [sys.executable, "-m", "pullquote", "read", str(reviews), "--model", model, "--output", str(readings)]
    began = time.perf_counter()
    subprocess.run(command, env={**os.environ, "PYTHONPATH": str(source)}, cwd=reviews.parent, check=True)
    return time.perf_counter() - began


def claims(path: Path) -> list[Any]:
    """What a file of readings says, without its numbers between 0 and 1 and the name of the model."""

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: plain(one) for key, one in value.items() if key != "model" and not isinstance(one, float)}
        return [plain(one) for one in value] if isinstance(value, list) else value

    with path.open(encoding="utf-8") as lines:
        return [plain(json.loads(line)) for line in lines]


def main() -> None:
    """Measure, print, keep."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("commit", help="the earlier version")
    parser.add_argument("--model", default="large", help="a model that both have")
    parser.add_argument("--reviews", type=int, default=300, help="how many are read")
    parser.add_argument("--rounds", type=int, default=5, help="turns of each")
    parser.add_argument("--cores", nargs="+", type=int, default=[1, 2], help="numbers of cores to measure on")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="folder of research data")
    parser.add_argument("--output", type=Path, default=ROOT / "docs" / "figures" / "versions.json", help="JSON file")
    asked = parser.parse_args()
    rates: dict[str, dict[str, Spread]] = {}
    with TemporaryDirectory() as folder:
        work = Path(folder)
        earlier = work / "earlier"
        subprocess.run(["git", "-C", str(ROOT), "worktree", "add", "--detach", str(earlier), asked.commit], check=True)
        try:
            sources = {"earlier": earlier / "src", "now": ROOT / "src"}
            write_reviews(all_texts(asked.shared)[: asked.reviews], work / "reviews.jsonl")
            for number in [n for n in asked.cores if n <= cores()]:
                found: dict[str, list[float]] = {name: [] for name in sources}
                with only(number):
                    for _, name in turns(list(sources), asked.rounds):
                        seconds = read(sources[name], work / "reviews.jsonl", work / f"{name}.jsonl", asked.model)
                        found[name].append(asked.reviews / seconds)
                        tell(f"{number} cores, {name}: {found[name][-1]:.1f} reviews a second")
                rates[str(number)] = {name: spread(values) for name, values in found.items()}
            before, after = (claims(work / f"{name}.jsonl") for name in sources)
        finally:
            subprocess.run(["git", "-C", str(ROOT), "worktree", "remove", "--force", str(earlier)], check=True)
    differ = sum(one != other for one, other in zip(before, after, strict=True))
    where = machine(("pullquote", "onnxruntime", "numpy"))
    rows = [
        [number, one["earlier"].text(".1f"), one["now"].text(".1f"),
         f"{one['now'].median / one['earlier'].median - 1:+.0%}"]
        for number, one in rates.items()
    ]  # fmt: skip
    print(markdown(["cores", f"{asked.commit}, reviews a second", "now", "gain"], rows))
    print(
        f"\n{asked.model}, {asked.reviews} reviews, median of {asked.rounds} rounds; {differ} of them with other "
        f"claims. {sentence(where)}."
    )
    kept = {
        "machine": where, "commit": asked.commit, "model": asked.model, "reviews": asked.reviews, "differ": differ,
        "rates": rates,
    }  # fmt: skip
    asked.output.parent.mkdir(parents=True, exist_ok=True)
    asked.output.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
