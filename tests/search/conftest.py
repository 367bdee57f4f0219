"""A library with its index, made once and copied for tests that change it."""

import shutil

import pytest

from pullquote.library.store import Store
from pullquote.library.write import add
from pullquote.search.ask import search
from pullquote.search.index import Index, build, index_folder

from ..questions.films import EVERYTHING


@pytest.fixture(scope="session")
def indexed(tmp_path_factory):
    """The file of a library that holds the sample films, with its index beside it."""
    path = tmp_path_factory.mktemp("search") / "films.duckdb"
    with Store(path, write=True) as store:
        add(store, EVERYTHING)
        build(store)
    return path


@pytest.fixture
def own(indexed, tmp_path):
    """A copy of both to change."""
    path = tmp_path / "own.duckdb"
    shutil.copy(indexed, path)
    shutil.copytree(index_folder(indexed), index_folder(path))
    return path


@pytest.fixture(scope="session")
def ask(indexed):
    """Ask the sample library."""
    with Store(indexed) as store:
        index = Index(index_folder(indexed))
        yield lambda words, limit=10, by="both", **filters: ask_in(store, words, limit, by, filters, index)


def ask_in(store, words, limit=10, by="both", filters=None, index=None):
    from pullquote.search.filters import Filters

    index = index or Index(index_folder(store.path))
    return search(store.connection, index, words, by=by, limit=limit, filters=Filters(**(filters or {}))).found
