"""Retrieval: how well search by words, by meaning and by both answers questions in other words.

    python bench/retrieval.py [--pool FILE]

Searched are the sentences of 400 annotated reviews in ../shared/gold, asked the questions of bench/queries.json.
An answer counts by two measures: the proxy takes for right what an annotator marked as a judgement on the question's
aspect and polarity; the judged takes bench/judgements.json, where each of the five best sentences of every method
was read beside the question: 2 answers it, 1 in part, 0 not. The reader learned from 304 of the reviews, so there is
the proxy on the 96 of dev alone, too, from which nothing learned. ``--pool`` writes what is not judged yet, with its
words, to a file to be read; it is no part of the project.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path

import numpy as np
from machine import machine
from table import markdown

from pullquote.evaluation.gold import POLARITIES, Gold, read
from pullquote.library.rows import Read
from pullquote.library.store import Store
from pullquote.library.write import add
from pullquote.reader import Reader
from pullquote.reading import Reading, Segment, Verdict
from pullquote.search.ask import search
from pullquote.search.fusion import fused
from pullquote.search.index import Index, build, index_folder
from pullquote.sources.record import Record

HERE = Path(__file__).parent
GOLD = HERE.parents[1] / "shared" / "gold"
FIGURES = HERE.parent / "docs" / "figures" / "retrieval.json"
TAUGHT, DEPTH, JUDGED = 304, 100, 5

Place = tuple[str, int]
Method = Callable[[str], Sequence[Place]]


def corpus() -> list[Gold]:
    """The annotated reviews searched: all of dev, and the first of train."""
    return [*read(GOLD / "dev.jsonl"), *islice(read(GOLD / "train.jsonl"), TAUGHT)]


def stored(gold: Gold) -> Read:
    """A review as the library keeps it, its sentences those that were annotated."""
    segments = tuple(
        Segment(start=start, end=end, role="opinion", polarity="neutral", spoiler=0.0) for start, end in gold.sentences
    )
    reading = Reading(id=gold.id, verdict=Verdict(sentiment=0.5, stars=5.5, recommend="none"), segments=segments)
    return Read("gold", Record(gold.text, gold.id, gold.id), reading)


def by_reader(reviews: Sequence[Gold]) -> Method:
    """Search by the reader's own token vectors, averaged over each sentence."""
    reader = Reader(threads=1)
    places: list[Place] = []
    vectors = []
    for gold, (doc, states) in zip(reviews, reader.encoded((g.id, g.text) for g in reviews), strict=True):
        starts = np.array(doc.tokens.starts)
        for number, (start, end) in enumerate(gold.sentences):
            first, last = np.searchsorted(starts, [start, end])
            if last > first:
                places.append((gold.id, number))
                vectors.append(states[first:last].mean(0))
    middle = np.mean(vectors, axis=0)
    known = _unit(np.stack(vectors) - middle)

    def ranked(words: str) -> list[Place]:
        [(_, states)] = reader.encoded([words])
        order = np.argsort(-(known @ _unit(states.mean(0) - middle)))[:100]
        return [places[i] for i in order]

    return ranked


def _unit(vectors: np.ndarray) -> np.ndarray:
    return vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)


def gain(grades: Sequence[float], best: Sequence[float], depth: int) -> float:
    """nDCG (Järvelin and Kekäläinen, 2002) of the first ``depth`` grades; ``best`` are all there are."""
    discounts = 1 / np.log2(np.arange(depth) + 2)
    ideal = np.array(sorted(best, reverse=True)[:depth])
    got = np.array(grades[:depth])
    top = float(ideal @ discounts[: len(ideal)])
    return float(got @ discounts[: len(got)]) / top if top else 0.0


