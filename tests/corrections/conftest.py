"""A library of two reviews, open to write."""

import pytest

from pullquote.library.store import Store
from pullquote.library.write import add

from ..library.made import read


@pytest.fixture
def store(tmp_path):
    with Store(tmp_path / "library.duckdb", write=True) as store:
        add(store, [read("a"), read("b", author="B")])
        yield store
