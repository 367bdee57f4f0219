"""Where readings differ from the annotations: kinds of mistake with counts, and the most telling ones.

    python bench/errors.py [--gold ../shared/gold/dev.jsonl] [--readings FILE.jsonl] [--model NAME] [--most 20]
                           [--output docs/errors.md]

Without readings the reviews are read now. The report goes to standard output
and to a Markdown file; it shows names and labels, and of quotes the first words.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from errors.given import from_file, read_now
from errors.report import report

from pullquote.errors import PullquoteError
from pullquote.evaluation.gold import read

ROOT = Path(__file__).resolve().parent.parent


def main(words: Sequence[str] | None = None) -> int:
    """Compare, print, keep; 2 if an input or the model cannot be read."""
    asked = arguments(words)
    try:
        gold = list(read(asked.gold))
        readings = from_file(asked.readings) if asked.readings else read_now(gold, asked.model)
    except PullquoteError as error:
        print(error, file=sys.stderr)
        return 2
    models = ", ".join(sorted({reading.model for reading in readings.values() if reading.model}))
    source = f"Readings by {models or 'an unnamed model'} against {asked.gold.name}"
    analysis = report(gold, readings, source, asked.most)
    asked.output.parent.mkdir(parents=True, exist_ok=True)
    asked.output.write_text(analysis, encoding="utf-8")
    print(analysis, end="")
    return 0


def arguments(words: Sequence[str] | None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    shared = ROOT.parent / "shared"
    parser.add_argument("--gold", type=Path, default=shared / "gold" / "dev.jsonl", help="annotated reviews")
    parser.add_argument("--readings", type=Path, metavar="FILE.jsonl", help="readings; default: read now")
    parser.add_argument("--model", metavar="NAME", help="model to read with (default: the one that comes along)")
    parser.add_argument("--most", type=_count, default=20, metavar="N", help="single mistakes shown per measure")
    parser.add_argument("--output", type=Path, default=ROOT / "docs" / "errors.md", help="Markdown file")
    return parser.parse_args(words)


def _count(word: str) -> int:
    number = int(word)
    if number < 0:
        raise ValueError
    return number


if __name__ == "__main__":
    sys.exit(main())
