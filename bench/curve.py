"""The learning curve: the reading score on dev against the number of annotated reviews learned from.

    python bench/curve.py WORK [--shared ../shared] [--parts 0.125 0.25 0.5] [--passes 10]

WORK is the checkpoint folder of `pullquote train`: every point starts from its pretrained.safetensors, learns from
the first part of the same annotated reviews by the same recipe, and decodes with the shipped settings. Needs the
`train` extra. Figures go to docs/figures/curve.json; points already there are kept.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path

import torch
from safetensors.numpy import load_file

from pullquote.evaluation.score import score
from pullquote.reader import Reader
from pullquote.reader.shipped import DEFAULT, FOLDER, read_manifest
from pullquote.reader.wordpiece import WordPieces
from pullquote.training.data import Shared
from pullquote.training.encoder import vocabulary
from pullquote.training.export import export
from pullquote.training.finetune import finetune, load, rated_lesson
from pullquote.training.gold import lesson
from pullquote.training.recipe import arrays, started

ROOT = Path(__file__).resolve().parent.parent


def measures(data: Shared, model: str) -> dict[str, float]:
    """Every measure of a model on dev."""
    gold = data.gold("dev")
    readings = {r.id: r for r in Reader(model).read_many((g.id, g.text) for g in gold)}
    return {name: round(value, 4) for name, value in score(gold, readings).measures.items()}


def point(data: Shared, work: Path, part: float, passes: int) -> tuple[int, dict[str, float]]:
    """Train on a part of the annotated reviews; their number, and every measure on dev."""
    wordpieces = WordPieces(vocabulary())
    taught, _ = data.taught()
    lessons = [lesson(gold, wordpieces) for gold in taught[: round(part * len(taught))]]
    rated = [rated_lesson(row, wordpieces) for row in data.rated()[0][:2000]]
    torch.manual_seed(1)
    with tempfile.TemporaryDirectory() as folder:
        trained = Path(folder) / "finetuned.safetensors"
        start = started(work / "pretrained.safetensors")
        finetune(lessons, rated, start, wordpieces, trained, passes=passes)
        model = Path(folder) / "model"
        settings = read_manifest(FOLDER / DEFAULT).settings
        weights = arrays(load(trained, "encoder")), arrays(load(trained, "heads"))
        export(model, "curve", str(part), *weights, load_file(FOLDER / DEFAULT / "ngrams.safetensors"), settings)
        return len(lessons), measures(data, str(model))


def main() -> None:
    """Train and measure every point."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", type=Path)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--parts", type=float, nargs="*", default=[0.125, 0.25, 0.5])
    parser.add_argument("--passes", type=int, default=10)
    parser.add_argument("--output", type=Path, default=ROOT / "docs" / "figures" / "curve.json")
    options = parser.parse_args()
    data = Shared(options.shared)
    known = json.loads(options.output.read_text()) if options.output.exists() else {}
    known[str(len(data.taught()[0]))] = measures(data, DEFAULT)
    for part in options.parts:
        number, found = point(data, options.work, part, options.passes)
        known[str(number)] = found
        options.output.parent.mkdir(parents=True, exist_ok=True)
        options.output.write_text(json.dumps(known, indent=1) + "\n", encoding="utf-8")
    print("| annotated reviews | reading score |\n|---|---|")
    for number in sorted(known, key=int):
        print(f"| {number} | {known[number]['READING SCORE (mean of the ten)']:.3f} |")


if __name__ == "__main__":
    main()
