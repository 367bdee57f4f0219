"""``pullquote token`` and ``pullquote corrections``, run as a user runs them."""

import json

import pytest

from pullquote.corrections.changes import MentionChange, OpinionChange, parse
from pullquote.corrections.keep import correct, undo
from pullquote.library.store import Store
from pullquote.library.tokens import verify
from pullquote.library.write import add, replace

from ..corrections.samples import replaced
from ..library.made import read, reading


@pytest.fixture
def library(tmp_path):
    path = tmp_path / "pullquote.duckdb"
    with Store(path, write=True) as store:
        add(store, [read("a")])
    return path


def test_a_token_from_making_to_revoking(run, library):
    done = run("token", "create", "phone", "--scope", "read,write")
    secret = done.stdout.decode().strip()
    assert done.returncode == 0 and b"not shown again" in done.stderr
    assert verify(library, secret).scopes == ("read", "write")
    shown = run("token", "list")
    assert shown.stdout.startswith(b"phone\tread,write\tmade ") and secret.encode() not in shown.stdout
    assert run("token", "revoke", "phone").returncode == 0
    assert verify(library, secret) is None and b"\trevoked " in run("token", "list").stdout


def test_refusals(run, library):
    for arguments, message in (
        (("token", "create", "phone", "--scope", "all"), b"no scope 'all'"),
        (("token", "create", "phone", "--library", "none.duckdb"), b"no library here"),
        (("token", "revoke", "phone"), b"no token 'phone' in force"),
    ):
        done = run(*arguments)
        assert done.returncode == 2 and done.stdout == b""
        assert message in done.stderr and b"Traceback" not in done.stderr


def test_corrections_are_listed(run, library):
    found = reading("a")
    kept = MentionChange(before=found.mentions[3])
    lost = OpinionChange(before=found.opinions[0], after=replaced(found.opinions[0], aspect="humor"))
    with Store(library, write=True) as store:
        undo(store, correct(store, 1, kept, "Kim"))
        correct(store, 1, lost, "Lee")
        replace(store, {1: replaced(found, model="hand/2", opinions=())})
    lines = run("corrections").stdout.decode().splitlines()
    assert [("Kim  mention  undone" in line, "Lee  opinion  set aside: " in line) for line in lines] == [
        (True, False),
        (False, True),
    ]
    (line,) = run("corrections", "--set-aside", "--json").stdout.splitlines()
    told = json.loads(line)
    assert (told["correction"], told["author"]) == (2, "Lee") and "not in the reading" in told["set_aside"]
    assert parse(json.dumps(told["change"])).before == found.opinions[0]
