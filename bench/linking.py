"""How well reviews find their film: precision and recall of the linker, and where links are lost. One command.

    python bench/linking.py [--shared ../shared] [--readings FOLDER] [--fit] [--learn] [--model NAME] [--output FILE]

The catalogue is made of MovieLens titles (62,316 films; no people, no votes). With --learn, what a text says before it
is read is learned from the reviews that the reader learns from. With --fit, that and what the reader says are weighed
against each other on the reviews that served to fit the verdict, then what their kin say, and the thresholds are
chosen there. Precision and recall are measured on the 2,500 reviews of films that neither the reader nor the linker
has seen: each by itself, and all of them as one library. Nothing but the texts is used. Tables go to standard output,
progress to standard error, figures to docs/figures/linking.json, weights into the package.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
from links.count import count
from links.examples import BATCH, Weighed, unread, weighed
from links.learn import Around, around, learn
from links.library import Joined, gathered, joined, pairs
from links.losses import ENDS, ends
from links.readings import readings
from machine import machine, sentence
from metrics import wilson
from table import markdown

import pullquote.catalogue
from pullquote.catalogue import context
from pullquote.catalogue.build import build
from pullquote.catalogue.fit import best, crossed, fit, threshold
from pullquote.catalogue.kin import PAIR
from pullquote.catalogue.store import Catalogue
from pullquote.catalogue.together import TOGETHER
from pullquote.catalogue.weights import FILE, Weights, shipped
from pullquote.reading import Reading
from pullquote.training.data import Review, Shared

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = Path(pullquote.catalogue.__file__).parent
PRECISION = 0.97
#: The threshold is chosen for a little more, so that other reviews than those it was chosen on keep the promise.
MARGIN = 0.005


@dataclass(frozen=True, slots=True)
class Told:
    """A review with the chance of its likeliest film, whether that is its film, and whether it is linked."""

    review: Weighed
    chance: float
    right: bool
    linked: bool


def say(message: str) -> None:
    """Progress, out of the way of the tables."""
    print(message, file=sys.stderr, flush=True)


def fitted(reviews: Sequence[Weighed], read: Sequence[Reading]) -> Weights:
    """Weights by the reviews whose film is in the catalogue, as nearly all are with IMDb's files.

    The thresholds are chosen by five rounds of fitting on four fifths of the films and judging the fifth.
    """
    examples = [one.example for one in reviews if one.known]
    films = [one.review["film"] for one in reviews if one.known]
    weights = msgspec.structs.replace(
        shipped(), fitted=fit(examples), threshold=threshold(crossed(examples, films), PRECISION + MARGIN)
    )
    with gathered(reviews, read, weights) as library:
        weights = msgspec.structs.replace(weights, kin=fit(list(pairs(reviews, library)), PAIR))
        examples = [one.example for one in joined(reviews, library, weights) if one.one.known]
    judged = crossed(examples, films, TOGETHER)
    return msgspec.structs.replace(
        weights, together=fit(examples, TOGETHER), threshold_together=threshold(judged, PRECISION + MARGIN)
    )


def text_weights(train: Sequence[Review], catalogue: Catalogue) -> None:
    """Learn from the texts that the reader learns from, and put the weights into the package."""
    known = catalogue.titles({r["film"] for r in train})
    reviews = [r for r in train if r["film"] in known]
    seen: list[Around] = []
    for at in range(0, len(reviews), BATCH):
        part = reviews[at : at + BATCH]
        seen += [around(one) for one in weighed(part, [unread(r["id"]) for r in part], catalogue)]
        say(f"{len(seen):,} of {len(reviews):,} reviews weighed")
    write(context.FILE, learn(seen, say))


def write(name: str, weights: msgspec.Struct) -> None:
    """Put weights into the package."""
    (PACKAGE / name).write_bytes(msgspec.json.format(msgspec.json.encode(weights), indent=1) + b"\n")


def alone(one: Weighed, weights: Weights) -> Told:
    """What a review says by itself."""
    example = one.example
    at, chance = best(example.values, weights.all) if example.values else (0, 0.0)
    return Told(one, chance, at == example.right, chance >= weights.threshold)


def among(one: Joined, weights: Weights) -> Told:
    """What it says among the others."""
    example = one.example
    at, chance = best(example.values, weights.together) if example.values else (0, 0.0)
    return Told(one.one, chance, at == example.right, chance >= weights.threshold_together)


def figures(reviews: Sequence[Told]) -> dict[str, Any]:
    """Precision and recall over some reviews; recall is the share of all of them that is rightly linked."""
    kept = [one for one in reviews if one.linked]
    linked, right = len(kept), sum(one.right for one in kept)
    low, high = wilson(right / linked, linked) if linked else (0.0, 1.0)
    return {
        "reviews": len(reviews),
        "linked": linked,
        "right": right,
        "share_linked": linked / len(reviews),
        "precision": right / linked if linked else None,
        "precision_interval": [low, high],
        "recall": right / len(reviews),
        "mean_probability": sum(one.chance for one in kept) / linked if linked else None,
    }


def row(name: str, found: dict[str, Any]) -> list[str]:
    """One line of the table."""
    low, high = found["precision_interval"]
    precision = "–" if found["precision"] is None else f"{found['precision']:.3f} ({low:.3f} to {high:.3f})"
    return [
        name, f"{found['reviews']:,}", f"{found['linked']:,}", f"{found['share_linked']:.3f}", precision,
        f"{found['recall']:.3f}",
    ]  # fmt: skip


def main() -> None:
    """Fit if asked to, measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="folder of research data")
    parser.add_argument("--readings", type=Path, help="folder to keep readings in between runs; outside the project")
    parser.add_argument("--fit", action="store_true", help="fit the weights and put them into the package")
    parser.add_argument(
        "--learn", action="store_true", help="before that, count words and names and learn text weights; takes minutes"
    )
    parser.add_argument("--model", help="model to read with")
    parser.add_argument("--threads", type=int, help="threads of the reader")
    parser.add_argument("--output", type=Path, default=ROOT / "docs" / "figures" / "linking.json")
    options = parser.parse_args()
    train, tune, measured = Shared(options.shared).rated()
    if options.learn:
        count(train, PACKAGE, say)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "catalogue.duckdb"
        build([options.shared / "data" / "films.parquet"], path, say)
        with Catalogue(path) as catalogue:
            if options.learn:
                text_weights(train, catalogue)
            weights = shipped()
            if options.fit:
                read = readings(tune, "tune", options.readings, options.model, options.threads)
                weights = fitted(weighed(tune, read, catalogue), read)
                write(FILE, weights)
            read = readings(measured, "measured", options.readings, options.model, options.threads)
            reviews = weighed(measured, read, catalogue)
            with gathered(reviews, read, weights) as library:
                together = [among(one, weights) for one in joined(reviews, library, weights)]
            came_to = ends(reviews, weights, catalogue)
    report([alone(one, weights) for one in reviews], together, came_to, weights, read[0].model, options.output)


