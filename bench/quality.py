"""Pullquote beside its peers on the same held-out reviews: one command, two tables.

    python bench/quality.py [--shared ../shared] [--limit N] [--skip vader ...] [--model NAME] [--output FILE]

The first table judges whole reviews of films no reader has seen, the second
finds names in the annotated dev reviews. Tables go to standard output,
progress to standard error, all figures to a JSON file.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from machine import machine, sentence
from mentions import TYPES, Found, load_scorer, score_mentions
from metrics import accuracy, calibration_error, mean_absolute_error, wilson
from peers.protocol import Peer
from split import Folds, load_folds, read_jsonl
from table import markdown

ROOT = Path(__file__).resolve().parent.parent
SKIPPABLE = ("vader", "textblob", "tfidf", "nbsvm", "spacy", "pullquote")
T = TypeVar("T")
PACKAGES = ("pullquote", "vaderSentiment", "textblob", "scikit-learn", "spacy", "onnxruntime")


def say(message: str) -> None:
    """Progress, out of the way of the tables."""
    print(message, file=sys.stderr, flush=True)


def build(name: str, model: str | None) -> Peer:
    """A reader by its short name, imported only when wanted."""
    if name == "vader":
        from peers.vader import Vader

        return Vader()
    if name == "textblob":
        from peers.textblob import TextBlob

        return TextBlob()
    if name == "tfidf":
        from peers.tfidf import Tfidf

        return Tfidf()
    if name == "nbsvm":
        from peers.nbsvm import NbSvm

        return NbSvm()
    from peers.shipped import Shipped

    return Shipped(model)


def timed(work: Callable[[], T]) -> tuple[T, float]:
    """A result and the seconds it took."""
    start = time.perf_counter()
    result = work()
    return result, time.perf_counter() - start


def judge(name: str, folds: Folds, model: str | None) -> dict[str, Any]:
    """One row of the first table."""
    peer = build(name, model)
    say(f"{peer.name}: fitting on {len(folds.train):,} reviews, tuning on {len(folds.tune):,}")
    _, fit_seconds = timed(lambda: peer.fit(folds.train, folds.tune))
    say(f"{peer.name}: fitted in {fit_seconds:.1f} s; judging {len(folds.test):,}")
    judged, seconds = timed(lambda: peer.predict(folds.test.texts))
    right = accuracy(judged.favourable, folds.test.labels)
    row: dict[str, Any] = {
        "reader": peer.name,
        "choices": peer.choices,
        "accuracy": right,
        "accuracy_interval": wilson(right, len(folds.test)),
        "stars_mae": mean_absolute_error(judged.stars, folds.test.ratings),
        "ece": None if judged.probability is None else calibration_error(judged.probability, folds.test.labels),
        "fit_seconds": None if name == "pullquote" else fit_seconds,
        "read_seconds": seconds,
    }
    say(f"{peer.name}: accuracy {right:.4f}, {seconds:.1f} s; chosen on the tune fold: {peer.choices or 'nothing'}")
    return row


def find_names(name: str, shared: Path, limit: int | None, model: str | None) -> dict[str, Any]:
    """One row of the second table."""
    scorer = load_scorer(shared)
    dev = read_jsonl(shared / "gold" / "dev.jsonl")
    texts = [doc["text"] for doc in dev]
    fit_seconds = None
    if name == "spacy":
        from peers.spacy_ner import SpacyNer

        ner = SpacyNer(scorer, epochs=3 if limit is None else 2)
        train = read_jsonl(shared / "gold" / "train.jsonl")[:limit]
        say(f"{ner.name}: training on {len(train):,} annotated reviews")
        _, fit_seconds = timed(lambda: ner.fit(train))
        title, (spans, seconds) = ner.name, timed(lambda: ner.mentions(texts))
    else:
        from peers.shipped import Shipped

        reader = Shipped(model)
        title, (spans, seconds) = reader.name, timed(lambda: reader.mentions(texts))
    found: Found = score_mentions(scorer, dev, spans)
    say(f"{title}: mention F1 {found.f1:.4f}, {seconds:.1f} s")
    return {"reader": title, **found._asdict(), "fit_seconds": fit_seconds, "read_seconds": seconds}


def number(value: float | None, form: str) -> str:
    """A figure, or a dash where there is none."""
    return "-" if value is None else format(value, form)


def verdict_table(rows: list[dict[str, Any]]) -> str:
    """The first table in Markdown."""
    head = ["reader", "accuracy", "95 % interval", "stars MAE", "ECE", "fit, s", "read, s"]
    body = [
        [r["reader"], number(r["accuracy"], ".4f"), "{:.3f} to {:.3f}".format(*r["accuracy_interval"]),
         number(r["stars_mae"], ".3f"), number(r["ece"], ".4f"), number(r["fit_seconds"], ".1f"),
         number(r["read_seconds"], ".1f")]
        for r in rows
    ]  # fmt: skip
    return markdown(head, body)


def names_table(rows: list[dict[str, Any]]) -> str:
    """The second table in Markdown."""
    head = ["reader", "mention F1", "precision", "recall", *(kind.lower() for kind in TYPES), "fit, s", "read, s"]
    body = [
        [r["reader"], *(number(r[k], ".4f") for k in ("f1", "precision", "recall")),
         *(number(r["by_type"][kind], ".3f") for kind in TYPES),
         number(r["fit_seconds"], ".1f"), number(r["read_seconds"], ".1f")]
        for r in rows
    ]  # fmt: skip
    return markdown(head, body)


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="folder of data, gold and scorer")
    parser.add_argument("--limit", type=int, help="a quick trial on N test reviews; its figures are no result")
    parser.add_argument(
        "--skip",
        nargs="+",
        choices=SKIPPABLE,
        default=[],
        help="readers to leave out; their rows are taken from the JSON file",
    )
    parser.add_argument("--model", help="Pullquote model (default: the one it reads with)")
    parser.add_argument("--output", type=Path, help="JSON file (default docs/figures/quality.json; none in a trial)")
    return parser.parse_args()


def joined(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Earlier rows of readers left out this time, in their old places, and the new rows."""
    fresh = {row["reader"]: row for row in new}
    kept = [fresh.pop(row["reader"], row) for row in old]
    return [*kept, *(row for row in new if row["reader"] in fresh)]


