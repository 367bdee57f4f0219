"""Who takes part: Pullquote with each of its models, and the peers, all started as commands."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from .peers import PEERS
from .watched import Run, watch

BENCH = Path(__file__).resolve().parent.parent
SHORT_REVIEW = "A slow start, but Anna Weiss is superb as the teacher, and the ending moved me to tears. See it."


class Contender(Protocol):
    """A reader in the comparison."""

    title: str

    def rate(self, reviews: Path, number: int, cores: int, work: Path) -> tuple[float, Run]:
        """Seconds for the first ``number`` of the reviews on so many cores, and the run that took them."""
        ...

    def once(self, work: Path) -> list[str]:
        """The command that judges one short review."""
        ...


def program() -> str:
    """The pullquote command of this environment.

    Raises:
        SystemExit: if there is none.
    """
    beside = Path(sys.executable).with_name("pullquote")
    found = str(beside) if beside.exists() else shutil.which("pullquote")
    if found is None:
        raise SystemExit("the pullquote command is not installed beside this Python; try: pip install -e .")
    return found


@dataclass(frozen=True, slots=True)
class Ours:
    """Pullquote: a file of JSON lines in, a file of JSON lines out, start included, a worker for every core."""

    title: str
    options: Sequence[str] = field(default_factory=tuple)

    def read(self, reviews: Path, readings: Path, workers: int) -> list[str]:
        """The command that reads a file."""
        return [program(), "read", str(reviews), "--output", str(readings), "--workers", str(workers), *self.options]

    def rate(self, reviews: Path, number: int, cores: int, work: Path) -> tuple[float, Run]:
        """Start to end of the command."""
        some = first(reviews, number, work)
        run = watch(self.read(some, work / "readings.jsonl", cores), cores)
        return run.seconds, run

    def once(self, work: Path) -> list[str]:
        """One text file, its reading on standard output."""
        review = work / "review.txt"
        review.write_text(SHORT_REVIEW, encoding="utf-8")
        return [program(), "read", str(review), *self.options]


@dataclass(frozen=True, slots=True)
class Other:
    """A peer that has learned: texts in memory to judgements, loaded and warm, a process a core, one thread each."""

    title: str
    kept: Path

    def ask(self, *words: str) -> list[str]:
        """The command line of ``one_peer.py``."""
        return [sys.executable, str(BENCH / "one_peer.py"), words[0], str(self.kept), *words[1:]]

    def rate(self, reviews: Path, number: int, cores: int, work: Path) -> tuple[float, Run]:
        """As the peer's process clocked it; memory is that of the whole run."""
        run = watch(self.ask("rate", str(reviews), str(number), str(cores)), cores, threads=1)
        return json.loads(run.output)["seconds"], run

    def once(self, work: Path) -> list[str]:
        """A start of Python, the peer loaded from its file, one judgement."""
        return self.ask("once", SHORT_REVIEW)


def first(reviews: Path, number: int, work: Path) -> Path:
    """A file of the first ``number`` lines of another."""
    some = work / "some.jsonl"
    with reviews.open(encoding="utf-8") as lines, some.open("w", encoding="utf-8") as out:
        out.writelines(line for _, line in zip(range(number), lines, strict=False))
    return some


def installed_models() -> list[str]:
    """Names of the models that come along, and `auto` where there are two to choose from."""
    from pullquote.reader.shipped import FOLDER, MANIFEST

    found = [name for name in ("compact", "large") if (FOLDER / name / MANIFEST).exists()]
    return [*found, *(["auto"] if len(found) == 2 else [])]


def names() -> list[str]:
    """Every name that a reader can be asked for by."""
    return ["compact", "large", "auto", *PEERS]
