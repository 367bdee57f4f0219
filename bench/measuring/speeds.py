"""Rates, memory and cold starts of all contenders, turn and turn about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from .contender import Contender
from .spread import spread, turns
from .tell import tell
from .watched import start_seconds

#: Reviews of the first trial that finds out how many a contender can read in the time it has.
_TRIAL = 100


def speeds(
    contenders: Mapping[str, Contender], reviews: Path, number: int, cores: Sequence[int], rounds: int,
    seconds: float, work: Path,
) -> dict[str, dict[str, Any]]:  # fmt: skip
    """Rates and memory.

    Args:
        number: how many reviews the file holds.
        cores: the numbers of cores to measure on.
        seconds: about how long a turn may take; who is slower reads only the first of the reviews, as many as fit.

    Returns:
        For each contender and number of cores (as text): ``reviews``, ``rate``, ``peak_mb`` and ``largest_mb``,
        the last three as spreads (memory None where it cannot be looked up), and ``seconds`` of every turn.
    """
    out: dict[str, dict[str, Any]] = {name: {} for name in contenders}
    for on in cores:
        sizes = {name: _size(one, reviews, number, on, seconds, work) for name, one in contenders.items()}
        took: dict[str, list[float]] = {name: [] for name in contenders}
        peaks: dict[str, list[tuple[float, float]]] = {name: [] for name in contenders}
        for turn, name in turns(list(contenders), rounds):
            spent, run = contenders[name].rate(reviews, sizes[name], on, work)
            took[name].append(spent)
            if run.peak_mb is not None and run.largest_mb is not None:
                peaks[name].append((run.peak_mb, run.largest_mb))
            tell(f"{contenders[name].title}, cores {on}, round {turn + 1}: {sizes[name] / spent:,.1f} reviews a second")
        for name in contenders:
            peak, largest = zip(*peaks[name], strict=True) if peaks[name] else (None, None)
            out[name][str(on)] = {
                "reviews": sizes[name],
                "rate": spread([sizes[name] / s for s in took[name]]),
                "peak_mb": spread(peak) if peak else None,
                "largest_mb": spread(largest) if largest else None,
                "seconds": took[name],
            }
    return out


def cold_starts(contenders: Mapping[str, Contender], cores: int, times: int, work: Path) -> dict[str, Any]:
    """Seconds from the start of a process to its answer on one short review."""
    out = {}
    for name, one in contenders.items():
        out[name] = spread(start_seconds(one.once(work), cores, times))
        tell(f"{one.title}: cold start {out[name].median:.2f} s")
    return out


def _size(one: Contender, reviews: Path, number: int, cores: int, seconds: float, work: Path) -> int:
    """How many reviews a turn takes. The trials warm up the machine's file cache, too, and are not counted."""
    size = min(_TRIAL, number)
    while True:
        spent, _ = one.rate(reviews, size, cores, work)
        able = max(1, int(size * seconds / spent))
        if size == number or spent >= seconds / 2:
            return min(number, able)
        size = min(number, max(2 * size, able))
