"""The library under load: storing, size, index, search and the other questions, at several sizes.

    python bench/library.py READINGS.jsonl [--sizes 25000 1000000] [--folder FOLDER]

READINGS.jsonl holds readings with their texts (`pullquote read ... --format jsonl --with-text`). Larger libraries are
made by resampling them: each copy is another author's, and for every 100,000 reviews there are 800 new films. Ratings
are those that the ids hold, where they are file names of the Large Movie Review Dataset (``train/neg/0_3``). Prints a
table, a column for each size and one for how many times a figure grows from the first to the last, and writes
docs/figures/library.json. Queries are those of bench/queries.json; films and people are drawn by chance among the
reviews. Every stage runs in a process of its own, so that its peak memory is its own.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from machine import machine, sentence
from table import markdown

from pullquote.errors import InputError
from pullquote.library.rows import Read
from pullquote.library.store import Store
from pullquote.library.write import add, title_films
from pullquote.reading import Reading
from pullquote.sources.ratings import parse
from pullquote.sources.record import Record

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

ROOT = Path(__file__).resolve().parent.parent
BATCH = 512
#: Reviews after which a resampled library gets films of its own.
FILMS_ANEW = 100_000
_RATED = re.compile(r"/[0-9]+_([1-9]|10)$")


def copies(readings: list[Reading], number: int, seed: int = 1) -> Iterator[Read]:
    """``number`` reviews: ``readings`` with their texts, then as many drawn from them, each by an author of its own."""
    dice = random.Random(seed)
    for n in range(number):
        one = readings[n] if n < len(readings) else dice.choice(readings)
        text = str(one.text)
        film = f"film{dice.randrange(800)}-{n // FILMS_ANEW}"
        given = _RATED.search(one.id)
        rating = parse(given[1], 10) if given else None
        record = Record(text, f"r{n}", f"made:{n}", film_id=film, rating=rating, author=f"author {n}")
        yield Read("made", record, one.without_text())


def store(folder: Path, source: Path, number: int) -> dict[str, float]:
    """Store ``number`` readings; seconds of storing alone, without making the copies."""
    readings = [Reading.from_json(line) for line in source.read_bytes().splitlines()]
    found = copies(readings, number)
    spent = 0.0
    with Store(folder / "pullquote.duckdb", write=True) as library:
        while batch := list(islice(found, BATCH)):
            began = time.perf_counter()
            add(library, batch)
            spent += time.perf_counter() - began
        began = time.perf_counter()
        title_films(library)
        library.connection.execute("CHECKPOINT")
        spent += time.perf_counter() - began
    size = (folder / "pullquote.duckdb").stat().st_size
    return {"readings a second": number / spent, "bytes a reading": size / number}


def index(folder: Path, source: Path, number: int) -> dict[str, float]:
    """Build the search index."""
    from pullquote.search.index import build

    began = time.perf_counter()
    with Store(folder / "pullquote.duckdb") as library:
        build(library)
    spent = time.perf_counter() - began
    size = sum(f.stat().st_size for f in (folder / "pullquote.index").rglob("*") if f.is_file())
    return {"index, seconds": spent, "index, bytes a reading": size / number}


def search(folder: Path, source: Path, number: int) -> dict[str, float]:
    """Ask every query, all of them once to warm up, then five times."""
    from pullquote.search.ask import search as ask
    from pullquote.search.index import Index, index_folder

    queries = [q["words"] for q in json.loads((ROOT / "bench" / "queries.json").read_text(encoding="utf-8"))]
    with Store(folder / "pullquote.duckdb") as library:
        index = Index(index_folder(library.path))
        began = time.process_time()
        took = timed([lambda q=q: ask(library.connection, index, q) for q in queries])  # type: ignore[misc]
        spent = time.process_time() - began
    cpu = 1000 * spent / (len(took) + len(queries))
    return {"search p50, ms": statistics.median(took), "search p99, ms": _p99(took), "search, ms of processor": cpu}


def film(folder: Path, source: Path, number: int) -> dict[str, float]:
    """The dossiers of 40 films, drawn by chance among the reviews."""
    from pullquote.questions.dossier import dossier

    with Store(folder / "pullquote.duckdb") as library:
        rows = library.connection.execute(
            "SELECT film FROM reviews USING SAMPLE reservoir(40 ROWS) REPEATABLE (1)"
        ).fetchall()
        took = timed([lambda f=f: dossier(library.connection, f) for (f,) in rows], rounds=2)  # type: ignore[misc]
    return {"dossier p50, ms": statistics.median(took), "dossier p99, ms": _p99(took)}


def questions(folder: Path, source: Path, number: int) -> dict[str, float]:
    """Blurbs of ten films and profiles of ten people, drawn by chance; the best films, overall and by two aspects."""
    from pullquote.questions.blurbs import blurbs
    from pullquote.questions.person import person
    from pullquote.questions.rank import rank

    with Store(folder / "pullquote.duckdb") as library:
        there = library.connection

        def drawn(column: str, table: str) -> list[str]:
            some = f"SELECT {column} FROM {table} USING SAMPLE reservoir(10 ROWS) REPEATABLE (1)"
            return [value for (value,) in there.execute(some).fetchall()]

        films, people = drawn("film", "reviews"), drawn("person", "credits")
        asked: dict[str, list[Callable[[], object]]] = {
            "blurbs": [lambda f=f: blurbs(there, f) for f in films],  # type: ignore[misc]
            "person": [lambda p=p: _some(person, there, p) for p in people],  # type: ignore[misc]
            "rank": [lambda a=a: rank(there, a) for a in (None, "acting", "story")],  # type: ignore[misc]
        }
        return {f"{name} p50, ms": statistics.median(timed(calls, rounds=2)) for name, calls in asked.items()}


def _some(person: Callable[[DuckDBPyConnection, str], object], there: DuckDBPyConnection, name: str) -> None:
    """Ask for a person; a name of several is answered by saying so."""
    with suppress(InputError):
        person(there, name)


def timed(calls: list[Callable[[], object]], rounds: int = 5) -> list[float]:
    """Milliseconds of every call, after one round that does not count."""
    took = []
    for turn in range(rounds + 1):
        for call in calls:
            began = time.perf_counter()
            call()
            if turn:
                took.append(1000 * (time.perf_counter() - began))
    return took


def _p99(took: list[float]) -> float:
    return sorted(took)[int(0.99 * (len(took) - 1))]


STAGES = {"store": store, "index": index, "search": search, "film": film, "questions": questions}


def measured(source: Path, number: int, folder: Path) -> dict[str, float]:
    """All figures of one size."""
    out: dict[str, float] = {}
    for stage in STAGES:
        done = subprocess.run(
            [sys.executable, __file__, str(source), "--stage", stage, "--sizes", str(number), "--folder", str(folder)],
            stdout=subprocess.PIPE, check=True, text=True,
        )  # fmt: skip
        out |= json.loads(done.stdout)
        print(f"{number:,} {stage}: {done.stdout.strip()}", file=sys.stderr)
    return out


def main() -> None:
    """Measure every size and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("readings", type=Path)
    parser.add_argument("--sizes", type=int, nargs="*", default=[25_000, 1_000_000], help="run in this order")
    parser.add_argument("--folder", type=Path, help="where libraries are made; default: a temporary folder")
    parser.add_argument("--stage", choices=STAGES)
    parser.add_argument("--output", type=Path, default=ROOT / "docs" / "figures" / "library.json")
    options = parser.parse_args()
    if options.stage:
        stage = STAGES[options.stage](options.folder, options.readings, options.sizes[0])
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10
        print(json.dumps(stage | {f"{options.stage}, peak MB": peak}))
        return
    here = machine(["duckdb", "lancedb", "pyarrow"])
    found = {}
    for number in options.sizes:
        with tempfile.TemporaryDirectory(dir=options.folder) as folder:
            found[number] = measured(options.readings, number, Path(folder))
    figures = {f"{number:,}": found[number] for number in sorted(found)}
    options.output.write_text(json.dumps({"machine": here, "reviews": figures}, indent=1) + "\n", encoding="utf-8")
    names = list(next(iter(figures.values())))
    sizes = list(figures.values())
    rows = [[name, *(f"{f[name]:,.1f}" for f in sizes), f"{sizes[-1][name] / sizes[0][name]:.1f}"] for name in names]
    print(markdown(["", *figures, "times"], rows))
    print(f"\n{sentence(here)}")


if __name__ == "__main__":
    main()
