"""A catalogue of made-up films, built once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pullquote.catalogue.build import build
from pullquote.catalogue.store import Catalogue

from . import daily


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("catalogue")
    path = folder / "catalogue.duckdb"
    build([daily.write(folder / "imdb")], path, lambda line: None)
    return path


@pytest.fixture
def catalogue(built: Path) -> Iterator[Catalogue]:
    with Catalogue(built) as opened:
        yield opened
