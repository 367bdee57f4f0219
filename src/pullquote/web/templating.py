"""The template engine of the pages, with escaping always on, and what templates call in it."""

from __future__ import annotations

import re
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup, escape

from ..render import words
from ..render.pieces import bounds, count, signed
from . import links, svg
from .assets import asset

#: Longest name, tooltip and quote shown, in characters: reviews hold stranger things than names.
_NAME, _HINT, _QUOTE = 120, 400, 700
#: What is longer without a space is no word, and may break after so many characters.
_WORD = 100
_ENDLESS = re.compile(rf"\S{{{_WORD},}}")


def short_name(text: str | None) -> str:
    """A name or title on one line, harmless and not endless.

    >>> short_name("x" * 200)[-3:], short_name("a<b>\\u202e")
    ('xx…', 'a')
    """
    return _cut(words.plain(text or ""), _NAME)


def short_quote(text: str) -> str:
    """Words of a review on one line, harmless and not endless."""
    return _cut(words.plain(text), _QUOTE)


def breakable(text: str) -> Markup:
    """Text with places where endless words may break: a browser looks for them for minutes in a word of a megabyte.

    >>> str(breakable("a<b")), str(breakable("x" * 150)).count("<wbr>")
    ('a&lt;b', 1)
    """
    parts, last = [], 0
    for found in _ENDLESS.finditer(text):
        pieces = (found[0][at : at + _WORD] for at in range(0, len(found[0]), _WORD))
        parts += [escape(text[last : found.start()]), Markup("<wbr>").join(pieces)]
        last = found.end()
    return Markup("").join([*parts, escape(text[last:])])


def _hint(text: str) -> str:
    return _cut(text, _HINT)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("pullquote.web", "templates"),
        # What is shown comes from strangers: nothing reaches a page unescaped.
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(words=words, svg=svg, asset=asset, count=count, bounds=bounds, signed=signed)
    environment.globals.update(
        film_url=links.film, person_url=links.person, review_url=links.review, quotes_url=links.quotes,
        reviews_url=links.reviews, outside=links.outside, query=links.query,
    )  # fmt: skip
    environment.filters.update(
        name=short_name, quote=short_quote, hint=_hint, breakable=breakable, visible=words.visible, plain=words.plain,
        percent=words.percent,
    )  # fmt: skip
    return environment


def template(name: str) -> Template:
    """The template file ``name``."""
    return _environment().get_template(name)
