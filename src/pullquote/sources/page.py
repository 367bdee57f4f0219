"""Saved web pages: the reviews they state as linked data, else their main text.

Only a whole page is treated so. A fragment, a review with some tags in it, is read as it stands, for spans count the
characters of the text as it was handed in. The main text is found by trafilatura (Barbaresi, ACL 2021), which
needs the extra ``library``.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from ..errors import InputError
from .bounded import read_whole, size
from .columns import Hints
from .encoding import decode
from .files import File
from .jsonld import Stated, reviews
from .record import Failure, Record
from .rows import Row
from .rows import records as from_rows
from .textfile import from_bytes

#: Largest page whose main text is looked for, in bytes.
MAX_PAGE = 16 * 1024 * 1024

_PAGE = re.compile(r"<!doctype\s+html|<html[\s>]|<body[\s>]", re.IGNORECASE)
_BEGINNING = 65_536
_CHARSET = re.compile(rb"<meta[^>]{1,200}charset=[\"']?([A-Za-z0-9_-]{1,40})", re.IGNORECASE)


def records(file: File, name: str, hints: Hints) -> Iterator[Record | Failure]:
    """The review in ``file``, called ``name``, or each of those that it states, called ``name:number``."""
    try:
        with file.open() as stream:
            data = read_whole(stream)
        record = from_bytes(data, id=name, origin=file.origin)
        if _PAGE.search(record.text[:_BEGINNING]):
            yield from _from_page(data, name, file.origin)
        else:
            yield record
    except InputError as error:
        yield Failure(file.origin, str(error))
    except OSError as error:
        yield Failure(file.origin, error.strerror or str(error))


def count(path: Path) -> int:
    """How many reviews the file likely holds: one."""
    return 1


def _from_page(data: bytes, name: str, origin: str) -> Iterator[Record | Failure]:
    if len(data) > MAX_PAGE:
        raise InputError(f"more than {size(MAX_PAGE)} is no page with a review; save the review as plain text")
    html, notices = _decoded(data)
    found = reviews(html)
    with_text = [one for one in found if one.text is not None]
    if with_text:
        notices += ("a whole page; what it states as its review was read, and spans count in that",)
    else:
        # One review that is stated without its words is the page's own.
        with_text = [Stated(_main_text(html), *((found[0].values, found[0].scale) if len(found) == 1 else ()))]
        notices += ("a whole page; its main text was read, and spans count in that",)
    rows = (
        Row(
            origin if len(with_text) == 1 else f"{origin}:{number}",
            number,
            {"text": one.text, "id": name if len(with_text) == 1 else None} | one.values,
            {"text": "reviewBody", "rating": "reviewRating", "film_id": "itemReviewed"},
            one.scale,
            notices,
        )
        for number, one in enumerate(with_text, 1)
    )
    yield from from_rows(rows, name=name, origin=origin)


def _decoded(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The page's text; where it is not UTF-8, in the encoding that the page itself names."""
    text, encoding = decode(data)
    if encoding is None:
        return text, ()
    if match := _CHARSET.search(data[:4096]):
        with suppress(LookupError, ValueError):
            text, encoding = data.decode(match[1].decode()), match[1].decode()
    return text, (f"not UTF-8; read as {encoding}",)


def _main_text(html: str) -> str:
    try:
        import trafilatura
    except ImportError as error:
        raise InputError(
            "to find the review in a whole page, install trafilatura with: pip install 'pullquote[library]'; "
            "or save the review as plain text"
        ) from error
    # Its remarks about the page would reach the terminal.
    logging.getLogger("trafilatura").addHandler(logging.NullHandler())
    text = trafilatura.extract(html, include_comments=False, include_tables=False, favor_recall=True)
    if not text:
        raise InputError("no main text was found in this page; save the review as plain text")
    return text