def measured(answers: Sequence[Sequence[Place]], queries: Sequence[dict], marked: dict, judged: dict) -> dict:
    """All measures of one method, averaged over the queries."""
    rows = []
    for ranking, query in zip(answers, queries, strict=True):
        right = marked[query["aspect"], query["polarity"]]
        hits = [float(place in right) for place in ranking]
        unseen = [float(place in right) for place in ranking if _unseen(place)]
        unseen_right = sum(map(_unseen, right))
        grades = judged[query["words"]]
        own = [float(grades.get(f"{review}:{number}", 0)) for review, number in ranking]
        rows.append(
            (
                gain(hits, [1.0] * len(right), 10),
                sum(hits[:20]) / min(20, len(right)),
                gain(unseen, [1.0] * unseen_right, 10) if unseen_right else np.nan,
                gain(own, list(grades.values()), JUDGED),
                sum(grade > 0 for grade in own[:JUDGED]) / JUDGED,
                sum(grade == 2 for grade in own[:JUDGED]) / JUDGED,
            )
        )
    names = (
        "proxy nDCG@10",
        "proxy P@20",
        "proxy nDCG@10, dev",
        "judged nDCG@5",
        "judged P@5, at all",
        "judged P@5, fully",
    )
    return dict(zip(names, np.nanmean(rows, axis=0).round(3).tolist(), strict=True))


def _unseen(place: Place) -> bool:
    return place[0].startswith("D")


def main() -> None:
    """Search, measure, print the table and write the figures; or write what is to be judged."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pool", type=Path, help="write what is not judged yet to this file")
    pool = parser.parse_args().pool
    queries = json.loads((HERE / "queries.json").read_text(encoding="utf-8"))
    reviews = corpus()
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "gold.duckdb", write=True) as store:
        add(store, [stored(gold) for gold in reviews])
        build(store)
        index = Index(index_folder(store.path))

        def shipped(by: str) -> Method:
            return lambda words: [
                (found.id, found.segment) for found in search(store.connection, index, words, by=by, limit=DEPTH).found
            ]

        methods: dict[str, Method] = {
            "by words (BM25)": shipped("words"),
            "by meaning (static vectors)": shipped("meaning"),
            "by meaning (the reader's vectors)": by_reader(reviews),
            "by both (words and static, fused)": shipped("both"),
        }
        answers = {name: [method(query["words"]) for query in queries] for name, method in methods.items()}
    answers["words and the reader's, fused"] = [
        fused([words, reader])
        for words, reader in zip(answers["by words (BM25)"], answers["by meaning (the reader's vectors)"], strict=True)
    ]

    file = HERE / "judgements.json"
    judged = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    if pool:
        _write_pool(pool, queries, answers, judged, {gold.id: gold for gold in reviews})
        return
    marked = {(q["aspect"], q["polarity"]): _marked(reviews, q["aspect"], q["polarity"]) for q in queries}
    figures = {name: measured(rankings, queries, marked, judged) for name, rankings in answers.items()}
    names = list(next(iter(figures.values())))
    print(markdown(["search", *names], [[k, *(f"{v[n]:.3f}" for n in names)] for k, v in figures.items()]))
    told = {
        "queries": len(queries),
        "reviews": len(reviews),
        "sentences": sum(len(gold.sentences) for gold in reviews),
        "judgements": sum(map(len, judged.values())),
        "methods": figures,
        "machine": machine(["pullquote", "lancedb", "numpy"]),
    }
    FIGURES.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


def _marked(reviews: Sequence[Gold], aspect: str, polarity: str) -> set[Place]:
    return {
        (gold.id, o.sentence)
        for gold in reviews
        for o in gold.opinions
        if o.aspect == aspect and POLARITIES[o.polarity] == polarity
    }


def _write_pool(path: Path, queries: list[dict], answers: dict, judged: dict, reviews: dict[str, Gold]) -> None:
    left = []
    for number, query in enumerate(queries):
        places = sorted({place for rankings in answers.values() for place in rankings[number][:JUDGED]})
        for review, sentence in places:
            key = f"{review}:{sentence}"
            if key not in judged.get(query["words"], {}):
                start, end = reviews[review].sentences[sentence]
                left.append({"query": query["words"], "place": key, "words": reviews[review].text[start:end]})
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in left), encoding="utf-8")
    print(f"{len(left)} to judge in {path}")


if __name__ == "__main__":
    main()
