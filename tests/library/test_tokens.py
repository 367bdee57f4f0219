"""Tokens: shown once, kept as hashes, told apart, revoked."""

import stat
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullquote.errors import InputError, LibraryError
from pullquote.library.store import Store
from pullquote.library.tokens import PREFIX, create, listed, revoke, tokens_path, verify


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("library") / "mine.duckdb"
    Store(path, write=True).close()
    create(path, "made before", ["read"])
    return path


@pytest.fixture
def library(tmp_path: Path) -> Path:
    path = tmp_path / "mine.duckdb"
    Store(path, write=True).close()
    return path


def test_a_token_opens_what_it_was_made_for(library: Path):
    secret = create(library, "phone", ["write", "read", "read"])
    other = create(library, "desk", ["read"])
    assert secret.startswith(PREFIX) and len(secret) == len(PREFIX) + 43 and secret != other
    token = verify(library, secret)
    assert token is not None and (token.name, token.scopes) == ("phone", ("read", "write"))
    assert [one.name for one in listed(library)] == ["phone", "desk"]


def test_the_secret_is_kept_nowhere_and_the_file_is_the_owners(library: Path):
    secret = create(library, "phone", ["read"])
    for file in library.parent.iterdir():
        assert secret[len(PREFIX) :].encode() not in file.read_bytes()
    assert stat.S_IMODE(tokens_path(library).stat().st_mode) == 0o600


def test_a_revoked_token_opens_nothing_and_its_name_is_free_again(library: Path):
    secret, other = create(library, "phone", ["read"]), create(library, "desk", ["read"])
    # While a server has the library open, too.
    with Store(library, write=True):
        revoke(library, "phone")
    assert verify(library, secret) is None and verify(library, other) is not None
    with pytest.raises(InputError, match="no token 'phone' in force"):
        revoke(library, "phone")
    again = create(library, "phone", ["write"])
    assert verify(library, secret) is None and verify(library, again) is not None
    assert [one.revoked is None for one in listed(library)] == [False, True, True]


@given(st.text(max_size=60) | st.just(PREFIX))
def test_nothing_else_is_a_token(made: Path, secret: str):
    assert verify(made, secret) is None
    assert verify(made, listed(made)[0].hash) is None


def test_a_library_without_tokens_knows_none(library: Path):
    assert listed(library) == [] and verify(library, "pq_x") is None


@pytest.mark.parametrize(
    ("name", "scopes", "message"),
    [
        ("phone", ["read"], "there is a token 'phone' already"),
        (" ", ["read"], "printable"),
        ("\x1b[31m", ["read"], "printable"),
        ("desk", [], "needs a scope"),
        ("desk", ["read", "admin"], "no scope 'admin'"),
    ],
)
def test_what_makes_no_token_is_refused(library: Path, name: str, scopes: list[str], message: str):
    create(library, "phone", ["read"])
    with pytest.raises(InputError, match=message):
        create(library, name, scopes)
    assert len(listed(library)) == 1


def test_without_a_library_there_are_no_tokens(tmp_path: Path):
    with pytest.raises(LibraryError, match="no library here"):
        create(tmp_path / "none.duckdb", "phone", ["read"])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", ["{torn", '{"form": "pullquote.tokens/9", "tokens": []}'])
def test_a_file_that_cannot_be_read_is_told_and_left_alone(library: Path, content: str):
    tokens_path(library).write_text(content)
    for use in (lambda: verify(library, "pq_x"), lambda: create(library, "phone", ["read"])):
        with pytest.raises(LibraryError, match=r"mine\.duckdb\.tokens"):
            use()
    assert tokens_path(library).read_text() == content


def test_tokens_made_at_once_are_all_kept(library: Path):
    threads = [threading.Thread(target=create, args=(library, f"t{i}", ["read"])) for i in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(token.name for token in listed(library)) == [f"t{i}" for i in range(8)]
