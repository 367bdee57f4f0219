"""Where the marks of charts stand: numbers for SVG, which the templates draw; one unit is one pixel or so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import cos, pi, sin
from typing import NamedTuple

from ..questions.aspects import Tally
from ..questions.bonds import Bond

#: Width and height of the parts of charts.
COLUMN, COLUMNS_HIGH = 28, 96
HALF = 150
GRAPH = (640, 400)
_SIDE_BY_SIDE = 3
_FAMILY = ("parent of", "child of", "sibling of", "spouse of", "relative of", "lover of")
_HOSTILE = ("enemy of", "kills")


class Column(NamedTuple):
    """One column of a histogram, with its star and count; ``y`` is its top."""

    x: float
    y: float
    height: float
    star: int
    reviews: int


def columns(histogram: Sequence[int]) -> list[Column]:
    """Columns for the counts of 1, 2, ... stars; what is there at all can be seen."""
    most = max(histogram, default=0) or 1
    heights = [max(2.0, COLUMNS_HIGH * n / most) if n else 0.0 for n in histogram]
    return [
        Column(COLUMN * i, round(COLUMNS_HIGH - height, 1), round(height, 1), i + 1, n)
        for i, (height, n) in enumerate(zip(heights, histogram, strict=True))
    ]


class Sides(NamedTuple):
    """Lengths of blame, to the left, and of praise, to the right, of a middle."""

    blame: float
    praise: float


def sides(tally: Tally, most: int) -> Sides:
    """The bar of one aspect where the longest of all stands for ``most`` reviews."""
    return Sides(round(HALF * tally.blame / (most or 1), 1), round(HALF * tally.praise / (most or 1), 1))


def longest(tallies: Iterable[Tally]) -> int:
    """How many reviews the longest side of several bars stands for."""
    return max((max(one.praise, one.blame) for one in tallies), default=0)


class Node(NamedTuple):
    """A character on the graph; the label stands at ``label_y``, beside or under the dot."""

    name: str
    x: float
    y: float
    anchor: str
    label_x: float
    label_y: float


class Edge(NamedTuple):
    """A line between two characters; ``kind`` is family, hostile or other."""

    start: tuple[float, float]
    end: tuple[float, float]
    kind: str


def kind(relation: str) -> str:
    """How a relation is drawn."""
    return "family" if relation in _FAMILY else "hostile" if relation in _HOSTILE else "other"


def graph(bonds: Sequence[Bond], limit: int = 12) -> tuple[list[Node], list[Edge]]:
    """Characters on an ellipse, those told of first, and lines for how they stand to each other."""
    names: list[str] = []
    for bond in bonds:
        fresh = [name for name in (bond.subject, bond.object) if name not in names]
        if len(names) + len(fresh) <= limit:
            names += fresh
    width, height = GRAPH
    places: dict[str, tuple[float, float]] = {}
    nodes = []
    for i, name in enumerate(names):
        turn = 2 * pi * i / len(names) - pi / 2
        if len(names) < _SIDE_BY_SIDE:
            turn = pi * (1 - i)
        x, y = width / 2 + 0.27 * width * cos(turn), height / 2 + 0.36 * height * sin(turn)
        side = cos(turn)
        anchor = "middle" if abs(side) < 0.2 else "start" if side > 0 else "end"
        shift = 0 if anchor == "middle" else 12 if side > 0 else -12
        below = (22 if sin(turn) > 0 else -13) if anchor == "middle" else 5
        places[name] = round(x, 1), round(y, 1)
        nodes.append(Node(name, round(x, 1), round(y, 1), anchor, round(x + shift, 1), round(y + below, 1)))
    edges = [
        Edge(places[b.subject], places[b.object], kind(b.relation))
        for b in bonds
        if b.subject in places and b.object in places
    ]
    return nodes, edges
