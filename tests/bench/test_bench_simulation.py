"""The simulated cluster: arithmetic where nothing goes wrong, and no part lost or read twice where much does."""

from dataclasses import replace

import pytest

pytest.importorskip("simpy")

from simulation import cluster, on_paper, simulate

CALM = replace(
    cluster("compact"), nodes=2, workers=4, rate=100.0, part=1_000, start=3.0, write=0.5, dispatch=0.0, losses=0.0,
    spread=0.0, stragglers=0.0,
)  # fmt: skip


def test_where_nothing_goes_wrong_it_is_arithmetic():
    out = simulate(CALM, 80_000, 1)
    # 80 parts, 8 workers: ten rounds of ten seconds and a half.
    assert out.seconds == pytest.approx(3 + 10 * 10.5)
    assert (out.lost, out.late, out.gone) == (0, 0, 0)


def test_a_driver_that_is_slower_than_the_workers_sets_the_pace():
    out = simulate(replace(CALM, dispatch=2.0), 80_000, 1)
    assert out.seconds == pytest.approx(3 + 80 * 2 + 10.5)
    assert on_paper(replace(CALM, dispatch=2.0), 80_000) >= 160
    assert out.waited > 0.2


def test_every_part_is_written_once_whatever_is_lost():
    rough = replace(CALM, losses=60.0, replacement=30.0, spread=0.2, stragglers=0.1)
    for seed in range(5):
        out = simulate(rough, 200_000, seed)
        assert out.gone > 0 and 0 < out.lost < 1
        assert out.seconds > simulate(replace(rough, losses=0.0), 200_000, seed).seconds


def test_the_same_seed_gives_the_same_run():
    one = replace(CALM, losses=20.0, stragglers=0.1, spread=0.1)
    assert simulate(one, 100_000, 7) == simulate(one, 100_000, 7) != simulate(one, 100_000, 8)


@pytest.mark.parametrize("model", ["compact", "large"])
def test_the_arithmetic_on_paper_comes_close_to_the_thousand_workers(model: str):
    one = cluster(model)
    reviews = 20 * one.nodes * one.workers * one.part
    assert simulate(one, reviews, 1).seconds == pytest.approx(on_paper(one, reviews), rel=0.05)
