"""A thousand workers reading an archive, simulated: nodes are lost, some parts take long, one driver hands out work.

    python bench/simulation.py [--model compact] [--reviews 10000000] [--part N] [--losses N] [--runs 3] [--seed 1]

Parameters stand in bench/simulation.json: what was measured on this project's machines, and what is assumed of others.
Every core is a worker. A worker starts (loads the model), then takes part after part; a part is handed out by the
driver, one at a time, read at the worker's speed, and written. A part that is being read on a node that is lost is read
again by whoever is free; the node's replacement comes after a while and starts anew. A share of the parts are
stragglers that take several times as long. Prints what the simulation says beside the arithmetic on paper (`on_paper`).
Needs SimPy (extra ``bench``).
"""

from __future__ import annotations

import argparse
import json
import math
import random
import statistics
from collections.abc import Generator
from dataclasses import dataclass, field
from pathlib import Path

import simpy
from table import markdown

PARAMETERS = Path(__file__).with_suffix(".json")
HOUR = 3600.0


@dataclass(frozen=True, slots=True)
class Cluster:
    """What is simulated; times are seconds.

    ``rate`` is reviews a second of one core, ``part`` reviews in one part, ``losses`` the number of times that a node
    is lost in an hour, ``spread`` the standard deviation of the speeds of nodes (1 is usual).
    """

    rate: float
    part: int
    nodes: int
    workers: int
    start: float
    write: float
    dispatch: float
    losses: float
    replacement: float
    spread: float
    stragglers: float
    factor: float


@dataclass(slots=True)
class Outcome:
    """What came of it: seconds until the last part was written, and where the workers' time went.

    ``lost`` is the share of all work that was thrown away with nodes, ``late`` the share of parts that took more than
    one and a half times the median, ``tail`` the seconds between the last part's being handed out and the end,
    ``waited`` the share of the workers' time spent waiting for the driver.
    """

    seconds: float
    lost: float
    late: float
    tail: float
    waited: float
    gone: int


@dataclass(slots=True)
class _Run:
    """State of one simulation."""

    cluster: Cluster
    env: simpy.Environment
    driver: simpy.Resource
    dice: random.Random
    left: int
    unwritten: int
    done: simpy.Event
    spent: list[float] = field(default_factory=list)
    wasted: float = 0.0
    waited: float = 0.0
    handed_out: float = 0.0
    gone: int = 0
    idle: list[simpy.Event] = field(default_factory=list)


def cluster(model: str, *, part: int | None = None, losses: float | None = None) -> Cluster:
    """The cluster of the parameter file, for ``model``."""
    told = json.loads(PARAMETERS.read_text(encoding="utf-8"))
    measured, assumed = told["measured"], told["assumed"]
    return Cluster(
        rate=measured["reviews_per_core_second"][model],
        part=part or told["part"][model],
        nodes=assumed["nodes"],
        workers=assumed["workers_per_node"],
        start=assumed["start_seconds"][model],
        write=assumed["write_seconds"],
        dispatch=assumed["dispatch_seconds"],
        losses=assumed["losses_per_node_hour"] if losses is None else losses,
        replacement=assumed["replacement_seconds"],
        spread=assumed["node_spread"],
        stragglers=assumed["straggler_share"],
        factor=assumed["straggler_factor"],
    )


def on_paper(one: Cluster, reviews: int) -> float:
    """Seconds by arithmetic: parts shared out evenly, plus what start, losses and the last straggler cost on average.

    A lost node costs its replacement, its start and half a part of each worker. The driver hands out no more than one
    part every ``dispatch`` seconds, so that is the least time there is.
    """
    parts = math.ceil(reviews / one.part)
    usual = one.part / one.rate + one.write
    mean = one.part / one.rate * (1 + one.stragglers * (one.factor - 1)) + one.write + one.dispatch
    down = one.losses / HOUR * (one.replacement + one.start + mean / 2)
    even = parts * mean / (one.nodes * one.workers * (1 - down))
    # Of the parts begun last, over the time that a usual one takes, k are stragglers, and the latest of them is begun
    # at 1 - 1 / (k + 1) of that time; evenly shared work ends half a part after the last was begun.
    k = one.stragglers * one.nodes * one.workers
    some = 1 - math.exp(-k)
    last = (some * (one.factor - 0.5 - 1 / (k + 1)) + (1 - some) / 2) * usual
    return one.start + max(even, parts * one.dispatch) + last


