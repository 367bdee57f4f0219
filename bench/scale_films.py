"""Films of a large folder of readings: counting all of them, counting what is new, asking, and loading.

    python bench/scale_films.py [NUMBER] [--folder FOLDER] [--load]

Makes NUMBER readings of our own words (bench/resampled.py), counts the films in one pass, adds a hundredth of new
readings and counts again, asks for one film's dossier over the Parquet, and, if told so, loads all of it into a
library. Prints seconds of processor, wall time and peak memory of each, which has a process of its own.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from resampled import PART, folder
from table import markdown


def make(where: Path, number: int) -> int:
    """Make the readings."""
    for _ in folder(where / "readings", number):
        pass
    return number


def more(where: Path, number: int) -> int:
    """Make a hundredth more."""
    first = -(-number // PART)
    for _ in folder(where / "readings", max(number // 100, 1), first=first):
        pass
    return max(number // 100, 1)


def count(where: Path, number: int) -> int:
    """Count the films, or what is new of them."""
    from pullquote.folder.found import find
    from pullquote.folder.sums import Sums

    found = find(str(where / "readings"))
    assert found is not None
    with Sums(where / "films.duckdb") as sums:
        return max(sums.update(found), default=0)


def dossier(where: Path, number: int) -> int:
    """Ask for one film."""
    from pullquote.folder.opened import asking
    from pullquote.questions.dossier import dossier

    with asking(where / "readings", ["film7-0"]) as connection:
        return dossier(connection, "film7-0").film.reviews


def load(where: Path, number: int) -> int:
    """Load all of it into a library."""
    from pullquote.folder.found import find
    from pullquote.folder.load import Load
    from pullquote.library.store import Store

    found = find(str(where / "readings"))
    assert found is not None
    with Store(where / "l.duckdb", write=True) as store:
        run = Load(store)
        for _ in run.run(found):
            pass
        return run.progress.stored


def measured(stage: Callable[[Path, int], int], where: Path, number: int) -> tuple[int, float, float, float]:
    """Run in a process of its own: what it says, seconds of processor, seconds, and megabytes at most."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_measured, (stage, where, number))


def _measured(stage: Callable[[Path, int], int], where: Path, number: int) -> tuple[int, float, float, float]:
    began, spent = time.perf_counter(), time.process_time()
    said = stage(where, number)
    spent, took = time.process_time() - spent, time.perf_counter() - began
    return said, spent, took, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Run the stages."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("number", type=int, nargs="?", default=100_000)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--load", action="store_true")
    told = parser.parse_args()
    stages: dict[str, Callable[[Path, int], int]] = {
        "make the readings": make, "count all films": count, "make a hundredth more": more, "count what is new": count,
        "dossier over the Parquet": dossier,
    }  # fmt: skip
    if told.load:
        stages["load into a library"] = load
    with tempfile.TemporaryDirectory() as own:
        where = told.folder or Path(own)
        rows = []
        for name, stage in stages.items():
            said, spent, took, memory = measured(stage, where, told.number)
            rate = f"{said / spent:,.0f}"
            rows.append([name, f"{said:,}", f"{spent:.1f}", f"{took:.1f}", rate, f"{memory:,.0f}"])
    print(markdown(["", "reviews", "s of processor", "s", "reviews per s of processor", "MB at most"], rows))


if __name__ == "__main__":
    main()
