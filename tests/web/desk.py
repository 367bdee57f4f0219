"""A library to correct, of reviews that begin with what is hard to count, and forms as the page of correcting sends."""

from __future__ import annotations

import re
from pathlib import Path

from starlette.testclient import TestClient

from pullquote.corrections.keep import current
from pullquote.library.store import Store
from pullquote.library.write import add
from pullquote.search.index import update
from tests.library.made import RATED, TEXT, read

#: Signs beyond 16 bits, a combining accent, Windows line ends, tags, an entity, a sign that cannot be seen.
OPENING = "🎬🎬 Cafe\u0301 &amp; \u202e\r\n\r\n<br /> "
REVIEW = OPENING + TEXT


def made_library(path: Path) -> Path:
    """Two reviews, one of them by the number 1, with their search index."""
    with Store(path, write=True) as store:
        add(store, [read("a", text=REVIEW, **RATED), read("b", author="B")])
        update(store)
    return path


def now_read(path: Path, review: int = 1):
    """How the review is read now, while a site of this very process has the library open."""
    with Store(path, write=True) as store:
        return current(store.connection, review)


def said(claim) -> str:
    """The words that a claim stands on."""
    return REVIEW[claim.start : claim.end]


class Desk:
    """Sends the forms of one review's page of correcting, as a browser does without scripts or (``parts``) with."""

    def __init__(self, client: TestClient, path: Path, author: str | None = "Kim") -> None:
        self.client = client
        self.path = path
        self.address = "/review/1/correct"
        if author is not None:
            assert self.post("/author", author=author, back="/review/1/correct").status_code == 303

    def token(self) -> str:
        found = re.search(r'name="form_token" value="([^"]+)"', self.client.get("/read").text)
        assert found is not None
        return found[1]

    def post(self, address: str, *, parts: bool = False, **fields: object):
        headers = {"hx-request": "true"} if parts else {}
        data = {"form_token": self.token()} | {name: str(value) for name, value in fields.items()}
        # Not `from`, which Python keeps for itself.
        data = {name.rstrip("_"): value for name, value in data.items()}
        return self.client.post(address, data=data, headers=headers, follow_redirects=False)

    def correct(self, *, parts: bool = True, **fields: object):
        return self.post(self.address, parts=parts, **fields)

    def undo(self, correction: int, *, parts: bool = True):
        return self.post("/review/1/undo", parts=parts, correction=correction)

    def page(self, **query: object) -> str:
        answer = self.client.get(self.address, params=query)
        assert answer.status_code == 200
        return answer.text

    @property
    def reading(self):
        return now_read(self.path).reading

    def sentence(self, words: str) -> int:
        """Where the sentence with these words begins."""
        at = REVIEW.index(words)
        return next(s.start for s in self.reading.segments if s.start <= at < s.end)
