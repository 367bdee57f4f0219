"""A library of a few reviews, made by hand."""

import pytest

from pullquote.library.store import Store
from pullquote.library.write import add

from ..library.made import RATED, TEXT, read

#: Openings that do harm where a form is careless: formulas, line ends, signs beyond 16 bits, quotes, tags, escapes.
OPENINGS = (
    "",
    "=HYPERLINK(1)\r\n",
    "🎬🎬 <br /><br /> ",
    '@ "quoted", \\ and\ttabbed\n\n',
    "\x1b[31m\x00 宮崎駿 e\u0301 ",
)


def many(number, **known):
    """``number`` reviews with the openings in turn."""
    return [read(f"r{i}", text=OPENINGS[i % len(OPENINGS)] + TEXT + f" {i}", **known) for i in range(number)]


@pytest.fixture(scope="session")
def path(tmp_path_factory):
    """A library file: five reviews that tell little of themselves, two of the film tt1, rated and dated."""
    path = tmp_path_factory.mktemp("library") / "made.duckdb"
    with Store(path, write=True) as store:
        add(store, many(5))
        add(store, [read("t0", **RATED), read("t1", **(RATED | {"author": "Lee", "date": None}))])
    return path


@pytest.fixture
def store(path):
    with Store(path) as store:
        yield store
