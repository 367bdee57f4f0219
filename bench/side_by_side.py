"""Pullquote and its peers side by side, in one run on the same reviews: one table of speed, memory, start and quality.

    python bench/side_by_side.py [--shared ../shared] [--readers large vader ...] [--skip spacy ...] [--limit N]

Every reader runs in processes of its own; what was learned is kept in a folder and learned again when data, code or
versions change. The table goes to standard output, progress to standard error, all figures to docs/figures/bench.json.
"""

from __future__ import annotations

import argparse
import json
import pickle
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from machine import cores, machine, sentence
from measuring.contender import BENCH, Contender, Other, Ours, installed_models, names
from measuring.data import Data, research_data
from measuring.kept import notes, place
from measuring.made_up import made_up
from measuring.peers import PEERS
from measuring.quality import of_other, of_ours
from measuring.reviews import write_reviews
from measuring.side_table import side_table
from measuring.speeds import cold_starts, speeds
from measuring.tell import tell

ROOT = BENCH.parent
PACKAGES = ("pullquote", "numpy", *dict.fromkeys(package for kind in PEERS.values() for package in kind.packages))
EXPLAINED = (
    "Rates: the median of {rounds} turns, least and most in brackets, turn and turn about. Pullquote: a file of JSON "
    "lines in, a file of JSON lines out, the start of the command included, one worker a core. Peers: texts in memory "
    "to judgements, loaded and warm, one process of one thread a core, each with its share of the texts. A turn takes "
    "about {seconds:.0f} s at most: slow readers read only the first of the reviews. Memory: all processes on {most} "
    "together (proportional set size, sampled), and the resident memory of the largest. Cold start: a new process to "
    "its answer on one short review, median of {starts}."
)


def main() -> None:
    """Measure, print, keep."""
    asked = arguments()
    data = made_up() if asked.made_up else research_data(asked.shared, asked.reviews, asked.limit)
    on = sorted({n for n in asked.cores if n <= cores()}) or [cores()]
    if set(asked.cores) - set(on):
        tell(f"only {cores()} cores here: measured on {', '.join(map(str, on))}")
    with TemporaryDirectory() as folder:
        rows = measured(asked, data, on, Path(folder))
    where = machine(PACKAGES)
    trial = asked.made_up or asked.limit is not None
    most = f"{on[-1]} cores" if on[-1] > 1 else "one core"
    explained = EXPLAINED.format(rounds=asked.rounds, seconds=asked.seconds, most=most, starts=asked.starts)
    print("TRIAL on few reviews, its figures are no result.\n" if trial else "", end="")
    print(side_table(rows, on))
    print(f"\n{data.about[0].upper()}{data.about[1:]}; claims: {len(data.gold)} annotated reviews. {explained}")
    print(f"{sentence(where)}.")
    output = asked.output or (None if trial else ROOT / "docs" / "figures" / "bench.json")
    if output is not None:
        kept = {
            "trial": trial, "data": data.about, "explained": explained, "machine": where, "cores": on,
            "rounds": asked.rounds, "readers": rows,
        }  # fmt: skip
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
        tell(f"written to {output}")


def measured(asked: argparse.Namespace, data: Data, on: list[int], work: Path) -> list[dict[str, Any]]:
    """One row of figures a reader."""
    contenders, fitted = gathered(asked, data, work)
    quality: dict[str, dict[str, Any]] = {}
    for name, one in contenders.items():
        if isinstance(one, Ours):
            quality[name] = of_ours(one, data, on[-1], work)
        elif isinstance(one, Other):
            quality[name] = of_other(one, data, PEERS[name].finds_names, on[-1], work)
        tell(f"{one.title}: accuracy {quality[name]['accuracy']:.4f}")
    cold = cold_starts(contenders, on[-1], asked.starts, work)
    reviews = work / "speed.jsonl"
    write_reviews(data.speed, reviews)
    fast = speeds(contenders, reviews, len(data.speed), on, asked.rounds, asked.seconds, work)
    return [
        {"name": name, "reader": one.title, "speed": fast[name], "cold_start": cold[name], "quality": quality[name]}
        | fitted.get(name, {})
        for name, one in contenders.items()
    ]


def gathered(asked: argparse.Namespace, data: Data, work: Path) -> tuple[dict[str, Contender], dict[str, Any]]:
    """All that take part, peers after they have learned; and how the peers learned."""
    wanted = asked.readers or [*installed_models(), *PEERS]
    contenders: dict[str, Contender] = {}
    fitted: dict[str, Any] = {}
    lessons = work / "lessons.pickle"
    lessons.write_bytes(pickle.dumps(data))
    asked.kept.mkdir(parents=True, exist_ok=True)
    for name in wanted:
        if name in asked.skip:
            continue
        if name not in PEERS:
            contenders[name] = Ours(f"Pullquote {name}", ("--model", name))
            continue
        kind = PEERS[name]
        if kind.missing:
            tell(f"{kind.title} is left out: {', '.join(kind.missing)} not installed")
            continue
        path = place(name, asked.kept, data)
        if asked.fresh or not path.exists():
            tell(f"{kind.title}: learning")
            command = [sys.executable, str(BENCH / "one_peer.py"), "learn", name, str(path), str(lessons)]
            subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
        contenders[name] = Other(kind.title, path)
        fitted[name] = json.loads(notes(path).read_text(encoding="utf-8"))
    return contenders, fitted


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="folder of research data")
    parser.add_argument(
        "--readers", nargs="+", choices=names(), help="who takes part (default: all that are installed)"
    )
    parser.add_argument("--skip", nargs="+", choices=names(), default=[], help="who is left out")
    parser.add_argument("--cores", nargs="+", type=int, default=[1, 2], help="numbers of cores to measure on")
    parser.add_argument("--reviews", type=int, default=10_000, help="reviews read against the clock, at most")
    parser.add_argument("--seconds", type=float, default=20, help="about how long a turn may take")
    parser.add_argument("--rounds", type=int, default=5, help="turns of each")
    parser.add_argument("--starts", type=int, default=10, help="cold starts of each")
    parser.add_argument("--kept", type=Path, default=ROOT / "build" / "bench", help="folder of peers that have learned")
    parser.add_argument("--fresh", action="store_true", help="let the peers learn again")
    parser.add_argument("--limit", type=int, metavar="N", help="a quick trial on N reviews of each kind")
    parser.add_argument("--made-up", action="store_true", help="a trial on invented reviews, without research data")
    parser.add_argument("--output", type=Path, help="JSON file (default docs/figures/bench.json; none in a trial)")
    return parser.parse_args()


if __name__ == "__main__":
    main()
