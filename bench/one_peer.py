"""One peer in a process of its own, as the comparison starts it: learning, judging, against the clock, from cold.

    python bench/one_peer.py learn NAME KEPT DATA.pickle
    python bench/one_peer.py judge KEPT REVIEWS.jsonl
    python bench/one_peer.py names KEPT REVIEWS.jsonl
    python bench/one_peer.py rate KEPT REVIEWS.jsonl NUMBER PROCESSES
    python bench/one_peer.py once KEPT REVIEW

Answers go to standard output as JSON. `rate` has the texts in memory and a loaded peer in every process, each warmed up
on a few reviews, before the clock starts; it stops when the last process has its judgements.
"""

from __future__ import annotations

import json
import multiprocessing
import pickle
import sys
import time
from collections.abc import Sequence
from multiprocessing.connection import Connection
from pathlib import Path

from measuring.kept import kept, teach
from peers.protocol import NameFinder, Peer

_WARM = 8


def rate(peer: Peer, texts: Sequence[str], processes: int) -> float:
    """Seconds in which so many processes judge all texts, every ``processes``-th text each."""
    split = multiprocessing.get_context("fork")
    workers = []
    for number in range(processes):
        here, there = split.Pipe()
        workers.append((split.Process(target=_share, args=(peer, texts[number::processes], there)), here))
        workers[-1][0].start()
    for _, answer in workers:
        answer.recv()
    began = time.perf_counter()
    for _, answer in workers:
        answer.send("go")
    judged = [answer.recv() for _, answer in workers]
    seconds = time.perf_counter() - began
    for worker, _ in workers:
        worker.join()
    if sum(judged) != len(texts):
        raise RuntimeError(f"{sum(judged)} of {len(texts)} reviews were judged")
    return seconds


def _share(peer: Peer, texts: Sequence[str], answer: Connection) -> None:
    peer.predict(texts[:_WARM])
    answer.send("ready")
    answer.recv()
    answer.send(len(peer.predict(texts).favourable))


def main() -> None:
    """Do what is asked."""
    what, *rest = sys.argv[1:]
    if what == "learn":
        name, path, data = rest
        teach(name, Path(path), pickle.loads(Path(data).read_bytes()))
        return
    peer = kept(Path(rest[0]))
    if what == "once":
        judged = peer.predict([rest[1]])
        print(json.dumps({"favourable": judged.favourable[0], "stars": judged.stars[0]}))
        return
    from measuring.reviews import read_reviews

    texts = read_reviews(Path(rest[1]), int(rest[2]) if what == "rate" else None)
    if what == "rate":
        print(json.dumps({"seconds": rate(peer, texts, int(rest[3]))}))
    elif what == "judge":
        print(json.dumps(peer.predict(texts)._asdict()))
    elif isinstance(peer, NameFinder):
        print(json.dumps(peer.mentions(texts)))


if __name__ == "__main__":
    main()
