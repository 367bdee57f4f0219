"""Readings do not depend on how many threads there are, and a process gets its threads back."""

import os
import subprocess
import sys

import pytest
from threadpoolctl import ThreadpoolController

from pullquote import Reader
from pullquote.reader.single import single_thread

from .test_reader import SAMPLES


@pytest.fixture
def two_threads():
    # On one core too: what is tested is what a second thread would change.
    with ThreadpoolController().limit(limits=2, user_api="blas"):
        yield threads


def threads():
    return {found["num_threads"] for found in ThreadpoolController().info() if found["user_api"] == "blas"}


@pytest.mark.parametrize("model", ["large", "compact"])
def test_readings_are_the_same_on_any_number_of_threads(model, two_threads):
    own = [path.read_text(encoding="utf-8") for path in SAMPLES]
    texts = [*own, " ".join(own), "A warm film. " + "The acting is superb. " * 5, *(f"{text} {text}" for text in own)]
    with ThreadpoolController().limit(limits=1, user_api="blas"):
        alone = list(Reader(model, threads=1).read_many(texts))
    assert list(Reader(model, threads=3).read_many(texts)) == alone


#: Reads files in four threads at once and one after the other.
AT_ONCE = """
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from pullquote import Reader

texts = [Path(name).read_text(encoding="utf-8") for name in sys.argv[1:]] * 3
reader = Reader("compact")
with ThreadPoolExecutor(4) as pool:
    assert list(pool.map(reader.read, texts)) == [reader.read(text) for text in texts]
"""


def test_readers_in_several_threads_take_turns_and_agree():
    # In a process of its own, where nobody else holds the threads.
    many = {**os.environ, "OPENBLAS_NUM_THREADS": "2"}
    subprocess.run([sys.executable, "-c", AT_ONCE, *map(str, SAMPLES)], env=many, check=True)


def test_threads_are_given_back_after_a_failure(two_threads):
    with pytest.raises(ZeroDivisionError), single_thread():
        assert two_threads() == {1}
        _ = 1 / 0
    assert two_threads() == {2}
