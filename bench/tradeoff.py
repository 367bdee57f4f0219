"""Quality against time: one point for each way to read, for instance for each budget of a cascade.

    python bench/tradeoff.py "compact: --model compact" "large: --model large" [--limit N] [--rounds 5]

Each point is a name and the options that `pullquote read` is given. Prints a table and a curve, writes
docs/figures/tradeoff.json.
"""

from __future__ import annotations

import argparse
import json
import shlex
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from machine import cores, machine, sentence
from measuring.contender import BENCH, Ours
from measuring.data import Data, research_data
from measuring.made_up import made_up
from measuring.quality import of_ours
from measuring.reviews import write_reviews
from measuring.speeds import speeds
from measuring.tell import tell
from table import markdown

ROOT = BENCH.parent
_WIDE = 60


def tradeoff(
    ways: Sequence[tuple[str, Sequence[str]]], data: Data, on: int, rounds: int, seconds: float
) -> list[dict[str, Any]]:
    """Rate and quality of every way to read, given by its name and the options of the command; slowest last."""
    contenders = {name: Ours(name, tuple(options)) for name, options in ways}
    with TemporaryDirectory() as folder:
        work = Path(folder)
        quality = {}
        for name, one in contenders.items():
            quality[name] = of_ours(one, data, on, work)
            tell(f"{name}: reading score {quality[name]['reading_score']:.4f}")
        reviews = work / "speed.jsonl"
        write_reviews(data.speed, reviews)
        fast = speeds(contenders, reviews, len(data.speed), [on], rounds, seconds, work)
    points = [{"name": name} | fast[name][str(on)] | quality[name] for name in contenders]
    return sorted(points, key=lambda point: -point["rate"].median)


def curve(points: Sequence[dict[str, Any]]) -> str:
    """The reading score as bars from the worst point to the best, one line a point, with the milliseconds a review."""
    scores = [point["reading_score"] for point in points]
    low, high = min(scores), max(scores)
    wide = max(len(point["name"]) for point in points)
    lines = []
    for point in points:
        share = (point["reading_score"] - low) / (high - low) if high > low else 1.0
        bar = "█" * (1 + round(share * (_WIDE - 1)))
        lines.append(f"{point['name']:{wide}} {1000 / point['rate'].median:8.2f} ms {point['reading_score']:.3f} {bar}")
    return "\n".join(lines)


def main() -> None:
    """Measure, print, keep."""
    asked = arguments()
    data = made_up() if asked.made_up else research_data(asked.shared, asked.reviews, asked.limit)
    ways = [(name, shlex.split(options)) for name, _, options in (way.partition(":") for way in asked.ways)]
    points = tradeoff(ways, data, cores(), asked.rounds, asked.seconds)
    where = machine(("pullquote", "onnxruntime"))
    rows = [
        [p["name"], p["rate"].text(",.1f"), f"{p['accuracy']:.4f}", f"{p['stars_mae']:.3f}", f"{p['ece']:.4f}",
         f"{p['reading_score']:.4f}"]
        for p in points
    ]  # fmt: skip
    print(markdown(["", "reviews/s", "accuracy", "stars off by", "ECE", "reading score"], rows))
    print(f"\n```\n{curve(points)}\n```\n\n{data.about}. {sentence(where)}.")
    output = asked.output or (None if asked.limit or asked.made_up else ROOT / "docs" / "figures" / "tradeoff.json")
    if output is not None:
        output.parent.mkdir(parents=True, exist_ok=True)
        kept = {"machine": where, "data": data.about, "points": points}
        output.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("ways", nargs="+", metavar="NAME: OPTIONS", help="ways to read, slow or fast")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="folder of research data")
    parser.add_argument("--reviews", type=int, default=10_000, help="reviews read against the clock, at most")
    parser.add_argument("--seconds", type=float, default=20, help="about how long a turn may take")
    parser.add_argument("--rounds", type=int, default=5, help="turns of each")
    parser.add_argument("--limit", type=int, metavar="N", help="a quick trial on N reviews of each kind")
    parser.add_argument("--made-up", action="store_true", help="a trial on invented reviews, without research data")
    parser.add_argument("--output", type=Path, help="JSON file (default docs/figures/tradeoff.json; none in a trial)")
    return parser.parse_args()


if __name__ == "__main__":
    main()
