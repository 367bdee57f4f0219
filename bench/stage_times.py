"""Where the time of a reading goes, by stage, and how far the encoder is from what its arithmetic allows.

    python bench/stage_times.py [--models large ...] [--texts FILE.jsonl] [--limit 300] [--rounds 5]

One process, one thread, processor time. The encoder alone runs on batches made ready before; its bound is its
multiply-adds over the rate of the machine's matrix product. Tables go to standard output, figures to
docs/figures/stages.json.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

# Before numpy is loaded.
os.environ |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}

from machine import machine, sentence
from measuring.arithmetic import float_rate, int8_rate, multiply_adds
from measuring.contender import installed_models
from measuring.reviews import read_reviews, write_reviews
from measuring.spread import spread
from measuring.stages import stage_seconds
from table import markdown

from pullquote.reader import Reader
from pullquote.reader.shipped import ENCODER, FOLDER
from pullquote.sources.open import records
from pullquote.sources.record import Record

ROOT = Path(__file__).resolve().parent.parent


def stages(model: str, texts: Sequence[str], rounds: int) -> dict[str, Any]:
    """Figures of one model: milliseconds a review of each stage, of all, and of the encoder alone, as spreads.

    The texts are cut in one part more than there are rounds: the first warms up, each round reads one that is new, as
    what the reader remembers of words would flatter it on a text it has met.
    """
    reader = Reader(model, threads=1)
    size = len(texts) // (rounds + 1)
    found: list[dict[str, float]] = []
    pieces = 0
    with TemporaryDirectory() as folder:
        reviews, readings = Path(folder) / "reviews.jsonl", Path(folder) / "readings.jsonl"
        for number in range(rounds + 1):
            part = texts[number * size : (number + 1) * size]
            write_reviews(part, reviews)
            spent = stage_seconds(lambda: read(reader, reviews, readings))
            passes = reader.passes(part)
            began = time.process_time()
            states = [one() for one in passes]
            spent |= {"all": sum(spent.values()), "encoder alone": time.process_time() - began}
            if number:
                found.append(spent)
                pieces += sum(rows.size // rows.shape[-1] for rows in states)
    return {
        "milliseconds": {name: spread([1000 * one[name] / size for one in found]) for name in found[0]},
        "pieces_a_review": pieces / (rounds * size),
        "multiply_adds_a_piece": multiply_adds(FOLDER / model / ENCODER),
    }


def read(reader: Reader, reviews: Path, readings: Path) -> None:
    """JSON lines in, JSON lines out, as `pullquote read` does it in one process."""
    documents = ((one.id, one.text) for one in records([str(reviews)]) if isinstance(one, Record))
    with readings.open("wb") as out:
        for reading in reader.read_many(documents):
            out.write(reading.without_text().to_json() + b"\n")


def stage_table(found: dict[str, Any]) -> str:
    """The stages of one model."""
    all_ = found["milliseconds"]["all"].median
    rows = [
        [name, ms.text(".2f"), f"{ms.median / all_:.0%}"]
        for name, ms in found["milliseconds"].items()
        if name != "encoder alone"
    ]
    return markdown(["stage", "ms a review, one core", "share"], rows)


def bound(found: dict[str, Any], rates: dict[str, float]) -> str:
    """How far the encoder is from what the machine's arithmetic allows, in words."""
    sums = found["multiply_adds_a_piece"] * found["pieces_a_review"]
    least = ", ".join(
        f"{1000 * sums / rate:.2f} ms in {kind} ({rate / 1e9:.0f} billion a second)" for kind, rate in rates.items()
    )
    return (
        f"Encoder alone on ready batches: {found['milliseconds']['encoder alone'].text('.2f')} ms a review. "
        f"{found['multiply_adds_a_piece'] / 1e6:.2f} million multiply-adds a word piece, "
        f"{found['pieces_a_review']:.0f} pieces a review: at the rate of a bare matrix product {least}."
    )


def main() -> None:
    """Measure, print, keep."""
    asked = arguments()
    number = asked.limit * (asked.rounds + 1)
    if asked.texts:
        texts = read_reviews(asked.texts, number)
    else:
        from measuring.data import research_data

        texts = research_data(asked.shared, number).speed
    rates = {"32-bit floats": float_rate(), "8-bit integers": int8_rate()}
    figures = {}
    for model in asked.models:
        found = figures[model] = stages(model, texts, asked.rounds)
        print(f"{model}, median of {asked.rounds} rounds of {asked.limit} reviews, all different:\n")
        print(f"{stage_table(found)}\n\n{bound(found, rates)}\n")
    where = machine(("pullquote", "onnxruntime", "numpy"))
    print(f"{sentence(where)}.")
    asked.output.parent.mkdir(parents=True, exist_ok=True)
    kept = {"machine": where, "reviews_a_round": asked.limit, "multiply_adds_a_second": rates, "models": figures}
    asked.output.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    models = [name for name in installed_models() if name != "auto"]
    parser.add_argument("--models", nargs="+", default=models, help="models by name (default: all that come along)")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="folder of research data")
    parser.add_argument("--texts", type=Path, help="JSON lines with a text each, instead")
    parser.add_argument("--limit", type=int, default=300, help="reviews a round")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--output", type=Path, default=ROOT / "docs" / "figures" / "stages.json", help="JSON file")
    return parser.parse_args()


if __name__ == "__main__":
    main()
