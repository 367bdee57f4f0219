"""What the rules of decoding are worth: every measure that moves on dev when one of them is taken out.

    python bench/rules.py [--shared ../shared] [--model NAME]

A rule that does not help has no place in the reader.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

from machine import machine, sentence
from table import markdown

from pullquote.evaluation.score import score
from pullquote.reader import Reader, cast
from pullquote.training.data import Shared

ROOT = Path(__file__).resolve().parent.parent
#: Each rule, and what stands in for it.
RULES: dict[str, tuple[object, str, Callable[..., object]]] = {
    "set phrases before a name (`reader/cues.py`)": (cast, "cued_roles", lambda *_: ()),
}


def measures(data: Shared, model: str | None) -> dict[str, float]:
    """Every measure on dev."""
    gold = data.gold("dev")
    readings = {r.id: r for r in Reader(model).read_many((g.id, g.text) for g in gold)}
    return score(gold, readings).measures


def main() -> None:
    """Measure with all rules, then without each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="folder of research data")
    parser.add_argument("--model", help="model to read with")
    options = parser.parse_args()
    data = Shared(options.shared)
    whole = measures(data, options.model)
    rows = []
    for rule, (module, name, nothing) in RULES.items():
        with patch.object(module, name, nothing):
            less = measures(data, options.model)
        rows += [[rule, m, f"{whole[m]:.4f}", f"{less[m]:.4f}"] for m in whole if round(whole[m] - less[m], 4)]
    print(markdown(["rule", "measure", "with it", "without it"], rows))
    print(f"\n{sentence(machine(['pullquote']))}")


if __name__ == "__main__":
    main()