def report(
    each: Sequence[Told], together: Sequence[Told], came_to: Counter[str], weights: Weights, model: str, output: Path
) -> None:
    """Print the tables and write the figures."""
    found = {
        "among the others": figures([one for one in together if one.review.known]),
        **{f"… {name}": figures(part) for name, part in sizes(together).items()},
        "by itself": figures([one for one in each if one.review.known]),
        "among the others, all reviews": figures(together),
        "by itself, all reviews": figures(each),
    }
    here = machine(["pullquote", "duckdb", "numpy"])
    head = ["", "reviews", "linked", "share linked", "precision (95%)", "recall"]
    print(markdown(head, [row(name, one) for name, one in found.items()]))
    number = found["by itself"]["reviews"]
    print(f"\nThresholds {weights.threshold_together} and, by itself, {weights.threshold}.")
    print(f"What becomes of the {number:,} reviews, each by itself:\n")
    rows = [[told, f"{came_to[end]:,}", f"{came_to[end] / number:.3f}"] for end, told in ENDS.items()]
    print(markdown(["end", "reviews", "share"], rows))
    print(f"\n{sentence(here)}")
    built = {"figures": found, "ends": dict(came_to), "model": model, "machine": here}
    output.write_text(json.dumps(built, indent=1) + "\n", encoding="utf-8")


def sizes(reviews: Sequence[Told]) -> dict[str, list[Told]]:
    """Those whose film is in the catalogue, by how many reviews of their film there are."""
    number = Counter(one.review.review["film"] for one in reviews)
    known = [one for one in reviews if one.review.known]
    return {
        name: [one for one in known if least <= number[one.review.review["film"]] <= most]
        for name, least, most in (("1 review of the film", 1, 1), ("2 to 5", 2, 5), ("6 or more", 6, 99))
    }


if __name__ == "__main__":
    main()
