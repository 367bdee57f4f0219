"""The shipped encoder: what a window's states are depends on that window alone."""

import numpy as np
import pytest
from numpy.typing import NDArray

from pullquote.reader.encoder import Encoder
from pullquote.reader.layout import stack
from pullquote.reader.shipped import DEFAULT, ENCODER, FOLDER

#: Windows of unlike length, as numbers of word pieces between the two end marks.
ROWS = [[101, *range(2000, 2000 + n), 102] for n in (3, 40, 7, 150, 41, 0)]
CODES = [[i % 5 for i in range(len(row))] for row in ROWS]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder(FOLDER / DEFAULT / ENCODER, 1)


@pytest.fixture(scope="module")
def alone(encoder: Encoder) -> list[NDArray[np.float32]]:
    return [encoder.run(stack([row], [code]))[0] for row, code in zip(ROWS, CODES, strict=True)]


def test_states_are_the_same_whatever_else_is_in_the_batch(encoder: Encoder, alone: list[NDArray[np.float32]]):
    for batch in ([0, 1, 2, 3, 4, 5], [3, 0], [5, 4, 1]):
        found = encoder.run(stack([ROWS[i] for i in batch], [CODES[i] for i in batch]))
        for states, i in zip(found, batch, strict=True):
            np.testing.assert_array_equal(states[: len(ROWS[i])], alone[i])


def test_nothing_stands_in_the_padding(encoder: Encoder):
    found = encoder.run(stack(ROWS[:2], CODES[:2]))
    assert found.shape == (2, len(ROWS[1]), 384)
    assert not found[0, len(ROWS[0]) :].any()
    assert found[0, : len(ROWS[0])].any(-1).all()


def test_states_are_the_same_whatever_the_number_of_threads(alone: list[NDArray[np.float32]]):
    two = Encoder(FOLDER / DEFAULT / ENCODER, 2)
    found = two.run(stack(ROWS, CODES))
    for states, row, want in zip(found, ROWS, alone, strict=True):
        np.testing.assert_array_equal(states[: len(row)], want)


def test_pieces_shapes_and_places_all_count(encoder: Encoder, alone: list[NDArray[np.float32]]):
    row, code = ROWS[1], CODES[1]
    shaped = encoder.run(stack([row], [[0] * len(row)]))[0]
    turned = encoder.run(stack([[row[0], *row[-2:0:-1], row[-1]]], [code]))[0]
    assert np.abs(shaped - alone[1]).max() > 0.01
    assert np.abs(turned[1:-1][::-1] - alone[1][1:-1]).max() > 0.01
