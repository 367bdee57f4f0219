"""What the OpenAPI document promises, the API keeps: schemathesis makes requests of it, good ones and bad ones."""

from __future__ import annotations

import shutil

import hypothesis
import pytest

from pullquote.library import tokens
from pullquote.library.check import check
from pullquote.library.store import Store

from .conftest import served

schemathesis = pytest.importorskip("schemathesis")
SETTINGS = hypothesis.settings(
    max_examples=8, derandomize=True, deadline=None, suppress_health_check=list(hypothesis.HealthCheck)
)
#: A question may be of the right form and still mean nothing (422).
FINE = ["2xx", "401", "403", "404", "409", "422"]


def config():
    return schemathesis.Config.from_dict({"checks": {"positive_data_acceptance": {"expected-statuses": FINE}}})


@pytest.fixture(scope="module")
def own(films, tmp_path_factory):
    path = tmp_path_factory.mktemp("schema") / "own.duckdb"
    shutil.copy(films, path)
    shutil.copytree(films.with_suffix(".index"), path.with_suffix(".index"))
    return path


@pytest.fixture(scope="module")
def looked_at(own):
    """The document of a server that only reads."""
    with served(own, "--read-only", "--rate", "0") as address:
        yield schemathesis.openapi.from_url(f"{address}/api/v1/openapi.json", config=config())


@pytest.fixture(scope="module")
def writer(own):
    return tokens.create(own, "schemathesis", ["write"])


@pytest.fixture(scope="module")
def written_to(own):
    """The document of a server that writes."""
    with served(own, "--rate", "0") as address:
        yield schemathesis.openapi.from_url(f"{address}/api/v1/openapi.json", config=config())
    with Store(own) as store:
        assert check(store) == []


def kept(case):
    """A case as a client could send it: a cursor comes from the page before, it is not made up."""
    if case.meta.generation.mode.is_positive and case.query:
        case.query.pop("cursor", None)
    return case


@schemathesis.pytest.from_fixture("looked_at").parametrize()
@SETTINGS
def test_looking(case):
    kept(case).call_and_validate()


@schemathesis.pytest.from_fixture("written_to").include(method="POST").parametrize()
@SETTINGS
def test_writing(case, writer):
    kept(case).call_and_validate(headers={"authorization": f"Bearer {writer}"})
