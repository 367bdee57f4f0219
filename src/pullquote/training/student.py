"""The small network that learns from a large one: convolutions over tokens, made for 8-bit arithmetic.

Every layer adds to its input what a convolution of width three sees (He et al., 2016; dilated as in Yu and
Koltun, 2016); in the middle every token is told the mean of its whole review. Without normalising layers and with
ReLU alone, all of it but that mean can be done in whole numbers, for which the last part of training rounds as the
shipped network will (Jacob et al., 2018; steps learned: Esser et al., 2020).
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from ..reader.shape import SHAPES
from .encoder import PIECES

#: Width of token vectors, dilation of each layer, and the layer before which the review's mean is told.
WIDTH, DILATIONS, TOLD = 128, (1, 2, 4, 8, 1), 2
#: Largest size of a weight in whole numbers. One bit is left free: two products with 8-bit inputs are added in
#: 16 bits on processors without dot-product instructions.
LARGEST = 63
#: Empty places between reviews laid end to end; as far as any layer sees.
_APART = max(DILATIONS)


class Grid(nn.Module):
    """Rounds to the steps of 8-bit numbers once `begin` was called; before, it only notes how large numbers get."""

    def __init__(self, *, signed: bool) -> None:
        super().__init__()
        self.step = nn.Parameter(torch.tensor(0.05))
        self.low, self.high = (-128, 127) if signed else (0, 255)
        self.watching, self.rounding = False, False
        self._largest = 0.0

    def forward(self, x: Tensor) -> Tensor:
        """The same numbers, each at the nearest step."""
        if self.watching:
            sizes = x.detach().abs()
            sizes = sizes[sizes > 0]
            some = sizes[torch.randint(len(sizes), (200_000,))]
            self._largest = max(self._largest, float(torch.quantile(some, 0.9998)))
        if not self.rounding:
            return x
        steps = torch.clamp(x / self.step, self.low, self.high)
        return (steps + (torch.round(steps) - steps).detach()) * self.step

    def begin(self) -> None:
        """Round from now on, with steps that reach the largest numbers seen but for two in ten thousand."""
        with torch.no_grad():
            self.step.fill_(self._largest / self.high)
        self.watching, self.rounding = False, True


def rounded(weight: Tensor) -> Tensor:
    """A convolution's weights on a grid of their own for every output."""
    step = weight.detach().abs().amax((1, 2), keepdim=True) / LARGEST + 1e-12
    steps = weight / step
    return (steps + (torch.round(steps) - steps).detach()) * step


class Network(nn.Module):
    """What any student starts with: a vector for every token, the sum of its pieces' and its shape's."""

    def __init__(self, width: int, pieces: Tensor | None = None) -> None:
        """Start from vectors of the word pieces ``(PIECES, width)``, or from chance."""
        super().__init__()
        self.width = width
        self.pieces = nn.Embedding(PIECES, width)
        self.shapes = nn.Embedding(SHAPES, width)
        nn.init.normal_(self.pieces.weight, std=0.3)
        nn.init.normal_(self.shapes.weight, std=0.3)
        with torch.no_grad():
            if pieces is not None:
                self.pieces.weight.copy_(pieces)
            self.pieces.weight[0].zero_()  # [PAD] fills up tokens of fewer pieces

    def words(self, pieces: Tensor, shapes: Tensor) -> Tensor:
        """*Shapes:* pieces ``(tokens, PARTS)``, shapes ``(tokens,)`` -> ``(tokens, width)``."""
        x = self.pieces(pieces[:, 0]) + self.shapes(shapes)
        rows, parts = pieces[:, 1:].nonzero(as_tuple=True)
        return x.index_add(0, rows, self.pieces(pieces[rows, parts + 1]))


class Student(Network):
    """Word pieces and shapes of whole reviews to token vectors."""

    def __init__(self, pieces: Tensor | None = None) -> None:
        """Start from vectors of the word pieces ``(PIECES, WIDTH)``, or from chance."""
        super().__init__(WIDTH, pieces)
        self.layers = nn.ModuleList(nn.Conv1d(WIDTH, WIDTH, 3, dilation=d, padding=d) for d in DILATIONS)
        self.whole = nn.Sequential(nn.Linear(WIDTH, WIDTH), nn.ReLU(), nn.Linear(WIDTH, WIDTH))
        self.embedded, self.told = Grid(signed=True), Grid(signed=True)
        self.seen = nn.ModuleList(Grid(signed=False) for _ in DILATIONS)
        self.sums = nn.ModuleList(Grid(signed=True) for _ in DILATIONS)
        self.rounding = False
        with torch.no_grad():
            for layer in self.layers:
                layer.weight.mul_(0.5)

    def grids(self) -> list[Grid]:
        """All places where numbers are rounded."""
        return [m for m in self.modules() if isinstance(m, Grid)]

    def begin_rounding(self, feeds: Sequence[tuple[Tensor, Tensor, Sequence[int]]]) -> None:
        """Fit the steps to some reviews and compute as in whole numbers from now on."""
        for grid in self.grids():
            grid.watching = True
        with torch.no_grad():
            for feed in feeds:
                self(*feed)
        for grid in self.grids():
            grid.begin()
        self.rounding = True

    def forward(self, pieces: Tensor, shapes: Tensor, sizes: Sequence[int]) -> Tensor:
        """Token vectors of reviews laid end to end.

        *Shapes:* pieces ``(tokens, PARTS)``, shapes ``(tokens,)`` -> ``(tokens, WIDTH)``; sizes: tokens per review.
        """
        x = self.words(pieces, shapes)
        count = torch.tensor(sizes)
        owner = torch.repeat_interleave(torch.arange(len(sizes)), count)
        place = torch.arange(len(x)) + (owner + 1) * _APART
        length = len(x) + (len(sizes) + 1) * _APART
        mask = x.new_zeros(length).index_fill(0, place, 1.0)

        def spread(rows: Tensor) -> Tensor:
            return rows.new_zeros(length, WIDTH).index_copy(0, place, rows).t()[None]

        y = self.embedded(spread(x))
        for i, layer in enumerate(self.layers):
            if i == TOLD:
                rows = y[0].t()[place]
                mean = rows.new_zeros(len(sizes), WIDTH).index_add(0, owner, rows) / count[:, None]
                y = self.told(spread(rows + self.whole(mean)[owner]))
            weight = rounded(layer.weight) if self.rounding else layer.weight
            seen = F.conv1d(y, weight, layer.bias, dilation=layer.dilation, padding=layer.padding)
            y = self.sums[i]((y + self.seen[i](F.relu(seen))) * mask)
        out: Tensor = y[0].t()[place]
        return out


def narrowed(pieces: Tensor, width: int = WIDTH) -> Tensor:
    """A large model's vectors of word pieces in their main directions: ``(PIECES, width)``."""
    centred = pieces - pieces.mean(0)
    _, directions = torch.linalg.eigh(centred.t() @ centred)
    narrow = centred @ directions.flip(1)[:, :width]
    out: Tensor = narrow / narrow.std() * 0.3
    return out
