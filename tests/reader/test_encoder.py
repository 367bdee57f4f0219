"""The shipped encoder: what a window's states are depends on that window alone."""

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from pullquote.reader.encoder import Encoder, Written
from pullquote.reader.layout import WindowFeed
from pullquote.reader.shipped import FOLDER, load

#: Reviews of unlike length, as numbers of word pieces; the longest takes two windows.
SIZES = (3, 40, 7, 150, 700, 1)
REVIEWS: list[Written] = [([(2000 + i,) for i in range(n)], [i % 5 for i in range(n)]) for n in SIZES]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder(FOLDER / "large" / "encoder.onnx", load("large").wordpieces, 1)


@pytest.fixture(scope="module")
def alone(encoder: Encoder) -> list[NDArray[np.float32]]:
    return [encoder.states([review]) for review in REVIEWS]


def test_every_token_has_a_vector(alone: list[NDArray[np.float32]]):
    assert [one.shape for one in alone] == [(n, 384) for n in SIZES]


def test_states_are_the_same_whatever_else_is_read(encoder: Encoder, alone: list[NDArray[np.float32]]):
    for order in ([0, 1, 2, 3, 4, 5], [3, 0], [5, 4, 1]):
        found = encoder.states([REVIEWS[i] for i in order])
        np.testing.assert_array_equal(found, np.concatenate([alone[i] for i in order]))


def test_states_are_the_same_whatever_the_number_of_threads(alone: list[NDArray[np.float32]]):
    two = Encoder(FOLDER / "large" / "encoder.onnx", load("large").wordpieces, 2)
    np.testing.assert_array_equal(two.states(REVIEWS), np.concatenate(alone))


def test_passes_are_the_windows(encoder: Encoder, alone: list[NDArray[np.float32]]):
    passes = encoder.passes([REVIEWS[1], REVIEWS[4]])
    assert len(passes) == 3
    np.testing.assert_array_equal(passes[0]()[1:-1], alone[1])


def test_pieces_shapes_and_places_all_count(encoder: Encoder, alone: list[NDArray[np.float32]]):
    def run(pieces: Sequence[int], shapes: Sequence[int]) -> NDArray[np.float32]:
        return encoder.run(WindowFeed(pieces=np.array([[101, *pieces, 102]]), shapes=np.array([[0, *shapes, 0]])))[1:-1]

    pieces, shapes = [p for (p,) in REVIEWS[1][0]], list(REVIEWS[1][1])
    np.testing.assert_array_equal(run(pieces, shapes), alone[1])
    assert np.abs(run(pieces, [0] * len(shapes)) - alone[1]).max() > 0.01
    assert np.abs(run(pieces[::-1], shapes)[::-1] - alone[1]).max() > 0.01
