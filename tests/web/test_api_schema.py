"""What the OpenAPI document promises, the API keeps: schemathesis makes requests of it, good ones and bad ones."""

from __future__ import annotations

import json
import shutil

import httpx
import hypothesis
import pytest

from pullquote.library import tokens
from pullquote.library.check import check
from pullquote.library.store import Store
from pullquote.web.api.openapi import document
from pullquote.web.api.router import OPERATIONS

from .conftest import served

schemathesis = pytest.importorskip("schemathesis")
SETTINGS = hypothesis.settings(
    max_examples=5, derandomize=True, deadline=None, suppress_health_check=list(hypothesis.HealthCheck)
)
#: A question may be of the right form and still mean nothing (422).
FINE = ["2xx", "401", "403", "404", "409", "422"]


DOCUMENT = document(OPERATIONS, closed=False)
SCHEMA = schemathesis.openapi.from_dict(
    DOCUMENT,
    config=schemathesis.Config.from_dict({"checks": {"positive_data_acceptance": {"expected-statuses": FINE}}}),
)


@pytest.fixture(scope="module")
def own(films, tmp_path_factory):
    path = tmp_path_factory.mktemp("schema") / "own.duckdb"
    shutil.copy(films, path)
    shutil.copytree(films.with_suffix(".index"), path.with_suffix(".index"))
    return path


@pytest.fixture(scope="module")
def reading(own):
    """A server that only reads."""
    with served(own, "--read-only", "--rate", "0") as address:
        yield address


@pytest.fixture(scope="module")
def writing(own, tmp_path_factory):
    """A server that writes, and a token that may; at the end the library is as whole as it was."""
    path = tmp_path_factory.mktemp("written") / "own.duckdb"
    shutil.copy(own, path)
    shutil.copytree(own.with_suffix(".index"), path.with_suffix(".index"))
    with Store(path) as store:
        faults = check(store)
    secret = tokens.create(path, "schemathesis", ["write"])
    with served(path, "--rate", "0") as address:
        yield address, secret
    with Store(path) as store:
        assert check(store) == faults


def kept(case):
    """A case as a client could send it: a cursor comes from the page before, it is not made up."""
    if case.meta.generation.mode.is_positive and case.query:
        case.query.pop("cursor", None)
    return case


def test_the_server_tells_this_document(reading):
    assert httpx.get(f"{reading}/api/v1/openapi.json").json() == json.loads(json.dumps(DOCUMENT))


@SCHEMA.parametrize()
@SETTINGS
def test_looking(case, reading):
    kept(case).call_and_validate(base_url=reading, timeout=60)


@SCHEMA.include(method="POST").parametrize()
@SETTINGS
def test_writing(case, writing):
    address, secret = writing
    kept(case).call_and_validate(base_url=address, headers={"Authorization": f"Bearer {secret}"}, timeout=60)