def main() -> None:
    """Measure, print, keep."""
    asked = arguments()
    wanted = [name for name in SKIPPABLE if name not in asked.skip]
    folds = load_folds(asked.shared, asked.limit)
    verdicts = [judge(name, folds, asked.model) for name in wanted if name != "spacy"]
    names = [
        find_names(name, asked.shared, asked.limit, asked.model) for name in wanted if name in {"spacy", "pullquote"}
    ]
    where = machine(PACKAGES)
    output = asked.output or (ROOT / "docs" / "figures" / "quality.json" if asked.limit is None else None)
    if asked.skip and output is not None and output.exists():
        earlier = json.loads(output.read_text(encoding="utf-8"))
        say(f"rows of {', '.join(asked.skip)} are those of {output}")
        verdicts, names = joined(earlier["verdicts"], verdicts), joined(earlier["names"], names)
    about = (
        f"{len(folds.test):,} reviews of films in no training row, from the training split of the Large Movie Review "
        f"Dataset (Maas et al., 2011); trained on {len(folds.train):,}, tuned on {len(folds.tune):,}"
    )
    trial = "" if asked.limit is None else "TRIAL on a small draw, no result. "
    print(f"{trial}{about}. {sentence(where)}.\n")
    if verdicts:
        print(verdict_table(verdicts) + "\n")
    if names:
        print("Names in the annotated dev reviews, by the project's scorer; spaCy learned from gold/train.jsonl.\n")
        print(names_table(names))
    if output is not None:
        output.parent.mkdir(parents=True, exist_ok=True)
        kept = {
            "trial": asked.limit is not None,
            "data": about,
            "model": asked.model,
            "machine": where,
            "verdicts": verdicts,
            "names": names,
        }
        output.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
        say(f"written to {output}")


if __name__ == "__main__":
    main()
