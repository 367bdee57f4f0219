"""A library to ask, made once."""

import pytest

from pullquote.library.store import Store
from pullquote.library.write import add

from .films import EVERYTHING


@pytest.fixture(scope="session")
def library(tmp_path_factory):
    """The file of a library that holds the sample films."""
    path = tmp_path_factory.mktemp("library") / "films.duckdb"
    with Store(path, write=True) as store:
        add(store, EVERYTHING)
    return path


@pytest.fixture
def connection(library):
    """The same, open to read."""
    with Store(library) as store:
        yield store.connection
