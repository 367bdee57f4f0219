"""What reviews without annotation teach: their rating where they have one, the film's name where its title is known."""


import pytest

torch = pytest.importorskip("torch")

from pullquote.reader.labels import NAMES  # noqa: E402
from pullquote.training.finetune import title_loss  # noqa: E402

FILM = 1 + 2 * NAMES.index("FILM")


def logits(*favoured: int | None) -> "torch.Tensor":
    """One token each that is surely of the given tag; None leaves it open."""
    out = torch.zeros(len(favoured), 1 + 2 * len(NAMES))
    for row, tag in enumerate(favoured):
        if tag is not None:
            out[row, tag] = 30.0
    return out


def test_a_title_read_as_the_film_costs_nothing():
    tags = torch.tensor([0, 1, 2])
    assert title_loss(logits(0, FILM, FILM + 1), tags).item() == pytest.approx(0.0, abs=1e-6)


def test_other_names_elsewhere_cost_nothing():
    person = 1 + 2 * NAMES.index("PERSON")
    assert title_loss(logits(person, FILM), torch.tensor([0, 1])).item() == pytest.approx(0.0, abs=1e-6)


def test_a_film_claimed_elsewhere_costs():
    assert title_loss(logits(FILM, FILM), torch.tensor([0, 1])).item() > 10


def test_a_title_missed_costs():
    assert title_loss(logits(0, 0), torch.tensor([0, 1])).item() > 10