def simulate(one: Cluster, reviews: int, seed: int) -> Outcome:
    """One run."""
    env = simpy.Environment()
    parts = math.ceil(reviews / one.part)
    run = _Run(one, env, simpy.Resource(env, 1), random.Random(seed), parts, parts, env.event())
    for _ in range(one.nodes):
        env.process(_node(run))
    env.run(until=run.done)
    usual = statistics.median(run.spent)
    busy = sum(run.spent) + run.wasted
    return Outcome(
        seconds=env.now,
        lost=run.wasted / busy,
        late=sum(spent > 1.5 * usual for spent in run.spent) / len(run.spent),
        tail=env.now - run.handed_out,
        waited=run.waited / (env.now * one.nodes * one.workers),
        gone=run.gone,
    )


def _node(run: _Run) -> Generator[simpy.Event, None, None]:
    """A place for a node: one after the other."""
    one = run.cluster
    while run.unwritten:
        speed = one.rate * max(run.dice.gauss(1, one.spread), 0.2)
        workers = [run.env.process(_worker(run, speed)) for _ in range(one.workers)]
        if not one.losses:
            return
        yield run.env.timeout(run.dice.expovariate(one.losses / HOUR))
        run.gone += 1
        for worker in workers:
            if worker.is_alive:
                worker.interrupt()
        yield run.env.timeout(one.replacement)


def _worker(run: _Run, speed: float) -> Generator[simpy.Event, None, None]:
    one, env = run.cluster, run.env
    holding, began = False, env.now
    try:
        yield env.timeout(one.start)
        while True:
            if not run.left:
                # A node that is lost may give a part back.
                more = env.event()
                run.idle.append(more)
                yield more
                continue
            run.left -= 1
            holding, began = True, env.now
            with run.driver.request() as turn:
                yield turn
                yield env.timeout(one.dispatch)
            run.waited += env.now - began
            began = env.now
            run.handed_out = max(run.handed_out, began)
            slow = one.factor if run.dice.random() < one.stragglers else 1.0
            yield env.timeout(one.part / speed * slow + one.write)
            run.spent.append(env.now - began)
            holding = False
            run.unwritten -= 1
            if not run.unwritten:
                run.done.succeed()
                return
    except simpy.Interrupt:
        if holding:
            run.wasted += env.now - began
            run.left += 1
            if run.idle:
                run.idle.pop().succeed()


def main() -> None:
    """Simulate and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", default="compact", choices=("compact", "large"))
    parser.add_argument("--reviews", type=int, nargs="+", default=[10_000_000, 100_000_000])
    parser.add_argument("--part", type=int, help="reviews in one part")
    parser.add_argument("--losses", type=float, help="times a node is lost in an hour")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    told = parser.parse_args()
    one = cluster(told.model, part=told.part, losses=told.losses)
    rows = []
    for reviews in told.reviews:
        ideal = reviews / (one.rate * one.nodes * one.workers)
        paper = on_paper(one, reviews)
        for seed in range(told.seed, told.seed + told.runs):
            out = simulate(one, reviews, seed)
            rows.append(
                [
                    f"{reviews:,}", f"{ideal:,.0f}", f"{paper:,.0f}", f"{out.seconds:,.0f}",
                    f"{out.seconds / paper:.3f}", f"{ideal / out.seconds:.3f}", f"{out.gone}", f"{out.lost:.2%}",
                    f"{out.late:.2%}", f"{out.tail:,.0f}", f"{out.waited:.2%}",
                ]
            )  # fmt: skip
    print(f"{told.model}: {one.nodes} nodes of {one.workers} workers, parts of {one.part:,}, {one.rate:g} a second")
    head = ["reviews", "ideal s", "paper s", "simulated s", "to paper", "efficiency", "nodes lost", "work lost", "late"]
    print(markdown([*head, "tail s", "waiting for the driver"], rows))


if __name__ == "__main__":
    main()
